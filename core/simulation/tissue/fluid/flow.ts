/**
 * Particles of liquid in hand: filled from the state in sorted order when a tick begins, moved by the kernel, and written
 * back when it ends.
 */
import { CELL } from '../../kernel/dropsort.ts'
import { FLUID_COUNT, type FluidMemory } from './memory.ts'
import { ASLEEP, MOST_SPEED } from './scale.ts'
import type { Scratch } from './scratch.ts'

/** Share of the displacement by pressure with which the next substep begins: what stands is then carried already. */
const KEPT = 0.4
/** A particle that stays within so many metres of one place is still: jitter does not count, creeping does. */
const STILL_WAY = 0.0006
/** Drops faster than this, and not for one tick only, wake what sleeps beside them, m/s. */
const WAKE_SPEED = 0.06
/** Where the place lies that is near to nothing, m. */
const NOWHERE = 1000

export type Flow = Scratch & {
  /** Places in use. */
  count: number
  /** Instruments in use. */
  capsules: number
}

export function createFlow(scratch: Scratch): Flow {
  const { position, velocity, spare } = scratch
  position.fill(NOWHERE, spare * 4, spare * 4 + 3)
  velocity[spare * 4 + 3] = -1
  return { ...scratch, count: 0, capsules: 0 }
}

/** Whether any particle is awake. */
export function isFlowing({ count, still }: FluidMemory): boolean {
  for (let p = 0; p < count[FLUID_COUNT.particles]!; p++) if (still[p]! < ASLEEP) return true
  return false
}

/** Sorts the particles and copies them into scratch. */
export function gatherFlow(flow: Flow, memory: FluidMemory): void {
  const { kernel, key, order, awake } = flow
  const count = memory.count[FLUID_COUNT.particles]!
  flow.count = count
  kernel.sortDrops(
    memory.position.byteOffset,
    count,
    key.byteOffset,
    order.byteOffset,
    flow.swapKey.byteOffset,
    flow.swapOrder.byteOffset,
    flow.buckets.byteOffset,
    flow.grid.byteOffset,
  )
  nameState(flow, memory)
  kernel.takeDrops(
    order.byteOffset,
    count,
    flow.position.byteOffset,
    flow.start.byteOffset,
    flow.velocity.byteOffset,
    flow.pressed.byteOffset,
    flow.x.byteOffset,
    flow.y.byteOffset,
    flow.z.byteOffset,
    awake.byteOffset,
    flow.liquid.byteOffset,
    flow.smoothing.byteOffset,
    ASLEEP,
  )
  kernel.listCells(key.byteOffset, awake.byteOffset, count, flow.cells.byteOffset, flow.cellCount.byteOffset)
}

/** Says where the state of particles lies. */
function nameState({ kernel }: Flow, memory: FluidMemory): void {
  kernel.nameDrops(
    memory.position.byteOffset,
    memory.velocity.byteOffset,
    memory.pressed.byteOffset,
    memory.anchor.byteOffset,
    memory.still.byteOffset,
    memory.liquid.byteOffset,
  )
}

/** Lists the neighbours of those that are awake. */
export function listNeighbours(flow: Flow): void {
  const { kernel, around } = flow
  kernel.listDrops(
    flow.position.byteOffset,
    flow.x.byteOffset,
    flow.y.byteOffset,
    flow.z.byteOffset,
    flow.awake.byteOffset,
    flow.cells.byteOffset,
    flow.cellCount[0]!,
    flow.grid.byteOffset,
    flow.runs.byteOffset,
    around.byteOffset,
    // Four rows.
    around.byteLength / 4,
    flow.first.byteOffset,
    flow.near.byteOffset,
    flow.table.byteOffset,
    flow.spare,
    CELL * CELL,
  )
}

/** Free flight under acceleration (gx, gy, gz) m/s² for `h` seconds. */
export function predictFlow(flow: Flow, gx: number, gy: number, gz: number, h: number): void {
  const { kernel, position, start, velocity, pressed, count } = flow
  kernel.predictDrops(
    position.byteOffset,
    start.byteOffset,
    velocity.byteOffset,
    pressed.byteOffset,
    (count + 3) & ~3,
    gx,
    gy,
    gz,
    h,
    KEPT,
  )
}

/** One Jacobi pass of the density constraint over all pairs. (ux, uy, uz) is the unit vector upwards. */
export function evenDensity(flow: Flow, ux: number, uy: number, uz: number): void {
  const { kernel, position, first, near, link, crowd, shift, pressed, sums, count } = flow
  const at = position.byteOffset
  kernel.sumDensity(at, first.byteOffset, near.byteOffset, crowd.byteOffset, sums.byteOffset, count)
  kernel.spreadDensity(
    at,
    first.byteOffset,
    near.byteOffset,
    link.byteOffset,
    shift.byteOffset,
    sums.byteOffset,
    count,
    ux,
    uy,
    uz,
  )
  kernel.shiftDrops(at, shift.byteOffset, pressed.byteOffset, crowd.byteOffset, (count + 3) & ~3, KEPT)
}

/** Velocity from what a substep of `h` seconds moved, limited to {@link MOST_SPEED}. */
export function settleVelocity(flow: Flow, h: number): void {
  const { kernel, position, start, velocity, crowd, count } = flow
  kernel.settleDrops(
    position.byteOffset,
    start.byteOffset,
    velocity.byteOffset,
    crowd.byteOffset,
    (count + 3) & ~3,
    h,
    MOST_SPEED,
  )
}

/** Viscosity: neighbours share their velocity. */
export function shareVelocity({ kernel, velocity, shared, first, near, link, sums, count }: Flow): void {
  kernel.shareVelocity(
    velocity.byteOffset,
    shared.byteOffset,
    first.byteOffset,
    near.byteOffset,
    link.byteOffset,
    sums.byteOffset,
    count,
  )
}

/** Writes the particles back, and counts the ticks that each was still. What sleeps wakes when something fast comes near. */
export function scatterFlow(flow: Flow, memory: FluidMemory): void {
  nameState(flow, memory)
  flow.kernel.giveDrops(
    flow.order.byteOffset,
    flow.count,
    flow.position.byteOffset,
    flow.shared.byteOffset,
    flow.pressed.byteOffset,
    flow.awake.byteOffset,
    flow.first.byteOffset,
    flow.near.byteOffset,
    flow.spare,
    STILL_WAY,
    WAKE_SPEED,
    ASLEEP,
  )
}
