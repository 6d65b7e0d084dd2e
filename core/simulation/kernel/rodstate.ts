/** What rods take from their particles and instruments in a substep, and what they leave; kernel source, see `scalars.ts`. */
import { HELD } from './rodcontact.ts'
import {
  CHECKED,
  COUNTS,
  FIRST,
  FRICTION,
  JAM,
  LENGTH,
  LIGHTNESS,
  MULTIPLIER,
  PARTICLE,
  POSITION,
  PROXIES,
  PROXY_COUNT,
  RADIUS,
  REACT,
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
const DRAG_S: D = 0.05
/** A jam hardens while contacts push more than this share of the radius in a substep, and softens below the second. */
const HARDEN: D = 0.1
const SOFTEN: D = 0.03
const SOFTER: D = 1.15
/** Half the share of the radius from which on a vertex is touched at all, and its jam then. */
const NOTHING: D = 5e-5
const TOUCHED: D = 0.01
/** A jammed vertex counts at most as this, kg. */
const HEAVIEST: D = 1
/** Share of a segment by which tension may move a vertex across the thread, inverted. */
const FIRM: D = 2
/** An instrument that moves farther than this in a substep was put elsewhere, m. */
const LEAP: D = 0.03
/** Bytes of a proxy. */
const PROXY: I = 64

/** Takes vertices from the particles that gravity and their speed moved, and instruments from where they are. */
export function gather(r: Ptr): void {
  const position: Ptr = readInt(r + POSITION)
  const particle: Ptr = readInt(r + PARTICLE)
  const x: Ptr = readInt(r + X)
  const slots = readInt(readInt(r + COUNTS) + SLOT_COUNT)
  for (let s: I = 0; s < slots; s++) {
    const p: Ptr = position + readInt(particle + s * 4) * 16
    for (let axis: I = 0; axis < 3; axis++) writeDouble(x + s * 24 + axis * 8, readSingle(p + axis * 4))
    const lightness = lightnessOf(r, s)
    writeDouble(readInt(r + LIGHTNESS) + s * 8, lightness)
    writeDouble(readInt(r + WEIGHT) + s * 8, readSingle(p + 12) * lightness)
    writeDouble(readInt(r + MULTIPLIER) + s * 8, 0)
    writeByte(readInt(r + TOUCH) + s, 0)
  }
  const proxies = readInt(readInt(r + COUNTS) + PROXY_COUNT)
  for (let p: I = 0; p < proxies; p++) gatherProxy(r, p)
  const rods = readInt(readInt(r + COUNTS) + ROD_COUNT)
  for (let i: I = 0; i < rods * 24; i += 8) writeDouble(readInt(r + REACT) + i, 0)
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

/** Share of a vertex's lightness that the solver reckons with. */
function lightnessOf(r: Ptr, s: I): D {
  return 1 / (1 + Math.max(jamAround(r, s), readDouble(readInt(r + TAUT) + s * 8)))
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

export function slowDown(r: Ptr, h: D): void {
  const weight: Ptr = readInt(r + WEIGHT)
  const lightnesses: Ptr = readInt(r + LIGHTNESS)
  const jam: Ptr = readInt(r + JAM)
  const x: Ptr = readInt(r + X)
  const checked: Ptr = readInt(r + CHECKED)
  const wents: Ptr = readInt(r + WENT)
  const surface: Ptr = readInt(r + SURFACE)
  const keep = DRAG_S / (DRAG_S + h)
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

/** Writes where rods are to the particles, and finds what the next substep reckons with. */
export function scatter(r: Ptr, h: D): void {
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
  for (let s: I = 0; s < slots; s++) keepMomentum(r, s)
  const from = readInt(r + SLOT_ROOM) * 24
  copy(x + from, checked + from, 48 * readInt(counts + PROXY_COUNT))
}

/** So far a vertex may still go in a substep that got heavier, m: 0.5 m/s in one of 2 ms, faster than thread is handled. */
const CALM: D = 1e-3

/** What counts as heavier from now on goes slower, if it is fast: speed that it got while it was light would be energy from nowhere. */
function keepMomentum(r: Ptr, s: I): void {
  const went: Ptr = readInt(r + WENT) + s * 24
  let far2: D = 0
  for (let a: Ptr = went; a < went + 24; a += 8) far2 += readDouble(a) * readDouble(a)
  if (far2 <= CALM * CALM) return
  const before = readDouble(readInt(r + LIGHTNESS) + s * 8)
  const after = lightnessOf(r, s)
  if (after >= before) return
  const share = Math.max(after / before, CALM / Math.sqrt(far2))
  for (let a: Ptr = went; a < went + 24; a += 8) writeDouble(a, readDouble(a) * share)
}

/** Jams a vertex by how far contact moved it from where stretch wanted it, up to `most`. */
function harden(r: Ptr, s: I, most: D): void {
  const x: Ptr = readInt(r + X) + s * 24
  const wanted: Ptr = readInt(r + WANTED) + s * 24
  const at: Ptr = readInt(r + JAM) + s * 8
  const dx = readDouble(x) - readDouble(wanted)
  const dy = readDouble(x + 8) - readDouble(wanted + 8)
  const dz = readDouble(x + 16) - readDouble(wanted + 16)
  const squared = dx * dx + dy * dy + dz * dz
  const radius = readDouble(readInt(r + RADIUS) + s * 8)
  let jam = readDouble(at)
  if (jam === 0 && squared < NOTHING * NOTHING * radius * radius) return
  const share = Math.sqrt(squared) / radius
  if (share > HARDEN) {
    const harder = (jam + 1) * (share > 5 * HARDEN ? 5 : share / HARDEN)
    jam = harder > most ? most : harder
  } else if (share < SOFTEN) jam = jam < 0.5 * TOUCHED ? 0 : jam / SOFTER
  if (share > 2 * NOTHING && jam < TOUCHED) jam = TOUCHED
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
    const most = Math.max(before, after)
    const now = readDouble(taut + s * 8)
    if (now === 0 && most <= 0) continue
    const length = readDouble(lengths + (s < last ? s : s - 1) * 8)
    const w = readSingle(position + readInt(particle + s * 4) * 16 + 12)
    const wanted = Math.min((FIRM * most * h * h * w) / length, w * HEAVIEST)
    const next = wanted > now ? Math.min(wanted, 3 * now + 1) : Math.max(wanted, now / 1.5)
    writeDouble(taut + s * 8, next < 1e-3 ? 0 : next)
  }
}

/** Copies doubles. */
export function copy(from: Ptr, to: Ptr, bytes: I): void {
  for (let i: I = 0; i < bytes; i += 8) writeDouble(to + i, readDouble(from + i))
}

// @inline
export function firstOf(r: Ptr, rod: I): I {
  return readInt(readInt(r + FIRST) + rod * 4)
}
// @inline
export function segmentsOf(r: Ptr, rod: I): I {
  return readInt(readInt(r + SEGMENTS) + rod * 4)
}
