/** Round strands of tissue in a scene: a vessel, a duct, a stalk. */
import { z } from 'zod'
import type { HeldLattice } from '../tissue/load.ts'
import { MATERIALS, materialNumber } from '../tissue/materials.ts'
import { strandLattice } from '../tissue/strand.ts'

const MM = 0.001

/** Along a smooth curve through stations; lengths in millimetres. */
export const strandSchema = z.strictObject({
  shape: z.literal('strand'),
  stations: z
    .array(
      z.strictObject({ atMm: z.tuple([z.number(), z.number(), z.number()]), radiusMm: z.number().min(0.3).max(20) }),
    )
    .min(2),
  /** Cubes across it. */
  across: z.int().min(1).max(8).default(2),
  material: z.enum(MATERIALS.map(({ name }) => name)),
  /** Ends that are held fast. */
  held: z.array(z.enum(['first', 'last'])),
})

/** Lays a strand. */
export function layStrand({ stations, across, material, held }: z.infer<typeof strandSchema>): HeldLattice {
  const lattice = strandLattice(
    stations.map(({ atMm, radiusMm }) => ({ at: atMm.map((mm) => mm * MM), radius: radiusMm * MM })),
    across,
    materialNumber(material),
  )
  return { lattice, held: held.flatMap((end) => lattice[end]) }
}
