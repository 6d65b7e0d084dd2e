/**
 * Grasps on rods; kernel source, see `scalars.ts`. A held vertex goes where the hand wants it, unless the thread pulls
 * harder than the grasp bears.
 */
import {
  AXIAL,
  CHECKED,
  COUNTS,
  FIRST,
  GRASPED,
  HELD_SLOTS,
  LEADER,
  LENGTH,
  LIMIT,
  PACE,
  PULL,
  ROD,
  SEGMENTS,
  SHEATHED,
  SLOT_COUNT,
  STEEL,
  TARGET,
  TENSION,
  X,
} from './rodtable.ts'
import { type D, floorInt, type I, type Ptr, readByte, readDouble, readInt, writeByte, writeDouble } from './scalars.ts'

/** Most that a grasp moves in a substep, m: 2.5 m/s. */
export const STRIDE: D = 5e-3
/** Most that a thread draws a grasp along in a substep, m: 0.25 m/s. */
const SLIP: D = 2e-3
/** Share of the limit below which the hand feels nothing. */
const SLACK: D = 0.05
/** Share of the way to the limit that a grasp goes in a substep. */
const SHARE: D = 0.05
/** Least gain of stride from substep to substep: a hand does not jerk when a thread gives, m. */
const QUICKEN: D = 2e-6
/** Share of a new tension that a grasp feels in a substep. */
const FEEL: D = 0.5
/** Thread this near to a grasp along the rod is not pushed by instruments, m. */
const WITHIN: D = 6e-3

/** Moves the held vertices and marks the thread beside them. */
export function moveGrasps(r: Ptr): void {
  const slots = readInt(readInt(r + COUNTS) + SLOT_COUNT)
  const held: Ptr = readInt(r + HELD_SLOTS)
  for (let s: I = 0; s < slots; s++) writeByte(readInt(r + GRASPED) + s, readByte(readInt(r + SHEATHED) + s))
  for (let s: I = 0; s < slots; s++) {
    if (readByte(held + s) === 0) continue
    mark(r, s)
    const rod = readInt(readInt(r + ROD) + s * 4)
    const first = readInt(readInt(r + FIRST) + rod * 4)
    if (readByte(readInt(r + LEADER) + rod) === 0 || s > first + readInt(readInt(r + STEEL) + rod * 4)) moveVertex(r, s)
    else if (s === first) moveNeedle(r, rod)
  }
}

function moveVertex(r: Ptr, s: I): void {
  const tension: Ptr = readInt(r + TENSION) + s * 8
  const length: Ptr = readInt(r + LENGTH) + s * 8
  const before: D = s > 0 && readDouble(length - 8) > 0 ? readDouble(tension - 8) : -Infinity
  const after: D = readDouble(length) > 0 ? readDouble(tension) : -Infinity
  const pull = feel(r, s, Math.max(before, after))
  const stride = quicken(r, s, strideOf(r, s, pull))
  if (stride < 0) giveWay(r, s, before > after ? s - 1 : s + 1, -stride)
  else stepTo(r, s, s, stride)
}

/** Lets the hand feel a new tension; returns the pull that it feels, N. */
function feel(r: Ptr, s: I, tension: D): D {
  const at: Ptr = readInt(r + PULL) + s * 8
  const pull = readDouble(at) + FEEL * (tension - readDouble(at))
  writeDouble(at, pull)
  return pull
}

/** How far a hand goes in a substep that may go by `most`, m: it does not jerk. */
function quicken(r: Ptr, s: I, most: D): D {
  const pace: Ptr = readInt(r + PACE) + s * 8
  const stride = Math.min(most, 1.05 * readDouble(pace) + QUICKEN)
  writeDouble(pace, Math.max(0, stride))
  return stride
}

