/** Round strands of tissue in a scene: a vessel, a duct, a stalk. */
import { z } from 'zod'
import { hold, loadLattice } from '../tissue/load.ts'
import { MATERIALS, materialNumber } from '../tissue/materials.ts'
import type { TissueMemory } from '../tissue/memory.ts'
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

export type Strand = z.infer<typeof strandSchema>

const latticeOf = ({ stations, across, material }: Strand) =>
  strandLattice(
    stations.map(({ atMm, radiusMm }) => ({ at: atMm.map((mm) => mm * MM), radius: radiusMm * MM })),
    across,
    materialNumber(material),
  )

/** Particles and tetrahedra of a strand. */
export function sizeOfStrand(one: Strand): { readonly particles: number; readonly tets: number } {
  const { positions, materials } = latticeOf(one)
  return { particles: positions.length / 3, tets: materials.length }
}

/** Loads a strand into memory. Throws `simulation/tissue-full`. */
export function loadStrand(memory: TissueMemory, one: Strand): void {
  const lattice = latticeOf(one)
  const first = loadLattice(memory, lattice)
  for (const end of one.held) for (const p of lattice[end]) hold(memory, first + p)
}
