/** Whether a particle's path goes through a face that moves, and on which side of it a path began. */
import type { Surface } from './surface.ts'

/** Barycentric overlap of neighbouring faces. */
export const OVERLAP = 0.02

/** Barycentric weights of the second and third vertex where a path met a face. */
export const met = new Float64Array(2)

/** Whether the path from (x0, y0, z0) to (x1, y1, z1) goes through a moving face; `s0`, `s1`: distances at its ends. */
export function crosses(
  surface: Surface,
  t: number,
  x0: number,
  y0: number,
  z0: number,
  x1: number,
  y1: number,
  z1: number,
  s0: number,
  s1: number,
): boolean {
  const { begin, now, triangle } = surface
  const f = s0 / (s0 - s1)
  const g = 1 - f
  const a = triangle[t * 3]! * 3
  const b = triangle[t * 3 + 1]! * 3
  const c = triangle[t * 3 + 2]! * 3
  const ax = now[a]! * f + begin[a]! * g
  const ay = now[a + 1]! * f + begin[a + 1]! * g
  const az = now[a + 2]! * f + begin[a + 2]! * g
  const bx = now[b]! * f + begin[b]! * g - ax
  const by = now[b + 1]! * f + begin[b + 1]! * g - ay
  const bz = now[b + 2]! * f + begin[b + 2]! * g - az
  const cx = now[c]! * f + begin[c]! * g - ax
  const cy = now[c + 1]! * f + begin[c + 1]! * g - ay
  const cz = now[c + 2]! * f + begin[c + 2]! * g - az
  const wx = x0 + (x1 - x0) * f - ax
  const wy = y0 + (y1 - y0) * f - ay
  const wz = z0 + (z1 - z0) * f - az
  const bb = bx * bx + by * by + bz * bz
  const bc = bx * cx + by * cy + bz * cz
  const cc = cx * cx + cy * cy + cz * cz
  const wb = wx * bx + wy * by + wz * bz
  const wc = wx * cx + wy * cy + wz * cz
  const det = bb * cc - bc * bc
  if (!(det > 1e-24)) return false
  const u = (wb * cc - wc * bc) / det
  const v = (wc * bb - wb * bc) / det
  met[0] = u
  met[1] = v
  return u >= -OVERLAP && v >= -OVERLAP && u + v <= 1 + OVERLAP
}

/** Distance in metres in front of a face where it was when the substep began. */
export function side(surface: Surface, t: number, x: number, y: number, z: number): number {
  const { begin, triangle } = surface
  const a = triangle[t * 3]! * 3
  const b = triangle[t * 3 + 1]! * 3
  const c = triangle[t * 3 + 2]! * 3
  const ax = begin[a]!
  const ay = begin[a + 1]!
  const az = begin[a + 2]!
  const ux = begin[b]! - ax
  const uy = begin[b + 1]! - ay
  const uz = begin[b + 2]! - az
  const vx = begin[c]! - ax
  const vy = begin[c + 1]! - ay
  const vz = begin[c + 2]! - az
  const nx = uy * vz - uz * vy
  const ny = uz * vx - ux * vz
  const nz = ux * vy - uy * vx
  const length = Math.sqrt(nx * nx + ny * ny + nz * nz)
  return length > 1e-12 ? (nx * (x - ax) + ny * (y - ay) + nz * (z - az)) / length : -1
}
