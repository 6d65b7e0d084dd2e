/** A block of cubes of tissue in a scene. */
import { z } from 'zod'
import type { HeldLattice } from '../tissue/load.ts'
import { MATERIALS, materialNumber } from '../tissue/materials.ts'
import { boxLattice } from '../tissue/shapes.ts'

const count = z.int().min(1).max(60)
const material = z.enum(MATERIALS.map(({ name }) => name))
const layer = z.strictObject({ aboveMm: z.number(), material })

/** Lengths in millimetres. */
export const boxSchema = z.strictObject({
  shape: z.literal('box'),
  cubes: z.tuple([count, count, count]),
  edgeMm: z.number().min(0.5).max(50),
  atMm: z.tuple([z.number(), z.number(), z.number()]),
  material,
  /** Parts of it that are of another material: everything above a height, mm; the last that holds counts. */
  layer: z.union([layer, z.array(layer)]).optional(),
  /** Faces that are held fast. */
  held: z.array(z.enum(['left', 'right', 'below', 'above', 'back', 'front'])),
})

const MM = 0.001
/** Axis of each face, and whether it is the far one. */
const FACES = { left: [0, 1], right: [0, 0], below: [1, 0], above: [1, 1], back: [2, 0], front: [2, 1] } as const

/** Lays a block. */
export function layBox({ cubes, edgeMm, atMm, material, layer = [], held }: z.infer<typeof boxSchema>): HeldLattice {
  const edge = edgeMm * MM
  const at = atMm.map((mm) => mm * MM) as [number, number, number]
  const lattice = boxLattice(cubes, edge, at, materialNumber(material))
  const { positions, tetrahedra } = lattice
  const materials = new Uint8Array(lattice.materials)
  for (const { aboveMm, material } of [layer].flat())
    for (let t = 0; t < materials.length; t++) {
      let y = 0
      for (let k = 0; k < 4; k++) y += positions[tetrahedra[t * 4 + k] * 3 + 1] / 4
      if (y > aboveMm * MM) materials[t] = materialNumber(material)
    }
  const isHeld = (p: number) =>
    held.some((face) => {
      const [axis, far] = FACES[face]
      return Math.abs(positions[p * 3 + axis] - (at[axis] + far * cubes[axis] * edge)) < edge * 0.01
    })
  const particles = Array.from({ length: positions.length / 3 }, (_, p) => p)
  return { lattice: { ...lattice, materials }, held: particles.filter(isHeld) }
}
