/**
 * Which segments may touch in this substep; kernel source, see `scalars.ts`. Pairs with boxes about their ways that meet, out
 * of a list that lasts until a vertex has moved half a millimetre (Verlet 1967, doi:10.1103/PhysRev.159.98). The list is made
 * with boxes about runs of eight segments first. (A uniform hash over the segments took four times as long: thread lies
 * mostly next to itself.) Pairs come in the order of their first and second run and segment, so that the order of solving is
 * the same everywhere.
 */
import { closestPoints, meet2 } from './rodmeeting.ts'
import {
  BARE,
  BASE_ENDS,
  BASE_HIGH,
  BASE_LOW,
  BASE_SLOTS,
  BOX,
  CHECKED,
  COUNTS,
  GRASPED,
  HIGH,
  LENGTH,
  LIST_ROOM,
  LISTED,
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
  STARTS,
  WAY,
  X,
} from './rodtable.ts'
import { type D, type I, type Ptr, readByte, readDouble, readInt, writeByte, writeDouble, writeInt } from './scalars.ts'

/** Room around each segment beyond its radius, m: what corrections may add to the motion that was foreseen. */
export const ROOM: D = 0.3e-3
/** Segments that share a box, as a power of two. */
const RUN_BITS: I = 3
export const RUN: I = 8

/** How far vertices may leave their room before pairs are listed anew, m. */
const SPARE: D = 0.5e-3

/** Finds the pairs; false when there are more than there is room for. */
export function findPairs(r: Ptr): boolean {
  const slots = readInt(readInt(r + COUNTS) + SLOT_COUNT)
  const proxies = readInt(readInt(r + COUNTS) + PROXY_COUNT)
  const room = readInt(r + SLOT_ROOM)
  const box: Ptr = readInt(r + BOX)
  const run: Ptr = readInt(r + RUNS)
  const listed: Ptr = readInt(r + LISTED)
  const starts: Ptr = readInt(r + STARTS)
  writeInt(r + PAIR_COUNT, 0)
  bound(r, 0, slots)
  bound(r, room, room + 2 * proxies)
  if (!isWithinBase(r, slots) && !listPairs(r, slots)) return false
  encloseSegments(r, 0, slots, 0)
  for (let p: I = 0; p < proxies; p++) encloseSegments(r, room + 2 * p, room + 2 * p + 1, 0)
  const runs = (slots + RUN - 1) >> RUN_BITS
  for (let n: I = 0; n < runs; n++) {
    const end = readInt(starts + n * 4 + 4)
    for (let e = readInt(starts + n * 4); e < end; e++) {
      const a = readInt(listed + e * 8)
      const b = readInt(listed + e * 8 + 4)
      if (overlap(box + a * 48, box + b * 48) && !pairSegments(r, a, b)) return false
    }
    for (let p: I = 0; p < proxies; p++)
      if (overlap(run + n * 48, box + (room + 2 * p) * 48) && !pairProxy(r, n, room + 2 * p, slots)) return false
  }
  return true
}

/** Boxes of the ways of some vertices, with room, and lengths of the ways. */
function bound(r: Ptr, from: I, end: I): void {
  const radius: Ptr = readInt(r + RADIUS)
  const checked: Ptr = readInt(r + CHECKED)
  const x: Ptr = readInt(r + X)
  const low: Ptr = readInt(r + LOW)
  const high: Ptr = readInt(r + HIGH)
  const way: Ptr = readInt(r + WAY)
  for (let v = from; v < end; v++) {
    const by = ROOM + readDouble(radius + v * 8)
    let squared: D = 0
    for (let a = v * 24; a < v * 24 + 24; a += 8) {
      const p = readDouble(checked + a)
      const q = readDouble(x + a)
      squared += (q - p) * (q - p)
      writeDouble(low + a, Math.min(p, q) - by)
      writeDouble(high + a, Math.max(p, q) + by)
    }
    writeDouble(way + v * 8, Math.sqrt(squared))
  }
}

/** Whether pairs that were listed are all that may be near now. */
function isWithinBase(r: Ptr, slots: I): boolean {
  if (slots !== readInt(r + BASE_SLOTS)) return false
  const low: Ptr = readInt(r + LOW)
  const high: Ptr = readInt(r + HIGH)
  const baseLow: Ptr = readInt(r + BASE_LOW)
  const baseHigh: Ptr = readInt(r + BASE_HIGH)
  for (let a: I = 0; a < slots * 24; a += 8)
    if (!(readDouble(low + a) >= readDouble(baseLow + a) && readDouble(high + a) <= readDouble(baseHigh + a)))
      return false
  for (let s: I = 0; s < slots; s++) if (isEnd(r, s) !== readByte(readInt(r + BASE_ENDS) + s)) return false
  return true
}

