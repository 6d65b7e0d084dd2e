/**
 * Contact of instruments with tissue: capsules against the free faces; kernel source, see `scalars.ts`. Pairs are found
 * once a tick around what each capsule sweeps, nearest first, out of lists that last for some ticks (`capsulefaces.ts`). A
 * distance can only have changed by what tool and tissue moved since, so in a substep only the first pairs are looked at.
 */

import {
  areNearKnown,
  CAPSULE_BYTES,
  copyEnds,
  ENDS,
  LAST,
  listNear,
  measure,
  RADIUS,
  reachOf,
  SLACK,
  sweep,
  TOOL,
} from './capsulefaces.ts'
import {
  BOUND,
  DRIFT,
  FASTEST,
  HIT,
  NEAR_ENDS,
  NEAR_FACES,
  NEAR_FARS,
  NEAR_STARTS,
  POSITION,
  QUERY,
  ROOMS,
  ROWS,
  SWAYS,
  TOOL_BASE,
  TOOL_DRIFT,
  TOOL_ENDS,
  TOOL_FARS,
  TOOL_PAIR_ROOM,
  TOOL_PAIRS,
  TOOL_POINT_COUNT,
  TOOL_POINTS,
  TOOL_STARTS,
  TRIANGLES,
} from './contacttable.ts'
import { gap2 } from './faceballs.ts'
import {
  type D,
  type I,
  type Ptr,
  readByte,
  readDouble,
  readInt,
  readSingle,
  times,
  writeDouble,
  writeInt,
  writeSingle,
} from './scalars.ts'
import { crosses, gapSquare, share, weightA, weightB, weightC } from './segmenttriangle.ts'

/** How far tissue may come nearer in a tick beyond its speed, and in all, m. */
const REACH: D = 0.002
const FARTHEST: D = 0.006
/**
 * Lists the faces that capsules may meet in this tick, and notes the room of capsules; returns how many pairs there are, or
 * −1 when they do not fit. @param tickS length of a tick, s
 */
export function findToolPairs(c: Ptr, faces: I, capsules: I, tickS: D): I {
  const comes = Math.min(FARTHEST, REACH + readDouble(c + FASTEST) * tickS)
  if (!areNearKnown(c, capsules, comes) && !listNear(c, faces, capsules, comes)) return -1
  const drift = readDouble(c + DRIFT)
  const starts: Ptr = readInt(c + TOOL_STARTS)
  const nearStarts: Ptr = readInt(c + NEAR_STARTS)
  const position: Ptr = readInt(c + POSITION)
  let count: I = 0
  for (let n: I = 0; n < capsules; n++) {
    const row: Ptr = readInt(c + ROWS) + n * CAPSULE_BYTES
    if (n > 0 && isSame(row - CAPSULE_BYTES, row)) {
      count = repeatPairs(c, n, count)
      if (count < 0) return -1
      continue
    }
    const reach = reachOf(row, comes)
    const swept = sweep(readInt(c + NEAR_ENDS) + n * ENDS, row)
    const least = reach + drift + swept + SLACK
    // Nothing moved since distances were measured for the list.
    const known = drift + swept === 0
    const first = count
    writeInt(starts + n * 4, first)
    const end = readInt(nearStarts + (n + 1) * 4)
    for (let e = readInt(nearStarts + n * 4); e < end; e++) {
      const f = readInt(readInt(c + NEAR_FACES) + e * 4)
      if (readDouble(readInt(c + NEAR_FARS) + e * 8) > least || isHeld(c, row, f)) continue
      let far = readDouble(readInt(c + NEAR_FARS) + e * 8)
      if (!known) {
        measure(c, position, row, f)
        far = Math.sqrt(gapSquare)
      }
      if (far > reach) continue
      if (count === readInt(c + TOOL_PAIR_ROOM)) return -1
      enter(c, count, n, f, far)
      count++
    }
    sort(c, first, count - first)
    const nearest = count > first ? readDouble(readInt(c + TOOL_FARS) + first * 8) : Infinity
    writeDouble(readInt(c + ROOMS) + n * 8, Math.max(readDouble(row + RADIUS), nearest))
  }
  writeInt(starts + capsules * 4, count)
  notePlaces(c, count, capsules)
  return count
}

