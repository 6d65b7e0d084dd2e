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
 * doi:10.1145/566654.566623); each of its roots is a candidate. A volume of zero counts as
 * positive: segments that move within one plane slide over each other, always on the same side.
 */
export function passThrough(from: Float64Array, to: Float64Array, a: number, b: number): boolean {
  const f0 = volume(from, to, a, b, 0)
  const f1 = volume(from, to, a, b, 1 / 3)
  const f2 = volume(from, to, a, b, 2 / 3)
  const f3 = volume(from, to, a, b, 1)
  // where the cubic turns (in thirds of the substep): between these it has one root at most
  const third = f3 - 3 * f2 + 3 * f1 - f0
  const second = f2 - 2 * f1 + f0
  const p = 0.5 * third
  const q = second - third
  const r = f1 - f0 - 0.5 * second + third / 3
  let one = 3
  let two = 3
  if (p > 1e-6 * Math.abs(q) || p < -1e-6 * Math.abs(q)) {
    const under = q * q - 4 * p * r
    if (under > 0) {
      const square = Math.sqrt(under)
      one = (-q - (p > 0 ? square : -square)) / (2 * p)
      two = (-q + (p > 0 ? square : -square)) / (2 * p)
    }
  } else if (q !== 0) one = -r / q
  let start = 0
  let before = f0
  for (let piece = 0; piece < 3; piece++) {
    const end = piece === 0 ? one : piece === 1 ? two : 3
    if (!(end > start)) continue
    const stop = end < 3 ? end : 3
    const after = stop === 3 ? f3 : cubic(f0, f1 - f0, second, third, stop)
    if (before < 0 !== after < 0) {
      const when = root(f0, f1 - f0, second, third, start, stop, before < 0)
      if (planeParameters(from, to, a, b, when / 3)) return true
    }
    if (stop === 3) return false
    start = stop
    before = after
  }
  return false
}

/** Cubic through values at 0, 1, 2 and 3, by its forward differences. */
function cubic(f: number, first: number, second: number, third: number, t: number): number {
  return f + t * (first + (t - 1) * (second / 2 + ((t - 2) * third) / 6))
}

/** The root of that cubic between `low` and `high`, where it changes its sign; halved until the interval is spent. */
function root(
  f: number,
  first: number,
  second: number,
  third: number,
  low: number,
  high: number,
  negative: boolean,
): number {
  let a = low
  let b = high
  for (let i = 0; i < 48; i++) {
    const middle = 0.5 * (a + b)
    if (cubic(f, first, second, third, middle) < 0 === negative) a = middle
    else b = middle
  }
  return 0.5 * (a + b)
}

/** Share of a segment beyond its ends that still counts: the next segment of the rod must not slip past. */
const OVERLAP = 1e-3

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
