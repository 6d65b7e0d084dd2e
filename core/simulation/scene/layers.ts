/** Layers of tissue upon each other in a scene, flat or bent: a wound bed, a vault of bone, a lens in its capsule. */
import { z } from 'zod'
import type { HeldLattice } from '../tissue/load.ts'
import { MATERIALS, materialNumber } from '../tissue/materials.ts'
import { type Layer, layeredLattice, SIDE } from './layered.ts'

const point = z.tuple([z.number(), z.number(), z.number()])
const count = z.int().min(1).max(60)
const material = z.enum(MATERIALS.map(({ name }) => name))
/** Radius of a sphere that a side follows, mm: bulging upwards, or hollow where it is negative; left out, it is flat. */
const bent = z.number().refine((mm) => Math.abs(mm) >= 3)

export const layersSchema = z.strictObject({
  shape: z.literal('layers'),
  outline: z.enum(['square', 'round', 'rings']),
  /** Cubes from left to right, and from back to front; of rings, how many there are, and cells around them. */
  columns: z.tuple([count, count]),
  /** From left to right, and from back to front. */
  sizeMm: z.tuple([z.number().min(1).max(200), z.number().min(1).max(200)]),
  /** How wide columns in the middle are, as a share of the mean. */
  middle: z.number().min(0.3).max(1).default(1),
  /** Middle of the underside. */
  atMm: point,
  bentMm: bent.optional(),
  /** From below upwards. */
  layers: z
    .array(
      z.strictObject({
        material,
        thickMm: z.number().min(0.1).max(50),
        cubes: count,
        /** How its upper side is bent, where not as its lower one. */
        bentMm: bent.optional(),
        /** Its outer columns, from the rim inwards, where they are of other materials. */
        rings: z.array(z.strictObject({ material, columns: count })).default([]),
      }),
    )
    .min(1),
  held: z.array(z.enum(['below', 'sides', 'back'])),
  /** Materials that never move. */
  rigid: z.array(material).default([]),
})

type Layers = z.infer<typeof layersSchema>

const MM = 0.001

const latticeOf = ({ outline, columns, sizeMm, middle, atMm, bentMm, layers }: Layers) =>
  layeredLattice({
    outline,
    columns,
    middle,
    size: [sizeMm[0] * MM, sizeMm[1] * MM],
    at: [atMm[0] * MM, atMm[1] * MM, atMm[2] * MM],
    ...(bentMm === undefined ? {} : { bent: bentMm * MM }),
    layers: layers.map(
      (one): Layer => ({
        material: materialNumber(one.material),
        thick: one.thickMm * MM,
        cubes: one.cubes,
        rings: one.rings.map(({ material, columns }) => ({ material: materialNumber(material), columns })),
        ...(one.bentMm === undefined ? {} : { bent: one.bentMm * MM }),
      }),
    ),
  })

/** Lays layers. */
export function layLayers(one: Layers): HeldLattice {
  const { lattice, sides } = latticeOf(one)
  const { tetrahedra, materials } = lattice
  const rigid = new Set(one.rigid.map(materialNumber))
  const held: number[] = []
  for (let t = 0; t < materials.length; t++)
    if (rigid.has(materials[t])) for (let k = 0; k < 4; k++) held.push(tetrahedra[t * 4 + k])
  for (let p = 0; p < sides.length; p++) if (one.held.some((side) => (sides[p] & SIDE[side]) !== 0)) held.push(p)
  return { lattice, held }
}
