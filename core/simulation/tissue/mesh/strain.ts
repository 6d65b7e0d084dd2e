/** How tissue is deformed: stretch along a direction, and the greatest stretch of all. */
import { acos, cos } from '../../exactmath.ts'
import type { TissueMemory } from '../memory.ts'

/** Right Cauchy–Green tensor C = FᵀF of a tetrahedron: xx, yy, zz, xy, yz, zx. */
export type Tensor = Float64Array

const at = new Float64Array(18)

/** Computes C of tetrahedron `tet`. */
export function cauchyGreen(memory: TissueMemory, tet: number, out: Tensor): void {
  const { tetVertex, rest, position } = memory
  const o = tetVertex[tet * 4] * 4
  for (let k = 0; k < 3; k++) {
    const p = tetVertex[tet * 4 + 1 + k] * 4
    for (let axis = 0; axis < 3; axis++) {
      at[k * 3 + axis] = rest[p + axis] - rest[o + axis]
      at[9 + k * 3 + axis] = position[p + axis] - position[o + axis]
    }
  }
  // rows of the inverse rest matrix, times the edges now, are the columns of F
  const yz = at[4] * at[8] - at[5] * at[7]
  const zx = at[5] * at[6] - at[3] * at[8]
  const xy = at[3] * at[7] - at[4] * at[6]
  const per = 1 / (at[0] * yz + at[1] * zx + at[2] * xy)
  const bx = (at[7] * at[2] - at[8] * at[1]) * per
  const by = (at[8] * at[0] - at[6] * at[2]) * per
  const bz = (at[6] * at[1] - at[7] * at[0]) * per
  const cx = (at[1] * at[5] - at[2] * at[4]) * per
  const cy = (at[2] * at[3] - at[0] * at[5]) * per
  const cz = (at[0] * at[4] - at[1] * at[3]) * per
  const ax = yz * per
  const ay = zx * per
  const az = xy * per
  out.fill(0)
  for (let axis = 9; axis < 12; axis++) {
    const x = at[axis] * ax + at[axis + 3] * bx + at[axis + 6] * cx
    const y = at[axis] * ay + at[axis + 3] * by + at[axis + 6] * cy
    const z = at[axis] * az + at[axis + 3] * bz + at[axis + 6] * cz
    out[0] += x * x
    out[1] += y * y
    out[2] += z * z
    out[3] += x * y
    out[4] += y * z
    out[5] += z * x
  }
}

/** Square of the stretch of what lay along (x, y, z), a unit vector at rest. */
export function stretch2Along(c: Tensor, x: number, y: number, z: number): number {
  return c[0] * x * x + c[1] * y * y + c[2] * z * z + 2 * (c[3] * x * y + c[4] * y * z + c[5] * z * x)
}

/** A bound above the square of the greatest stretch (Gershgorin), cheap. */
export function stretch2Bound(c: Tensor): number {
  const xy = Math.abs(c[3])
  const yz = Math.abs(c[4])
  const zx = Math.abs(c[5])
  return Math.max(c[0] + xy + zx, c[1] + xy + yz, c[2] + yz + zx)
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