/** Enters the pairs of the capsule before once more for capsule `n`; returns how many there are then, or −1 when they do not fit. */
function repeatPairs(c: Ptr, n: I, count: I): I {
  const starts: Ptr = readInt(c + TOOL_STARTS)
  const rooms: Ptr = readInt(c + ROOMS)
  const from = readInt(starts + (n - 1) * 4)
  if (count * 2 - from > readInt(c + TOOL_PAIR_ROOM)) return -1
  writeInt(starts + n * 4, count)
  for (let e = from; e < count; e++) {
    const f = readInt(readInt(c + TOOL_PAIRS) + e * 8 + 4)
    enter(c, count + e - from, n, f, readDouble(readInt(c + TOOL_FARS) + e * 8))
  }
  writeDouble(rooms + n * 8, readDouble(rooms + (n - 1) * 8))
  return count * 2 - from
}

/** Whether two capsules are one: jaws that are closed. */
function isSame(row: Ptr, other: Ptr): boolean {
  for (let e: I = 0; e < ENDS; e += 8) {
    if (readDouble(row + e) !== readDouble(other + e)) return false
    if (readDouble(row + LAST + e) !== readDouble(other + LAST + e)) return false
  }
  return readDouble(row + RADIUS) === readDouble(other + RADIUS) && readDouble(row + TOOL) === readDouble(other + TOOL)
}

/** Whether the tool holds a face: jaws do not push away what they hold. */
function isHeld(c: Ptr, row: Ptr, f: I): boolean {
  const face: Ptr = readInt(c + TRIANGLES) + f * 12
  const bound: Ptr = readInt(c + BOUND)
  const own = readDouble(row + TOOL) + 1
  return (
    readByte(bound + readInt(face)) === own ||
    readByte(bound + readInt(face + 4)) === own ||
    readByte(bound + readInt(face + 8)) === own
  )
}

function enter(c: Ptr, at: I, capsule: I, f: I, far: D): void {
  writeInt(readInt(c + TOOL_PAIRS) + at * 8, capsule)
  writeInt(readInt(c + TOOL_PAIRS) + at * 8 + 4, f)
  writeDouble(readInt(c + TOOL_FARS) + at * 8, far)
}

/**
 * Puts the pairs of a capsule in order: the nearer face comes first, of those as near the one of the lower number. By
 * Shell's method (doi:10.1145/368370.368387): a tool that flies meets thousands.
 */
function sort(c: Ptr, first: I, count: I): void {
  const faces: Ptr = readInt(c + TOOL_PAIRS) + first * 8 + 4
  const fars: Ptr = readInt(c + TOOL_FARS) + first * 8
  let gap: I = count
  while (gap > 1) {
    gap = (times(gap, 3) >> 3) | 1
    const step: I = gap * 8
    for (let n: I = gap; n < count; n++) {
      const f = readInt(faces + n * 8)
      const far = readDouble(fars + n * 8)
      let slot: I = n * 8
      while (slot >= step) {
        const before = readDouble(fars + slot - step)
        if (before < far || (before === far && readInt(faces + slot - step) < f)) break
        writeDouble(fars + slot, before)
        writeInt(faces + slot, readInt(faces + slot - step))
        slot -= step
      }
      writeInt(faces + slot, f)
      writeDouble(fars + slot, far)
    }
  }
}

/** Notes where the capsules and the particles of all pairs are. */
function notePlaces(c: Ptr, count: I, capsules: I): void {
  const position: Ptr = readInt(c + POSITION)
  const base: Ptr = readInt(c + TOOL_BASE)
  for (let n: I = 0; n < capsules; n++)
    copyEnds(readInt(c + ROWS) + n * CAPSULE_BYTES, readInt(c + TOOL_ENDS) + n * ENDS)
  const stamp = readInt(c + QUERY) + 1
  writeInt(c + QUERY, stamp)
  let points: I = 0
  for (let n: I = 0; n < count; n++) {
    const face: Ptr = readInt(c + TRIANGLES) + readInt(readInt(c + TOOL_PAIRS) + n * 8 + 4) * 12
    for (let k: I = 0; k < 12; k += 4) {
      const p = readInt(face + k)
      const was: Ptr = base + p * 16
      if (readInt(was + 12) === stamp) continue
      writeInt(was + 12, stamp)
      const at: Ptr = position + p * 16
      writeSingle(was, readSingle(at))
      writeSingle(was + 4, readSingle(at + 4))
      writeSingle(was + 8, readSingle(at + 8))
      writeInt(readInt(c + TOOL_POINTS) + points * 4, p)
      points++
    }
  }
  writeInt(c + TOOL_POINT_COUNT, points)
}

