/** What a field may hold beside tissue and instruments, as a snapshot has it: threads and liquids. */
import type { Fluid } from '../../../../core/simulation/tissue/fluid/fluid.ts'
import {
  createFluidSnapshot,
  drawFluid,
  type FluidSnapshot,
} from '../../../../core/simulation/tissue/fluid/snapshot.ts'
import type { TissueMemory } from '../../../../core/simulation/tissue/memory.ts'
import { ROD_COUNT, type ThreadMemory } from '../../../../core/simulation/tissue/thread/memory.ts'
import { HEAD, type TissueSnapshot } from './snapshot.ts'

/** Writes the points of all threads. */
export function drawThreads(thread: ThreadMemory, { position }: TissueMemory, out: TissueSnapshot): void {
  let points = 0
  for (let rod = 0; rod < thread.counts[ROD_COUNT.rods]; rod++) {
    const first = thread.first[rod]
    const last = first + thread.segments[rod]
    for (let s = first; s <= last; s++) {
      const from = thread.particle[s] * 4
      for (let i = 0; i < 3; i++) out.thread[points * 4 + i] = position[from + i]
      out.thread[points * 4 + 3] = thread.radius[Math.min(s, last - 1)]
      out.threadOf[points++] = rod
    }
  }
  out.head[HEAD.threadPoints] = points
}

/** A drawer of liquids, with room for what a field holds. */
export function createFluidDrawer(fluid: Fluid): (out: TissueSnapshot) => void {
  const kept: FluidSnapshot = createFluidSnapshot(fluid.memory)
  return (out) => {
    drawFluid(fluid.memory, fluid.surface, kept)
    out.film.set(kept.film.subarray(0, out.film.length))
    out.drop.set(kept.ball.subarray(0, out.drop.length))
    out.mixture.set(kept.mixture.subarray(0, out.mixture.length))
    out.head[HEAD.drops] = kept.particles
  }
}
