/** Loading the lattice of an operative field: tissue, what is held, membranes and ties. */
import type { OperativeLattice } from '../../../modelling/operative/result.ts'
import { SimulationError } from '../../contract.ts'
import { hold, loadLattice } from '../load.ts'
import { materialNumber } from '../materials.ts'
import { COUNT, NONE, OWNER, type TissueMemory } from '../memory.ts'

/**
 * Adds a lattice, moved by `at` (m); returns the number of its first particle. Throws `simulation/tissue-full`, and an
 * Error where there is no material of a name. Call `packAll` once all is loaded.
 */
export function loadOrgans(
  tissue: TissueMemory,
  lattice: Pick<OperativeLattice, 'positions' | 'tetrahedra' | 'materials' | 'materialNames' | 'held' | 'edges'>,
  at: readonly number[],
): number {
  const rows = lattice.materialNames.map(materialNumber)
  const first = loadLattice(tissue, {
    positions: Float64Array.from(lattice.positions, (x, i) => x + at[i % 3]),
    tetrahedra: lattice.tetrahedra,
    materials: Uint8Array.from(lattice.materials, (number) => rows[number]),
  })
  const bone = rows.indexOf(materialNumber('bone'))
  lattice.tetrahedra.forEach((p, corner) => {
    if (lattice.materials[corner >> 2] === bone) tissue.owner[first + p] = OWNER.bone
  })
  for (const p of lattice.held) hold(tissue, first + p)
  for (const { a, b, complianceMPerN } of lattice.edges) addEdge(tissue, first + a, first + b, complianceMPerN)
  return first
}

/** Adds an edge of collagen, just taut at rest: it pulls when it is longer and folds when it is shorter. Throws `simulation/tissue-full`. @param compliance m/N */
export function addEdge(tissue: TissueMemory, a: number, b: number, compliance: number): void {
  const { counts, edgeVertex, edgeLength, edgeCompliance, edgeSlot, rest, size } = tissue
  const edge = counts[COUNT.edges]
  if (edge >= size.edges) throw new SimulationError('simulation/tissue-full', 'edges')
  counts[COUNT.edges] = edge + 1
  edgeVertex[edge * 2] = a
  edgeVertex[edge * 2 + 1] = b
  const [x, y, z] = [0, 1, 2].map((i) => rest[a * 4 + i] - rest[b * 4 + i])
  edgeLength[edge] = Math.sqrt(x * x + y * y + z * z)
  edgeCompliance[edge] = compliance
  edgeSlot[edge] = NONE
}