/** 1 for a slot that holds no segment. */
function isEnd(r: Ptr, s: I): I {
  return readDouble(readInt(r + LENGTH) + s * 8) === 0 ? 1 : 0
}

/** Lists the pairs that may be near while vertices stay where they are, give or take `SPARE`; false when they do not fit. */
function listPairs(r: Ptr, slots: I): boolean {
  const low: Ptr = readInt(r + LOW)
  const high: Ptr = readInt(r + HIGH)
  const run: Ptr = readInt(r + RUNS)
  const starts: Ptr = readInt(r + STARTS)
  for (let a: I = 0; a < slots * 24; a += 8) {
    writeDouble(readInt(r + BASE_LOW) + a, readDouble(low + a) - SPARE)
    writeDouble(readInt(r + BASE_HIGH) + a, readDouble(high + a) + SPARE)
  }
  for (let s: I = 0; s < slots; s++) writeByte(readInt(r + BASE_ENDS) + s, isEnd(r, s))
  writeInt(r + BASE_SLOTS, slots)
  encloseSegments(r, 0, slots, SPARE)
  const runs = (slots + RUN - 1) >> RUN_BITS
  for (let n: I = 0; n < runs; n++) encloseRun(r, n, slots)
  let count: I = 0
  for (let n: I = 0; n < runs; n++) {
    writeInt(starts + n * 4, count)
    for (let m: I = n; m < runs; m++) {
      if (overlap(run + n * 48, run + m * 48)) count = listRuns(r, n, m, slots, count)
      if (count < 0) {
        writeInt(r + BASE_SLOTS, -1)
        return false
      }
    }
  }
  writeInt(starts + runs * 4, count)
  return true
}

/** Lists the pairs of two runs, after `first` others; returns how many then, or −1 when they do not fit. */
function listRuns(r: Ptr, n: I, m: I, slots: I, first: I): I {
  const box: Ptr = readInt(r + BOX)
  const listed: Ptr = readInt(r + LISTED)
  const rods: Ptr = readInt(r + ROD)
  const room = readInt(r + LIST_ROOM)
  const endA = RUN * n + RUN < slots ? RUN * n + RUN : slots
  const endB = RUN * m + RUN < slots ? RUN * m + RUN : slots
  let count = first
  for (let a = RUN * n; a < endA; a++) {
    for (let b = n === m ? a + 1 : RUN * m; b < endB; b++) {
      if (!overlap(box + a * 48, box + b * 48)) continue
      if (b === a + 1 && readInt(rods + a * 4) === readInt(rods + b * 4)) continue
      if (count === room) return -1
      writeInt(listed + count * 8, a)
      writeInt(listed + count * 8 + 4, b)
      count++
    }
  }
  return count
}

/** Boxes of the ways of segments, with `by` more: low x y z, high x y z; empty where a slot holds no segment. */
function encloseSegments(r: Ptr, from: I, end: I, by: D): void {
  const low: Ptr = readInt(r + LOW)
  const high: Ptr = readInt(r + HIGH)
  const box: Ptr = readInt(r + BOX)
  const room = readInt(r + SLOT_ROOM)
  for (let s = from; s < end; s++) {
    const none = s < room && isEnd(r, s) === 1
    for (let a: I = 0; a < 24; a += 8) {
      const i = s * 24 + a
      writeDouble(box + s * 48 + a, none ? Infinity : Math.min(readDouble(low + i), readDouble(low + i + 24)) - by)
      writeDouble(
        box + s * 48 + a + 24,
        none ? -Infinity : Math.max(readDouble(high + i), readDouble(high + i + 24)) + by,
      )
    }
  }
}

function encloseRun(r: Ptr, n: I, slots: I): void {
  const box: Ptr = readInt(r + BOX)
  const run: Ptr = readInt(r + RUNS) + n * 48
  const end = RUN * n + RUN < slots ? RUN * n + RUN : slots
  for (let a: I = 0; a < 24; a += 8) {
    let low: D = Infinity
    let high: D = -Infinity
    for (let s = RUN * n; s < end; s++) {
      low = Math.min(low, readDouble(box + s * 48 + a))
      high = Math.max(high, readDouble(box + s * 48 + a + 24))
    }
    writeDouble(run + a, low)
    writeDouble(run + a + 24, high)
  }
}

/** Keeps a pair of segments whose boxes meet; false when it does not fit. */
function pairSegments(r: Ptr, a: I, b: I): boolean {
  const rods: Ptr = readInt(r + ROD)
  const bare: Ptr = readInt(r + BARE)
  const sameRod = readInt(rods + a * 4) === readInt(rods + b * 4)
  if (sameRod && (readByte(bare + a) === 1 || readByte(bare + b) === 1)) return true
  return keep(r, a, b, sameRod && b - a <= RUN ? gapAlong(readInt(r + CHECKED), a, b) : -1)
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
