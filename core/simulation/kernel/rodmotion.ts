/**
 * One substep of all rods; kernel source, see `scalars.ts`. Between its parts hands move what they hold, and tracts hold
 * thread within tissue: see `tissue/thread/solve.ts`.
 */
import { solveBend } from './rodbend.ts'
import { guard, HELD, solveContacts, withinRoom } from './rodcontact.ts'
import { findPairs } from './rodpairs.ts'
import { isLong, limitStretch, measureMost, solveStretch } from './rodstretch.ts'
import {
  CHECKED,
  COUNTS,
  FIRST,
  FRICTION,
  JAM,
  KEPT,
  LENGTH,
  LIGHTNESS,
  MULTIPLIER,
  PAIR_COUNT,
  PARTICLE,
  POSITION,
  PROXIES,
  PROXY_COUNT,
  RADIUS,
  ROD_COUNT,
  SEGMENTS,
  SLOT_COUNT,
  SLOT_ROOM,
  STUCK,
  SURFACE,
  TAUT,
  TENSION,
  TOUCH,
  WANTED,
  WEIGHT,
  WENT,
  X,
} from './rodtable.ts'
import {
  type D,
  type I,
  type Ptr,
  readByte,
  readDouble,
  readInt,
  readSingle,
  writeByte,
  writeDouble,
  writeSingle,
} from './scalars.ts'

/** Time in which air and fluid take most of the speed of a thread, s. */
const DRAG: D = 0.05
/** Most often that contact may move vertices out of the room in which pairs were looked for, and they are looked for again. */
const ROUNDS: I = 3
/** A jam hardens while contacts push more than this share of the radius in a substep, and softens below the second. */
const HARDEN: D = 0.1
const SOFTEN: D = 0.03
const SOFTER: D = 1.15
/** Jam of a vertex that is touched at all. */
const TOUCHED: D = 0.01
/** A jammed vertex counts at most as this, kg. */
const HEAVIEST: D = 1
/** Share of a segment by which tension may move a vertex across the thread, inverted. */
const FIRM: D = 2
/** An instrument that moves farther than this in a substep was put elsewhere, m. */
const LEAP: D = 0.03
/** Bytes of a proxy. */
const PROXY: I = 64

/** The pairs of segments are more than there is room for. */
export const FULL_PAIRS: I = -1

/** Takes vertices from the particles that gravity and their speed moved, and instruments from where they are. */
export function gatherRods(r: Ptr): void {
  const position: Ptr = readInt(r + POSITION)
  const particle: Ptr = readInt(r + PARTICLE)
  const x: Ptr = readInt(r + X)
  const taut: Ptr = readInt(r + TAUT)
  const slots = readInt(readInt(r + COUNTS) + SLOT_COUNT)
  for (let s: I = 0; s < slots; s++) {
    const p: Ptr = position + readInt(particle + s * 4) * 16
    for (let axis: I = 0; axis < 3; axis++) writeDouble(x + s * 24 + axis * 8, readSingle(p + axis * 4))
    const lightness = 1 / (1 + Math.max(jamAround(r, s), readDouble(taut + s * 8)))
    writeDouble(readInt(r + LIGHTNESS) + s * 8, lightness)
    writeDouble(readInt(r + WEIGHT) + s * 8, readSingle(p + 12) * lightness)
    writeDouble(readInt(r + MULTIPLIER) + s * 8, 0)
    writeByte(readInt(r + TOUCH) + s, 0)
  }
  const proxies = readInt(readInt(r + COUNTS) + PROXY_COUNT)
  for (let p: I = 0; p < proxies; p++) gatherProxy(r, p)
}

function gatherProxy(r: Ptr, p: I): void {
  const from: Ptr = readInt(r + PROXIES) + p * PROXY
  const end: I = readInt(r + SLOT_ROOM) + 2 * p
  const x: Ptr = readInt(r + X) + end * 24
  const checked: Ptr = readInt(r + CHECKED) + end * 24
  let jump: D = 0
  for (let i: I = 0; i < 48; i += 8) {
    writeDouble(x + i, readDouble(from + i))
    const d = readDouble(x + i) - readDouble(checked + i)
    jump += d * d
  }
  // an instrument that comes into the field was nowhere before
  if (jump > LEAP * LEAP) for (let i: I = 0; i < 48; i += 8) writeDouble(checked + i, readDouble(x + i))
  for (let i: I = 0; i < 16; i += 8) {
    writeDouble(readInt(r + RADIUS) + end * 8 + i, readDouble(from + 48))
    writeDouble(readInt(r + FRICTION) + end * 8 + i, readDouble(from + 56))
  }
}

