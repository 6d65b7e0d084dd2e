import type { Vec3 } from '../../../core/modelling/vec.ts'

/** A surface: points (mm, xyz triples) and triangles. */
export type Surface = { readonly positions: Float32Array; readonly indices: Uint32Array }

/** Several surfaces as one. */
export function joined(parts: readonly Surface[]): Surface {
  const positions = new Float32Array(parts.reduce((n, p) => n + p.positions.length, 0))
  const indices = new Uint32Array(parts.reduce((n, p) => n + p.indices.length, 0))
  let [at, corner] = [0, 0]
  for (const part of parts) {
    positions.set(part.positions, at)
    for (const index of part.indices) indices[corner++] = index + at / 3
    at += part.positions.length
  }
  return { positions, indices }
}

/** How far a surface reaches along its principal axes, weighted by area: longest first, mm. */
export function principalExtents({ positions: p, indices }: Surface): Vec3 {
  const sum = [0, 0, 0]
  const products = [0, 0, 0, 0, 0, 0]
  let area = 0
  for (let t = 0; t < indices.length; t += 3) {
    const [a, b, c] = [0, 1, 2].map((k) => point(p, indices[t + k]))
    const u = [b[0] - a[0], b[1] - a[1], b[2] - a[2]]
    const v = [c[0] - a[0], c[1] - a[1], c[2] - a[2]]
    const w = Math.hypot(u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]) / 2
    area += w
    const middle = [0, 1, 2].map((k) => (a[k] + b[k] + c[k]) / 3)
    for (let k = 0; k < 3; k++) sum[k] += w * middle[k]
    PAIRS.forEach(([i, j], n) => {
      // Exact over a flat triangle: its corners and its middle, weighted 1 : 1 : 1 : 9.
      products[n] += (w * (a[i] * a[j] + b[i] * b[j] + c[i] * c[j] + 9 * middle[i] * middle[j])) / 12
    })
  }
  const spread = PAIRS.map(([i, j], n) => products[n] / area - (sum[i] / area) * (sum[j] / area))
  const lengths = principalAxes(spread).map(([x, y, z]) => {
    let [low, high] = [Infinity, -Infinity]
    for (let i = 0; i < p.length; i += 3) {
      const along = p[i] * x + p[i + 1] * y + p[i + 2] * z
      low = Math.min(low, along)
      high = Math.max(high, along)
    }
    return high - low
  })
  const [first, second, third] = lengths.sort((a, b) => b - a)
  return [first, second, third]
}

const PAIRS = [
  [0, 0],
  [1, 1],
  [2, 2],
  [0, 1],
  [0, 2],
  [1, 2],
] as const

/** Eigenvectors of a symmetric 3 × 3 matrix (xx, yy, zz, xy, xz, yz), by Jacobi's rotations. */
function principalAxes([xx, yy, zz, xy, xz, yz]: readonly number[]): Vec3[] {
  const m = [
    [xx, xy, xz],
    [xy, yy, yz],
    [xz, yz, zz],
  ]
  const axes = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ]
  for (let sweep = 0; sweep < 12; sweep++)
    for (const [i, j] of PAIRS.slice(3)) {
      if (Math.abs(m[i][j]) < 1e-12) continue
      const angle = Math.atan2(2 * m[i][j], m[i][i] - m[j][j]) / 2
      const [c, s] = [Math.cos(angle), Math.sin(angle)]
      for (const row of [...m, ...axes]) [row[i], row[j]] = [c * row[i] + s * row[j], c * row[j] - s * row[i]]
      for (let k = 0; k < 3; k++) [m[i][k], m[j][k]] = [c * m[i][k] + s * m[j][k], c * m[j][k] - s * m[i][k]]
    }
  return [0, 1, 2].map((k): Vec3 => [axes[0][k], axes[1][k], axes[2][k]])
}

/** Centre and radius of the sphere (circle, for flat points) nearest to points, by least squares of the squared radius. */
export function fitRound(points: readonly (readonly number[])[]): { readonly centre: number[]; readonly r: number } {
  const axes = points[0].map((_, k) => k)
  const middle = axes.map((k) => points.reduce((n, p) => n + p[k], 0) / points.length)
  // Normal equations of 2 c·q + d = |q|², with q from the middle of the points; augmented.
  const size = axes.length + 1
  const rows = Array.from({ length: size }, () => new Array<number>(size + 1).fill(0))
  for (const p of points) {
    const q = axes.map((k) => p[k] - middle[k])
    const terms = [...q.map((x) => 2 * x), 1, q.reduce((n, x) => n + x * x, 0)]
    for (let i = 0; i < size; i++) for (let j = 0; j <= size; j++) rows[i][j] += terms[i] * terms[j]
  }
  const solved = solve(rows)
  const centre = axes.map((k) => solved[k] + middle[k])
  const square = axes.reduce((n, k) => n + solved[k] * solved[k], solved[axes.length])
  return { centre, r: Math.sqrt(square) }
}

/** Fits again and again to the points within `tolerance` of the last fit, the first time about `start`. */
export function fitGrown(
  points: readonly (readonly number[])[],
  start: { readonly centre: readonly number[]; readonly r: number },
  tolerance: number,
): { readonly centre: readonly number[]; readonly r: number; readonly inliers: readonly number[] } {
  let fit = start
  let inliers: number[] = []
  for (let round = 0; round < 20; round++) {
    const { centre, r } = fit
    inliers = points.flatMap((p, i) => {
      const far = Math.sqrt(p.reduce((n, x, k) => n + (x - centre[k]) * (x - centre[k]), 0))
      return Math.abs(far - r) < tolerance ? [i] : []
    })
    if (inliers.length <= centre.length) break
    fit = fitRound(inliers.map((i) => points[i]))
  }
  return { ...fit, inliers }
}

/** Solves a small linear system, augmented, in place (Gauss, with pivots). */
function solve(rows: number[][]): number[] {
  const n = rows.length
  for (let i = 0; i < n; i++) {
    let best = i
    for (let k = i + 1; k < n; k++) if (Math.abs(rows[k][i]) > Math.abs(rows[best][i])) best = k
    ;[rows[i], rows[best]] = [rows[best], rows[i]]
    for (let k = 0; k < n; k++) {
      if (k === i) continue
      const f = rows[k][i] / rows[i][i]
      for (let j = i; j <= n; j++) rows[k][j] -= f * rows[i][j]
    }
  }
  return rows.map((row, i) => row[n] / row[i])
}

export const point = (p: Float32Array, index: number): Vec3 => [p[index * 3], p[index * 3 + 1], p[index * 3 + 2]]
