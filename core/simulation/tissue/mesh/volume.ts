/** Volume and shape of tetrahedra; `at` is an array of particles in steps of four numbers. */
import type { TissueMemory } from '../memory.ts'

/** Vertices (by place in the tetrahedron) of the face opposite to each vertex, seen from outside anticlockwise. */
export const FACE = [1, 2, 3, 0, 3, 2, 0, 1, 3, 0, 2, 1] as const

/** A regular tetrahedron of edge 1 has 1/√2 as six times its volume. */
const ROOT2 = Math.sqrt(2)

/** Six times the volume of a tetrahedron, m³; negative when it is turned inside out. */
function sixVolumes(at: Float32Array, a: number, b: number, c: number, d: number): number {
  const i = a * 4
  const j = b * 4
  const k = c * 4
  const l = d * 4
  const ox = at[i]
  const oy = at[i + 1]
  const oz = at[i + 2]
  const ux = at[j] - ox
  const uy = at[j + 1] - oy
  const uz = at[j + 2] - oz
  const vx = at[k] - ox
  const vy = at[k + 1] - oy
  const vz = at[k + 2] - oz
  const wx = at[l] - ox
  const wy = at[l + 1] - oy
  const wz = at[l + 2] - oz
  return ux * (vy * wz - vz * wy) + uy * (vz * wx - vx * wz) + uz * (vx * wy - vy * wx)
}

/** Signed volume in m³. */
export function volumeOf(at: Float32Array, a: number, b: number, c: number, d: number): number {
  return sixVolumes(at, a, b, c, d) / 6
}

/** Square of the distance between two particles, m². */
export function distance2(at: Float32Array, a: number, b: number): number {
  const x = at[a * 4] - at[b * 4]
  const y = at[a * 4 + 1] - at[b * 4 + 1]
  const z = at[a * 4 + 2] - at[b * 4 + 2]
  return x * x + y * y + z * z
}

/**
 * Shape quality: volume over the cube of the root mean square edge, 1 for a regular tetrahedron, 0 for a flat one.
 * Measure of Parthasarathy, Graichen and Hathaway 1994, doi:10.1016/0168-874X(94)90033-7.
 */
export function qualityOf(at: Float32Array, a: number, b: number, c: number, d: number): number {
  const sum =
    distance2(at, a, b) +
    distance2(at, a, c) +
    distance2(at, a, d) +
    distance2(at, b, c) +
    distance2(at, b, d) +
    distance2(at, c, d)
  const mean = sum / 6
  return (sixVolumes(at, a, b, c, d) * ROOT2) / (mean * Math.sqrt(mean))
}

/** Quality of tetrahedron `tet`. */
export function tetQuality(memory: TissueMemory, at: Float32Array, tet: number): number {
  const v = memory.tetVertex
  return qualityOf(at, v[tet * 4], v[tet * 4 + 1], v[tet * 4 + 2], v[tet * 4 + 3])
}
