/** Closest points of two segments, and the moment at which two moving segments meet; kernel source, see `scalars.ts`. Metres. */
import { type D, type I, type Ptr, readDouble } from './scalars.ts'

/** What the functions below find: parameters on either segment (0 … 1), and the square of the distance. */
export let meetS: D = 0
export let meetT: D = 0
export let meet2: D = 0

/** Closest points of the segments at `a` and `b` (slots of the first ends) in `x`. Ericson 2004, §5.1.9. */
export function closestPoints(x: Ptr, a: I, b: I): void {
  const i: Ptr = x + a * 24
  const j: Ptr = x + b * 24
  const ax = readDouble(i)
  const ay = readDouble(i + 8)
  const az = readDouble(i + 16)
  const bx = readDouble(j)
  const by = readDouble(j + 8)
  const bz = readDouble(j + 16)
  const ux = readDouble(i + 24) - ax
  const uy = readDouble(i + 32) - ay
  const uz = readDouble(i + 40) - az
  const vx = readDouble(j + 24) - bx
  const vy = readDouble(j + 32) - by
  const vz = readDouble(j + 40) - bz
  const rx = ax - bx
  const ry = ay - by
  const rz = az - bz
  const uu = ux * ux + uy * uy + uz * uz + 1e-24
  const vv = vx * vx + vy * vy + vz * vz + 1e-24
  const uv = ux * vx + uy * vy + uz * vz
  const ur = ux * rx + uy * ry + uz * rz
  const vr = vx * rx + vy * ry + vz * rz
  const det = uu * vv - uv * uv
  let s: D = det > 1e-9 * uu * vv ? (uv * vr - ur * vv) / det : 0.5
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
  meetS = s
  meetT = t
  meet2 = dx * dx + dy * dy + dz * dz
}

/**
 * Do the segments at `a` and `b` pass through each other while their ends go straight from `from` to `to`? If so finds
 * their first meeting. The volume spanned by the four ends is a cubic of time (Bridson et al. 2002,
 * doi:10.1145/566654.566623); each of its roots is a candidate. A volume of zero counts as
 * positive: segments that move within one plane slide over each other, always on the same side.
 */
