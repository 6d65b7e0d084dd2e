/**
 * Liquid as position based fluid (Macklin & Müller 2013, doi:10.1145/2461912.2461984): each particle's density is held at
 * rest density by moving it and its neighbours along the gradient. Three departures keep it cheap and calm: one kernel
 * (1 − r/h)² gives density and gradient (as in Clavet 2005, doi:10.1145/1073368.1073400); the denominator of the
 * constraint is that of a full neighbourhood (Solenthaler & Pajarola 2009, doi:10.1145/1531326.1531346), so that a sparse
 * spray is never kicked; and particles closer than grains may be are pushed apart in pairs. Density below rest pulls
 * weakly: that is cohesion. Everything here is scratch in sorted order, filled and emptied within a tick.
 */
import { LIQUID_ROWS } from './liquids.ts'
import { FLUID_COUNT, type FluidMemory } from './memory.ts'
import { createNeighbours, listPairs, MOST_NEIGHBOURS, type Neighbours, sortByCell } from './neighbours.ts'
import { ASLEEP, DROP, MOST_SPEED, REACH } from './scale.ts'

/** Smoothing by liquid, flat. */
const SMOOTHING = Float64Array.from(LIQUID_ROWS, (row) => row.smoothing)
/** Sum of the kernel over the neighbours of a cubic lattice at rest spacing. */
export const REST_DENSITY = 1.0055453
/** Displacement in metres per unit of error and kernel: REACH / 2, from the gradient of a full lattice, relaxed for Jacobi. */
const STIFFNESS = REACH * 0.5 * 0.35
/** Share of a lack of density that pulls. */
const COHESION = 0.01
/** Pairs closer than 0.72 of rest spacing (kernel above this) are pushed apart directly. */
const GRAIN = 1 - 0.72 / 1.6
const GRAIN_STIFFNESS = 0.05 * REACH
/** How much more the upper of a pair gives way: 0 alike, 1 alone. */
const LIFT = 0.6
/** Metres at which two count as in one place. */
const SAME = 1e-5
/** A particle moves at most so far in a substep to even out density. */
const MOST_SHIFT = DROP * 0.3
/**
 * A pool of a few millimetres is all boundary layer: below so many m/s, among so many neighbours, it keeps this share of
 * its velocity in a substep.
 */
const KEPT = 0.3
const CALM_SPEED = 0.06
const CALM_CROWD = 0.5
const CALMED = 0.85
/** Neighbours faster than this wake what sleeps, m/s. */
const WAKE_SPEED = 0.06
/** A tick of motion takes so many ticks of stillness back. */
const UNREST = 4
/** Slower than this is still, m/s. */
const STILL_SPEED = 0.012

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
  /** Four numbers a pair: see `sumDensity`. */
  readonly link: Float64Array
  /** 1: moves; 0: sleeps; 2: slept, and something woke it in this tick. */
  readonly awake: Uint8Array
  /** Density in units of the kernel as last summed: 0 alone, 0.28 in a row, 0.62 in a sheet, 1 in bulk. */
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

/**
 * One Jacobi pass of the density constraint over all pairs. (ux, uy, uz) is the unit vector upwards: of each pair the upper
 * particle gives way more (mass scaling for stacks, Macklin 2014, doi:10.1145/2601097.2601152), so that a deep pool
 * carries itself in one pass.
 */
export function evenDensity(flow: Flow, ux: number, uy: number, uz: number): void {
  sumDensity(flow)
  const { neighbours, x, y, z, dx, dy, dz, density, crowd, awake, link } = flow
  const { first, pair, count } = neighbours
  for (let i = 0; i < count; i++) {
    crowd[i] = density[i]!
    const c = density[i]! / REST_DENSITY - 1
    density[i] = (c < 0 ? c * COHESION : c / (c + 1)) * STIFFNESS
  }
  dx.fill(0, 0, count)
  dy.fill(0, 0, count)
  dz.fill(0, 0, count)
  for (let i = 0; i < count; i++) {
    const ci = density[i]!
    let sx = 0
    let sy = 0
    let sz = 0
    const end = first[i + 1]!
    for (let k = first[i]!; k < end; k++) {
      const l = k * 4
      const w = link[l + 3]!
      const j = pair[k]!
      const ax = link[l]!
      const ay = link[l + 1]!
      const az = link[l + 2]!
      const push = (ci + density[j]!) * w + Math.max(0, w - GRAIN) * GRAIN_STIFFNESS
      const tilt = (ax * ux + ay * uy + az * uz) * LIFT
      const below = push * (1 - tilt)
      const above = push * (1 + tilt)
      sx -= ax * below
      sy -= ay * below
      sz -= az * below
      dx[j] = dx[j]! + ax * above
      dy[j] = dy[j]! + ay * above
      dz[j] = dz[j]! + az * above
    }
    dx[i] = dx[i]! + sx
    dy[i] = dy[i]! + sy
    dz[i] = dz[i]! + sz
  }
  for (let i = 0; i < count; i++) {
    if (awake[i] === 0) continue
    const ax = dx[i]!
    const ay = dy[i]!
    const az = dz[i]!
    const d2 = ax * ax + ay * ay + az * az
    const scale = d2 > MOST_SHIFT * MOST_SHIFT ? MOST_SHIFT / Math.sqrt(d2) : 1
    x[i] = x[i]! + ax * scale
    y[i] = y[i]! + ay * scale
    z[i] = z[i]! + az * scale
    const kept = crowd[i]! > CALM_CROWD ? 1 : 0
    flow.px[i] = kept * (flow.px[i]! * KEPT + ax * scale)
    flow.py[i] = kept * (flow.py[i]! * KEPT + ay * scale)
    flow.pz[i] = kept * (flow.pz[i]! * KEPT + az * scale)
  }
}

