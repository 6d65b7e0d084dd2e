/** Liquid against instruments: capsules push particles out of themselves, and wake what sleeps close by. */
import { CONTACT } from '../../kernel/dropfaces.ts'
import type { Flow } from './flow.ts'
import { FLUID_COUNT, type FluidMemory } from './memory.ts'
import { ASLEEP } from './scale.ts'
import { MOST_CAPSULES } from './scratch.ts'

/** Numbers a capsule: both end points in metres in the field, and the radius. */
export const CAPSULE = 7

/** Distance in metres that a particle's centre keeps from metal. */
const SKIN = CONTACT * 0.6
/** Metres around metal in which what sleeps wakes. */
const WAKES = 0.003

/** Takes over the instruments of a tick, and wakes what sleeps close to them. */
export function takeCapsules(flow: Flow, memory: FluidMemory, capsule: Float64Array, capsules: number): void {
  flow.capsules = Math.min(capsules, MOST_CAPSULES)
  for (let i = 0; i < flow.capsules * CAPSULE; i++) flow.capsule[i] = capsule[i]!
  flow.kernel.wakeNear(
    flow.capsule.byteOffset,
    flow.capsules,
    WAKES,
    memory.position.byteOffset,
    memory.still.byteOffset,
    memory.count[FLUID_COUNT.particles]!,
    ASLEEP,
  )
}

export function solveCapsules(flow: Flow): void {
  flow.kernel.solveCapsules(
    flow.capsule.byteOffset,
    flow.capsules,
    SKIN,
    flow.position.byteOffset,
    flow.start.byteOffset,
    flow.awake.byteOffset,
    flow.count,
    flow.sums.byteOffset,
    // Free once drops are sorted.
    flow.swapOrder.byteOffset,
    flow.table.byteOffset,
  )
}
