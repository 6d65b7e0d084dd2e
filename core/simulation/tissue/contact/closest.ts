/**
 * Closest points between a segment and a triangle (Ericson, Real-Time Collision Detection, 2005, ch. 5), without
 * allocation.
 */

/** What was found: share along the segment, weights of the triangle's corners, squared distance, 1 where they cross. */
export type Closest = {
  s: number
  u: number
  v: number
  w: number
  d2: number
  crosses: boolean
}

export const createClosest = (): Closest => ({ s: 0, u: 0, v: 0, w: 0, d2: 0, crosses: false })

/** Coordinates of p, q (segment) and a, b, c (triangle), three each. */
export type SegmentAndTriangle = Float64Array

const P = 0
const Q = 3
const A = 6
const B = 9
const C = 12

/** Finds the closest points of `x` = p, q, a, b, c. Segments that cross the triangle have distance 0. */
export function closest(x: SegmentAndTriangle, out: Closest): void {
  out.d2 = Infinity
  out.crosses = false
  if (crossing(x, out)) return
  pointTriangle(x, P, 0, out)
  pointTriangle(x, Q, 1, out)
  segments(x, A, B, out)
  segments(x, B, C, out)
  segments(x, C, A, out)
}

function crossing(x: SegmentAndTriangle, out: Closest): boolean {
  const e1x = x[B] - x[A]
  const e1y = x[B + 1] - x[A + 1]
  const e1z = x[B + 2] - x[A + 2]
  const e2x = x[C] - x[A]
  const e2y = x[C + 1] - x[A + 1]
  const e2z = x[C + 2] - x[A + 2]
  const nx = e1y * e2z - e1z * e2y
  const ny = e1z * e2x - e1x * e2z
  const nz = e1x * e2y - e1y * e2x
  const dp = nx * (x[P] - x[A]) + ny * (x[P + 1] - x[A + 1]) + nz * (x[P + 2] - x[A + 2])
  const dq = nx * (x[Q] - x[A]) + ny * (x[Q + 1] - x[A + 1]) + nz * (x[Q + 2] - x[A + 2])
  if (dp * dq >= 0) return false
  const s = dp / (dp - dq)
  const rx = x[P] + s * (x[Q] - x[P]) - x[A]
  const ry = x[P + 1] + s * (x[Q + 1] - x[P + 1]) - x[A + 1]
  const rz = x[P + 2] + s * (x[Q + 2] - x[P + 2]) - x[A + 2]
  const n2 = nx * nx + ny * ny + nz * nz
  // Weights by the areas that the point makes with two edges.
  const v = (nx * (ry * e2z - rz * e2y) + ny * (rz * e2x - rx * e2z) + nz * (rx * e2y - ry * e2x)) / n2
  const w = (nx * (e1y * rz - e1z * ry) + ny * (e1z * rx - e1x * rz) + nz * (e1x * ry - e1y * rx)) / n2
  if (v < 0 || w < 0 || v + w > 1) return false
  out.s = s
  out.u = 1 - v - w
  out.v = v
  out.w = w
  out.d2 = 0
  out.crosses = true
  return true
}

function pointTriangle(x: SegmentAndTriangle, p: number, s: number, out: Closest): void {
  const abx = x[B] - x[A]
  const aby = x[B + 1] - x[A + 1]
  const abz = x[B + 2] - x[A + 2]
  const acx = x[C] - x[A]
  const acy = x[C + 1] - x[A + 1]
  const acz = x[C + 2] - x[A + 2]
  const apx = x[p] - x[A]
  const apy = x[p + 1] - x[A + 1]
  const apz = x[p + 2] - x[A + 2]
  const ab2 = abx * abx + aby * aby + abz * abz
  const ac2 = acx * acx + acy * acy + acz * acz
  const abac = abx * acx + aby * acy + abz * acz
  const d1 = abx * apx + aby * apy + abz * apz
  const d2 = acx * apx + acy * apy + acz * apz
  const all = ab2 * ac2 - abac * abac
  if (!(all > 0)) return
  const v = (d1 * ac2 - d2 * abac) / all
  const w = (d2 * ab2 - d1 * abac) / all
  // Beyond the edges the edges themselves answer.
  if (v < 0 || w < 0 || v + w > 1) return
  const dx = apx - v * abx - w * acx
  const dy = apy - v * aby - w * acy
  const dz = apz - v * abz - w * acz
  keep(out, dx * dx + dy * dy + dz * dz, s, 1 - v - w, v, w)
}

function segments(x: SegmentAndTriangle, a: number, b: number, out: Closest): void {
  const dx = x[Q] - x[P]
  const dy = x[Q + 1] - x[P + 1]
  const dz = x[Q + 2] - x[P + 2]
  const ex = x[b] - x[a]
  const ey = x[b + 1] - x[a + 1]
  const ez = x[b + 2] - x[a + 2]
  const rx = x[P] - x[a]
  const ry = x[P + 1] - x[a + 1]
  const rz = x[P + 2] - x[a + 2]
  const dd = dx * dx + dy * dy + dz * dz
  const ee = ex * ex + ey * ey + ez * ez
  const de = dx * ex + dy * ey + dz * ez
  const dr = dx * rx + dy * ry + dz * rz
  const er = ex * rx + ey * ry + ez * rz
  const all = dd * ee - de * de
  let s = all > 1e-24 ? limit((de * er - dr * ee) / all) : 0
  let t = ee > 0 ? (de * s + er) / ee : 0
  if (t < 0 || t > 1) {
    t = limit(t)
    s = dd > 0 ? limit((de * t - dr) / dd) : 0
  }
  const gx = rx + s * dx - t * ex
  const gy = ry + s * dy - t * ey
  const gz = rz + s * dz - t * ez
  const d2 = gx * gx + gy * gy + gz * gz
  if (a === A) keep(out, d2, s, 1 - t, t, 0)
  else if (a === B) keep(out, d2, s, 0, 1 - t, t)
  else keep(out, d2, s, t, 0, 1 - t)
}

const limit = (t: number): number => (t < 0 ? 0 : t > 1 ? 1 : t)

function keep(out: Closest, d2: number, s: number, u: number, v: number, w: number): void {
  if (d2 >= out.d2) return
  out.d2 = d2
  out.s = s
  out.u = u
  out.v = v
  out.w = w
}