/** Largest jam of a vertex and its neighbours: a hard knot moves as one. */
function jamAround(r: Ptr, s: I): D {
  const jam: Ptr = readInt(r + JAM) + s * 8
  const length: Ptr = readInt(r + LENGTH) + s * 8
  const here = readDouble(jam)
  const before: D = s > 0 && readDouble(length - 8) > 0 ? readDouble(jam - 8) : 0
  const after: D = readDouble(length) > 0 ? readDouble(jam + 8) : 0
  return Math.max(here, Math.max(before, after))
}

/** Moves rods to where their own mechanics take them, and lists what may touch; returns how many pairs, or `FULL_PAIRS`. */
export function foreseeRods(r: Ptr, h: D): I {
  slowDown(r, h)
  const rods = readInt(readInt(r + COUNTS) + ROD_COUNT)
  for (let rod: I = 0; rod < rods; rod++) solveBend(r, firstOf(r, rod), segmentsOf(r, rod), h)
  stretchAll(r, h)
  return findPairs(r) ? readInt(r + PAIR_COUNT) : FULL_PAIRS
}

/** A pass of contact and stretch. */
export function passRods(r: Ptr, h: D): void {
  solveContacts(r)
  stretchAll(r, h)
  const slots = readInt(readInt(r + COUNTS) + SLOT_COUNT)
  copy(readInt(r + X), readInt(r + WANTED), slots * 24)
}

/**
 * Gives contact the last word, then length, then contact again, and writes the particles. Returns the number of pairs of
 * segments that passed through each other nevertheless (see `guard`), or `FULL_PAIRS`.
 */
export function settleRods(r: Ptr, h: D): I {
  const x: Ptr = readInt(r + X)
  const kept: Ptr = readInt(r + KEPT)
  const counts: Ptr = readInt(r + COUNTS)
  const rods = readInt(counts + ROD_COUNT)
  const bytes = readInt(counts + SLOT_COUNT) * 24
  for (let rod: I = 0; rod < rods; rod++) measureMost(r, firstOf(r, rod), segmentsOf(r, rod), h)
  if (!withinRoom(r) && !findPairs(r)) return FULL_PAIRS
  if (!part(r)) return FULL_PAIRS
  let passed = guard(r)
  for (let round: I = 0; round < ROUNDS && isAnyLong(r); round++) {
    copy(x, kept, bytes)
    for (let rod: I = 0; rod < rods; rod++) limitStretch(r, firstOf(r, rod), segmentsOf(r, rod))
    if (!withinRoom(r) && !findPairs(r)) return FULL_PAIRS
    if (!part(r)) return FULL_PAIRS
    const now = guard(r)
    if (now > passed) {
      // better too long than through another
      copy(kept, x, bytes)
      break
    }
    passed = now
  }
  scatter(r, h)
  return passed
}

// @inline
function firstOf(r: Ptr, rod: I): I {
  return readInt(readInt(r + FIRST) + rod * 4)
}
// @inline
function segmentsOf(r: Ptr, rod: I): I {
  return readInt(readInt(r + SEGMENTS) + rod * 4)
}

function copy(from: Ptr, to: Ptr, bytes: I): void {
  for (let i: I = 0; i < bytes; i += 8) writeDouble(to + i, readDouble(from + i))
}

function stretchAll(r: Ptr, h: D): void {
  const rods = readInt(readInt(r + COUNTS) + ROD_COUNT)
  for (let rod: I = 0; rod < rods; rod++) solveStretch(r, firstOf(r, rod), segmentsOf(r, rod), h)
}

/** Contact, until it leaves the vertices where pairs were looked for; false when these are too many. */
function part(r: Ptr): boolean {
  solveContacts(r)
  for (let round: I = 0; round < ROUNDS && !withinRoom(r); round++) {
    if (!findPairs(r)) return false
    solveContacts(r)
  }
  return true
}

function isAnyLong(r: Ptr): boolean {
  const rods = readInt(readInt(r + COUNTS) + ROD_COUNT)
  for (let rod: I = 0; rod < rods; rod++) if (isLong(r, firstOf(r, rod), segmentsOf(r, rod))) return true
  return false
}

