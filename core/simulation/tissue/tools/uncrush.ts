/**
 * What lies between the legs of a clip as it meets them is crushed already, often inside out, by the jaws that bring them:
 * held like that, it would never come to rest. Here it gets its own shape back.
 */

import { addMeans, addMoments, fit, MIXED, MOMENTS, readyMoments, solveMoments } from '../mesh/shapefit.ts'

/** The map from rest to the jaws, row by row; its inverse. */
const map = new Float64Array(9)
const inverse = new Float64Array(9)
/** Steps in which a map that is crushed to a hundredth becomes a rotation. */
const STEPS = 12

/**
 * Lays the particles of one piece as they lie at rest, turned as they are now: by the rotation in the affine map that takes
 * their rest shape closest to where they are (shape matching, Müller et al. 2005, doi:10.1145/1073204.1073216). Changes
 * nothing where they lie in a plane or are inside out as a whole.
 * @param rows at `from` + n · `each`: a particle, and its place along the legs, in the closing direction, and aside, m
 * @param of by place n the piece, all other places are passed over
 */
export function uncrush(
  rows: Float64Array,
  from: number,
  each: number,
  of: Uint32Array,
  count: number,
  piece: number,
  rest: Float32Array,
): void {
  fit.fill(0)
  let sum = 0
  for (let n = 0; n < count; n++) {
    if (of[n] !== piece) continue
    const at = from + n * each
    sum++
    addMeans(rest, rows[at] * 4, rows, at + 1)
  }
  for (let i = 0; i < 6; i++) fit[i] /= sum
  for (let n = 0; n < count; n++) {
    const at = from + n * each
    if (of[n] === piece) addMoments(rest, rows[at] * 4, rows, at + 1)
  }
  if (!findMap()) return
  for (let n = 0; n < count; n++) {
    if (of[n] !== piece) continue
    const at = from + n * each
    const x = rest[rows[at] * 4] - fit[0]
    const y = rest[rows[at] * 4 + 1] - fit[1]
    const z = rest[rows[at] * 4 + 2] - fit[2]
    for (let i = 0; i < 3; i++) rows[at + 1 + i] = fit[3 + i] + map[i * 3] * x + map[i * 3 + 1] * y + map[i * 3 + 2] * z
  }
}

/** Sets `map` to the rotation; false where there is none. */
function findMap(): boolean {
  if (!readyMoments(fit, MOMENTS)) return false
  for (let i = 0; i < 9; i += 3) solveMoments(fit, MIXED + i, map, i)
  for (let n = 0; n < STEPS; n++) {
    if (!(invert() > 0)) return false
    for (let i = 0; i < 3; i++) for (let k = 0; k < 3; k++) map[i * 3 + k] = 0.5 * (map[i * 3 + k] + inverse[k * 3 + i])
  }
  return true
}

/** Sets `inverse` to that of `map` and returns the determinant; the mean of both, one turned over, nears the rotation (Higham 1986, doi:10.1137/0907079). */
function invert(): number {
  const [a, b, c, d, e, f, g, h, i] = map
  inverse[0] = e * i - f * h
  inverse[1] = c * h - b * i
  inverse[2] = b * f - c * e
  inverse[3] = f * g - d * i
  inverse[4] = a * i - c * g
  inverse[5] = c * d - a * f
  inverse[6] = d * h - e * g
  inverse[7] = b * g - a * h
  inverse[8] = a * e - b * d
  const determinant = a * inverse[0] + b * inverse[3] + c * inverse[6]
  for (let n = 0; n < 9; n++) inverse[n] /= determinant
  return determinant
}
