/**
 * Marks on cells of space around what has changed of the surface: hashed, so that a cell may be marked by chance as well
 * (Teschner et al. 2003, "Optimized spatial hashing for collision detection of deformable objects", VMV); kernel source, see
 * `scalars.ts`.
 */
import { type D, floorInt, type I, type Ptr, readByte, readSingle, times, writeByte, writeInt } from './scalars.ts'

/** Cells in a metre. */
const PER_CELL: D = 1 / 0.006
/** A power of two, and so many bytes. */
export const MARKED: I = 16384

export function clearMarks(marks: Ptr): void {
  for (let n: I = 0; n < MARKED; n += 4) writeInt(marks + n, 0)
}

function placeOf(x: I, y: I, z: I): I {
  return (times(x, 73856093) ^ times(y, 19349663) ^ times(z, 83492791)) & (MARKED - 1)
}

/** Number of the cell along an axis. */
function cell(x: D): I {
  return floorInt(x * PER_CELL)
}

/** Marks all cells that come nearer to the place at `at` than `reach` along each axis. */
export function markAround(marks: Ptr, at: Ptr, reach: D): void {
  const x = readSingle(at)
  const y = readSingle(at + 4)
  const z = readSingle(at + 8)
  const x1 = cell(x + reach)
  const y0 = cell(y - reach)
  const y1 = cell(y + reach)
  const z0 = cell(z - reach)
  const z1 = cell(z + reach)
  for (let i: I = cell(x - reach); i <= x1; i++)
    for (let j: I = y0; j <= y1; j++) for (let k: I = z0; k <= z1; k++) writeByte(marks + placeOf(i, j, k), 1)
}

/** Whether the place at `at` lies in a marked cell. */
export function isMarked(marks: Ptr, at: Ptr): boolean {
  const x = cell(readSingle(at))
  const y = cell(readSingle(at + 4))
  const z = cell(readSingle(at + 8))
  return readByte(marks + placeOf(x, y, z)) !== 0
}
