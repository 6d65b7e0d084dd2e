/** Organs of the generated body in a scene: the lattice of an operative field, made ready in a field of tissue. */
import { z } from 'zod'
import type { TissueField } from '../tissue/fieldtype.ts'
import type { LIQUID } from '../tissue/fluid/liquids.ts'
import { createCavity, fillCavity } from '../tissue/organs/cavity.ts'
import { loadOrgans } from '../tissue/organs/load.ts'
import { addTubes } from '../tissue/organs/tubes.ts'

const count = z.int().min(0).max(1_000_000)
const numbers = z.array(z.number())
const point = z.tuple([z.number(), z.number(), z.number()])
const liquid = z.enum(['bile', 'pus', 'urine'] as const satisfies readonly (keyof typeof LIQUID)[])

/** What the host builds from `assets/fields.yaml`; metres in the field's own frame. */
const lattice = z.strictObject({
  name: z.string(),
  frame: z.strictObject({ origin: point, x: point, y: point, z: point }),
  positions: numbers,
  tetrahedra: z.array(count),
  materialNames: z.array(z.string()),
  materials: z.array(count),
  regionNames: z.array(z.string()),
  regions: z.array(count),
  held: z.array(count),
  edges: z.array(z.strictObject({ a: count, b: count, complianceMPerN: z.number().positive() })),
  tubes: z.array(
    z.strictObject({
      id: z.string(),
      kind: z.enum(['duct', 'artery', 'vein']),
      calibreMm: z.number().positive(),
      radiiMm: z.array(z.number().positive()),
      stations: z.array(z.array(count)),
    }),
  ),
  cavities: z.array(
    z.strictObject({
      id: z.string(),
      liquid,
      mmHg: z.number().min(0),
      triangles: z.array(count),
      volumeMl: z.number().positive(),
    }),
  ),
  surface: z
    .strictObject({
      stepMm: z.number().positive(),
      minMm: point,
      counts: z.tuple([count, count, count]),
      distances: z.array(z.int()),
    })
    .optional(),
})

export const organsSchema = z.strictObject({
  shape: z.literal('organs'),
  /** Name of an operative field of `assets/fields.yaml`. */
  field: z.string().regex(/^[a-z][a-z0-9-]*$/),
  /** Where the origin of its frame lies in the scene. */
  atMm: point.default([0, 0, 0]),
  /** Of whose they are, in standard deviations: organs within the trunk scale with it. */
  stature: z.number().min(-3).max(3).default(0),
  /** Put in by who reads the scene: the file itself only names the field. */
  lattice: lattice.optional(),
})

export type Organs = z.infer<typeof organsSchema>

/** The lattice of organs. Throws a RangeError where whoever read the scene left it out. */
export function latticeOf({ field, lattice: known }: Organs): NonNullable<Organs['lattice']> {
  if (!known) throw new RangeError(`the lattice of ${field} was not put in`)
  return known
}

/** Loads organs into a field. Throws `simulation/tissue-full`. */
export function openOrgans({ tissue, organs, liquids }: TissueField, one: Organs): void {
  const known = latticeOf(one)
  const first = loadOrgans(
    tissue.memory,
    known,
    one.atMm.map((mm) => mm * 0.001),
  )
  const sac = organs.cavities.length
  for (const cavity of known.cavities) {
    const filled = createCavity(cavity, first, organs.cavities.length, tissue.memory.size.particles)
    organs.cavities.push(filled)
    if (liquids) fillCavity(liquids.fluid.memory, filled, cavity)
  }
  addTubes(organs.tubes, known.tubes, first, known.cavities.length > 0 ? sac : -1)
}
