/**
 * What a knot holds. Segments of a millimetre do not resolve how strands nip and flatten each other in a knot of half a
 * millimetre, and friction alone would decide by chance; so a knot that was drawn tight is *set*: it does not slip until
 * the load of its loop exceeds what such knots hold in the literature, then it gives way and slips by friction alone
 * until it is drawn tight and set again.
 */
import { BONDS } from '../../../kernel/rodbonds.ts'
import type { ThreadMemory } from '../memory.ts'
import { type Knot, type KnotKind, recogniseKnot } from './recognise.ts'

/** Load of a flat square knot of two throws, and of a Roeder knot, N, in thread of the radius below (USP 0). */
const SQUARE = 41
export const ROEDER = 15.8
const RADIUS = 0.1875e-3

/**
 * Holding force as a share of that of a flat square knot of two throws and its gain for each further throw. A flat square
 * knot held 41 N and a Roeder knot 15.8 N in the same comparison; granny, half hitches and single throws: estimates from
 * the order of security that all sources agree on (square > granny > sliding half hitches > single throw).
 */
const SHARE: Readonly<Record<KnotKind, { readonly base: number; readonly more: number }>> = {
  none: { base: 0, more: 0 },
  other: { base: 0, more: 0 },
  overhand: { base: 0.02, more: 0 },
  'double-throw': { base: 0.06, more: 0 },
  'half-hitches': { base: 0.25, more: 0.15 },
  roeder: { base: ROEDER / SQUARE, more: 0.2 },
  granny: { base: 0.5, more: 0.2 },
  square: { base: 1, more: 0.2 },
  surgeon: { base: 1.1, more: 0.2 },
}

/** Pull through a knot that sets it, N. */
export const SETTING = 2
/** Share of that pull that its loop bears, or the knot still runs down to what it is tied about (estimate). */
const SNUG = 0.1

/** Load in N up to which a knot in thread of that radius (m) holds; friction scales the contact, strength the section. */
export function holdingForce(kind: KnotKind, throws: number, radius: number): number {
  const { base, more } = SHARE[kind]
  const further = throws > 2 ? throws - 2 : 0
  const size = radius / RADIUS
  return SQUARE * (base + more * further) * size * size
}

/**
 * A knot as `setKnot` found it: what it holds now that it is set, N, and the pull that set it; 0 where it is not drawn tight.
 * One that runs still slides down its post.
 */
export type DrawnKnot = Knot & { readonly holdsN: number; readonly pullN: number; readonly runs: boolean }

/** The knot that a rod holds, set or not; vertices are counted from its first. */
export function knotAlong(t: ThreadMemory, rod: number): Knot {
  const from = 3 * t.first[rod]!
  return recogniseKnot(t.checked.subarray(from, from + 3 * (t.segments[rod]! + 1)))
}

/**
 * Recognises the knot of a rod and sets it if it is drawn tight: when some pull comes through it. Not for every tick: it
 * takes about a millisecond.
 */
export function setKnot(t: ThreadMemory, rod: number): DrawnKnot {
  const first = t.first[rod]!
  const segments = t.segments[rod]!
  const knot = knotAlong(t, rod)
  if (knot.throws.length === 0) return { ...knot, holdsN: 0, pullN: 0, runs: false }
  const from = first + Math.floor(Math.min(...knot.throws.map((one) => one.from))) - MARGIN
  const to = first + Math.ceil(Math.max(...knot.throws.map((one) => one.to))) + MARGIN
  const before = t.tension[Math.max(first, from - 1)]!
  const after = t.tension[to + 1]!
  const [low, high] = knot.loop!.map((at) => first + Math.floor(at)) as [number, number]
  const lesser = before < after ? before : after
  // what slides is drawn down by its post, which goes straight through it while the tail is wound about
  const post = low - from < to - high ? before : after
  const pullN = knot.kind === 'roeder' ? post : lesser
  const nipped = nippedIn(t, Math.max(first, from), Math.min(first + segments, to))
  const runs = knot.kind === 'roeder' && runsOn(t, rod, high - low)
  const isSet = !runs && pullN >= SETTING && isSnug(t, nipped, (low + high) >> 1, pullN * SNUG)
  if (isSet || knotOf(t, rod) < 0) t.loop.set([low, high], 2 * rod)
  if (!isSet) return { ...knot, holdsN: 0, pullN: 0, runs }
  const holdsN = holdingForce(knot.kind, knot.throws.length, t.radius[first]!)
  for (let s = first; s <= first + segments; s++) {
    t.holding[s] = holdsN * nipped[s]!
    t.bond.fill(0, BONDS * s, BONDS * (s + 1))
  }
  for (let s = from; s <= to; s++)
    for (let o = from; o <= to; o++) if (Math.abs(o - s) > SAME && nipped[s]! + nipped[o]! === 2) offer(t, s, o)
  return { ...knot, holdsN, pullN, runs }
}

