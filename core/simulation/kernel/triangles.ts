/** Points and triangles; kernel source, see `scalars.ts`. */
import { type D, type Ptr, readSingle } from './scalars.ts'

/** Square of twice the area of the face looked at last, m⁴, and the height of the point over it times twice its area, m³. */
export let leanX: D = 0
export let leanY: D = 0
export let leanZ: D = 0
export let lean2: D = 0
export let overhang: D = 0

/** Looks at the particle at `p` and the face of those at `a`, `b`, `c`, without what a root costs. */
export function lean(p: Ptr, a: Ptr, b: Ptr, c: Ptr): void {
  const ax = readSingle(a)
  const ay = readSingle(a + 4)
  const az = readSingle(a + 8)
  const ux = readSingle(b) - ax
  const uy = readSingle(b + 4) - ay
  const uz = readSingle(b + 8) - az
  const vx = readSingle(c) - ax
  const vy = readSingle(c + 4) - ay
  const vz = readSingle(c + 8) - az
  const nx = uy * vz - uz * vy
  const ny = uz * vx - ux * vz
  const nz = ux * vy - uy * vx
  leanX = nx
  leanY = ny
  leanZ = nz
  lean2 = nx * nx + ny * ny + nz * nz
  overhang = (readSingle(p) - ax) * nx + (readSingle(p + 4) - ay) * ny + (readSingle(p + 8) - az) * nz
}

/** Square of the distance from (x, y, z) to the triangle of the origin, `u` and `v`, m² (Ericson 2005, ch. 5.1.5). */
// @inline
export function gap2To(ux: D, uy: D, uz: D, vx: D, vy: D, vz: D, x: D, y: D, z: D): D {
  const d1 = ux * x + uy * y + uz * z
  const d2 = vx * x + vy * y + vz * z
  if (d1 <= 0 && d2 <= 0) return x * x + y * y + z * z
  const d3 = ux * (x - ux) + uy * (y - uy) + uz * (z - uz)
  const d4 = vx * (x - ux) + vy * (y - uy) + vz * (z - uz)
  if (d3 >= 0 && d4 <= d3) return length2(x - ux, y - uy, z - uz)
  if (d1 * d4 - d3 * d2 <= 0 && d1 >= 0 && d3 <= 0) {
    const t = d1 / (d1 - d3)
    return length2(x - t * ux, y - t * uy, z - t * uz)
  }
  const d5 = ux * (x - vx) + uy * (y - vy) + uz * (z - vz)
  const d6 = vx * (x - vx) + vy * (y - vy) + vz * (z - vz)
  if (d6 >= 0 && d5 <= d6) return length2(x - vx, y - vy, z - vz)
  if (d5 * d2 - d1 * d6 <= 0 && d2 >= 0 && d6 <= 0) {
    const t = d2 / (d2 - d6)
    return length2(x - t * vx, y - t * vy, z - t * vz)
  }
  if (d3 * d6 - d5 * d4 <= 0 && d4 - d3 >= 0 && d5 - d6 >= 0) {
    const t = (d4 - d3) / (d4 - d3 + (d5 - d6))
    return length2(x - ux - t * (vx - ux), y - uy - t * (vy - uy), z - uz - t * (vz - uz))
  }
  const nx = uy * vz - uz * vy
  const ny = uz * vx - ux * vz
  const nz = ux * vy - uy * vx
  const over = nx * x + ny * y + nz * z
  return (over * over) / (nx * nx + ny * ny + nz * nz)
}

// @inline
function length2(x: D, y: D, z: D): D {
  return x * x + y * y + z * z
}

/** Weights of the second and third corner at the foot found last, the way to it from the point, m, and its square. */
export let footV: D = 0
export let footW: D = 0
export let footX: D = 0
export let footY: D = 0
export let footZ: D = 0
export let foot2: D = 0

/** Finds the point of the face of the particles at `a`, `b`, `c` that is nearest to that at `p` (Ericson 2005, ch. 5.1.5). */
export function nearestOn(p: Ptr, a: Ptr, b: Ptr, c: Ptr): void {
  const ax = readSingle(a)
  const ay = readSingle(a + 4)
  const az = readSingle(a + 8)
  const ux = readSingle(b) - ax
  const uy = readSingle(b + 4) - ay
  const uz = readSingle(b + 8) - az
  const vx = readSingle(c) - ax
  const vy = readSingle(c + 4) - ay
  const vz = readSingle(c + 8) - az
  const x = readSingle(p) - ax
  const y = readSingle(p + 4) - ay
  const z = readSingle(p + 8) - az
  weigh(
    ux * x + uy * y + uz * z,
    vx * x + vy * y + vz * z,
    ux * ux + uy * uy + uz * uz,
    vx * vx + vy * vy + vz * vz,
    ux * vx + uy * vy + uz * vz,
  )
  footX = footV * ux + footW * vx - x
  footY = footV * uy + footW * vy - y
  footZ = footV * uz + footW * vz - z
  foot2 = footX * footX + footY * footY + footZ * footZ
}

/** Finds the weights, by products of the edges with the way to the point and with each other. */
function weigh(d1: D, d2: D, uu: D, vv: D, uv: D): void {
  const d3 = d1 - uu
  const d4 = d2 - uv
  const d5 = d1 - uv
  const d6 = d2 - vv
  const vc = d1 * d4 - d3 * d2
  const vb = d5 * d2 - d1 * d6
  const va = d3 * d6 - d5 * d4
  footV = 0
  footW = 0
  if (d1 <= 0 && d2 <= 0) return
  if (d3 >= 0 && d4 <= d3) footV = 1
  else if (d6 >= 0 && d5 <= d6) footW = 1
  else if (vc <= 0 && d1 >= 0 && d3 <= 0) footV = d1 / (d1 - d3)
  else if (vb <= 0 && d2 >= 0 && d6 <= 0) footW = d2 / (d2 - d6)
  else if (va <= 0 && d4 - d3 >= 0 && d5 - d6 >= 0) {
    footW = (d4 - d3) / (d4 - d3 + (d5 - d6))
    footV = 1 - footW
  } else {
    const sum = va + vb + vc
    footV = vb / sum
    footW = vc / sum
  }
}
