/** Liquid that sleeps wakes where the surface under it moved, opened or went. */
import { FLUID_COUNT, type FluidMemory } from './memory.ts'
import { ASLEEP } from './scale.ts'
import type { Surface } from './surface.ts'

/** What a vertex may move, in metres, before it is laid anew, the surface is measured, and what sleeps near it wakes. */
export const SLACK = 0.0006
/** Metres around a vertex in which drops lie on its faces. */
const REACH = 0.005

/** Wakes what sleeps where vertices moved since they were laid, lists these as stirred and lays them anew; gives how many. */
export function stirMoved(surface: Surface, memory: FluidMemory): number {
  const { kernel, used, usedCount, goal, stirred } = surface
  const laid = memory.surfaceLaid.byteOffset
  const count = kernel.listMoved(used.byteOffset, usedCount, goal.byteOffset, laid, SLACK, stirred.byteOffset)
  wakeStirred(surface, memory, count)
  return count
}

/** Wakes what sleeps where the surface that was bound last differs from the one before, and lays vertices that came to it. */
export function stirChanged(surface: Surface, memory: FluidMemory): void {
  const { kernel, uses, particles, goal, stirred } = surface
  goal.set(particles)
  const laid = memory.surfaceLaid.byteOffset
  const vertices = particles.length >> 2
  const count = kernel.listChanged(uses.byteOffset, vertices, goal.byteOffset, laid, stirred.byteOffset)
  wakeStirred(surface, memory, count)
}

/** Wakes what sleeps near `count` vertices listed. It sleeps again after half the time, unless it moves: most of it does not. */
function wakeStirred({ kernel, goal, stirred, stirMarks }: Surface, memory: FluidMemory, count: number): void {
  kernel.wakeAround(
    stirred.byteOffset,
    count,
    goal.byteOffset,
    REACH,
    stirMarks.byteOffset,
    memory.position.byteOffset,
    memory.still.byteOffset,
    memory.count[FLUID_COUNT.particles]!,
    ASLEEP,
    ASLEEP >> 1,
  )
}