/** Places of crossings are known to about this many vertices. */
const MARGIN = 2
/** Whether the loop of a sliding knot, of so many segments now, has grown smaller since the rod was looked at last. */
function runsOn(t: ThreadMemory, rod: number, segments: number): boolean {
  return segments < t.loop[2 * rod + 1]! - t.loop[2 * rod]! - MARGIN || t.loop[2 * rod + 1] === 0
}

/** Vertices so near along the thread are of the same strand. */
const SAME = 3
/** Strands nip each other where they are within so many radii, and half a segment. */
const NEAR = 3

/** For each slot 1 where it is a vertex between two others that lies at another strand between them: what nips the thread. */
function nippedIn(t: ThreadMemory, from: number, to: number): Uint8Array {
  const nipped = new Uint8Array(t.holding.length)
  const near = NEAR * t.radius[from]! + 0.5 * t.length[from]!
  for (let s = from; s <= to; s++)
    for (let o = s + SAME + 1; o <= to; o++)
      if (distance2(t.checked, s, o) < near * near) {
        nipped[s] = 1
        nipped[o] = 1
      }
  return nipped
}

/** Binds a vertex to another where that is nearer than one that it is bound to. */
function offer(t: ThreadMemory, s: number, o: number): void {
  let far = Math.max(2 * t.radius[s]!, Math.sqrt(distance2(t.checked, s, o)))
  let other = o + 1
  for (let n = BONDS * s; n < BONDS * (s + 1) && other > 0; n++) {
    if (t.bond[n]! > 0 && t.bondLength[n]! <= far) continue
    const [was, length] = [t.bond[n]!, t.bondLength[n]!]
    t.bond[n] = other
    t.bondLength[n] = far
    other = was
    far = length
  }
}

function distance2(x: Float64Array, a: number, b: number): number {
  let sum = 0
  for (let axis = 0; axis < 3; axis++)
    sum += (x[3 * a + axis]! - x[3 * b + axis]!) * (x[3 * a + axis]! - x[3 * b + axis]!)
  return sum
}

/** The vertex at which the set knot of a rod begins, −1 without one. */
export function knotOf(t: ThreadMemory, rod: number): number {
  const last = t.first[rod]! + t.segments[rod]!
  for (let s = t.first[rod]!; s < last; s++) if (t.holding[s]! > 0) return s
  return -1
}

/** Once a tick: lets the set knot of a rod go when its loop bears more than it holds. Whether it gave way. */
export function loosenKnot(t: ThreadMemory, rod: number): boolean {
  const from = knotOf(t, rod)
  if (from < 0) return false
  const last = t.first[rod]! + t.segments[rod]!
  // mostly nothing bears as much: then there is nothing to measure
  let most = 0
  let to = from
  for (let s = from; s < last; s++) {
    most = Math.max(most, t.tension[s]!)
    if (t.holding[s]! > 0) to = s
  }
  if (most <= t.holding[from]! || loopTension(t, rod, from, to) <= t.holding[from]!) return false
  t.holding.fill(0, from, last + 1)
  return true
}

/** Stretches of fewer segments are within the knot: what they bear comes and goes. */
const SHORT = 6

function meanTension(t: ThreadMemory, from: number, to: number): number {
  let sum = 0
  for (let s = from; s < to; s++) sum += t.tension[s]!
  return sum / (to - from)
}

/**
 * Whether a pull has drawn a knot down: all stretches between nipped vertices bear `least` newtons. A throw that is set
 * already keeps the pull from what the knot is tied about, which lies at slot `loop`.
 */
function isSnug(t: ThreadMemory, nipped: Uint8Array, loop: number, least: number): boolean {
  const set = knotOf(t, t.rod[loop]!) >= 0
  for (let s = nipped.indexOf(1), next = 0; s >= 0; s = next) {
    next = nipped.indexOf(1, s + 1)
    const isLoop = set && s <= loop && loop < next
    if (next - s >= SHORT && !isLoop && meanTension(t, s, next) < least) return false
  }
  return true
}

/** Mean tension in what a set knot is tied about; over the whole knot, slots `first` to `last`, where that is too short to tell. */
function loopTension(t: ThreadMemory, rod: number, first: number, last: number): number {
  const [from, to] = [t.loop[2 * rod]!, t.loop[2 * rod + 1]!]
  return to - from < SHORT ? meanTension(t, first, last) : meanTension(t, from, to)
}
