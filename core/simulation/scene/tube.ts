/** A tube of tissue in a scene: a vessel, a gullet with a stricture, or a wall with a hole. */
import { z } from 'zod'
import { cos, PI, sin } from '../exactmath.ts'
import type { HeldLattice } from '../tissue/load.ts'
import { MATERIALS, materialNumber } from '../tissue/materials.ts'

const count = z.int().min(1).max(60)
const material = z.enum(MATERIALS.map(({ name }) => name))

/** Where it is narrow: the middle of that along the tube, how long it is, and its inner radius; the wall is as thick as elsewhere. */
const waist = z.strictObject({
  atMm: z.number().min(0),
  lengthMm: z.number().min(1),
  innerMm: z.number().min(0.5),
})

export const tubeSchema = z.strictObject({
  shape: z.literal('tube'),
  /** Middle of its left end; it runs to the right. */
  atMm: z.tuple([z.number(), z.number(), z.number()]),
  lengthMm: z.number().min(1).max(300),
  innerMm: z.number().min(0.5).max(100),
  outerMm: z.number().min(1).max(150),
  /** Cells along it, around it, and through its wall. */
  cells: z.tuple([count, z.int().min(6).max(60), count]),
  material,
  /** Parts of it that are of another material: all beyond so many mm along it; the last that holds counts. */
  layer: z.array(z.strictObject({ beyondMm: z.number(), material })).default([]),
  waist: waist.optional(),
  held: z.array(z.enum(['left', 'right', 'outside'])),
})

const MM = 0.001

/**
 * Six tetrahedra of a cell about its diagonal, by which of its corners they have: +1 along, +2 around, +4 outwards (Kuhn
 * 1960: the same in each cell, so that faces agree all around).
 */
const SPLIT = [
  [0, 3, 1, 7],
  [0, 2, 3, 7],
  [0, 6, 2, 7],
  [0, 4, 6, 7],
  [0, 5, 4, 7],
  [0, 1, 5, 7],
] as const

/** Tetrahedra of a cell whose corners have these numbers; where corners coincide, what of the split is flat falls away. */
export const splitCell = (cornerAt: (bits: number) => number): number[][] =>
  SPLIT.map((corners) => corners.map(cornerAt)).filter((tet) => new Set(tet).size === 4)

type Tube = z.infer<typeof tubeSchema>

/** How much narrower than elsewhere it is at a place along it, mm: most in the middle of its waist, with smooth ends. */
function narrowing({ waist, innerMm }: Tube, alongMm: number): number {
  if (!waist) return 0
  const u = Math.max(-1, Math.min(1, (2 * (alongMm - waist.atMm)) / waist.lengthMm))
  return ((innerMm - waist.innerMm) * (1 + cos(PI * u))) / 2
}

/** Lays a tube. */
export function layTube(one: Tube): HeldLattice {
  const { atMm, lengthMm, innerMm, outerMm, layer } = one
  const [along, around, through] = one.cells
  const positions: number[] = []
  for (let i = 0; i <= along; i++)
    for (let j = 0; j < around; j++)
      for (let k = 0; k <= through; k++) {
        const angle = (2 * PI * j) / around
        const radius = innerMm + ((outerMm - innerMm) * k) / through - narrowing(one, (lengthMm * i) / along)
        positions.push(
          (atMm[0] + (lengthMm * i) / along) * MM,
          (atMm[1] + radius * cos(angle)) * MM,
          (atMm[2] + radius * sin(angle)) * MM,
        )
      }
  const place = (i: number, j: number, k: number) => (i * around + (j % around)) * (through + 1) + k
  const tetrahedra: number[] = []
  for (let i = 0; i < along; i++)
    for (let j = 0; j < around; j++)
      for (let k = 0; k < through; k++)
        tetrahedra.push(...splitCell((c) => place(i + (c & 1), j + ((c >> 1) & 1), k + (c >> 2))).flat())
  const materials = new Uint8Array(tetrahedra.length / 4).fill(materialNumber(one.material))
  for (const { beyondMm, material } of layer) {
    const first = Math.ceil((beyondMm / lengthMm) * along - 1e-6)
    materials.fill(materialNumber(material), first * around * through * SPLIT.length)
  }
  const held: number[] = []
  for (let i = 0; i <= along; i++)
    for (let j = 0; j < around; j++)
      for (let k = 0; k <= through; k++) {
        const end = (i === 0 && one.held.includes('left')) || (i === along && one.held.includes('right'))
        if (end || (k === through && one.held.includes('outside'))) held.push(place(i, j, k))
      }
  return { lattice: { positions, tetrahedra, materials }, held }
}
