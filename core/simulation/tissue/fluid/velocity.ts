/** Velocities of liquid: what a substep gives, the calm of shallow pools, and viscosity. */
import { POOL } from './density.ts'
import type { Flow } from './flow.ts'
import { LIQUID_ROWS } from './liquids.ts'
import { MOST_SPEED } from './scale.ts'

/** Smoothing by liquid, flat. */
const SMOOTHING = Float64Array.from(LIQUID_ROWS, (row) => row.smoothing)
/**
 * A pool of a few millimetres is all boundary layer: below so many m/s a particle in a pool keeps this share of its
 * velocity in a substep.
 */
const CALM_SPEED = 0.06
const CALMED = 0.85
/** Neighbours faster than this wake what sleeps, m/s. */
const WAKE_SPEED = 0.06

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
    } else if (speed2 < CALM_SPEED * CALM_SPEED && crowd[i]! > POOL) {
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
