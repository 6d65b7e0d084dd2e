/** Closest points of two segments and the moment at which two moving segments meet. Metres. */

/** Results of the two functions below: parameters on either segment (0 … 1), squared distance, share of the substep. */
export const found = { s: 0, t: 0, squared: 0, when: 0 }

/** Closest points of the segments at `a` and `b` (slots of the first ends) in `x`; fills `found`. Ericson 2004, §5.1.9. */
export function closestPoints(x: Float64Array, a: number, b: number): void {
  const i = 3 * a
  const j = 3 * b
  const ux = x[i + 3]! - x[i]!
  const uy = x[i + 4]! - x[i + 1]!
  const uz = x[i + 5]! - x[i + 2]!
  const vx = x[j + 3]! - x[j]!
  const vy = x[j + 4]! - x[j + 1]!
  const vz = x[j + 5]! - x[j + 2]!
  const rx = x[i]! - x[j]!
  const ry = x[i + 1]! - x[j + 1]!
  const rz = x[i + 2]! - x[j + 2]!
  const uu = ux * ux + uy * uy + uz * uz + 1e-24
  const vv = vx * vx + vy * vy + vz * vz + 1e-24
  const uv = ux * vx + uy * vy + uz * vz
  const ur = ux * rx + uy * ry + uz * rz
  const vr = vx * rx + vy * ry + vz * rz
  const det = uu * vv - uv * uv
  let s = det > 1e-9 * uu * vv ? (uv * vr - ur * vv) / det : 0.5
  s = s < 0 ? 0 : s > 1 ? 1 : s
  let t = (uv * s + vr) / vv
  if (t < 0) {
    t = 0
    s = -ur / uu
    s = s < 0 ? 0 : s > 1 ? 1 : s
  } else if (t > 1) {
    t = 1
    s = (uv - ur) / uu
    s = s < 0 ? 0 : s > 1 ? 1 : s
  }
  const dx = rx + s * ux - t * vx
  const dy = ry + s * uy - t * vy
  const dz = rz + s * uz - t * vz
  found.s = s
  found.t = t
  found.squared = dx * dx + dy * dy + dz * dz
}

/**
 * Do the segments at `a` and `b` pass through each other while their ends go straight from `from` to `to`? If so fills
 * `found` with the first meeting. The volume spanned by the four ends is a cubic of time (Bridson et al. 2002,
 * doi:10.1145/566654.566623), given exactly by four samples; each change of sign is a candidate. A volume of zero counts as
 * positive: segments that move within one plane slide over each other, always on the same side.
 */
export function passThrough(from: Float64Array, to: Float64Array, a: number, b: number): boolean {
  let before = volume(from, to, a, b, 0)
  for (let step = 1; step <= STEPS; step++) {
    const after = volume(from, to, a, b, step / STEPS)
    if (before < 0 !== after < 0) {
      if (meets(from, to, a, b, (step - 1) / STEPS, before, step / STEPS, after)) return true
    }
    before = after
  }
  return false
}

const STEPS = 3
/** Share of a segment beyond its ends that still counts: the next segment of the rod must not slip past. */
const OVERLAP = 1e-3

function meets(
  from: Float64Array,
  to: Float64Array,
  a: number,
  b: number,
  start: number,
  startVolume: number,
  end: number,
  endVolume: number,
): boolean {
  let low = start
  let high = end
  let vLow = startVolume
  let vHigh = endVolume
  let when = low
  for (let i = 0; i < 12; i++) {
    when = vLow === vHigh ? low : low + (high - low) * (vLow / (vLow - vHigh))
    const v = volume(from, to, a, b, when)
    if (v === 0) break
    if (v < 0 !== vLow < 0) {
      high = when
      vHigh = v
      vLow *= 0.5
    } else {
      low = when
      vLow = v
      vHigh *= 0.5
    }
  }
  return planeParameters(from, to, a, b, when)
}

const e = new Float64Array(9)

