/**
 * Bending of a whole rod at once. The energy is the quadratic one of inextensible rods, E·I/(2 L³) Σ |x(i−1) − 2 x(i) +
 * x(i+1) − b(i)|² (Bergou et al. 2006, doi:10.2312/SGP/SGP06/227-230), where b(i) is the curvature at rest in the frames
 * of the neighbouring segments; a backward Euler step of it is one pentadiagonal system, the same for x, y and z, so
 * that threads and steel wires keep their true stiffness at 2 ms without iterations.
 */
import type { ThreadMemory } from './memory.ts'
import type { Workspace } from './workspace.ts'

/** Where thread touches, bending is no stiffer than this share of inertia: knots do not spring open. */
const YIELD = 0.05

/** Moves the vertices of a rod to where bending takes them within `h` seconds. */
export function solveBend(t: ThreadMemory, k: Workspace, first: number, segments: number, h: number): void {
  if (segments < 2) return
  const { x, weight, band, load } = k
  const last = first + segments
  const inertia = 1 / (h * h)
  for (let s = first; s <= last; s++) {
    const m = weight[s]! > 0 ? inertia / weight[s]! : 1e12
    band[3 * s] = m
    band[3 * s + 1] = 0
    band[3 * s + 2] = 0
    load[3 * s] = m * x[3 * s]!
    load[3 * s + 1] = m * x[3 * s + 1]!
    load[3 * s + 2] = m * x[3 * s + 2]!
  }
  for (let s = first + 1; s < last; s++) {
    const l = 0.5 * (t.length[s - 1]! + t.length[s]!)
    const stiff = t.bending[s]! / (l * l * l)
    const touched = t.jam[s - 1]! + t.jam[s]! + t.jam[s + 1]! > 0
    const most = weight[s]! > 0 ? (YIELD * inertia) / weight[s]! : stiff
    const c = touched && stiff > most ? most : stiff
    // unequal segments: the second difference of the unit tangents, times the mean length
    const p = l / t.length[s - 1]!
    const q = l / t.length[s]!
    const a = 3 * s
    band[a - 3] = band[a - 3]! + c * p * p
    band[a] = band[a]! + c * (p + q) * (p + q)
    band[a + 3] = band[a + 3]! + c * q * q
    band[a - 2] = band[a - 2]! - c * p * (p + q)
    band[a + 1] = band[a + 1]! - c * q * (p + q)
    band[a - 1] = band[a - 1]! + c * p * q
    if (t.rest[a] !== 0 || t.rest[a + 1] !== 0) restCurvature(t, k, s, 0.5 * l * l * c, p, q)
  }
  factor(k, first, last)
  substitute(k, first, last)
}

/** Sums of the first and of the second directors of two segments; in an array, lest numbers that calls return be boxed. */
const sums = new Float64Array(6)

function sumDirectors(q: Float64Array, s: number): void {
  sums.fill(0)
  for (let a = 4 * s - 4; a <= 4 * s; a += 4) {
    const x = q[a]!
    const y = q[a + 1]!
    const z = q[a + 2]!
    const w = q[a + 3]!
    sums[0] = sums[0]! + (1 - 2 * (y * y + z * z))
    sums[1] = sums[1]! + 2 * (x * y + w * z)
    sums[2] = sums[2]! + 2 * (x * z - w * y)
    sums[3] = sums[3]! + 2 * (x * y - w * z)
    sums[4] = sums[4]! + (1 - 2 * (x * x + z * z))
    sums[5] = sums[5]! + 2 * (y * z + w * x)
  }
}

/** Load of the curvature at rest, along the mean directors of the two segments at `s`. */
function restCurvature(t: ThreadMemory, k: Workspace, s: number, scale: number, p: number, q: number): void {
  const { load } = k
  const one = t.rest[3 * s]! * scale
  const two = t.rest[3 * s + 1]! * scale
  sumDirectors(t.frame, s)
  for (let axis = 0; axis < 3; axis++) {
    const b = one * sums[axis]! + two * sums[3 + axis]!
    const a = 3 * s + axis
    load[a - 3] = load[a - 3]! + p * b
    load[a] = load[a]! - (p + q) * b
    load[a + 3] = load[a + 3]! + q * b
  }
}

/** Component `axis` of director 0 or 1 of the frame of segment `s`. */
export function director(q: Float64Array, s: number, which: 0 | 1, axis: number): number {
  const x = q[4 * s]!
  const y = q[4 * s + 1]!
  const z = q[4 * s + 2]!
  const w = q[4 * s + 3]!
  if (which === 0) return axis === 0 ? 1 - 2 * (y * y + z * z) : axis === 1 ? 2 * (x * y + w * z) : 2 * (x * z - w * y)
  return axis === 0 ? 2 * (x * y - w * z) : axis === 1 ? 1 - 2 * (x * x + z * z) : 2 * (y * z + w * x)
}

/** L·D·Lᵀ in place: band holds D, and the first and second sub-diagonal of L at the column's slot. */
function factor({ band }: Workspace, first: number, last: number): void {
  for (let s = first; s <= last; s++) {
    const a = 3 * s
    let d = band[a]!
    let e = band[a + 1]!
    if (s > first) {
      const d1 = band[a - 3]!
      const l1 = band[a - 2]!
      const l2 = band[a - 1]!
      d -= l1 * l1 * d1
      e -= l1 * l2 * d1
    }
    if (s > first + 1) {
      const l2 = band[a - 4]!
      d -= l2 * l2 * band[a - 6]!
    }
    band[a] = d
    band[a + 1] = e / d
    band[a + 2] = band[a + 2]! / d
  }
}

function substitute({ band, load, x }: Workspace, first: number, last: number): void {
  let px = 0
  let py = 0
  let pz = 0
  let qx = 0
  let qy = 0
  let qz = 0
  let one = 0
  let two = 0
  for (let s = first; s <= last; s++) {
    const a = 3 * s
    const lx = load[a]! - one * px - two * qx
    const ly = load[a + 1]! - one * py - two * qy
    const lz = load[a + 2]! - one * pz - two * qz
    load[a] = lx
    load[a + 1] = ly
    load[a + 2] = lz
    two = s > first ? band[a - 1]! : 0
    one = band[a + 1]!
    qx = px
    qy = py
    qz = pz
    px = lx
    py = ly
    pz = lz
  }
  px = py = pz = qx = qy = qz = 0
  for (let s = last; s >= first; s--) {
    const a = 3 * s
    const d = 1 / band[a]!
    one = band[a + 1]!
    two = band[a + 2]!
    const vx = load[a]! * d - one * px - two * qx
    const vy = load[a + 1]! * d - one * py - two * qy
    const vz = load[a + 2]! * d - one * pz - two * qz
    x[a] = vx
    x[a + 1] = vy
    x[a + 2] = vz
    qx = px
    qy = py
    qz = pz
    px = vx
    py = vy
    pz = vz
  }
}
