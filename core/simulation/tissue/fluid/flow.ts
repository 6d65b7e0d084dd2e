/**
 * Particles of liquid in hand: filled from the state in sorted order when a tick begins, moved by the kernel, and written
 * back when it ends.
 */
import { LIQUID_ROWS } from './liquids.ts'
import { FLUID_COUNT, type FluidMemory } from './memory.ts'
import { CELL, createSorter, type Sorter, sortByCell } from './neighbours.ts'
import { ASLEEP, MOST_SPEED } from './scale.ts'
import type { Scratch } from './scratch.ts'

/** Share of the displacement by pressure with which the next substep begins: what stands is then carried already. */
const KEPT = 0.4
/** A particle that stays within so many metres of one place is still: jitter does not count, creeping does. */
const STILL_WAY = 0.0006
/** Drops faster than this wake what sleeps beside them, m/s. */
const WAKE_SPEED = 0.06
/** Where the place lies that is near to nothing, m. */
const NOWHERE = 1000

/** Smoothing by liquid, flat. */
const SMOOTHING = Float64Array.from(LIQUID_ROWS, (row) => row.smoothing)

export type Flow = Scratch & {
  readonly sorter: Sorter
  /** Particle of each place. */
  readonly order: Uint32Array
  /** Places in use. */
  count: number
}

export function createFlow(scratch: Scratch, particles: number): Flow {
  const { position, velocity, spare } = scratch
  position.fill(NOWHERE, spare * 4, spare * 4 + 3)
  velocity[spare * 4 + 3] = -1
  const sorter = createSorter(particles, scratch.key)
  return { ...scratch, sorter, order: sorter.order, count: 0 }
}

/** Whether any particle is awake. */
export function isFlowing({ count, still }: FluidMemory): boolean {
  for (let p = 0; p < count[FLUID_COUNT.particles]!; p++) if (still[p]! < ASLEEP) return true
  return false
}

/** Sorts the particles and copies them into scratch. */
export function gatherFlow(flow: Flow, memory: FluidMemory): void {
  const { start, awake } = flow
  const count = memory.count[FLUID_COUNT.particles]!
  flow.count = count
  sortByCell(flow.sorter, memory.position, count)
  takeParticles(flow, memory)
  // The last four are worked on together.
  for (let i = count; i < count + 3; i++) start[i * 4 + 3] = 0
  flow.kernel.listCells(flow.key.byteOffset, awake.byteOffset, count, flow.cells.byteOffset, flow.cellCount.byteOffset)
}

/** Copies the particles into scratch in their order. */
function takeParticles(flow: Flow, memory: FluidMemory): void {
  const { count, position, start, velocity, pressed, x, y, z, awake, liquid, order } = flow
  for (let i = 0; i < count; i++) {
    const p = order[i]!
    const from = p * 3
    const to = i * 4
    const moves = memory.still[p]! < ASLEEP
    const kind = memory.liquid[p]!
    x[i] = position[to] = memory.position[from]!
    y[i] = position[to + 1] = memory.position[from + 1]!
    z[i] = position[to + 2] = memory.position[from + 2]!
    start[to + 3] = moves ? 1 : 0
    velocity[to] = memory.velocity[from]!
    velocity[to + 1] = memory.velocity[from + 1]!
    velocity[to + 2] = memory.velocity[from + 2]!
    velocity[to + 3] = moves ? SMOOTHING[kind]! : -1
    pressed[to] = memory.pressed[from]!
    pressed[to + 1] = memory.pressed[from + 1]!
    pressed[to + 2] = memory.pressed[from + 2]!
    awake[i] = moves ? 1 : 0
    liquid[i] = kind
  }
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
  const { order, count, position: now, shared, awake, first, near, spare } = flow
  const { position, velocity, still, pressed, anchor } = memory
  for (let i = 0; i < count; i++) {
    if (awake[i] === 0) continue
    const p = order[i]!
    const at = p * 3
    const from = i * 4
    const x = now[from]!
    const y = now[from + 1]!
    const z = now[from + 2]!
    const ax = x - anchor[at]!
    const ay = y - anchor[at + 1]!
    const az = z - anchor[at + 2]!
    position[at] = x
    position[at + 1] = y
    position[at + 2] = z
    const isStill = ax * ax + ay * ay + az * az < STILL_WAY * STILL_WAY
    if (!isStill) {
      anchor[at] = x
      anchor[at + 1] = y
      anchor[at + 2] = z
    }
    const ticks = isStill ? still[p]! + 1 : 0
    still[p] = ticks
    const asleep = ticks >= ASLEEP
    pressed[at] = flow.pressed[from]!
    pressed[at + 1] = flow.pressed[from + 1]!
    pressed[at + 2] = flow.pressed[from + 2]!
    const vx = asleep ? 0 : shared[from]!
    const vy = asleep ? 0 : shared[from + 1]!
    const vz = asleep ? 0 : shared[from + 2]!
    velocity[at] = vx
    velocity[at + 1] = vy
    velocity[at + 2] = vz
    if (vx * vx + vy * vy + vz * vz <= WAKE_SPEED * WAKE_SPEED) continue
    for (let k = first[i]!; k < first[i + 1]!; k++) {
      const j = near[k]!
      if (j !== spare && awake[j] === 0) still[order[j]!] = ASLEEP >> 1
    }
  }
}
