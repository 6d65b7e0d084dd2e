/**
 * Which segments may touch in this substep; kernel source, see `scalars.ts`. Boxes about the ways of runs of eight segments
 * first, then about those of single segments. (A uniform hash over the segments took four times as long: thread lies mostly
 * next to itself.) Pairs come in the order of their first and second run and segment, so that the order of solving is the
 * same everywhere.
 */
import { closestPoints, meet2 } from './rodmeeting.ts'
import {
  BARE,
  BOX,
  CHECKED,
  COUNTS,
  GRASPED,
  HIGH,
  LENGTH,
  LOW,
  PAIR_COUNT,
  PAIR_GAPS,
  PAIR_ROOM,
  PAIRS,
  PROXY_COUNT,
  RADIUS,
  ROD,
  RUNS,
  SLOT_COUNT,
  SLOT_ROOM,
  WAY,
  X,
} from './rodtable.ts'
import { type D, type I, type Ptr, readByte, readDouble, readInt, writeDouble, writeInt } from './scalars.ts'

/** Room around each segment beyond its radius, m: what corrections may add to the motion that was foreseen. */
export const ROOM: D = 0.3e-3
/** Segments that share a box, as a power of two. */
const RUN_BITS: I = 3
export const RUN: I = 8

/** Lists the pairs; false when there are more than there is room for. */
export function findPairs(r: Ptr): boolean {
  const slots = readInt(readInt(r + COUNTS) + SLOT_COUNT)
  const proxies = readInt(readInt(r + COUNTS) + PROXY_COUNT)
  const room = readInt(r + SLOT_ROOM)
  const length: Ptr = readInt(r + LENGTH)
  const box: Ptr = readInt(r + BOX)
  const run: Ptr = readInt(r + RUNS)
  writeInt(r + PAIR_COUNT, 0)
  for (let s: I = 0; s < slots; s++) bound(r, s)
  for (let p: I = 0; p < 2 * proxies; p++) bound(r, room + p)
  for (let s: I = 0; s < slots; s++) enclose(r, s, readDouble(length + s * 8) === 0)
  for (let p: I = 0; p < proxies; p++) enclose(r, room + 2 * p, false)
  const runs = (slots + RUN - 1) >> RUN_BITS
  for (let n: I = 0; n < runs; n++) encloseRun(box, run, n, slots)
  for (let n: I = 0; n < runs; n++) {
    for (let m: I = n; m < runs; m++) if (overlap(run + n * 48, run + m * 48) && !pairRuns(r, n, m, slots)) return false
    for (let p: I = 0; p < proxies; p++)
      if (overlap(run + n * 48, box + (room + 2 * p) * 48) && !pairProxy(r, n, room + 2 * p, slots)) return false
  }
  return true
}

/** Box of a vertex's way, with room, and the length of the way. */
function bound(r: Ptr, v: I): void {
  const by = ROOM + readDouble(readInt(r + RADIUS) + v * 8)
  const from: Ptr = readInt(r + CHECKED) + v * 24
  const to: Ptr = readInt(r + X) + v * 24
  const low: Ptr = readInt(r + LOW) + v * 24
  const high: Ptr = readInt(r + HIGH) + v * 24
  let squared: D = 0
  for (let a: I = 0; a < 24; a += 8) {
    const p = readDouble(from + a)
    const q = readDouble(to + a)
    squared += (q - p) * (q - p)
    writeDouble(low + a, (p < q ? p : q) - by)
    writeDouble(high + a, (p < q ? q : p) + by)
  }
  writeDouble(readInt(r + WAY) + v * 8, Math.sqrt(squared))
}

/** Box of a segment's way: low x y z, high x y z; empty where a slot holds no segment. */
function enclose(r: Ptr, s: I, none: boolean): void {
  const low: Ptr = readInt(r + LOW) + s * 24
  const high: Ptr = readInt(r + HIGH) + s * 24
  const box: Ptr = readInt(r + BOX) + s * 48
  for (let a: I = 0; a < 24; a += 8) {
    writeDouble(box + a, none ? Infinity : Math.min(readDouble(low + a), readDouble(low + a + 24)))
    writeDouble(box + a + 24, none ? -Infinity : Math.max(readDouble(high + a), readDouble(high + a + 24)))
  }
}

function encloseRun(box: Ptr, run: Ptr, n: I, slots: I): void {
  const end = RUN * n + RUN < slots ? RUN * n + RUN : slots
  for (let a: I = 0; a < 24; a += 8) {
    let low: D = Infinity
    let high: D = -Infinity
    for (let s = RUN * n; s < end; s++) {
      low = Math.min(low, readDouble(box + s * 48 + a))
      high = Math.max(high, readDouble(box + s * 48 + a + 24))
    }
    writeDouble(run + n * 48 + a, low)
    writeDouble(run + n * 48 + a + 24, high)
  }
}

