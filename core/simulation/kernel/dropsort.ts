/**
 * Drops of liquid sorted by cell (radix sort, stable), so that the three cells of a row are one run of the sorted order
 * (`droplists.ts`); kernel source, see `scalars.ts`.
 */
import { type D, floorInt, type I, type Ptr, readInt, readSingle, times, writeInt } from './scalars.ts'

/** Edge of a cell in metres: a little more than a drop reaches, see `pressure.ts`. */
export const CELL: D = 0.0047540619
const HALF: I = 512
const LAST: I = 1022
/** A drop's cell along x, y and z takes ten bits each of its key. */
const BITS: I = 10
export const SORT_BUCKETS: I = 1024

/** Cell number along one axis, 1 … 1022. */
function cellOf(x: D): I {
  const c = floorInt(x / CELL) + HALF
  return c < 1 ? 1 : c > LAST ? LAST : c
}

/**
 * Sorts `count` drops (three numbers each in `position`) by cell: writes the drop of each place to `order` and the key of
 * its cell to `key`. Those of one cell stay in the order of their numbers. `swapOrder`, `swapKey` and `buckets` are room to
 * work in.
 */
export function sortDrops(
  position: Ptr,
  count: I,
  key: Ptr,
  order: Ptr,
  swapKey: Ptr,
  swapOrder: Ptr,
  buckets: Ptr,
): void {
  for (let i: I = 0; i < count; i++) {
    const at: Ptr = position + i * 12
    const rows = times(cellOf(readSingle(at + 8)), SORT_BUCKETS) + cellOf(readSingle(at + 4))
    writeInt(swapKey + i * 4, times(rows, SORT_BUCKETS) + cellOf(readSingle(at)))
    writeInt(swapOrder + i * 4, i)
  }
  pass(swapKey, swapOrder, key, order, buckets, count, 0)
  pass(key, order, swapKey, swapOrder, buckets, count, BITS)
  pass(swapKey, swapOrder, key, order, buckets, count, BITS * 2)
}

function pass(key: Ptr, order: Ptr, toKey: Ptr, toOrder: Ptr, buckets: Ptr, count: I, shift: I): void {
  for (let b: I = 0; b < SORT_BUCKETS; b++) writeInt(buckets + b * 4, 0)
  for (let i: I = 0; i < count; i++) {
    const at: Ptr = buckets + ((readInt(key + i * 4) >> shift) & (SORT_BUCKETS - 1)) * 4
    writeInt(at, readInt(at) + 1)
  }
  let sum: I = 0
  for (let b: I = 0; b < SORT_BUCKETS; b++) {
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
