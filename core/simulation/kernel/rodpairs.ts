/**
 * Which segments may touch in this substep; kernel source, see `scalars.ts`. Pairs come in the order of their first and second
 * run and segment, so that the order of solving is the same everywhere.
 */
import { encloseSegments, isWithinBase, listPairs, overlap, RUN, RUN_BITS } from './rodlists.ts'
import { closestPoints, meet2 } from './rodmeeting.ts'
import {
  BARE,
  BOX,
  CHECKED,
  COUNTS,
  GRASPED,
  HIGH,
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
  SHEATHED,
  SLOT_COUNT,
  SLOT_ROOM,
  STARTS,
  WAY,
  X,
} from './rodtable.ts'
import { type D, type I, type Ptr, readByte, readDouble, readInt, writeDouble, writeInt } from './scalars.ts'

/** Room around each segment beyond its radius, m: what corrections may add to the motion that was foreseen. */
export const ROOM: D = 0.3e-3
/** Finds the pairs; false when there are more than there is room for. */
export function findPairs(r: Ptr): boolean {
  const slots = readInt(readInt(r + COUNTS) + SLOT_COUNT)
  const proxies = readInt(readInt(r + COUNTS) + PROXY_COUNT)
  const room = readInt(r + SLOT_ROOM)
  const box: Ptr = readInt(r + BOX)
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
      if (mayMeet(r, n, room + 2 * p, slots) && !pairProxy(r, n, room + 2 * p, slots)) return false
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

/** Keeps a pair of segments whose boxes meet; false when it does not fit. */
function pairSegments(r: Ptr, a: I, b: I): boolean {
  const rods: Ptr = readInt(r + ROD)
  const bare: Ptr = readInt(r + BARE)
  const sheathed: Ptr = readInt(r + SHEATHED)
  const sameRod = readInt(rods + a * 4) === readInt(rods + b * 4)
  if (sameRod && readByte(bare + a) + readByte(bare + b) + readByte(sheathed + a) + readByte(sheathed + b) > 0)
    return true
  return keep(r, a, b, sameRod && b - a <= RUN ? gapAlong(readInt(r + CHECKED), a, b) : -1)
}

/** Whether some segment of a run may meet a proxy in this substep: a ball about the run's box against the capsule. */
function mayMeet(r: Ptr, n: I, b: I, slots: I): boolean {
  const run: Ptr = readInt(r + RUNS) + n * 48
  if (!overlap(run, readInt(r + BOX) + b * 48)) return false
  const way: Ptr = readInt(r + WAY)
  const end = RUN * n + RUN < slots ? RUN * n + RUN : slots
  let most: D = 0
  for (let s = RUN * n; s <= end && s < slots; s++) most = Math.max(most, readDouble(way + s * 8))
  const x = 0.5 * (readDouble(run) + readDouble(run + 24))
  const y = 0.5 * (readDouble(run + 8) + readDouble(run + 32))
  const z = 0.5 * (readDouble(run + 16) + readDouble(run + 40))
  const wide = readDouble(run + 24) - x
  const high = readDouble(run + 32) - y
  const deep = readDouble(run + 40) - z
  // The box leaves more room than the segments' own, so that the ball stands for their surfaces.
  const ball = Math.sqrt(wide * wide + high * high + deep * deep)
  const near =
    ball +
    readDouble(readInt(r + RADIUS) + b * 8) +
    most +
    Math.max(readDouble(way + b * 8), readDouble(way + b * 8 + 8))
  return fromSegment2(readInt(r + CHECKED) + b * 24, x, y, z) <= near * near
}

/** Square of the distance of a point from the segment whose ends are at `at`, m². */
function fromSegment2(at: Ptr, x: D, y: D, z: D): D {
  const rx = x - readDouble(at)
  const ry = y - readDouble(at + 8)
  const rz = z - readDouble(at + 16)
  const ux = readDouble(at + 24) - readDouble(at)
  const uy = readDouble(at + 32) - readDouble(at + 8)
  const uz = readDouble(at + 40) - readDouble(at + 16)
  const share = (rx * ux + ry * uy + rz * uz) / (ux * ux + uy * uy + uz * uz + 1e-24)
  const s = Math.max(0, Math.min(1, share))
  const dx = rx - s * ux
  const dy = ry - s * uy
  const dz = rz - s * uz
  return dx * dx + dy * dy + dz * dz
}

function pairProxy(r: Ptr, n: I, b: I, slots: I): boolean {
  const box: Ptr = readInt(r + BOX)
  const grasped: Ptr = readInt(r + GRASPED)
  const end = RUN * n + RUN < slots ? RUN * n + RUN : slots
  for (let a = RUN * n; a < end; a++)
    if (readByte(grasped + a) === 0 && overlap(box + a * 48, box + b * 48) && !keep(r, a, b, -1)) return false
  return true
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