function pairRuns(r: Ptr, n: I, m: I, slots: I): boolean {
  const box: Ptr = readInt(r + BOX)
  const rods: Ptr = readInt(r + ROD)
  const bare: Ptr = readInt(r + BARE)
  const checked: Ptr = readInt(r + CHECKED)
  const endA = RUN * n + RUN < slots ? RUN * n + RUN : slots
  const endB = RUN * m + RUN < slots ? RUN * m + RUN : slots
  for (let a = RUN * n; a < endA; a++) {
    for (let b = n === m ? a + 1 : RUN * m; b < endB; b++) {
      if (!overlap(box + a * 48, box + b * 48)) continue
      const sameRod = readInt(rods + a * 4) === readInt(rods + b * 4)
      if (sameRod && (b === a + 1 || readByte(bare + a) === 1 || readByte(bare + b) === 1)) continue
      if (!keep(r, a, b, sameRod && b - a <= RUN ? gapAlong(checked, a, b) : -1)) return false
    }
  }
  return true
}

function pairProxy(r: Ptr, n: I, b: I, slots: I): boolean {
  const box: Ptr = readInt(r + BOX)
  const grasped: Ptr = readInt(r + GRASPED)
  const end = RUN * n + RUN < slots ? RUN * n + RUN : slots
  for (let a = RUN * n; a < end; a++)
    if (readByte(grasped + a) === 0 && overlap(box + a * 48, box + b * 48) && !keep(r, a, b, -1)) return false
  return true
}

// @inline
function overlap(i: Ptr, j: Ptr): boolean {
  return (
    readDouble(i) <= readDouble(j + 24) &&
    readDouble(j) <= readDouble(i + 24) &&
    readDouble(i + 8) <= readDouble(j + 32) &&
    readDouble(j + 8) <= readDouble(i + 32) &&
    readDouble(i + 16) <= readDouble(j + 40) &&
    readDouble(j + 16) <= readDouble(i + 40)
  )
}

/**
 * Distance of two segments of one rod of which the second goes on where the first leads: that of the end of the first
 * from the start of the second. −1 where the rod turns back and this does not hold.
 */
function gapAlong(x: Ptr, a: I, b: I): D {
  const i: Ptr = x + a * 24
  const j: Ptr = x + b * 24
  const ax = readDouble(i + 24)
  const ay = readDouble(i + 32)
  const az = readDouble(i + 40)
  const bx = readDouble(j)
  const by = readDouble(j + 8)
  const bz = readDouble(j + 16)
  const dx = bx - ax
  const dy = by - ay
  const dz = bz - az
  const first = (ax - readDouble(i)) * dx + (ay - readDouble(i + 8)) * dy + (az - readDouble(i + 16)) * dz
  const second = (readDouble(j + 24) - bx) * dx + (readDouble(j + 32) - by) * dy + (readDouble(j + 40) - bz) * dz
  return first >= 0 && second >= 0 ? Math.sqrt(dx * dx + dy * dy + dz * dz) : -1
}

/** Keeps a pair unless its parts are too far apart to meet by their motion against each other; false when it does not fit. */
function keep(r: Ptr, a: I, b: I, known: D): boolean {
  const radius: Ptr = readInt(r + RADIUS)
  const checked: Ptr = readInt(r + CHECKED)
  let gap = known
  if (gap < 0) {
    closestPoints(checked, a, b)
    gap = Math.sqrt(meet2)
  }
  const spare = gap - readDouble(radius + a * 8) - readDouble(radius + b * 8) - ROOM
  if (spare > 0) {
    const way: Ptr = readInt(r + WAY)
    const wayA = Math.max(readDouble(way + a * 8), readDouble(way + a * 8 + 8))
    const wayB = Math.max(readDouble(way + b * 8), readDouble(way + b * 8 + 8))
    if (wayA + wayB < spare || relativeMotion(checked, readInt(r + X), a, b) < spare * spare) return true
  }
  const n = readInt(r + PAIR_COUNT)
  if (n === readInt(r + PAIR_ROOM)) return false
  writeInt(r + PAIR_COUNT, n + 1)
  writeInt(readInt(r + PAIRS) + n * 8, a)
  writeInt(readInt(r + PAIRS) + n * 8 + 4, b)
  writeDouble(readInt(r + PAIR_GAPS) + n * 8, gap)
  return true
}

/** Largest squared motion of a point of one segment against a point of the other from `from` to `to`. */
export function relativeMotion(from: Ptr, to: Ptr, a: I, b: I): D {
  let most: D = 0
  for (let i = 24 * a; i <= 24 * a + 24; i += 24)
    for (let j = 24 * b; j <= 24 * b + 24; j += 24) {
      const x = readDouble(to + i) - readDouble(from + i) - readDouble(to + j) + readDouble(from + j)
      const y = readDouble(to + i + 8) - readDouble(from + i + 8) - readDouble(to + j + 8) + readDouble(from + j + 8)
      const z =
        readDouble(to + i + 16) - readDouble(from + i + 16) - readDouble(to + j + 16) + readDouble(from + j + 16)
      const squared = x * x + y * y + z * z
      if (squared > most) most = squared
    }
  return most
}
