/** The shape at rest of a tetrahedron as the kernel wants it. */
import type { TissueMemory } from './memory.ts'

/** The inverse rest matrix of the tetrahedron in hand, row by row. */
const matrix = new Float64Array(9)

/**
 * Writes the inverse rest matrix of a tetrahedron into a lane of a kernel's block, from `to` on; returns its volume at rest, m³.
 */
export function layRest(
  { tetVertex, rest, tension }: TissueMemory,
  tet: number,
  floats: Float32Array,
  to: number,
): number {
  const v = tet * 4
  const o = tetVertex[v] * 4
  const a = tetVertex[v + 1] * 4
  const b = tetVertex[v + 2] * 4
  const c = tetVertex[v + 3] * 4
  const ax = rest[a] - rest[o]
  const ay = rest[a + 1] - rest[o + 1]
  const az = rest[a + 2] - rest[o + 2]
  const bx = rest[b] - rest[o]
  const by = rest[b + 1] - rest[o + 1]
  const bz = rest[b + 2] - rest[o + 2]
  const cx = rest[c] - rest[o]
  const cy = rest[c + 1] - rest[o + 1]
  const cz = rest[c + 2] - rest[o + 2]
  const six = ax * (by * cz - bz * cy) + bx * (cy * az - cz * ay) + cx * (ay * bz - az * by)
  const per = 1 / six
  matrix[0] = (by * cz - bz * cy) * per
  matrix[1] = (bz * cx - bx * cz) * per
  matrix[2] = (bx * cy - by * cx) * per
  matrix[3] = (cy * az - cz * ay) * per
  matrix[4] = (cz * ax - cx * az) * per
  matrix[5] = (cx * ay - cy * ax) * per
  matrix[6] = (ay * bz - az * by) * per
  matrix[7] = (az * bx - ax * bz) * per
  matrix[8] = (ax * by - ay * bx) * per
  if (tension.length > 0) easeRest(tension, tet * 9)
  turnRest(floats, to)
  return six / 6
}

/** Makes the inverse rest matrix that of tissue at ease. */
function easeRest(tension: Float32Array, at: number): void {
  for (let row = 0; row < 9; row += 3) {
    const x = matrix[row]
    const y = matrix[row + 1]
    const z = matrix[row + 2]
    for (let k = 0; k < 3; k++)
      matrix[row + k] = x * tension[at + k] + y * tension[at + 3 + k] + z * tension[at + 6 + k]
  }
}

/**
 * Writes the inverse rest matrix into a lane, in the frame in which it has nothing below its diagonal: along z lies the
 * third row, the second in the plane of y and z. Material without a grain does not know which way its frame is turned.
 */
function turnRest(floats: Float32Array, m: number): void {
  const ax = matrix[0]
  const ay = matrix[1]
  const az = matrix[2]
  const bx = matrix[3]
  const by = matrix[4]
  const bz = matrix[5]
  const cx = matrix[6]
  const cy = matrix[7]
  const cz = matrix[8]
  const c = Math.sqrt(cx * cx + cy * cy + cz * cz)
  const zx = cx / c
  const zy = cy / c
  const zz = cz / c
  const bOverZ = bx * zx + by * zy + bz * zz
  const dx = bx - bOverZ * zx
  const dy = by - bOverZ * zy
  const dz = bz - bOverZ * zz
  const b = Math.sqrt(dx * dx + dy * dy + dz * dz)
  const yx = dx / b
  const yy = dy / b
  const yz = dz / b
  floats[m] = ax * (yy * zz - yz * zy) + ay * (yz * zx - yx * zz) + az * (yx * zy - yy * zx)
  floats[m + 4] = ax * yx + ay * yy + az * yz
  floats[m + 8] = ax * zx + ay * zy + az * zz
  floats[m + 12] = b
  floats[m + 16] = bOverZ
  floats[m + 20] = c
}
