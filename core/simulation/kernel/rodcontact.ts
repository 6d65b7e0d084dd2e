/**
 * Contact of rods with themselves, each other and instruments; kernel source, see `scalars.ts`. Position-based with Coulomb
 * friction (Müller et al. 2007, doi:10.1016/j.jvcir.2007.01.005; Macklin et al. 2014, doi:10.1145/2601097.2601152); a pair
 * whose segments passed through each other since they were last known to be apart is brought back to the side where it was,
 * so that knots keep their topology at any speed of the hand.
 */
import { solveBonds } from './rodbonds.ts'
import {
  closestPoints,
  meet2,
  meetingNormal,
  meetS,
  meetT,
  meetX,
  meetY,
  meetZ,
  passThrough,
  touchNormal,
} from './rodmeeting.ts'
import { ROOM, relativeMotion } from './rodpairs.ts'
import { moveBy } from './rodstretch.ts'
import {
  CHECKED,
  COUNTS,
  FRICTION,
  HIGH,
  LENGTH,
  LOW,
  PAIR_COUNT,
  PAIR_GAPS,
  PAIRS,
  RADIUS,
  ROD,
  SLOT_COUNT,
  SLOT_ROOM,
  STUCK,
  TOUCH,
  WEIGHT,
  X,
} from './rodtable.ts'
import {
  type D,
  type I,
  type Ptr,
  readByte,
  readDouble,
  readInt,
  roundSingle,
  writeByte,
  writeDouble,
} from './scalars.ts'

/** What a vertex did at its contacts: bits of `touch`. */
export const HELD: I = 1
const SLID: I = 2
/**
 * Friction of thread at rest on thread over friction in motion. Stands also for the nip that segments of a millimetre do
 * not resolve: threads flatten and bed into each other. Chosen so that a square knot of braid holds and a granny slips.
 */
const STATIC: D = 3

/** Squared gap below which its direction is noise, m². */
const TOUCHING: D = 1e-16

/** Unit vector from the second segment of a pair to the first, for `separate`. */
let nx: D = 0
let ny: D = 0
let nz: D = 0

/** Solves all pairs once, in their order. */
export function solveContacts(r: Ptr): void {
  solveBonds(r)
  const x: Ptr = readInt(r + X)
  const checked: Ptr = readInt(r + CHECKED)
  const radius: Ptr = readInt(r + RADIUS)
  const pairs: Ptr = readInt(r + PAIRS)
  const count = readInt(r + PAIR_COUNT)
  for (let n: I = 0; n < count; n++) {
    const a = readInt(pairs + n * 8)
    const b = readInt(pairs + n * 8 + 4)
    if (mayPass(r, n, a, b) && passThrough(checked, x, a, b)) {
      takeSide(checked, a, b)
      separate(r, a, b)
      continue
    }
    if (neighbours(r, a, b)) continue
    closestPoints(x, a, b)
    const thick = readDouble(radius + a * 8) + readDouble(radius + b * 8)
    if (meet2 >= thick * thick) continue
    if (meet2 > TOUCHING) {
      const length = 1 / Math.sqrt(meet2)
      nx = offset(x, a, b) * length
      ny = offset(x + 8, a, b) * length
      nz = offset(x + 16, a, b) * length
    } else {
      touchNormal(x, a, b)
      nx = meetX
      ny = meetY
      nz = meetZ
    }
    separate(r, a, b)
  }
}

/** The normal of a pair that passed, on the side where it was. */
function takeSide(checked: Ptr, a: I, b: I): void {
  meetingNormal(checked, a, b)
  nx = meetX
  ny = meetY
  nz = meetZ
}

/** Segments of one rod so near along it that bending may bring them within a diameter: they only may not pass. */
function neighbours(r: Ptr, a: I, b: I): boolean {
  const rods: Ptr = readInt(r + ROD)
  if (b >= readInt(r + SLOT_ROOM) || readInt(rods + a * 4) !== readInt(rods + b * 4)) return false
  const between: D = b - a - 1
  return between * readDouble(readInt(r + LENGTH) + a * 8 + 8) < 4 * readDouble(readInt(r + RADIUS) + a * 8)
}

