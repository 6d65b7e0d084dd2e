/** Contact of points with the free faces: tissue against tissue, and threads that lie on it. */

import { SimulationError } from '../../contract.ts'
import { FULL_CELLS } from '../../kernel/surfacepairs.ts'
import { TICK_S } from '../clock.ts'
import { COUNT } from '../memory.ts'
import type { Tissue } from '../solver.ts'
import type { ContactMemory } from './memory.ts'
import type { Surface } from './toolcontact.ts'

/** Lists points and faces that may meet in this tick; returns how many pairs there are. Throws `simulation/tissue-full`. */
export function findSurfacePairs({ table }: ContactMemory, { kernel, memory }: Tissue, surface: Surface): number {
  const count = kernel.findSurfacePairs(table, memory.counts[COUNT.particles], surface.count, surface.version, TICK_S)
  if (count < 0)
    throw new SimulationError('simulation/tissue-full', count === FULL_CELLS ? 'cells of faces' : 'surface pairs')
  return count
}
