/**
 * Per vertex: A (6, upper triangle of Σ n nᵀ), b (3, Σ n (n·p)), Σ p (3), count, Σ n (3), low corner of the cell (3).
 */
export const QEF_STRIDE = 19

/** Pull towards the mean of the crossings: settles the directions that the planes leave open. */
const PULL = 0.08
/** Share of a cell kept free at its walls, so that no two vertices of neighbouring cells can meet. */
const MARGIN = 0.04

/** Solves the quadric of vertex `v`, clamps it to its cell of `cell` mm and writes position and normal. */
export function leastSquaresVertex(
  qef: Float64Array,
  v: number,
  cell: number,
  positions: Float32Array,
  normals: Float32Array,
): void {
  const e = v * QEF_STRIDE
  const n = qef[e + 12]
  const mx = qef[e + 9] / n
  const my = qef[e + 10] / n
  const mz = qef[e + 11] / n
  const pull = PULL * n
  const a00 = qef[e] + pull
  const a01 = qef[e + 1]
  const a02 = qef[e + 2]
  const a11 = qef[e + 3] + pull
  const a12 = qef[e + 4]
  const a22 = qef[e + 5] + pull
  // Relative to the mean, so that the pull is towards it.
  const b0 = qef[e + 6] - (qef[e] * mx + a01 * my + a02 * mz)
  const b1 = qef[e + 7] - (a01 * mx + qef[e + 3] * my + a12 * mz)
  const b2 = qef[e + 8] - (a02 * mx + a12 * my + qef[e + 5] * mz)
  const c00 = a11 * a22 - a12 * a12
  const c01 = a02 * a12 - a01 * a22
  const c02 = a01 * a12 - a02 * a11
  const det = a00 * c00 + a01 * c01 + a02 * c02
  const x = mx + (c00 * b0 + c01 * b1 + c02 * b2) / det
  const y = my + (c01 * b0 + (a00 * a22 - a02 * a02) * b1 + (a01 * a02 - a00 * a12) * b2) / det
  const z = mz + (c02 * b0 + (a01 * a02 - a00 * a12) * b1 + (a00 * a11 - a01 * a01) * b2) / det
  const low = MARGIN * cell
  const high = (1 - MARGIN) * cell
  positions[v * 3] = Math.min(qef[e + 16] + high, Math.max(qef[e + 16] + low, x))
  positions[v * 3 + 1] = Math.min(qef[e + 17] + high, Math.max(qef[e + 17] + low, y))
  positions[v * 3 + 2] = Math.min(qef[e + 18] + high, Math.max(qef[e + 18] + low, z))
  const l = Math.sqrt(qef[e + 13] ** 2 + qef[e + 14] ** 2 + qef[e + 15] ** 2)
  const s = l > 1e-6 ? 1 / l : 0
  normals[v * 3] = qef[e + 13] * s
  normals[v * 3 + 1] = qef[e + 14] * s
  normals[v * 3 + 2] = s > 0 ? qef[e + 15] * s : 1
}