function slowDown(r: Ptr, h: D): void {
  const weight: Ptr = readInt(r + WEIGHT)
  const lightnesses: Ptr = readInt(r + LIGHTNESS)
  const jam: Ptr = readInt(r + JAM)
  const x: Ptr = readInt(r + X)
  const checked: Ptr = readInt(r + CHECKED)
  const wents: Ptr = readInt(r + WENT)
  const surface: Ptr = readInt(r + SURFACE)
  const keep = DRAG / (DRAG + h)
  const slots = readInt(readInt(r + COUNTS) + SLOT_COUNT)
  for (let s: I = 0; s < slots; s++) {
    if (readDouble(weight + s * 8) === 0) continue
    // what is jammed has no momentum
    const share = readDouble(jam + s * 8) > 1 ? 0.5 * keep : keep
    // weight stays that of the true mass, whatever the solver reckons with
    const lightness = readDouble(lightnesses + s * 8)
    for (let a = s * 24; a < s * 24 + 24; a += 8) {
      const went = readDouble(wents + a)
      const at = readDouble(checked + a)
      const now = at + (went + (readDouble(x + a) - at - went) * lightness) * share + readDouble(surface + a)
      writeDouble(x + a, now)
    }
  }
}

function scatter(r: Ptr, h: D): void {
  const position: Ptr = readInt(r + POSITION)
  const particle: Ptr = readInt(r + PARTICLE)
  const x: Ptr = readInt(r + X)
  const checked: Ptr = readInt(r + CHECKED)
  const counts: Ptr = readInt(r + COUNTS)
  const slots = readInt(counts + SLOT_COUNT)
  for (let s: I = 0; s < slots; s++) {
    const p: Ptr = position + readInt(particle + s * 4) * 16
    for (let axis: I = 0; axis < 3; axis++) {
      const a = s * 24 + axis * 8
      const now = readDouble(x + a)
      writeSingle(p + axis * 4, now)
      writeDouble(readInt(r + WENT) + a, now - readDouble(checked + a))
      writeDouble(checked + a, now)
    }
    writeDouble(readInt(r + TENSION) + s * 8, -readDouble(readInt(r + MULTIPLIER) + s * 8) / (h * h))
    writeByte(readInt(r + STUCK) + s, readByte(readInt(r + TOUCH) + s) === HELD ? 1 : 0)
    harden(r, s, readSingle(p + 12) * HEAVIEST)
  }
  const rods = readInt(counts + ROD_COUNT)
  for (let rod: I = 0; rod < rods; rod++) tighten(r, firstOf(r, rod), segmentsOf(r, rod), h)
  const from = readInt(r + SLOT_ROOM) * 24
  copy(x + from, checked + from, 48 * readInt(counts + PROXY_COUNT))
}

/** Jams a vertex by how far contact moved it from where stretch wanted it, up to `most`. */
function harden(r: Ptr, s: I, most: D): void {
  const x: Ptr = readInt(r + X) + s * 24
  const wanted: Ptr = readInt(r + WANTED) + s * 24
  const at: Ptr = readInt(r + JAM) + s * 8
  const dx = readDouble(x) - readDouble(wanted)
  const dy = readDouble(x + 8) - readDouble(wanted + 8)
  const dz = readDouble(x + 16) - readDouble(wanted + 16)
  const share = Math.sqrt(dx * dx + dy * dy + dz * dz) / readDouble(readInt(r + RADIUS) + s * 8)
  let jam = readDouble(at)
  if (share > HARDEN) {
    const harder = (jam + 1) * (share > 5 * HARDEN ? 5 : share / HARDEN)
    jam = harder > most ? most : harder
  } else if (share < SOFTEN) jam = jam < 0.5 * TOUCHED ? 0 : jam / SOFTER
  if (share > 1e-4 && jam < TOUCHED) jam = TOUCHED
  writeDouble(at, jam)
}

/**
 * Taut vertices count as so heavy that a substep of their tension moves them by less than a segment across the thread:
 * the direct solve keeps the directions of the segments, which is stable only so far.
 */
function tighten(r: Ptr, first: I, segments: I, h: D): void {
  const position: Ptr = readInt(r + POSITION)
  const particle: Ptr = readInt(r + PARTICLE)
  const tension: Ptr = readInt(r + TENSION)
  const lengths: Ptr = readInt(r + LENGTH)
  const taut: Ptr = readInt(r + TAUT)
  const last = first + segments
  for (let s = first; s <= last; s++) {
    const before: D = s > first ? readDouble(tension + s * 8 - 8) : 0
    const after: D = s < last ? readDouble(tension + s * 8) : 0
    const length = readDouble(lengths + (s < last ? s : s - 1) * 8)
    const w = readSingle(position + readInt(particle + s * 4) * 16 + 12)
    const wanted = Math.min((FIRM * Math.max(before, after) * h * h * w) / length, w * HEAVIEST)
    const now = readDouble(taut + s * 8)
    const next = wanted > now ? Math.min(wanted, 3 * now + 1) : Math.max(wanted, now / 1.5)
    writeDouble(taut + s * 8, next < 1e-3 ? 0 : next)
  }
}
