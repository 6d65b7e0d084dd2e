/**
 * Drops of liquid sorted by cell (radix sort, stable), so that the three cells of a row are one run of the sorted order
 * (`droplists.ts`); kernel source, see `scalars.ts`. Cells are numbered within the box around all drops and one cell more on
 * every side, along x first, then y, then z: mostly so few that one pass sorts them.
 */
import { type D, floorInt, type I, type Ptr, readInt, readSingle, times, writeInt } from './scalars.ts'

/** Edge of a cell in metres: a little more than a drop reaches, see `pressure.ts`. */
export const CELL: D = 0.0047540619
/** Cells from the origin of the field along each axis beyond which drops lie in the last one. */
const FARTHEST: I = 510
/** A drop's cell along x, y and z takes ten bits each until cells are numbered. */
const EACH: I = 10
const ONE: I = 1023
/** Bits that a pass sorts by. */
const BITS: I = 12
export const SORT_BUCKETS: I = 4096

/** Cell along one axis, 1 … 1021. */
// @inline
function cellOf(x: D): I {
  const c = floorInt(x / CELL)
  return (c < -FARTHEST ? -FARTHEST : c > FARTHEST ? FARTHEST : c) + FARTHEST + 1
}

/**
 * Sorts `count` drops (three numbers each in `position`) by cell: writes the drop of each place to `order` and the number of
 * its cell to `key`. Those of one cell stay in the order of their numbers. To `grid` go the cells in a row along x and in a
 * slice. `swapOrder`, `swapKey` and `buckets` are room to work in.
 */
export function sortDrops(
  position: Ptr,
  count: I,
  key: Ptr,
  order: Ptr,
  swapKey: Ptr,
  swapOrder: Ptr,
  buckets: Ptr,
  grid: Ptr,
): void {
  let lowX: I = ONE
  let lowY: I = ONE
  let lowZ: I = ONE
  let topX: I = 0
  let topY: I = 0
  let topZ: I = 0
  for (let i: I = 0; i < count; i++) {
    const at: Ptr = position + i * 12
    const x = cellOf(readSingle(at))
    const y = cellOf(readSingle(at + 4))
    const z = cellOf(readSingle(at + 8))
    lowX = x < lowX ? x : lowX
    lowY = y < lowY ? y : lowY
    lowZ = z < lowZ ? z : lowZ
    topX = x > topX ? x : topX
    topY = y > topY ? y : topY
    topZ = z > topZ ? z : topZ
    writeInt(key + i * 4, (z << (EACH * 2)) | (y << EACH) | x)
  }
  const row = topX - lowX + 3
  const slice = times(topY - lowY + 3, row)
  const most = count > 0 ? times(topZ - lowZ + 2, slice) : 0
  writeInt(grid, row)
  writeInt(grid + 4, slice)
  const passes: I = most < SORT_BUCKETS ? 1 : most >> BITS < SORT_BUCKETS ? 2 : 3
  // They end in `key` and `order`.
  let fromKey: Ptr = passes === 2 ? key : swapKey
  let fromOrder: Ptr = passes === 2 ? order : swapOrder
  let toKey: Ptr = passes === 2 ? swapKey : key
  let toOrder: Ptr = passes === 2 ? swapOrder : order
  for (let i: I = 0; i < count; i++) {
    const cells = readInt(key + i * 4)
    const x = (cells & ONE) - lowX + 1
    const y = ((cells >> EACH) & ONE) - lowY + 1
    const z = (cells >> (EACH * 2)) - lowZ + 1
    writeInt(fromKey + i * 4, times(z, slice) + times(y, row) + x)
    writeInt(fromOrder + i * 4, i)
  }
  for (let n: I = 0; n < passes; n++) {
    pass(fromKey, fromOrder, toKey, toOrder, buckets, count, n * BITS, most)
    const usedKey = fromKey
    const usedOrder = fromOrder
    fromKey = toKey
    fromOrder = toOrder
    toKey = usedKey
    toOrder = usedOrder
  }
}

/** Sorts by the bits from `shift` on of keys that do not exceed `most`. */
function pass(key: Ptr, order: Ptr, toKey: Ptr, toOrder: Ptr, buckets: Ptr, count: I, shift: I, most: I): void {
  const last = most >> shift < SORT_BUCKETS ? most >> shift : SORT_BUCKETS - 1
  for (let b: I = 0; b <= last; b++) writeInt(buckets + b * 4, 0)
  for (let i: I = 0; i < count; i++) {
    const at: Ptr = buckets + ((readInt(key + i * 4) >> shift) & (SORT_BUCKETS - 1)) * 4
    writeInt(at, readInt(at) + 1)
  }
  let sum: I = 0
  for (let b: I = 0; b <= last; b++) {
    const those = readInt(buckets + b * 4)
    writeInt(buckets + b * 4, sum)
    sum += those
  }
  for (let i: I = 0; i < count; i++) {
    const k = readInt(key + i * 4)
    const at: Ptr = buckets + ((k >> shift) & (SORT_BUCKETS - 1)) * 4
    const to = readInt(at)
    writeInt(at, to + 1)
    writeInt(toKey + to * 4, k)
    writeInt(toOrder + to * 4, readInt(order + i * 4))
  }
}
