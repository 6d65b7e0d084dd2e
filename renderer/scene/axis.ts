/**
 * The axis along which points spread most: first eigenvector of their covariance, by power iteration.
 * @param positions x, y, z after one another
 * @param which indices of the points that count (repeats count twice)
 */
export function mainAxis(positions: Float32Array, which: Uint32Array): [number, number, number] {
  const centre = [0, 0, 0]
  for (const i of which) for (let a = 0; a < 3; a++) centre[a] += positions[i * 3 + a]
  for (let a = 0; a < 3; a++) centre[a] /= Math.max(1, which.length)
  const c = new Float64Array(9)
  for (const i of which) {
    const d = [0, 1, 2].map((a) => positions[i * 3 + a] - centre[a])
    for (let a = 0; a < 3; a++) for (let b = 0; b < 3; b++) c[a * 3 + b] += d[a] * d[b]
  }
  let v: [number, number, number] = [0.46, 0.71, 0.53]
  for (let round = 0; round < 40; round++) {
    const w = [0, 1, 2].map((a) => c[a * 3] * v[0] + c[a * 3 + 1] * v[1] + c[a * 3 + 2] * v[2])
    const length = Math.hypot(w[0], w[1], w[2])
    if (length === 0) return [0, 1, 0]
    v = [w[0] / length, w[1] / length, w[2] / length]
  }
  return v
}
