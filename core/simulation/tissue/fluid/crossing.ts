/**
 * The particle in hand, against a face that moves within a substep from `begin` to `now`. Its numbers lie in one array: as
 * arguments they would be boxed at each call.
 */
import { CONTACT } from './scale.ts'
import type { Surface } from './surface.ts'

/** Barycentric overlap of neighbouring faces. */
export const OVERLAP = 0.02

/**
 * x, y, z; weights of the second and third vertex where it met a face; x, y, z where the
 * substep began; share of a gap that adhesion closes, and of the way along a face that it loses.
 */
export const hand = new Float64Array(10)

/** Distance in metres in front of a face at which the substep began. */
function began(surface: Surface, t: number): number {
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
  return length > 1e-12 ? (nx * (hand[5]! - ax) + ny * (hand[6]! - ay) + nz * (hand[7]! - az)) / length : -1
}

/** Whether the substep began farther than `depth` metres behind a face. */
export function beganBehind(surface: Surface, t: number, depth: number): boolean {
  return began(surface, t) < -depth
}

/**
 * Where the particle went through a face in this substep it is put back on the point of the face that it met, in front.
 * (nx, ny, nz) is the face's normal and `s` the distance now, below 0. Tells whether it did.
 */
export function bringBack(surface: Surface, t: number, nx: number, ny: number, nz: number, s: number): boolean {
  const s0 = Math.max(0, began(surface, t))
  const { begin, now, triangle } = surface
  const f = s0 / (s0 - s)
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
  const wx = hand[5]! + (hand[0]! - hand[5]!) * f - ax
  const wy = hand[6]! + (hand[1]! - hand[6]!) * f - ay
  const wz = hand[7]! + (hand[2]! - hand[7]!) * f - az
  const bb = bx * bx + by * by + bz * bz
  const bc = bx * cx + by * cy + bz * cz
  const cc = cx * cx + cy * cy + cz * cz
  const wb = wx * bx + wy * by + wz * bz
  const wc = wx * cx + wy * cy + wz * cz
  const det = bb * cc - bc * bc
  if (!(det > 1e-24)) return false
  const u = (wb * cc - wc * bc) / det
  const v = (wc * bb - wb * bc) / det
  if (!(u >= -OVERLAP && v >= -OVERLAP && u + v <= 1 + OVERLAP)) return false
  const w = 1 - u - v
  hand[0] = now[a]! * w + now[b]! * u + now[c]! * v + nx * CONTACT
  hand[1] = now[a + 1]! * w + now[b + 1]! * u + now[c + 1]! * v + ny * CONTACT
  hand[2] = now[a + 2]! * w + now[b + 2]! * u + now[c + 2]! * v + nz * CONTACT
  hand[3] = u
  hand[4] = v
  return true
}
