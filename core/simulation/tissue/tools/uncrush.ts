/**
 * What lies between the legs of a clip as it meets them is crushed already, often inside out, by the jaws that bring them:
 * held like that, it would never come to rest. Here it gets its own shape back, as far as the legs allow.
 */

/** Means at rest (3) and in the jaws (3), moments of rest (xx, yy, zz, xy, yz, zx), and of the places with rest (9, row by row). */
const fit = new Float64Array(21)
/** The affine map from rest to the jaws, row by row. */
const map = new Float64Array(9)
/** How much thicker than it is crushed tissue becomes at most. */
const MOST = 6

/**
 * Lays the particles of one piece by the affine map that takes their rest shape closest to where they are (as in meshless
 * shape matching, Müller et al. 2005, doi:10.1145/1073204.1073216), drawn out in the closing direction until it keeps their
 * volume. Changes nothing where they lie in a plane or are inside out as a whole.
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
    for (let i = 0; i < 3; i++) {
      fit[i] += rest[rows[at] * 4 + i]
      fit[3 + i] += rows[at + 1 + i]
    }
  }
  for (let i = 0; i < 6; i++) fit[i] /= sum
  for (let n = 0; n < count; n++) if (of[n] === piece) addMoments(rows, from + n * each, rest)
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

function addMoments(rows: Float64Array, at: number, rest: Float32Array): void {
  const x = rest[rows[at] * 4] - fit[0]
  const y = rest[rows[at] * 4 + 1] - fit[1]
  const z = rest[rows[at] * 4 + 2] - fit[2]
  fit[6] += x * x
  fit[7] += y * y
  fit[8] += z * z
  fit[9] += x * y
  fit[10] += y * z
  fit[11] += z * x
  for (let i = 0; i < 3; i++) {
    const off = rows[at + 1 + i] - fit[3 + i]
    fit[12 + i * 3] += off * x
    fit[13 + i * 3] += off * y
    fit[14 + i * 3] += off * z
  }
}

/** Sets `map`; false where there is none. */
function findMap(): boolean {
  const [xx, yy, zz, xy, yz, zx] = [fit[6], fit[7], fit[8], fit[9], fit[10], fit[11]]
  const a = yy * zz - yz * yz
  const b = yz * zx - xy * zz
  const c = xy * yz - yy * zx
  const determinant = xx * a + xy * b + zx * c
  const size = xx + yy + zz
  if (!(determinant > 1e-6 * size * size * size)) return false
  const d = xx * zz - zx * zx
  const e = xy * zx - xx * yz
  const f = xx * yy - xy * xy
  for (let i = 0; i < 9; i += 3) {
    const [u, v, w] = [fit[12 + i], fit[13 + i], fit[14 + i]]
    map[i] = (u * a + v * b + w * c) / determinant
    map[i + 1] = (u * b + v * d + w * e) / determinant
    map[i + 2] = (u * c + v * e + w * f) / determinant
  }
  const volume =
    map[0] * (map[4] * map[8] - map[5] * map[7]) -
    map[1] * (map[3] * map[8] - map[5] * map[6]) +
    map[2] * (map[3] * map[7] - map[4] * map[6])
  if (!(volume > 0)) return false
  const thicker = Math.max(1, Math.min(MOST, 1 / volume))
  for (let i = 3; i < 6; i++) map[i] *= thicker
  return true
}
