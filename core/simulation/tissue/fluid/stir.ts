/** Liquid that sleeps wakes where the surface under it moved, opened or went. */
import { FLUID_COUNT, type FluidMemory } from './memory.ts'
import { ASLEEP } from './scale.ts'
import type { Surface } from './surface.ts'

/** What a vertex may move, in metres, before it is laid anew, the surface is measured, and what sleeps near it wakes. */
export const SLACK = 0.0006
/** Metres around a vertex in which drops lie on its faces. */
const REACH = 0.005

/** Wakes what sleeps where vertices moved since they were laid, and lays these anew. */
export function stirMoved(surface: Surface, memory: FluidMemory): void {
  const { kernel, used, usedCount, goal, stirred } = surface
  kernel.markMoved(
    used.byteOffset,
    usedCount,
    goal.byteOffset,
    memory.surfaceLaid.byteOffset,
    SLACK,
    REACH,
    stirred.byteOffset,
  )
  wakeStirred(surface, memory)
}

/** Wakes what sleeps where the surface that was bound last differs from the one before, and lays vertices that came to it. */
export function stirChanged(surface: Surface, memory: FluidMemory): void {
  const { kernel, uses, particles, goal, stirred } = surface
  goal.set(particles)
  kernel.markChanged(
    uses.byteOffset,
    particles.length >> 2,
    goal.byteOffset,
    memory.surfaceLaid.byteOffset,
    REACH,
    stirred.byteOffset,
  )
  wakeStirred(surface, memory)
}

/** What is woken sleeps again after half the time, unless it moves: most of it does not. */
function wakeStirred({ kernel, stirred }: Surface, memory: FluidMemory): void {
  kernel.wakeMarked(
    stirred.byteOffset,
    memory.position.byteOffset,
    memory.still.byteOffset,
    memory.count[FLUID_COUNT.particles]!,
    ASLEEP,
    ASLEEP >> 1,
  )
}
