/**
 * Fits of a cloud of particles by its means and moments: the affine map that takes their rest shape closest to where they
 * are (shape matching, Müller et al. 2005, doi:10.1145/1073204.1073216), and what a symmetric matrix of moments solves.
 */

/** Means at rest (3) and now (3), moments of rest (xx, yy, zz, xy, yz, zx), and of now with rest (9, row by row). */
export const fit = new Float64Array(21)
/** Where in `fit` the moments of rest begin, and those of now with rest. */
export const MOMENTS = 6
export const MIXED = 12

/** Adds a particle to the sums of the means: at rest at `p`, now at `q`. */
export function addMeans(rest: Float32Array, p: number, now: Float32Array | Float64Array, q: number): void {
  for (let axis = 0; axis < 3; axis++) {
    fit[axis] += rest[p + axis]
    fit[3 + axis] += now[q + axis]
  }
}

/** Adds a particle to the moments about the means, which must be there. */
export function addMoments(rest: Float32Array, p: number, now: Float32Array | Float64Array, q: number): void {
  const x = rest[p] - fit[0]
  const y = rest[p + 1] - fit[1]
  const z = rest[p + 2] - fit[2]
  fit[6] += x * x
  fit[7] += y * y
  fit[8] += z * z
  fit[9] += x * y
  fit[10] += y * z
  fit[11] += z * x
  for (let axis = 0; axis < 3; axis++) {
    const off = now[q + axis] - fit[3 + axis]
    fit[MIXED + axis * 3] += off * x
    fit[MIXED + 1 + axis * 3] += off * y
    fit[MIXED + 2 + axis * 3] += off * z
  }
}

/** Least determinant of moments, as a share of their trace cubed: below that they are flat. */
const FLAT = 1e-6

/** Cofactors of the moments that were looked at last (rows abc, bde, cef), then their determinant. */
const adjugate = new Float64Array(7)

/** Makes moments (xx, yy, zz, xy, yz, zx, from `at` on) ready to be solved; false where they are flat. */
export function readyMoments(moments: Float64Array, at: number): boolean {
  const xx = moments[at]
  const yy = moments[at + 1]
  const zz = moments[at + 2]
  const xy = moments[at + 3]
  const yz = moments[at + 4]
  const zx = moments[at + 5]
  const a = yy * zz - yz * yz
  const b = yz * zx - xy * zz
  const c = xy * yz - yy * zx
  const determinant = xx * a + xy * b + zx * c
  const size = xx + yy + zz
  adjugate[0] = a
  adjugate[1] = b
  adjugate[2] = c
  adjugate[3] = xx * zz - zx * zx
  adjugate[4] = xy * zx - xx * yz
  adjugate[5] = xx * yy - xy * xy
  adjugate[6] = determinant
  return determinant > FLAT * size * size * size
}

/** Solves the moments that are ready for a vector at `from`, and puts the answer to `to`. */
export function solveMoments(given: Float64Array, from: number, out: Float64Array, to: number): void {
  const x = given[from]
  const y = given[from + 1]
  const z = given[from + 2]
  out[to] = (adjugate[0] * x + adjugate[1] * y + adjugate[2] * z) / adjugate[6]
  out[to + 1] = (adjugate[1] * x + adjugate[3] * y + adjugate[4] * z) / adjugate[6]
  out[to + 2] = (adjugate[2] * x + adjugate[4] * y + adjugate[5] * z) / adjugate[6]
}
