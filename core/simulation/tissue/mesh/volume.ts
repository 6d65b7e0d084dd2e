/** Volume and shape of tetrahedra; `at` is an array of particles in steps of four numbers. */
import type { TissueMemory } from '../memory.ts'

/** Vertices (by place in the tetrahedron) of the face opposite to each vertex, seen from outside anticlockwise. */
export const FACE = [1, 2, 3, 0, 3, 2, 0, 1, 3, 0, 2, 1] as const

/**
 * What was measured last: signed volume in m³, then quality. Results go here as numbers that functions return are boxed,
 * and a tick must leave no garbage.
 */
export const measured = new Float64Array(2)

/** A regular tetrahedron of edge 1 has 1/√2 as six times its volume. */
const ROOT2 = Math.sqrt(2)

/**
 * Measures the tetrahedron of four particles into `measured`: signed volume, and quality, the volume over the cube of the
 * root mean square edge, 1 for a regular tetrahedron, 0 for a flat one, negative for one turned inside out (measure of
 * Parthasarathy, Graichen and Hathaway 1994, doi:10.1016/0168-874X(94)90033-7).
 */
export function measure(at: Float32Array, a: number, b: number, c: number, d: number): void {
  const i = a * 4
  const j = b * 4
  const k = c * 4
  const l = d * 4
  const ux = at[j] - at[i]
  const uy = at[j + 1] - at[i + 1]
  const uz = at[j + 2] - at[i + 2]
  const vx = at[k] - at[i]
  const vy = at[k + 1] - at[i + 1]
  const vz = at[k + 2] - at[i + 2]
  const wx = at[l] - at[i]
  const wy = at[l + 1] - at[i + 1]
  const wz = at[l + 2] - at[i + 2]
  const six = ux * (vy * wz - vz * wy) + uy * (vz * wx - vx * wz) + uz * (vx * wy - vy * wx)
  // the squares of all six edges: those at the first particle, and the differences of these
  const uu = ux * ux + uy * uy + uz * uz
  const vv = vx * vx + vy * vy + vz * vz
  const ww = wx * wx + wy * wy + wz * wz
  const uv = ux * vx + uy * vy + uz * vz
  const vw = vx * wx + vy * wy + vz * wz
  const wu = wx * ux + wy * uy + wz * uz
  const mean = (3 * (uu + vv + ww) - 2 * (uv + vw + wu)) / 6
  measured[0] = six / 6
  measured[1] = (six * ROOT2) / (mean * Math.sqrt(mean))
}

/** Measures tetrahedron `tet` in `at` (shape at rest, or present positions) into `measured`. */
export function measureTet({ tetVertex }: TissueMemory, at: Float32Array, tet: number): void {
  measure(at, tetVertex[tet * 4], tetVertex[tet * 4 + 1], tetVertex[tet * 4 + 2], tetVertex[tet * 4 + 3])
}

/** Area of the triangle whose corners lie at `a`, `b`, `c` in `p`, in the square of its unit. */
export function areaOf(p: Float32Array, a: number, b: number, c: number): number {
  const ux = p[b] - p[a]
  const uy = p[b + 1] - p[a + 1]
  const uz = p[b + 2] - p[a + 2]
  const vx = p[c] - p[a]
  const vy = p[c + 1] - p[a + 1]
  const vz = p[c + 2] - p[a + 2]
  const x = uy * vz - uz * vy
  const y = uz * vx - ux * vz
  const z = ux * vy - uy * vx
  return 0.5 * Math.sqrt(x * x + y * y + z * z)
}