/** Did the pair move far enough against each other to have met? */
function mayPass(r: Ptr, n: I, a: I, b: I): boolean {
  const gap = readDouble(readInt(r + PAIR_GAPS) + n * 8)
  return relativeMotion(readInt(r + CHECKED), readInt(r + X), a, b) >= gap * gap * 0.999
}

/** How far the point found of segment `a` is from that of `b` along an axis, whose coordinates are at `x`. */
// @inline
function offset(x: Ptr, a: I, b: I): D {
  const i: Ptr = x + a * 24
  const j: Ptr = x + b * 24
  const p = (1 - meetS) * readDouble(i) + meetS * readDouble(i + 24)
  const q = (1 - meetT) * readDouble(j) + meetT * readDouble(j + 24)
  return p - q
}

/** Brings the points found of a pair to the distance of touch along the normal, with friction. */
function separate(r: Ptr, a: I, b: I): void {
  const x: Ptr = readInt(r + X)
  const checked: Ptr = readInt(r + CHECKED)
  const weight: Ptr = readInt(r + WEIGHT)
  const radius: Ptr = readInt(r + RADIUS)
  const s = meetS
  const u = meetT
  const a0 = readDouble(weight + a * 8) * (1 - s)
  const a1 = readDouble(weight + a * 8 + 8) * s
  const b0 = readDouble(weight + b * 8) * (1 - u)
  const b1 = readDouble(weight + b * 8 + 8) * u
  const sum = a0 * (1 - s) + a1 * s + b0 * (1 - u) + b1 * u
  if (!(sum > 0)) return
  const dx = offset(x, a, b)
  const dy = offset(x + 8, a, b)
  const dz = offset(x + 16, a, b)
  const along = dx * nx + dy * ny + dz * nz
  const depth = readDouble(radius + a * 8) + readDouble(radius + b * 8) - along
  if (!(depth > 0)) return
  // slip of the two points against each other in this substep
  const sx = dx - offset(checked, a, b)
  const sy = dy - offset(checked + 8, a, b)
  const sz = dz - offset(checked + 16, a, b)
  const sn = sx * nx + sy * ny + sz * nz
  const tx = sx - sn * nx
  const ty = sy - sn * ny
  const tz = sz - sn * nz
  const slip = Math.sqrt(tx * tx + ty * ty + tz * tz)
  const friction = frictionOf(r, a, b)
  const slides = slip > friction * depth
  const grip: D = slides ? (friction * depth) / slip : 1
  const did = slides ? SLID : HELD
  const px = (depth * nx - grip * tx) / sum
  const py = (depth * ny - grip * ty) / sum
  const pz = (depth * nz - grip * tz) / sum
  const touch: Ptr = readInt(r + TOUCH)
  note(touch + a, did)
  note(touch + a + 1, did)
  moveBy(x + a * 24, a0, px, py, pz)
  moveBy(x + a * 24 + 24, a1, px, py, pz)
  if (b < readInt(r + SLOT_ROOM)) {
    note(touch + b, did)
    note(touch + b + 1, did)
  }
  moveBy(x + b * 24, -b0, px, py, pz)
  moveBy(x + b * 24 + 24, -b1, px, py, pz)
}

function note(touch: Ptr, did: I): void {
  writeByte(touch, readByte(touch) | did)
}

/** Friction of a pair: higher while threads that touch do not slip. */
function frictionOf(r: Ptr, a: I, b: I): D {
  const each: Ptr = readInt(r + FRICTION)
  const friction = Math.sqrt(readDouble(each + a * 8) * readDouble(each + b * 8))
  if (b >= readInt(r + SLOT_ROOM)) return friction
  const stuck: Ptr = readInt(r + STUCK)
  const both = readByte(stuck + a) + readByte(stuck + a + 1) > 0 && readByte(stuck + b) + readByte(stuck + b + 1) > 0
  return both ? friction * STATIC : friction
}