/** Fills `density` and, for each pair, `link`: unit vector from the first to the second and the kernel (0 out of reach). */
function sumDensity(flow: Flow): void {
  const { neighbours, x, y, z, density, link } = flow
  const { first, pair, count } = neighbours
  density.fill(0, 0, count)
  for (let i = 0; i < count; i++) {
    const xi = x[i]!
    const yi = y[i]!
    const zi = z[i]!
    let sum = 0
    const end = first[i + 1]!
    for (let k = first[i]!; k < end; k++) {
      const j = pair[k]!
      const ax = x[j]! - xi
      const ay = y[j]! - yi
      const az = z[j]! - zi
      const d2 = ax * ax + ay * ay + az * az
      const l = k * 4
      const d = Math.sqrt(d2)
      const w = Math.max(0, 1 - d * (1 / REACH))
      const w2 = w * w
      sum += w2
      density[j] = density[j]! + w2
      link[l + 3] = w
      if (d > SAME) {
        const scale = 1 / d
        link[l] = ax * scale
        link[l + 1] = ay * scale
        link[l + 2] = az * scale
      } else {
        // two in one place part along a line that their places in the order choose
        link[l] = (j - i) % 2 === 0 ? 0.6 : -0.6
        link[l + 1] = 0
        link[l + 2] = i % 2 === 0 ? 0.8 : -0.8
      }
    }
    density[i] = density[i]! + sum
  }
}

/** Velocity from what a substep of `h` seconds moved, limited to {@link MOST_SPEED}. */
export function settleVelocity(flow: Flow, h: number): void {
  const { neighbours, x, y, z, x0, y0, z0, vx, vy, vz, awake, crowd } = flow
  const count = neighbours.count
  const rate = 1 / h
  for (let i = 0; i < count; i++) {
    if (awake[i] === 0) continue
    let ax = (x[i]! - x0[i]!) * rate
    let ay = (y[i]! - y0[i]!) * rate
    let az = (z[i]! - z0[i]!) * rate
    const speed2 = ax * ax + ay * ay + az * az
    if (speed2 > MOST_SPEED * MOST_SPEED) {
      const scale = MOST_SPEED / Math.sqrt(speed2)
      ax *= scale
      ay *= scale
      az *= scale
    } else if (speed2 < CALM_SPEED * CALM_SPEED && crowd[i]! > CALM_CROWD) {
      ax *= CALMED
      ay *= CALMED
      az *= CALMED
    }
    vx[i] = ax
    vy[i] = ay
    vz[i] = az
  }
}

/** Viscosity: neighbours share their velocity, momentum is kept. What sleeps wakes when something fast comes near. */
export function shareVelocity(flow: Flow): void {
  const { neighbours, vx, vy, vz, awake, liquid, link } = flow
  const { first, pair, count } = neighbours
  for (let i = 0; i < count; i++) {
    const mine = SMOOTHING[liquid[i]!]!
    let ux = vx[i]!
    let uy = vy[i]!
    let uz = vz[i]!
    const end = first[i + 1]!
    for (let k = first[i]!; k < end; k++) {
      const w = link[k * 4 + 3]!
      if (w === 0) continue
      const j = pair[k]!
      const bx = vx[j]! - ux
      const by = vy[j]! - uy
      const bz = vz[j]! - uz
      if (awake[i] === 0 || awake[j] === 0) {
        if (bx * bx + by * by + bz * bz > WAKE_SPEED * WAKE_SPEED) {
          if (awake[i] === 0) awake[i] = 2
          if (awake[j] === 0) awake[j] = 2
        }
        continue
      }
      if (awake[i] === 2 || awake[j] === 2) continue
      const s = w * (mine + SMOOTHING[liquid[j]!]!)
      ux += bx * s
      uy += by * s
      uz += bz * s
      vx[j] = vx[j]! - bx * s
      vy[j] = vy[j]! - by * s
      vz[j] = vz[j]! - bz * s
    }
    vx[i] = ux
    vy[i] = uy
    vz[i] = uz
  }
}

/** Writes the particles back, and counts the ticks that each was still. */
export function scatterFlow(flow: Flow, memory: FluidMemory): void {
  const { neighbours, x, y, z, vx, vy, vz, awake } = flow
  const { position, velocity, still, pressed } = memory
  const { order, count } = neighbours
  for (let i = 0; i < count; i++) {
    const p = order[i]!
    if (awake[i] === 0) continue
    const at = p * 3
    if (awake[i] === 2) {
      still[p] = ASLEEP >> 1
      continue
    }
    const ax = x[i]! - position[at]!
    const ay = y[i]! - position[at + 1]!
    const az = z[i]! - position[at + 2]!
    const moved2 = ax * ax + ay * ay + az * az
    position[at] = x[i]!
    position[at + 1] = y[i]!
    position[at + 2] = z[i]!
    const calm = moved2 < STILL_SPEED * STILL_SPEED * 1e-4
    const ticks = calm ? still[p]! + 1 : Math.max(0, still[p]! - UNREST)
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
