/**
 * Which segments may touch in this substep: uniform hash over the boxes that the segments sweep. Pairs come in order of
 * their first and second segment, so that the order of solving is the same everywhere.
 */
import { SimulationError } from '../../contract.ts'
import { closestPoints, found } from './closest.ts'
import { ROD_COUNT, type ThreadMemory } from './memory.ts'
import { CELLS, ENTRY_CAPACITY, PAIR_CAPACITY, type Workspace } from './workspace.ts'

/** Room around each segment beyond its radius, m: what corrections may add to the motion that was foreseen. */
export const ROOM = 0.5e-3
const CELL = 4e-3

/** Fills the pairs of the workspace. Throws `simulation/full` when there are more than the buffers hold. */
export function findPairs(t: ThreadMemory, k: Workspace): void {
  const slots = t.counts[ROD_COUNT.slots]!
  const proxies = t.counts[ROD_COUNT.proxies]!
  k.pairCount = 0
  k.entryCount = 0
  k.head.fill(-1)
  for (let s = 0; s < slots; s++) bound(t, k, s)
  for (let p = 0; p < 2 * proxies; p++) bound(t, k, t.size.slots + p)
  for (let s = slots - 1; s >= 0; s--) if (t.length[s]! > 0) enter(k, s)
  k.stamp.fill(0xffffffff)
  for (let s = 0; s < slots; s++) {
    if (t.length[s] === 0) continue
    const start = k.pairCount
    query(t, k, s)
    order(k, start)
    for (let p = 0; p < proxies; p++) {
      const b = t.size.slots + 2 * p
      if (k.grasped[s] === 0 && overlap(k, s, b)) keep(t, k, s, b)
    }
  }
}

/** Box of a vertex's way, with room. */
function bound(t: ThreadMemory, k: Workspace, v: number): void {
  const r = ROOM + t.radius[v]!
  for (let a = 3 * v; a < 3 * v + 3; a++) {
    const from = t.checked[a]!
    const to = k.x[a]!
    k.low[a] = (from < to ? from : to) - r
    k.high[a] = (from < to ? to : from) + r
  }
}

const lowOf = (k: Workspace, s: number, axis: number) => {
  const a = k.low[3 * s + axis]!
  const b = k.low[3 * s + 3 + axis]!
  return a < b ? a : b
}
const highOf = (k: Workspace, s: number, axis: number) => {
  const a = k.high[3 * s + axis]!
  const b = k.high[3 * s + 3 + axis]!
  return a > b ? a : b
}

const cellOf = (x: number) => Math.floor(x / CELL)
const bucketOf = (x: number, y: number, z: number) =>
  (Math.imul(x, 73856093) ^ Math.imul(y, 19349663) ^ Math.imul(z, 83492791)) & (CELLS - 1)

function enter(k: Workspace, s: number): void {
  const x1 = cellOf(highOf(k, s, 0))
  const y1 = cellOf(highOf(k, s, 1))
  const z1 = cellOf(highOf(k, s, 2))
  for (let x = cellOf(lowOf(k, s, 0)); x <= x1; x++)
    for (let y = cellOf(lowOf(k, s, 1)); y <= y1; y++)
      for (let z = cellOf(lowOf(k, s, 2)); z <= z1; z++) {
        const bucket = bucketOf(x, y, z)
        const n = k.entryCount++
        if (n >= ENTRY_CAPACITY) throw new SimulationError('simulation/tissue-full', 'cells of threads')
        k.entry[n] = s
        k.next[n] = k.head[bucket]!
        k.head[bucket] = n
      }
}

function query(t: ThreadMemory, k: Workspace, s: number): void {
  const x1 = cellOf(highOf(k, s, 0))
  const y1 = cellOf(highOf(k, s, 1))
  const z1 = cellOf(highOf(k, s, 2))
  for (let x = cellOf(lowOf(k, s, 0)); x <= x1; x++)
    for (let y = cellOf(lowOf(k, s, 1)); y <= y1; y++)
      for (let z = cellOf(lowOf(k, s, 2)); z <= z1; z++)
        for (let n = k.head[bucketOf(x, y, z)]!; n >= 0; n = k.next[n]!) {
          const b = k.entry[n]!
          if (b <= s || k.stamp[b] === s || (b === s + 1 && t.rod[b] === t.rod[s])) continue
          k.stamp[b] = s
          if (overlap(k, s, b)) keep(t, k, s, b)
        }
}

function overlap(k: Workspace, a: number, b: number): boolean {
  for (let axis = 0; axis < 3; axis++) {
    if (highOf(k, a, axis) < lowOf(k, b, axis) || highOf(k, b, axis) < lowOf(k, a, axis)) return false
  }
  return true
}

/** Keeps a pair unless its parts are too far apart to meet by their motion against each other. */
function keep(t: ThreadMemory, k: Workspace, a: number, b: number): void {
  closestPoints(t.checked, a, b)
  const gap = Math.sqrt(found.squared)
  const reach = t.radius[a]! + t.radius[b]! + ROOM
  if (gap > reach) {
    const motion = gap - reach
    if (relativeMotion(t.checked, k.x, a, b) < motion * motion) return
  }
  const n = k.pairCount++
  if (n >= PAIR_CAPACITY) throw new SimulationError('simulation/tissue-full', 'pairs of threads')
  k.pairA[n] = a
  k.pairB[n] = b
  k.pairGap[n] = gap
}

/** Largest squared motion of a point of one segment against a point of the other from `from` to `to`. */
export function relativeMotion(from: Float64Array, to: Float64Array, a: number, b: number): number {
  let most = 0
  for (let i = 3 * a; i <= 3 * a + 3; i += 3)
    for (let j = 3 * b; j <= 3 * b + 3; j += 3) {
      const x = to[i]! - from[i]! - to[j]! + from[j]!
      const y = to[i + 1]! - from[i + 1]! - to[j + 1]! + from[j + 1]!
      const z = to[i + 2]! - from[i + 2]! - to[j + 2]! + from[j + 2]!
      const squared = x * x + y * y + z * z
      if (squared > most) most = squared
    }
  return most
}

/** Sorts the pairs from `start` on by their second segment. */
function order(k: Workspace, start: number): void {
  for (let n = start + 1; n < k.pairCount; n++) {
    const b = k.pairB[n]!
    const gap = k.pairGap[n]!
    let m = n
    for (; m > start && k.pairB[m - 1]! > b; m--) {
      k.pairB[m] = k.pairB[m - 1]!
      k.pairGap[m] = k.pairGap[m - 1]!
    }
    k.pairB[m] = b
    k.pairGap[m] = gap
  }
}