/** Rounds that try to undo a pass by pushing before vertices are put back to where they were. */
const PUSHES: I = 6
const ROUNDS: I = 40

/**
 * The last word of a substep: positions rounded as they are stored, and no pair passed through. What pushing cannot
 * settle stays where it last was. Returns the number of pairs that passed nevertheless (0 unless instruments leave a
 * thread no room).
 */
export function guard(r: Ptr): I {
  const x: Ptr = readInt(r + X)
  const checked: Ptr = readInt(r + CHECKED)
  const pairs: Ptr = readInt(r + PAIRS)
  const slots = readInt(readInt(r + COUNTS) + SLOT_COUNT)
  const count = readInt(r + PAIR_COUNT)
  for (let s: I = 0; s < slots; s++) settle(r, s)
  let passed: I = 0
  for (let round: I = 0; round < ROUNDS; round++) {
    passed = 0
    for (let n: I = 0; n < count; n++) {
      const a = readInt(pairs + n * 8)
      const b = readInt(pairs + n * 8 + 4)
      if (!mayPass(r, n, a, b) || !passThrough(checked, x, a, b)) continue
      passed++
      if (round < PUSHES) {
        takeSide(checked, a, b)
        separate(r, a, b)
      } else {
        restore(r, a)
        restore(r, a + 1)
        if (b < slots) {
          restore(r, b)
          restore(r, b + 1)
        }
      }
      settle(r, a)
      settle(r, a + 1)
      if (b < slots) {
        settle(r, b)
        settle(r, b + 1)
      }
    }
    if (passed === 0) break
  }
  return passed
}

function restore(r: Ptr, v: I): void {
  if (readDouble(readInt(r + WEIGHT) + v * 8) === 0) return
  const x: Ptr = readInt(r + X) + v * 24
  const checked: Ptr = readInt(r + CHECKED) + v * 24
  for (let a: I = 0; a < 24; a += 8) writeDouble(x + a, readDouble(checked + a))
}

/** Keeps a vertex within the room in which pairs were looked for, rounded as it is stored. */
function settle(r: Ptr, v: I): void {
  const inset = readDouble(readInt(r + RADIUS) + v * 8) + INSET
  const low: Ptr = readInt(r + LOW) + v * 24
  const high: Ptr = readInt(r + HIGH) + v * 24
  const x: Ptr = readInt(r + X) + v * 24
  for (let a: I = 0; a < 24; a += 8) {
    const least = readDouble(low + a) + inset
    const most = readDouble(high + a) - inset
    const now = readDouble(x + a)
    const held = now < least ? least : now > most ? most : now
    // what is nearly nothing is nothing: processors are slow with denormal numbers
    writeDouble(x + a, held < 1e-12 && held > -1e-12 ? 0 : roundSingle(held))
  }
}

/** Is every vertex still within the room in which pairs were looked for? */
export function withinRoom(r: Ptr): boolean {
  const radius: Ptr = readInt(r + RADIUS)
  const low: Ptr = readInt(r + LOW)
  const high: Ptr = readInt(r + HIGH)
  const x: Ptr = readInt(r + X)
  const slots = readInt(readInt(r + COUNTS) + SLOT_COUNT)
  for (let s: I = 0; s < slots; s++) {
    const inset = readDouble(radius + s * 8) + INSET
    for (let a = s * 24; a < s * 24 + 24; a += 8) {
      const now = readDouble(x + a)
      if (now < readDouble(low + a) + inset || now > readDouble(high + a) - inset) return false
    }
  }
  return true
}

/** Part of the room of `rodpairs.ts` that a vertex may not use: two vertices together stay within it. */
const INSET: D = ROOM - 0.085e-3
