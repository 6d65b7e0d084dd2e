/**
 * Liquid particles sorted by cell (radix sort, stable), so that the three cells of a row are one run of the sorted order
 * (`kernel/droplists.ts`). Done each tick, nothing is allocated.
 */
import { REACH } from '../../kernel/pressure.ts'

/** Edge of a cell in metres. */
export const CELL = REACH * 1.02
const HALF = 512
const ROW = 1024
const SLICE = 1048576
const BUCKETS = 1024

export type Sorter = {
  /** Particle of each place in sorted order, and the key of its cell. */
  readonly order: Uint32Array
  readonly key: Uint32Array
  readonly swapOrder: Uint32Array
  readonly swapKey: Uint32Array
  readonly bucket: Uint32Array
}

/** @param key the array that is to hold the keys */
export function createSorter(particles: number, key: Uint32Array): Sorter {
  return {
    order: new Uint32Array(particles),
    key,
    swapOrder: new Uint32Array(particles),
    swapKey: new Uint32Array(particles),
    bucket: new Uint32Array(BUCKETS),
  }
}

/** Cell number along one axis, 0 … 1023. */
function cellOf(x: number): number {
  const c = Math.floor(x / CELL) + HALF
  return c < 1 ? 1 : c > 1022 ? 1022 : c
}

/** Sorts `count` particles by cell. Stable: particles of one cell stay in the order of their numbers. */
export function sortByCell(sorter: Sorter, position: Float32Array, count: number): void {
  const { order, key, swapOrder, swapKey, bucket } = sorter
  for (let i = 0; i < count; i++) {
    const p = i * 3
    key[i] = cellOf(position[p + 2]!) * SLICE + cellOf(position[p + 1]!) * ROW + cellOf(position[p]!)
    order[i] = i
  }
  radixPass(key, order, swapKey, swapOrder, bucket, count, 0)
  radixPass(swapKey, swapOrder, key, order, bucket, count, 10)
  radixPass(key, order, swapKey, swapOrder, bucket, count, 20)
  for (let i = 0; i < count; i++) {
    key[i] = swapKey[i]!
    order[i] = swapOrder[i]!
  }
}

function radixPass(
  key: Uint32Array,
  order: Uint32Array,
  toKey: Uint32Array,
  toOrder: Uint32Array,
  bucket: Uint32Array,
  count: number,
  shift: number,
): void {
  bucket.fill(0)
  for (let i = 0; i < count; i++) {
    const b = (key[i]! >>> shift) & 1023
    bucket[b] = bucket[b]! + 1
  }
  let sum = 0
  for (let b = 0; b < BUCKETS; b++) {
    const c = bucket[b]!
    bucket[b] = sum
    sum += c
  }
  for (let i = 0; i < count; i++) {
    const k = key[i]!
    const b = (k >>> shift) & 1023
    const to = bucket[b]!
    bucket[b] = to + 1
    toKey[to] = k
    toOrder[to] = order[i]!
  }
}
