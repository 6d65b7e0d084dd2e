/**
 * Membranes as springs on the edges of their triangles: each triangle gives an edge the stiffness E·t·A/L², which bears
 * uniform stretch as the sheet does (Van Gelder 1998, doi:10.1080/10867651.1998.10487490; Poisson's ratio 1/3 of a
 * regular net).
 */
import type { ElasticEdge } from './result.ts'

/** @param at positions, m @param stretchNPerM Young's modulus times thickness, N/m */
export function membraneEdges(
  at: ArrayLike<number>,
  triangles: ArrayLike<number>,
  stretchNPerM: number,
): ElasticEdge[] {
  const stiffness = new Map<string, { a: number; b: number; nPerM: number }>()
  for (let f = 0; f < triangles.length; f += 3) {
    const area = areaOf(at, triangles[f], triangles[f + 1], triangles[f + 2])
    for (let k = 0; k < 3; k++) {
      const [v, w] = [triangles[f + k], triangles[f + ((k + 1) % 3)]]
      const [a, b] = v < w ? [v, w] : [w, v]
      const [x, y, z] = [0, 1, 2].map((c) => at[a * 3 + c] - at[b * 3 + c])
      const nPerM = (stretchNPerM * area) / (x * x + y * y + z * z)
      const known = stiffness.get(`${a},${b}`)
      if (known) known.nPerM += nPerM
      else stiffness.set(`${a},${b}`, { a, b, nPerM })
    }
  }
  return [...stiffness.values()].map(({ a, b, nPerM }) => ({ a, b, complianceMPerN: 1 / nPerM }))
}

function areaOf(at: ArrayLike<number>, a: number, b: number, c: number): number {
  const [ux, uy, uz] = [0, 1, 2].map((i) => at[b * 3 + i] - at[a * 3 + i])
  const [vx, vy, vz] = [0, 1, 2].map((i) => at[c * 3 + i] - at[a * 3 + i])
  const [x, y, z] = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx]
  return Math.sqrt(x * x + y * y + z * z) / 2
}
