/**
 * What a knot holds. Segments of a millimetre do not resolve how strands nip and flatten each other in a knot of half a
 * millimetre, and friction alone would decide by chance; so a knot that was drawn tight is *set*: it does not slip until
 * the load of its loop exceeds what such knots hold in the literature, then it gives way and slips by friction alone
 * until it is drawn tight and set again.
 */
import type { ThreadMemory } from '../memory.ts'
import { type Knot, type KnotKind, recogniseKnot } from './recognise.ts'

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
  granny: { base: 0.5, more: 0.2 },
  square: { base: 1, more: 0.2 },
  surgeon: { base: 1.1, more: 0.2 },
}

/** Load of a flat square knot of two throws, N, in thread of the radius below (USP 0). */
const SQUARE = 41
export const ROEDER = 15.8
const RADIUS = 0.1875e-3
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

/** A knot as `setKnot` found it: what it holds now that it is set, N, and the pull that set it; 0 where it is not drawn tight. */
export type DrawnKnot = Knot & { readonly holdsN: number; readonly pullN: number }

/**
 * Recognises the knot of a rod and sets it if it is drawn tight: when some pull comes through it. Not for every tick: it
 * takes about a millisecond.
 */
export function setKnot(t: ThreadMemory, rod: number): DrawnKnot {
  const first = t.first[rod]!
  const segments = t.segments[rod]!
  const knot = recogniseKnot(t.checked.subarray(3 * first, 3 * (first + segments + 1)))
  if (knot.loop === undefined) return { ...knot, holdsN: 0, pullN: 0 }
  const from = Math.min(...knot.throws.map((one) => one.from))
  const to = Math.max(...knot.throws.map((one) => one.to))
  const pullN = pullThrough(t, first, from, to)
  if (
    pullN < SETTING ||
    pullN * SNUG > meanTension(t, first + Math.ceil(knot.loop[0]), first + Math.floor(knot.loop[1]))
  )
    return { ...knot, holdsN: 0, pullN: 0 }
  const holdsN = holdingForce(knot.kind, knot.throws.length, t.radius[first + Math.floor(from)]!)
  setRange(t, first + Math.floor(from) - MARGIN, first + Math.ceil(knot.loop[0]) + MARGIN, holdsN)
  setRange(t, first + Math.floor(knot.loop[1]) - MARGIN, first + Math.ceil(to) + MARGIN, holdsN)
  return { ...knot, holdsN, pullN }
}

/** Sets the vertices of a knot that was made by construction (a ligating loop) to hold `load` newtons. */
export function setRange(t: ThreadMemory, from: number, to: number, load: number): void {
  for (let s = from; s <= to; s++) t.holding[s] = load
}

/** Places of crossings are known to about this many vertices. */
const MARGIN = 2

/** The lesser pull of the two strands that lead out of a knot. */
function pullThrough(t: ThreadMemory, first: number, from: number, to: number): number {
  const before = t.tension[first + Math.max(0, Math.floor(from) - MARGIN - 1)]!
  const after = t.tension[first + Math.ceil(to) + MARGIN + 1]!
  return before < after ? before : after
}

function meanTension(t: ThreadMemory, from: number, to: number): number {
  let sum = 0
  for (let s = from; s < to; s++) sum += t.tension[s]!
  return to > from ? sum / (to - from) : Infinity
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
  let to = t.first[rod]! + t.segments[rod]!
  while (to > from && t.holding[to] === 0) to--
  if (loopTension(t, from, to) <= t.holding[from]!) return false
  t.holding.fill(0, from, to + 1)
  return true
}

/** Mean tension between the two parts of a set knot; over the whole knot where its loop is too small to tell. */
function loopTension(t: ThreadMemory, from: number, to: number): number {
  let sum = 0
  let count = 0
  let all = 0
  for (let s = from; s < to; s++) {
    all += t.tension[s]!
    if (t.holding[s]! > 0) continue
    sum += t.tension[s]!
    count++
  }
  return count > 0 ? sum / count : all / (to - from)
}