/** Moves vertices in one piece towards where the hand wants them, none by more than `stride` metres. */
function stepTo(r: Ptr, first: I, last: I, stride: D): void {
  const x: Ptr = readInt(r + X)
  const checked: Ptr = readInt(r + CHECKED)
  const target: Ptr = readInt(r + TARGET)
  let far2: D = 0
  for (let a = first * 24; a <= last * 24; a += 24) {
    const dx = readDouble(target + a) - readDouble(checked + a)
    const dy = readDouble(target + a + 8) - readDouble(checked + a + 8)
    const dz = readDouble(target + a + 16) - readDouble(checked + a + 16)
    far2 = Math.max(far2, dx * dx + dy * dy + dz * dz)
  }
  const share: D = far2 > stride * stride ? stride / Math.sqrt(far2) : 1
  for (let a = first * 24; a < last * 24 + 24; a += 8) {
    const from = readDouble(checked + a)
    writeDouble(x + a, from + share * (readDouble(target + a) - from))
  }
}

/** Moves a needle in one piece, no faster than its thread lets it at the swage. */
function moveNeedle(r: Ptr, rod: I): void {
  const first = readInt(readInt(r + FIRST) + rod * 4)
  const last = first + readInt(readInt(r + STEEL) + rod * 4)
  const pull = feel(
    r,
    last,
    readDouble(readInt(r + LENGTH) + last * 8) > 0 ? readDouble(readInt(r + TENSION) + last * 8) : 0,
  )
  stepTo(r, first, last, Math.max(0, quicken(r, last, strideOf(r, last, pull))))
}

/**
 * How far a grasp may go in a substep, m: freely while the thread is slack, by a share of what would stretch it up to
 * the limit when it is taut, and back (negative) beyond the limit.
 */
function strideOf(r: Ptr, s: I, pull: D): D {
  const limit = readDouble(readInt(r + LIMIT) + s * 8)
  if (pull < SLACK * limit) return STRIDE
  const rod = readInt(readInt(r + ROD) + s * 4)
  // a needle does not stretch
  const steel = readInt(readInt(r + STEEL) + rod * 4)
  const soft = readInt(readInt(r + FIRST) + rod * 4) + steel
  const segments: D = readInt(readInt(r + SEGMENTS) + rod * 4) - steel
  const span = readDouble(readInt(r + LENGTH) + soft * 8) * segments
  const by = (SHARE * (limit - pull) * span) / readDouble(readInt(r + AXIAL) + soft * 8)
  return by > STRIDE ? STRIDE : by < -SLIP ? -SLIP : by
}

/** The thread draws the vertex by `far` metres towards its neighbour `other`. */
function giveWay(r: Ptr, s: I, other: I, far: D): void {
  const from: Ptr = readInt(r + CHECKED) + s * 24
  const to: Ptr = readInt(r + CHECKED) + other * 24
  const x: Ptr = readInt(r + X) + s * 24
  const dx = readDouble(to) - readDouble(from)
  const dy = readDouble(to + 8) - readDouble(from + 8)
  const dz = readDouble(to + 16) - readDouble(from + 16)
  const by = far / Math.sqrt(dx * dx + dy * dy + dz * dz + 1e-18)
  writeDouble(x, readDouble(from) + by * dx)
  writeDouble(x + 8, readDouble(from + 8) + by * dy)
  writeDouble(x + 16, readDouble(from + 16) + by * dz)
}

function mark(r: Ptr, s: I): void {
  const rod = readInt(readInt(r + ROD) + s * 4)
  const first = readInt(readInt(r + FIRST) + rod * 4)
  const last = first + readInt(readInt(r + SEGMENTS) + rod * 4)
  const reach = floorInt(Math.ceil(WITHIN / readDouble(readInt(r + LENGTH) + (s === last ? s - 1 : s) * 8)))
  const from = s - reach < first ? first : s - reach
  const to = s + reach > last ? last : s + reach
  for (let v = from; v < to; v++) writeByte(readInt(r + GRASPED) + v, 1)
}
