/**
 * Which segments may touch in this substep: boxes about the ways of runs of eight segments first, then about those of
 * single segments. (A uniform hash over the segments took four times as long: thread lies mostly next to itself.)
 * Pairs come in the order of their first and second run and segment, so that the order of solving is the same everywhere.
 */
import { SimulationError } from '../../contract.ts'
import { closestPoints, found } from './closest.ts'
import { ROD_COUNT, type ThreadMemory } from './memory.ts'
import { PAIR_CAPACITY, RUN, type Workspace } from './workspace.ts'

/** Room around each segment beyond its radius, m: what corrections may add to the motion that was foreseen. */
export const ROOM = 0.3e-3

/** Fills the pairs of the workspace. Throws `simulation/tissue-full` when there are more than the buffer holds. */
export function findPairs(t: ThreadMemory, k: Workspace): void {
  const slots = t.counts[ROD_COUNT.slots]!
  const proxies = t.counts[ROD_COUNT.proxies]!
  k.pairCount = 0
  for (let s = 0; s < slots; s++) bound(t, k, s)
  for (let p = 0; p < 2 * proxies; p++) bound(t, k, t.size.slots + p)
  for (let s = 0; s < slots; s++) enclose(t, k, s)
  for (let p = 0; p < proxies; p++) enclose(t, k, t.size.slots + 2 * p)
  const runs = Math.ceil(slots / RUN)
  for (let r = 0; r < runs; r++) encloseRun(k, r, slots)
  for (let r = 0; r < runs; r++) {
    for (let q = r; q < runs; q++) if (overlap(k.run, r, q)) pairRuns(t, k, r, q, slots)
    for (let p = 0; p < proxies; p++) pairProxy(t, k, r, t.size.slots + 2 * p, slots)
  }
}

/** Box of a vertex's way, with room, and the length of the way. */
function bound(t: ThreadMemory, k: Workspace, v: number): void {
  const r = ROOM + t.radius[v]!
  let squared = 0
  for (let a = 3 * v; a < 3 * v + 3; a++) {
    const from = t.checked[a]!
    const to = k.x[a]!
    squared += (to - from) * (to - from)
    k.low[a] = (from < to ? from : to) - r
    k.high[a] = (from < to ? to : from) + r
  }
  k.way[v] = Math.sqrt(squared)
}

/** Box of a segment's way: low x y z, high x y z; empty where a slot holds no segment. */
function enclose(t: ThreadMemory, { low, high, box }: Workspace, s: number): void {
  const none = s < t.size.slots && t.length[s] === 0
  for (let axis = 0; axis < 3; axis++) {
    const a = 3 * s + axis
    box[6 * s + axis] = none ? Infinity : low[a]! < low[a + 3]! ? low[a]! : low[a + 3]!
    box[6 * s + 3 + axis] = none ? -Infinity : high[a]! > high[a + 3]! ? high[a]! : high[a + 3]!
  }
}

function encloseRun({ box, run }: Workspace, r: number, slots: number): void {
  const end = Math.min(RUN * r + RUN, slots)
  for (let axis = 0; axis < 3; axis++) {
    let low = Infinity
    let high = -Infinity
    for (let s = RUN * r; s < end; s++) {
      if (box[6 * s + axis]! < low) low = box[6 * s + axis]!
      if (box[6 * s + 3 + axis]! > high) high = box[6 * s + 3 + axis]!
    }
    run[6 * r + axis] = low
    run[6 * r + 3 + axis] = high
  }
}

function pairRuns(t: ThreadMemory, k: Workspace, r: number, q: number, slots: number): void {
  const endA = Math.min(RUN * r + RUN, slots)
  const endB = Math.min(RUN * q + RUN, slots)
  for (let a = RUN * r; a < endA; a++) {
    for (let b = r === q ? a + 1 : RUN * q; b < endB; b++) {
      if (!overlap(k.box, a, b)) continue
      const sameRod = t.rod[a] === t.rod[b]
      if (sameRod && (b === a + 1 || t.bare[a] === 1 || t.bare[b] === 1)) continue
      keep(t, k, a, b, sameRod && b - a <= RUN ? gapAlong(t.checked, a, b) : -1)
    }
  }
}

function pairProxy(t: ThreadMemory, k: Workspace, r: number, b: number, slots: number): void {
  for (let axis = 0; axis < 3; axis++) {
    if (k.run[6 * r + axis]! > k.box[6 * b + 3 + axis]! || k.box[6 * b + axis]! > k.run[6 * r + 3 + axis]!) return
  }
  const end = Math.min(RUN * r + RUN, slots)
  for (let a = RUN * r; a < end; a++) {
    if (k.grasped[a] === 0 && overlap(k.box, a, b)) keep(t, k, a, b, -1)
  }
}

function overlap(box: Float64Array, a: number, b: number): boolean {
  const i = 6 * a
  const j = 6 * b
  return (
    box[i]! <= box[j + 3]! &&
    box[j]! <= box[i + 3]! &&
    box[i + 1]! <= box[j + 4]! &&
    box[j + 1]! <= box[i + 4]! &&
    box[i + 2]! <= box[j + 5]! &&
    box[j + 2]! <= box[i + 5]!
  )
}

/**
 * Distance of two segments of one rod of which the second goes on where the first leads: that of the end of the first
 * from the start of the second. −1 where the rod turns back and this does not hold.
 */
function gapAlong(x: Float64Array, a: number, b: number): number {
  const i = 3 * a
  const j = 3 * b
  const dx = x[j]! - x[i + 3]!
  const dy = x[j + 1]! - x[i + 4]!
  const dz = x[j + 2]! - x[i + 5]!
  const first = (x[i + 3]! - x[i]!) * dx + (x[i + 4]! - x[i + 1]!) * dy + (x[i + 5]! - x[i + 2]!) * dz
  const second = (x[j + 3]! - x[j]!) * dx + (x[j + 4]! - x[j + 1]!) * dy + (x[j + 5]! - x[j + 2]!) * dz
  return first >= 0 && second >= 0 ? Math.sqrt(dx * dx + dy * dy + dz * dz) : -1
}

/** Keeps a pair unless its parts are too far apart to meet by their motion against each other. */
function keep(t: ThreadMemory, k: Workspace, a: number, b: number, known: number): void {
  let gap = known
  if (gap < 0) {
    closestPoints(t.checked, a, b)
    gap = Math.sqrt(found.squared)
  }
  const spare = gap - t.radius[a]! - t.radius[b]! - ROOM
  if (spare > 0) {
    const wayA = k.way[a]! > k.way[a + 1]! ? k.way[a]! : k.way[a + 1]!
    const wayB = k.way[b]! > k.way[b + 1]! ? k.way[b]! : k.way[b + 1]!
    if (wayA + wayB < spare || relativeMotion(t.checked, k.x, a, b) < spare * spare) return
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
