/**
 * One substep of all rods: Cosserat rods without shear (the frame of a segment follows it), after Kugelstadt and Schömer
 * 2016 (doi:10.2312/sca.20161234) in what they hold, but bending and stretching are solved for a whole rod at once, and
 * twist is in balance. Knots tighten stably because a vertex that contacts keep pushing back (a jam) counts as heavier
 * in the solver until the pushing is small against the radius: thread is so light that otherwise a pull of one newton
 * would tear it out of any contact within a substep. In balance the metric does not change the forces.
 */
import { SimulationError } from '../../contract.ts'
import { FULL_PAIRS } from '../../kernel/rodmotion.ts'
import { settleRod } from './frames.ts'
import { ROD_COUNT, type ThreadMemory } from './memory.ts'
import type { Workspace } from './workspace.ts'

/**
 * Moves the vertices of all rods from where gravity and their speed took them to where the rods may be. Called once a
 * substep of `h` seconds, after everything else that moves these particles. Returns the number of pairs of segments
 * that passed through each other nevertheless; see `guard` in `kernel/rodcontact.ts`. Throws `simulation/tissue-full`.
 */
export function solveThreads(t: ThreadMemory, k: Workspace, h: number): number {
  const passed = k.kernel.solveRods(k.table, h)
  if (passed === FULL_PAIRS) throw new SimulationError('simulation/tissue-full', 'pairs of threads')
  for (let rod = 0; rod < t.counts[ROD_COUNT.rods]!; rod++) if (t.shaped[rod] === 1) settleRod(t, rod)
  return passed
}
