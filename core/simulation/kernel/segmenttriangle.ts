/**
 * Closest points between a segment and a triangle (Ericson, Real-Time Collision Detection, 2005, ch. 5); kernel source, see
 * `scalars.ts`.
 */
import type { D } from './scalars.ts'

/** What was found last: share along the segment, weights of the corners, squared distance, whether they cross. */
export let share: D = 0
export let weightA: D = 0
export let weightB: D = 0
export let weightC: D = 0
export let gapSquare: D = 0
export let crosses: boolean = false

/**
 * Finds the closest points of the segment from p to q and the triangle a, b, c; all as seen from a: `p`, `d` = q − p,
 * `u` = b − a, `v` = c − a. A segment that crosses the triangle has distance 0.
 */
export function closest(px: D, py: D, pz: D, dx: D, dy: D, dz: D, ux: D, uy: D, uz: D, vx: D, vy: D, vz: D): void {
  gapSquare = Infinity
  crosses = false
  const nx = uy * vz - uz * vy
  const ny = uz * vx - ux * vz
  const nz = ux * vy - uy * vx
  const n2 = nx * nx + ny * ny + nz * nz
  const overP = nx * px + ny * py + nz * pz
  const overQ = overP + nx * dx + ny * dy + nz * dz
  if (n2 > 0) {
    if (overP * overQ < 0) {
      const s = overP / (overP - overQ)
      if (within(px + s * dx, py + s * dy, pz + s * dz, ux, uy, uz, vx, vy, vz, nx, ny, nz, n2)) {
        keep(0, s, 1 - atV - atW, atV, atW)
        crosses = true
        return
      }
    }
    // Beyond the edges the edges themselves answer.
    if (within(px, py, pz, ux, uy, uz, vx, vy, vz, nx, ny, nz, n2))
      keep((overP * overP) / n2, 0, 1 - atV - atW, atV, atW)
    if (within(px + dx, py + dy, pz + dz, ux, uy, uz, vx, vy, vz, nx, ny, nz, n2))
      keep((overQ * overQ) / n2, 1, 1 - atV - atW, atV, atW)
  }
  nearEdge(px, py, pz, dx, dy, dz, ux, uy, uz)
  keep(edgeGap2, edgeS, 1 - edgeT, edgeT, 0)
  nearEdge(px - ux, py - uy, pz - uz, dx, dy, dz, vx - ux, vy - uy, vz - uz)
  keep(edgeGap2, edgeS, 0, 1 - edgeT, edgeT)
  nearEdge(px - vx, py - vy, pz - vz, dx, dy, dz, -vx, -vy, -vz)
  keep(edgeGap2, edgeS, edgeT, 0, 1 - edgeT)
}

function keep(d2: D, s: D, a: D, b: D, c: D): void {
  if (d2 >= gapSquare) return
  gapSquare = d2
  share = s
  weightA = a
  weightB = b
  weightC = c
}

/** Weights of the second and third corner at the place asked about last. */
let atV: D = 0
let atW: D = 0

/** Whether a place lies over or under the triangle. */
function within(x: D, y: D, z: D, ux: D, uy: D, uz: D, vx: D, vy: D, vz: D, nx: D, ny: D, nz: D, n2: D): boolean {
  atV = (nx * (y * vz - z * vy) + ny * (z * vx - x * vz) + nz * (x * vy - y * vx)) / n2
  atW = (nx * (uy * z - uz * y) + ny * (uz * x - ux * z) + nz * (ux * y - uy * x)) / n2
  return atV >= 0 && atW >= 0 && atV + atW <= 1
}

/** Shares along segment and edge where they are nearest, and the square of their distance. */
let edgeS: D = 0
let edgeT: D = 0
let edgeGap2: D = 0

/** Measures the segment from `r` on by `d` against the edge from the origin to `e`. */
function nearEdge(rx: D, ry: D, rz: D, dx: D, dy: D, dz: D, ex: D, ey: D, ez: D): void {
  const dd = dx * dx + dy * dy + dz * dz
  const ee = ex * ex + ey * ey + ez * ez
  const de = dx * ex + dy * ey + dz * ez
  const dr = dx * rx + dy * ry + dz * rz
  const er = ex * rx + ey * ry + ez * rz
  const all = dd * ee - de * de
  let s: D = all > 1e-24 ? limit((de * er - dr * ee) / all) : 0
  let t: D = ee > 0 ? (de * s + er) / ee : 0
  if (t < 0 || t > 1) {
    t = limit(t)
    s = dd > 0 ? limit((de * t - dr) / dd) : 0
  }
  const x = rx + s * dx - t * ex
  const y = ry + s * dy - t * ey
  const z = rz + s * dz - t * ez
  edgeS = s
  edgeT = t
  edgeGap2 = x * x + y * y + z * z
}

function limit(t: D): D {
  return t < 0 ? 0 : t > 1 ? 1 : t
}
