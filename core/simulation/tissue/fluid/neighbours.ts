/**
 * Neighbours of liquid particles: particles are sorted by cell (radix sort, stable), so that the three cells of a row are
 * one run of the sorted order, and four pointers that only move forward find the rows after a particle's own. Rebuilt each
 * tick, nothing is allocated.
 */
import { REACH } from './scale.ts'

/** Neighbours after itself that a particle keeps; more than twice of what liquid at rest has. */
export const MOST_NEIGHBOURS = 32

/** Edge of a cell in metres. */
export const CELL = REACH * 1.02
const HALF = 512
const ROW = 1024
const SLICE = 1048576
const BUCKETS = 1024
/** A cell's own row after it, and the four rows after its own. */
const ROW_OFFSET = Uint32Array.of(0, ROW, SLICE - ROW, SLICE, SLICE + ROW)
const REACH2 = CELL * CELL

/** Scratch, in sorted order: nothing in it outlives a tick. */
export type Neighbours = {
  /** Particles in use. */
  count: number
  /** Particle of each place in sorted order. */
  readonly order: Uint32Array
  readonly key: Uint32Array
  /** Pairs of a place `i`: `pair[first[i]] … pair[first[i + 1] − 1]`, all places after `i`. */
  readonly first: Uint32Array
  readonly pair: Uint16Array
  readonly swapOrder: Uint32Array
  readonly swapKey: Uint32Array
  readonly bucket: Uint32Array
  /** Particles before each place that are awake. */
  readonly movers: Uint32Array
  /** The run of places in each row around a cell. */
  readonly from: Uint32Array
  readonly to: Uint32Array
}

export function createNeighbours(particles: number): Neighbours {
  return {
    count: 0,
    order: new Uint32Array(particles),
    key: new Uint32Array(particles),
    first: new Uint32Array(particles + 1),
    pair: new Uint16Array(particles * (MOST_NEIGHBOURS + 1)),
    swapOrder: new Uint32Array(particles),
    swapKey: new Uint32Array(particles),
    bucket: new Uint32Array(BUCKETS),
    movers: new Uint32Array(particles + 1),
    from: new Uint32Array(5),
    to: new Uint32Array(5),
  }
}

/** Cell number along one axis, 0 … 1023. */
function cellOf(x: number): number {
  const c = Math.floor(x / CELL) + HALF
  return c < 1 ? 1 : c > 1022 ? 1022 : c
}

/** Lowest coordinate in metres of the cells that have number `c` along an axis. */
export function cellCorner(c: number): number {
  return (c - HALF) * CELL
}

/** Sorts `count` particles by cell. Stable: particles of one cell stay in the order of their numbers. */
export function sortByCell(n: Neighbours, position: Float32Array, count: number): void {
  const { order, key, swapOrder, swapKey, bucket } = n
  n.count = count
  for (let i = 0; i < count; i++) {
    const p = i * 3
    key[i] = cellOf(position[p + 2]!) * SLICE + cellOf(position[p + 1]!) * ROW + cellOf(position[p]!)
    order[i] = i
  }
  radixPass(key, order, swapKey, swapOrder, bucket, count, 0)
  radixPass(swapKey, swapOrder, key, order, bucket, count, 10)
  radixPass(key, order, swapKey, swapOrder, bucket, count, 20)
  key.set(swapKey)
  order.set(swapOrder)
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

/**
 * Lists the pairs within reach from sorted positions. A pair of which both rest (`awake` 0) is left out. Beyond
 * {@link MOST_NEIGHBOURS} the farther cells are ignored: such a crowd is pressed apart within a few ticks.
 */
export function listPairs(n: Neighbours, x: Float64Array, y: Float64Array, z: Float64Array, awake: Uint8Array): void {
  const { key, first, pair, from, to, movers, count } = n
  from.fill(0)
  to.fill(0)
  let sum = 0
  for (let i = 0; i < count; i++) {
    movers[i] = sum
    sum += awake[i]!
  }
  movers[count] = sum
  let used = 0
  for (let start = 0; start < count; ) {
    const k = key[start]!
    let end = start + 1
    while (end < count && key[end] === k) end++
    for (let r = 0; r < 5; r++) {
      const middle = k + ROW_OFFSET[r]!
      let low = from[r]!
      let high = to[r]!
      if (r === 0) low = end
      else while (low < count && key[low]! < middle - 1) low++
      if (high < low) high = low
      while (high < count && key[high]! <= middle + 1) high++
      from[r] = low
      to[r] = high
    }
    for (let i = start; i < end; i++) {
      first[i] = used
      const full = used + MOST_NEIGHBOURS
      const xi = x[i]!
      const yi = y[i]!
      const zi = z[i]!
      const moves = awake[i]!
      for (let r = 0; r < 5; r++) {
        const high = to[r]!
        const low = r === 0 ? i + 1 : from[r]!
        if (moves === 0 && movers[high] === movers[low]) continue
        for (let j = low; j < high; j++) {
          const dx = x[j]! - xi
          const dy = y[j]! - yi
          const dz = z[j]! - zi
          // written always, kept by a sum: a branch that nobody can predict would cost more
          pair[used] = j
          used += Number(dx * dx + dy * dy + dz * dz < REACH2) & (awake[j]! | moves)
        }
        if (used > full) used = full
      }
    }
    start = end
  }
  first[count] = used
}
