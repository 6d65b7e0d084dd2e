/**
 * Particles of liquid in hand: scratch in sorted order, filled from the state when a tick begins and written back when it
 * ends. Nothing in it outlives a tick.
 */
import { FLUID_COUNT, type FluidMemory } from './memory.ts'
import { createNeighbours, listPairs, MOST_NEIGHBOURS, type Neighbours, sortByCell } from './neighbours.ts'
import { ASLEEP } from './scale.ts'

/** Share of the displacement by pressure with which the next substep begins: what stands is then carried already. */
export const KEPT = 0.4
/** A particle that stays within so many metres of one place is still: jitter does not count, creeping does. */
const STILL_WAY = 0.0006

export type Flow = {
  readonly neighbours: Neighbours
  readonly x: Float64Array
  readonly y: Float64Array
  readonly z: Float64Array
  /** Where a substep began. */
  readonly x0: Float64Array
  readonly y0: Float64Array
  readonly z0: Float64Array
  readonly vx: Float64Array
  readonly vy: Float64Array
  readonly vz: Float64Array
  readonly dx: Float64Array
  readonly dy: Float64Array
  readonly dz: Float64Array
  /** Displacement by pressure in the last substep. */
  readonly px: Float64Array
  readonly py: Float64Array
  readonly pz: Float64Array
  /** Density in units of the kernel, then the displacement in metres that its error asks for. */
  readonly density: Float64Array
  /** Four numbers a pair: see `density.ts`. */
  readonly link: Float64Array
  /** 1: moves; 0: sleeps; 2: slept, and something woke it in this tick. */
  readonly awake: Uint8Array
  /** Density in units of the kernel as last summed: 0 alone, 0.22 in a row, 0.46 in a sheet, 0.71 in bulk. */
  readonly crowd: Float64Array
  readonly liquid: Uint8Array
}

export function createFlow(particles: number): Flow {
  const row = () => new Float64Array(particles)
  return {
    neighbours: createNeighbours(particles),
    x: row(),
    y: row(),
    z: row(),
    x0: row(),
    y0: row(),
    z0: row(),
    vx: row(),
    vy: row(),
    vz: row(),
    dx: row(),
    dy: row(),
    dz: row(),
    px: row(),
    py: row(),
    pz: row(),
    density: row(),
    crowd: row(),
    link: new Float64Array(particles * MOST_NEIGHBOURS * 4),
    awake: new Uint8Array(particles),
    liquid: new Uint8Array(particles),
  }
}

/** Sorts the particles, copies them into scratch and lists their neighbours. */
export function gatherFlow(flow: Flow, memory: FluidMemory): void {
  const { neighbours, x, y, z, vx, vy, vz, awake, liquid } = flow
  const { position, velocity, still, pressed } = memory
  const count = memory.count[FLUID_COUNT.particles]!
  sortByCell(neighbours, position, count)
  const order = neighbours.order
  for (let i = 0; i < count; i++) {
    const p = order[i]!
    const at = p * 3
    x[i] = position[at]!
    y[i] = position[at + 1]!
    z[i] = position[at + 2]!
    vx[i] = velocity[at]!
    vy[i] = velocity[at + 1]!
    vz[i] = velocity[at + 2]!
    flow.px[i] = pressed[at]!
    flow.py[i] = pressed[at + 1]!
    flow.pz[i] = pressed[at + 2]!
    awake[i] = still[p]! < ASLEEP ? 1 : 0
    liquid[i] = memory.liquid[p]!
  }
  listPairs(neighbours, x, y, z, awake)
}

/** Free flight under acceleration (gx, gy, gz) m/s² for `h` seconds. */
export function predictFlow(flow: Flow, gx: number, gy: number, gz: number, h: number): void {
  const { neighbours, x, y, z, x0, y0, z0, vx, vy, vz, awake } = flow
  const count = neighbours.count
  for (let i = 0; i < count; i++) {
    const xi = x[i]!
    const yi = y[i]!
    const zi = z[i]!
    x0[i] = xi
    y0[i] = yi
    z0[i] = zi
    if (awake[i] === 0) continue
    x[i] = xi + (vx[i]! + gx * h) * h + flow.px[i]! * KEPT
    y[i] = yi + (vy[i]! + gy * h) * h + flow.py[i]! * KEPT
    z[i] = zi + (vz[i]! + gz * h) * h + flow.pz[i]! * KEPT
  }
}

/** Writes the particles back, and counts the ticks that each was still. */
export function scatterFlow(flow: Flow, memory: FluidMemory): void {
  const { neighbours, x, y, z, vx, vy, vz, awake } = flow
  const { position, velocity, still, pressed, anchor } = memory
  const { order, count } = neighbours
  for (let i = 0; i < count; i++) {
    const p = order[i]!
    if (awake[i] === 0) continue
    const at = p * 3
    if (awake[i] === 2) {
      still[p] = ASLEEP >> 1
      continue
    }
    const ax = x[i]! - anchor[at]!
    const ay = y[i]! - anchor[at + 1]!
    const az = z[i]! - anchor[at + 2]!
    position[at] = x[i]!
    position[at + 1] = y[i]!
    position[at + 2] = z[i]!
    const isStill = ax * ax + ay * ay + az * az < STILL_WAY * STILL_WAY
    if (!isStill) {
      anchor[at] = x[i]!
      anchor[at + 1] = y[i]!
      anchor[at + 2] = z[i]!
    }
    const ticks = isStill ? still[p]! + 1 : 0
    still[p] = ticks
    const asleep = ticks >= ASLEEP
    pressed[at] = flow.px[i]!
    pressed[at + 1] = flow.py[i]!
    pressed[at + 2] = flow.pz[i]!
    velocity[at] = asleep ? 0 : vx[i]!
    velocity[at + 1] = asleep ? 0 : vy[i]!
    velocity[at + 2] = asleep ? 0 : vz[i]!
  }
}
