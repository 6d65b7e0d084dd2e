/**
 * The volume that faces enclose, as one constraint over their particles (XPBD; volume of closed surfaces: Müller et al.
 * 2007, doi:10.1016/j.jvcir.2007.01.005). Sums pass between the steps in an array, so that they leave no garbage.
 */
import { slots } from '../../state.ts'

/** Six times the volume, m³; weight of the constraint and steepest share of it, m⁴/kg; its multiplier, Pa·s². */
export const ENCLOSED = slots(['six', 'weight', 'steepest', 'lambda'] as const)

export type Enclosure = {
  /** Gradient of six times the volume, by particle. */
  readonly gradient: Float64Array
  readonly sums: Float64Array
}

/** @param particles the most that may be named */
export const createEnclosure = (particles: number): Enclosure => ({
  gradient: new Float64Array(particles * 3),
  sums: new Float64Array(Object.keys(ENCLOSED).length),
})

/** Begins a solve: nothing is enclosed by the first `count` of these particles. */
export function openEnclosure({ gradient, sums }: Enclosure, particle: Uint32Array, count: number): void {
  for (let n = 0; n < count; n++) gradient.fill(0, particle[n] * 3, particle[n] * 3 + 3)
  sums.fill(0)
}

/** Adds the face of particles `i`, `j`, `k`, seen from outside. */
export function addFace(
  { gradient: g, sums }: Enclosure,
  position: Float32Array,
  i: number,
  j: number,
  k: number,
): void {
  const ax = position[i * 4]
  const ay = position[i * 4 + 1]
  const az = position[i * 4 + 2]
  const bx = position[j * 4]
  const by = position[j * 4 + 1]
  const bz = position[j * 4 + 2]
  const cx = position[k * 4]
  const cy = position[k * 4 + 1]
  const cz = position[k * 4 + 2]
  const x = by * cz - bz * cy
  const y = bz * cx - bx * cz
  const z = bx * cy - by * cx
  g[i * 3] += x
  g[i * 3 + 1] += y
  g[i * 3 + 2] += z
  g[j * 3] += cy * az - cz * ay
  g[j * 3 + 1] += cz * ax - cx * az
  g[j * 3 + 2] += cx * ay - cy * ax
  g[k * 3] += ay * bz - az * by
  g[k * 3 + 1] += az * bx - ax * bz
  g[k * 3 + 2] += ax * by - ay * bx
  sums[ENCLOSED.six] += ax * x + ay * y + az * z
}

/** Weighs the constraint once all faces are added. */
export function weighEnclosed(
  { gradient: g, sums }: Enclosure,
  position: Float32Array,
  particle: Uint32Array,
  count: number,
): void {
  let weight = 0
  let steepest = 0
  for (let n = 0; n < count; n++) {
    const p = particle[n]
    const w = position[p * 4 + 3]
    const slope2 = (g[p * 3] * g[p * 3] + g[p * 3 + 1] * g[p * 3 + 1] + g[p * 3 + 2] * g[p * 3 + 2]) / 36
    weight += w * slope2
    steepest = Math.max(steepest, w * w * slope2)
  }
  sums[ENCLOSED.weight] = weight
  sums[ENCLOSED.steepest] = steepest
}

/** Moves the particles by the multiplier, which is cut so that none goes further than `farthest` (m). */
export function pushEnclosed(
  { gradient: g, sums }: Enclosure,
  position: Float32Array,
  particle: Uint32Array,
  count: number,
  farthest: number,
): void {
  const far = Math.abs(sums[ENCLOSED.lambda]) * Math.sqrt(sums[ENCLOSED.steepest])
  if (far > farthest) sums[ENCLOSED.lambda] *= farthest / far
  const lambda = sums[ENCLOSED.lambda]
  for (let n = 0; n < count; n++) {
    const p = particle[n]
    const go = (position[p * 4 + 3] * lambda) / 6
    position[p * 4] += go * g[p * 3]
    position[p * 4 + 1] += go * g[p * 3 + 1]
    position[p * 4 + 2] += go * g[p * 3 + 2]
  }
}