export function passThrough(from: Ptr, to: Ptr, a: I, b: I): boolean {
  const f0 = volume(from, to, a, b, 0)
  const f1 = volume(from, to, a, b, 1.0 / 3.0)
  const f2 = volume(from, to, a, b, 2.0 / 3.0)
  const f3 = volume(from, to, a, b, 1)
  // where the cubic turns (in thirds of the substep): between these it has one root at most
  const third = f3 - 3 * f2 + 3 * f1 - f0
  const second = f2 - 2 * f1 + f0
  const p = 0.5 * third
  const q = second - third
  const r = f1 - f0 - 0.5 * second + third / 3
  let one: D = 3
  let two: D = 3
  if (p > 1e-6 * Math.abs(q) || p < -1e-6 * Math.abs(q)) {
    const under = q * q - 4 * p * r
    if (under > 0) {
      const square = Math.sqrt(under)
      one = (-q - (p > 0 ? square : -square)) / (2 * p)
      two = (-q + (p > 0 ? square : -square)) / (2 * p)
    }
  } else if (q !== 0) one = -r / q
  let start: D = 0
  let before = f0
  for (let piece: I = 0; piece < 3; piece++) {
    const end: D = piece === 0 ? one : piece === 1 ? two : 3
    if (!(end > start)) continue
    const stop: D = end < 3 ? end : 3
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
function cubic(f: D, first: D, second: D, third: D, t: D): D {
  return f + t * (first + (t - 1) * (second / 2 + ((t - 2) * third) / 6))
}

/** The root of that cubic between `low` and `high`, where it changes its sign; halved until the interval is spent. */
function root(f: D, first: D, second: D, third: D, low: D, high: D, negative: boolean): D {
  let a = low
  let b = high
  for (let i: I = 0; i < 48; i++) {
    const middle = 0.5 * (a + b)
    if (cubic(f, first, second, third, middle) < 0 === negative) a = middle
    else b = middle
  }
  return 0.5 * (a + b)
}

/** Share of a segment beyond its ends that still counts: the next segment of the rod must not slip past. */
const OVERLAP: D = 1e-3

/** Edges and offset of the pair measured last: u, v, and from the first end of `a` to that of `b`. */
let ux: D = 0
let uy: D = 0
let uz: D = 0
let vx: D = 0
let vy: D = 0
let vz: D = 0
let rx: D = 0
let ry: D = 0
let rz: D = 0

/** Where a coordinate is at time `w`, of which `k` is left. */
// @inline
function at(from: Ptr, to: Ptr, k: D, w: D): D {
  return k * readDouble(from) + w * readDouble(to)
}

/** Measures edges and offset of the pair at time `w`. */
function edges(from: Ptr, to: Ptr, a: I, b: I, w: D): void {
  const k = 1 - w
  const i: Ptr = from + a * 24
  const j: Ptr = from + b * 24
  const m: Ptr = to + a * 24
  const n: Ptr = to + b * 24
  const ax = at(i, m, k, w)
  const ay = at(i + 8, m + 8, k, w)
  const az = at(i + 16, m + 16, k, w)
  const bx = at(j, n, k, w)
  const by = at(j + 8, n + 8, k, w)
  const bz = at(j + 16, n + 16, k, w)
  ux = at(i + 24, m + 24, k, w) - ax
  uy = at(i + 32, m + 32, k, w) - ay
  uz = at(i + 40, m + 40, k, w) - az
  vx = at(j + 24, n + 24, k, w) - bx
  vy = at(j + 32, n + 32, k, w) - by
  vz = at(j + 40, n + 40, k, w) - bz
  rx = bx - ax
  ry = by - ay
  rz = bz - az
}

function volume(from: Ptr, to: Ptr, a: I, b: I, w: D): D {
  edges(from, to, a, b, w)
  const cx = uy * vz - uz * vy
  const cy = uz * vx - ux * vz
  const cz = ux * vy - uy * vx
  return cx * rx + cy * ry + cz * rz
}

/** Where the lines of two coplanar segments meet at time `w`; true when it is within both. */
function planeParameters(from: Ptr, to: Ptr, a: I, b: I, w: D): boolean {
  edges(from, to, a, b, w)
  const uu = ux * ux + uy * uy + uz * uz
  const vv = vx * vx + vy * vy + vz * vz
  const uv = ux * vx + uy * vy + uz * vz
  const ur = ux * rx + uy * ry + uz * rz
  const vr = vx * rx + vy * ry + vz * rz
  const det = uu * vv - uv * uv
  if (!(det > 1e-12 * uu * vv)) return false
  const s = (ur * vv - uv * vr) / det
  const t = (uv * ur - uu * vr) / det
  if (s < -OVERLAP || s > 1 + OVERLAP || t < -OVERLAP || t > 1 + OVERLAP) return false
  meetS = s < 0 ? 0 : s > 1 ? 1 : s
  meetT = t < 0 ? 0 : t > 1 ? 1 : t
  return true
}

/** A unit vector from segment `b` to `a`. */
export let meetX: D = 0
export let meetY: D = 0
export let meetZ: D = 0

/**
 * After `passThrough`: finds the unit vector at right angles to both segments where they met, from `b` to `a` as they lay at
 * first (in `from`).
 */
export function meetingNormal(from: Ptr, a: I, b: I): void {
  // the pair measured last was that at the moment of meeting
  cross()
  const i: Ptr = from + a * 24
  const j: Ptr = from + b * 24
  const side =
    meetX * (between(i, meetS) - between(j, meetT)) +
    meetY * (between(i + 8, meetS) - between(j + 8, meetT)) +
    meetZ * (between(i + 16, meetS) - between(j + 16, meetT))
  if (!(side > 0)) turnAbout()
}

/** A coordinate of the point of a segment at parameter `s`. */
// @inline
function between(end: Ptr, s: D): D {
  return (1 - s) * readDouble(end) + s * readDouble(end + 24)
}

/** Finds the unit vector from `b` to `a` that keeps the volume positive where the segments touch without a gap. */
export function touchNormal(x: Ptr, a: I, b: I): void {
  edges(x, x, a, b, 0)
  cross()
  turnAbout()
}

function turnAbout(): void {
  meetX = -meetX
  meetY = -meetY
  meetZ = -meetZ
}

function cross(): void {
  const x = uy * vz - uz * vy
  const y = uz * vx - ux * vz
  const z = ux * vy - uy * vx
  const n = Math.sqrt(x * x + y * y + z * z)
  // parallel segments: any direction will do
  const scale: D = n > 0 ? 1 / n : 0
  meetX = x * scale
  meetY = y * scale
  meetZ = n > 0 ? z * scale : 1
}
