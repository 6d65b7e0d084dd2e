/**
 * Liquid as position based fluid (Macklin & Müller 2013, doi:10.1145/2461912.2461984): each particle's density is held at
 * rest density by moving it and its neighbours along the gradient. One kernel (1 − r/h)² gives density and gradient (as in
 * Clavet 2005, doi:10.1145/1073368.1073400), so that the constraint's denominator is the density itself. Density below rest
 * pulls weakly: that is cohesion. Particles closer than grains may be are pushed apart in pairs. A share of each
 * displacement is kept for the next substep (`KEPT`), and of a pair the upper gives way more (mass scaling for stacks,
 * Macklin 2014, doi:10.1145/2601097.2601152): so one Jacobi pass carries a deep pool, at the price of momentum along
 * gravity, which the ground would have taken anyway.
 */
import { type Flow, KEPT } from './flow.ts'
import { DROP, REACH } from './scale.ts'

/** Sum of the kernel over the neighbours of a cubic lattice at rest spacing. */
export const REST_DENSITY = 0.7059164
/** Denser than this a particle is in a pool, not in a spray or a trickle (see `Flow.crowd`). */
export const POOL = 0.35
/** Displacement in metres per unit of error and kernel: REACH / 2 from the gradient of a full lattice, relaxed. */
const STIFFNESS = REACH * 0.5 * 0.3
/** Share of a lack of density that pulls. */
const COHESION = 0.01
/** Pairs closer than 0.72 of rest spacing (kernel above this) are pushed apart directly. */
const GRAIN = 1 - 0.72 / 1.5
const GRAIN_STIFFNESS = 0.05 * REACH
/** How much more the upper of a pair gives way: 0 alike, 1 alone. */
const LIFT = 0.6
/** Metres at which two count as in one place. */
const SAME = 1e-5
/** A particle moves at most so far in a substep to even out density. */
const MOST_SHIFT = DROP * 0.3

/** One Jacobi pass of the density constraint over all pairs. (ux, uy, uz) is the unit vector upwards. */
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
    const kept = crowd[i]! > POOL ? 1 : 0
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