/** Begins a substep: measures how far capsules and particles have moved since the tick began. */
export function openTouches(c: Ptr, capsules: I): void {
  for (let n: I = 0; n < capsules; n++) {
    const row: Ptr = readInt(c + ROWS) + n * CAPSULE_BYTES
    writeDouble(readInt(c + SWAYS) + n * 8, sweep(readInt(c + TOOL_ENDS) + n * ENDS, row))
    writeDouble(readInt(c + ROOMS) + n * 8, Infinity)
  }
  writeDouble(c + TOOL_DRIFT, 0)
  noteDrift(c, readInt(c + TOOL_POINTS), readInt(c + TOOL_POINT_COUNT))
}

/** Takes into account how far the particles listed at `points` have moved since the tick began. */
function noteDrift(c: Ptr, points: Ptr, count: I): void {
  const position: Ptr = readInt(c + POSITION)
  const base: Ptr = readInt(c + TOOL_BASE)
  let most: D = 0
  for (let n: I = 0; n < count; n++) {
    const at = readInt(points + n * 4) * 16
    const was: Ptr = base + at
    most = Math.max(most, gap2(position + at, readSingle(was), readSingle(was + 4), readSingle(was + 8)))
  }
  writeDouble(c + TOOL_DRIFT, Math.max(readDouble(c + TOOL_DRIFT), Math.sqrt(most)))
}

/**
 * The first pair after number `last` (−1 for none) that touches, or `count`; what is found there is left at HIT: share along
 * the axis, weights of the corners, distance, m, and 1 where they cross. `last` itself was parted meanwhile. On the way,
 * notes the room of capsules.
 */
export function nextTouch(c: Ptr, last: I, count: I): I {
  const pairs: Ptr = readInt(c + TOOL_PAIRS)
  const fars: Ptr = readInt(c + TOOL_FARS)
  const starts: Ptr = readInt(c + TOOL_STARTS)
  const rooms: Ptr = readInt(c + ROOMS)
  if (last >= 0) noteDrift(c, readInt(c + TRIANGLES) + readInt(pairs + last * 8 + 4) * 12, 3)
  const drift = readDouble(c + TOOL_DRIFT) + SLACK
  let n = last + 1
  while (n < count) {
    const capsule = readInt(pairs + n * 8)
    const row: Ptr = readInt(c + ROWS) + capsule * CAPSULE_BYTES
    const radius = readDouble(row + RADIUS)
    const room = readDouble(rooms + capsule * 8)
    const least = readDouble(fars + n * 8) - drift - readDouble(readInt(c + SWAYS) + capsule * 8)
    if (least >= Math.max(radius, room)) {
      // No other of this capsule is nearer.
      n = readInt(starts + (capsule + 1) * 4)
      continue
    }
    measure(c, readInt(c + POSITION), row, readInt(pairs + n * 8 + 4))
    const far = Math.sqrt(gapSquare)
    if (far < radius) {
      if (radius < room) writeDouble(rooms + capsule * 8, radius)
      writeHit(readInt(c + HIT), far)
      return n
    }
    if (far < room) writeDouble(rooms + capsule * 8, far)
    n++
  }
  return count
}

function writeHit(hit: Ptr, far: D): void {
  writeDouble(hit, share)
  writeDouble(hit + 8, weightA)
  writeDouble(hit + 16, weightB)
  writeDouble(hit + 24, weightC)
  writeDouble(hit + 32, far)
  writeDouble(hit + 40, crosses ? 1 : 0)
}
