/** How tissue is deformed: stretch along a direction, and the greatest stretch of all. */
import { acos, cos } from '../../exactmath.ts'
import type { TissueMemory } from '../memory.ts'

/** Right Cauchy–Green tensor C = FᵀF of a tetrahedron: xx, yy, zz, xy, yz, zx. */
export type Tensor = Float64Array

/** Computes C of tetrahedron `tet`, from ease. */
export function cauchyGreen(memory: TissueMemory, tet: number, out: Tensor): void {
  const { tetVertex, rest, position } = memory
  const o = tetVertex[tet * 4] * 4
  const a = tetVertex[tet * 4 + 1] * 4
  const b = tetVertex[tet * 4 + 2] * 4
  const c = tetVertex[tet * 4 + 3] * 4
  const ux = rest[a] - rest[o]
  const uy = rest[a + 1] - rest[o + 1]
  const uz = rest[a + 2] - rest[o + 2]
  const vx = rest[b] - rest[o]
  const vy = rest[b + 1] - rest[o + 1]
  const vz = rest[b + 2] - rest[o + 2]
  const wx = rest[c] - rest[o]
  const wy = rest[c + 1] - rest[o + 1]
  const wz = rest[c + 2] - rest[o + 2]
  // rows of the inverse rest matrix, times the edges now, are the columns of F
  const yz = vy * wz - vz * wy
  const zx = vz * wx - vx * wz
  const xy = vx * wy - vy * wx
  const per = 1 / (ux * yz + uy * zx + uz * xy)
  const ax = yz * per
  const ay = zx * per
  const az = xy * per
  const bx = (wy * uz - wz * uy) * per
  const by = (wz * ux - wx * uz) * per
  const bz = (wx * uy - wy * ux) * per
  const cx = (uy * vz - uz * vy) * per
  const cy = (uz * vx - ux * vz) * per
  const cz = (ux * vy - uy * vx) * per
  out.fill(0)
  for (let axis = 0; axis < 3; axis++) {
    const from = position[o + axis]
    const u = position[a + axis] - from
    const v = position[b + axis] - from
    const w = position[c + axis] - from
    const x = u * ax + v * bx + w * cx
    const y = u * ay + v * by + w * cy
    const z = u * az + v * bz + w * cz
    out[0] += x * x
    out[1] += y * y
    out[2] += z * z
    out[3] += x * y
    out[4] += y * z
    out[5] += z * x
  }
  if (memory.tension.length > 0) addTension(memory.tension, tet * 9, out)
}

const taut = new Float64Array(9)

/** Turns C from rest into C from ease, PᵀCP with the stretch P that tissue is under at rest. */
function addTension(p: Float32Array, at: number, c: Tensor): void {
  for (let k = 0; k < 3; k++) {
    const x = p[at + k]
    const y = p[at + 3 + k]
    const z = p[at + 6 + k]
    taut[k] = c[0] * x + c[3] * y + c[5] * z
    taut[3 + k] = c[3] * x + c[1] * y + c[4] * z
    taut[6 + k] = c[5] * x + c[4] * y + c[2] * z
  }
  for (let i = 0; i < 3; i++) {
    const j = (i + 1) % 3
    const x = p[at + i]
    const y = p[at + 3 + i]
    const z = p[at + 6 + i]
    c[i] = x * taut[i] + y * taut[3 + i] + z * taut[6 + i]
    c[3 + i] = x * taut[j] + y * taut[3 + j] + z * taut[6 + j]
  }
}

/** Square of the stretch of what lay along (x, y, z), a unit vector at rest. */
export function stretch2Along(c: Tensor, x: number, y: number, z: number): number {
  return c[0] * x * x + c[1] * y * y + c[2] * z * z + 2 * (c[3] * x * y + c[4] * y * z + c[5] * z * x)
}

/** Whether the greatest stretch is surely no greater than `limits[row]` (Gershgorin's bound), cheap. */
export function isUnder(c: Tensor, limits: Float64Array, row: number): boolean {
  const xy = Math.abs(c[3])
  const yz = Math.abs(c[4])
  const zx = Math.abs(c[5])
  const limit2 = limits[row] * limits[row]
  return c[0] + xy + zx <= limit2 && c[1] + xy + yz <= limit2 && c[2] + yz + zx <= limit2
}

/** Square of the greatest stretch: the greatest eigenvalue (Smith 1961, doi:10.1145/355578.366316). */
export function greatestStretch2(c: Tensor): number {
  const mean = (c[0] + c[1] + c[2]) / 3
  const x = c[0] - mean
  const y = c[1] - mean
  const z = c[2] - mean
  const off = c[3] * c[3] + c[4] * c[4] + c[5] * c[5]
  const p = Math.sqrt((x * x + y * y + z * z + 2 * off) / 6)
  if (p < 1e-12) return mean
  const determinant = x * (y * z - c[4] * c[4]) - c[3] * (c[3] * z - c[4] * c[5]) + c[5] * (c[3] * c[4] - y * c[5])
  const third = acos(determinant / (2 * p * p * p)) / 3
  return mean + 2 * p * cos(third)
}

/** Direction at rest of the stretch whose square is `value`, a unit vector into `out`. */
export function directionOf(c: Tensor, value: number, out: Float64Array): void {
  const x = c[0] - value
  const y = c[1] - value
  const z = c[2] - value
  // the longest product of two rows of C − λ lies along the eigenvector
  let best = 0
  out[0] = 1
  out[1] = 0
  out[2] = 0
  for (let i = 0; i < 3; i++) {
    const u = i === 0 ? c[3] * c[4] - c[5] * y : i === 1 ? y * z - c[4] * c[4] : c[4] * c[5] - z * c[3]
    const v = i === 0 ? c[5] * c[3] - x * c[4] : i === 1 ? c[4] * c[5] - c[3] * z : z * x - c[5] * c[5]
    const w = i === 0 ? x * y - c[3] * c[3] : i === 1 ? c[3] * c[4] - y * c[5] : c[5] * c[3] - c[4] * x
    const length = Math.sqrt(u * u + v * v + w * w)
    if (length <= best) continue
    best = length
    out[0] = u / length
    out[1] = v / length
    out[2] = w / length
  }
}
