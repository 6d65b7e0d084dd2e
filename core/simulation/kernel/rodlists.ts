/**
 * Lists of pairs of segments that may become near, which last until a vertex has moved 0.8 mm (Verlet 1967,
 * doi:10.1103/PhysRev.159.98); kernel source, see `scalars.ts`. They are made with boxes about runs of eight segments first. (A
 * uniform hash over the segments took four times as long: thread lies mostly next to itself.)
 */
import {
  BASE_ENDS,
  BASE_HIGH,
  BASE_LOW,
  BASE_SLOTS,
  BOX,
  HIGH,
  LENGTH,
  LIST_ROOM,
  LISTED,
  LOW,
  ROD,
  RUNS,
  SLOT_ROOM,
  STARTS,
} from './rodtable.ts'
import { type D, type I, type Ptr, readByte, readDouble, readInt, writeByte, writeDouble, writeInt } from './scalars.ts'

/** Segments that share a box, as a power of two. */
export const RUN_BITS: I = 3
export const RUN: I = 8

/** How far vertices may leave their room before pairs are listed anew, m. */
const SPARE: D = 0.8e-3

/** Whether pairs that were listed are all that may be near now. */
export function isWithinBase(r: Ptr, slots: I): boolean {
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
export function listPairs(r: Ptr, slots: I): boolean {
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
    if (n !== m && !overlap(box + a * 48, readInt(r + RUNS) + m * 48)) continue
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
export function encloseSegments(r: Ptr, from: I, end: I, by: D): void {
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

/** Whether two boxes meet. */
// @inline
export function overlap(i: Ptr, j: Ptr): boolean {
  return (
    readDouble(i) <= readDouble(j + 24) &&
    readDouble(j) <= readDouble(i + 24) &&
    readDouble(i + 8) <= readDouble(j + 32) &&
    readDouble(j + 8) <= readDouble(i + 32) &&
    readDouble(i + 16) <= readDouble(j + 40) &&
    readDouble(j + 16) <= readDouble(i + 40)
  )
}