/** Edges and offset of the pair at time `w`: u, v, r = first end of `b` − first end of `a`. */
function edges(from: Float64Array, to: Float64Array, a: number, b: number, w: number): void {
  const i = 3 * a
  const j = 3 * b
  const k = 1 - w
  for (let axis = 0; axis < 3; axis++) {
    const a0 = k * from[i + axis]! + w * to[i + axis]!
    const a1 = k * from[i + 3 + axis]! + w * to[i + 3 + axis]!
    const b0 = k * from[j + axis]! + w * to[j + axis]!
    const b1 = k * from[j + 3 + axis]! + w * to[j + 3 + axis]!
    e[axis] = a1 - a0
    e[3 + axis] = b1 - b0
    e[6 + axis] = b0 - a0
  }
}

function volume(from: Float64Array, to: Float64Array, a: number, b: number, w: number): number {
  edges(from, to, a, b, w)
  const cx = e[1]! * e[5]! - e[2]! * e[4]!
  const cy = e[2]! * e[3]! - e[0]! * e[5]!
  const cz = e[0]! * e[4]! - e[1]! * e[3]!
  return cx * e[6]! + cy * e[7]! + cz * e[8]!
}

/** Where the lines of two coplanar segments meet at time `w`; true when it is within both. */
function planeParameters(from: Float64Array, to: Float64Array, a: number, b: number, w: number): boolean {
  edges(from, to, a, b, w)
  const uu = e[0]! * e[0]! + e[1]! * e[1]! + e[2]! * e[2]!
  const vv = e[3]! * e[3]! + e[4]! * e[4]! + e[5]! * e[5]!
  const uv = e[0]! * e[3]! + e[1]! * e[4]! + e[2]! * e[5]!
  const ur = e[0]! * e[6]! + e[1]! * e[7]! + e[2]! * e[8]!
  const vr = e[3]! * e[6]! + e[4]! * e[7]! + e[5]! * e[8]!
  const det = uu * vv - uv * uv
  if (!(det > 1e-12 * uu * vv)) return false
  const s = (ur * vv - uv * vr) / det
  const t = (uv * ur - uu * vr) / det
  if (s < -OVERLAP || s > 1 + OVERLAP || t < -OVERLAP || t > 1 + OVERLAP) return false
  found.s = s < 0 ? 0 : s > 1 ? 1 : s
  found.t = t < 0 ? 0 : t > 1 ? 1 : t
  found.when = w
  return true
}

/**
 * After `passThrough`: the unit vector at right angles to both segments where they met, from `b` to `a` as they lay at
 * first (in `from`); written to `out`.
 */
export function meetingNormal(from: Float64Array, a: number, b: number, out: Float64Array): void {
  // the last call of `edges` was at the moment of meeting
  cross(out)
  const { s, t } = found
  const i = 3 * a
  const j = 3 * b
  let side = 0
  for (let axis = 0; axis < 3; axis++) {
    const p = (1 - s) * from[i + axis]! + s * from[i + 3 + axis]!
    const q = (1 - t) * from[j + axis]! + t * from[j + 3 + axis]!
    side += out[axis]! * (p - q)
  }
  if (side > 0) return
  for (let axis = 0; axis < 3; axis++) out[axis] = -out[axis]!
}

/** The unit vector from `b` to `a` that keeps the volume positive where the segments touch without a gap. */
export function touchNormal(x: Float64Array, a: number, b: number, out: Float64Array): void {
  edges(x, x, a, b, 0)
  cross(out)
  for (let axis = 0; axis < 3; axis++) out[axis] = -out[axis]!
}

function cross(out: Float64Array): void {
  const x = e[1]! * e[5]! - e[2]! * e[4]!
  const y = e[2]! * e[3]! - e[0]! * e[5]!
  const z = e[0]! * e[4]! - e[1]! * e[3]!
  const n = Math.sqrt(x * x + y * y + z * z)
  // parallel segments: any direction will do
  const scale = n > 0 ? 1 / n : 0
  out[0] = x * scale
  out[1] = y * scale
  out[2] = n > 0 ? z * scale : 1
}
