/**
 * What knot a thread holds. A throw of `winds` winds (an overhand knot about whatever the loop holds) is the torus knot
 * T(2, 2 winds + 1), and throws on top of each other are summands of one knot: thus the kind follows from the topology
 * of the thread alone, however it lies.
 *
 * What topology cannot tell: a square knot from the two sliding half hitches into which it capsizes (one strand straight:
 * see `post`), and a loop with a bight drawn through (a bow) from no knot, since the end draws it out.
 */
import { type GaussCode, gaussCode, summands } from './gauss.ts'
import { equal, jones, type Laurent, multiply, torusCode } from './jones.ts'
import { openCurve, straighten } from './reduce.ts'
import { ROEDERS } from './roeder.ts'

/** One throw: its winds (2 in a surgeon's first throw) and its hand (1 right). */
export type Throw = {
  readonly winds: number
  readonly hand: 1 | -1
  /** Vertices of the thread, first strand and second strand. */
  readonly from: number
  readonly to: number
  /** The strand that runs straight while the other winds about it and slides along it; undefined when both wind. */
  readonly post: 'first' | 'second' | undefined
}

export const KNOTS = [
  /** Nothing that a pull at the ends would not draw out. */
  'none',
  /** One throw of one wind. */
  'overhand',
  /** One throw of several winds. */
  'double-throw',
  /** Each throw against the one before. */
  'square',
  /** First throw of several winds, then each against the one before. */
  'surgeon',
  /** Two or more throws of which two neighbours have the same hand. */
  'granny',
  /** Two or more throws, all sliding along one straight strand. */
  'half-hitches',
  /** Knotted, but none of these. */
  'other',
  /** A half hitch, winds about both strands and a half hitch that locks them (its winds are one throw), and throws on top. */
  'roeder',
] as const

export type KnotKind = (typeof KNOTS)[number]

export type Knot = {
  readonly kind: KnotKind
  /** Innermost (first tied) first; empty for 'none' and 'other'. */
  readonly throws: readonly Throw[]
  /** Vertices between which the innermost loop lies; undefined for 'none' and 'other'. */
  readonly loop: readonly [from: number, to: number] | undefined
  /** Crossings of the simplest view. */
  readonly crossings: number
}

/** Recognises the knot of an open thread: x y z of its vertices, from end to end. Takes about a millisecond, two for a Roeder knot. */
export function recogniseKnot(points: ArrayLike<number>): Knot {
  const curve = openCurve(points)
  straighten(curve)
  const code = gaussCode(curve)
  const throws: Throw[] = []
  let knotted = false
  let sliding: GaussCode | undefined
  for (const part of summands(code)) {
    const polynomial = jones(part)
    const roeder = polynomial && ROEDERS.find((known) => equal(known.polynomial, polynomial))
    const wound = roeder ? [roeder] : polynomial && throwsOf(polynomial)
    if (roeder) sliding = part
    if (wound === undefined) knotted = true
    for (const { winds, hand } of wound ?? []) {
      throws.push({ winds, hand, ...extent(part), post: postOf(points, part) })
    }
  }
  const crossings = code.length / 2
  if (knotted) return { kind: 'other', throws: [], loop: undefined, crossings }
  if (sliding) return { kind: 'roeder', throws, loop: longest(sliding), crossings }
  return { kind: kindOf(throws), throws, loop: throws.length > 0 ? loopOf(code) : undefined, crossings }
}

function kindOf(throws: readonly Throw[]): KnotKind {
  if (throws.length === 0) return 'none'
  if (throws.length === 1) return throws[0]!.winds === 1 ? 'overhand' : 'double-throw'
  const { post } = throws[0]!
  if (post !== undefined && throws.every((t) => t.post === post)) return 'half-hitches'
  if (throws.some((t, i) => i > 0 && t.hand === throws[i - 1]!.hand)) return 'granny'
  return throws[0]!.winds > 1 ? 'surgeon' : 'square'
}

type Wound = { readonly winds: number; readonly hand: 1 | -1 }

/**
 * Single throws up to four winds, and what two and three of them together look like when they cannot be parted: which was
 * tied first is then not known, and the one with most winds counts as that.
 */
const KNOWN: readonly { readonly throws: readonly Wound[]; readonly polynomial: Laurent }[] = (() => {
  const unknot = { throws: [] as Wound[], polynomial: new Map([[0, 1]]) as Laurent }
  const single = [1, 2, 3, 4].flatMap((winds) =>
    ([1, -1] as const).map((hand) => ({
      throws: [{ winds, hand }],
      polynomial: jones(torusCode(2 * winds + 1, hand))!,
    })),
  )
  const more = (given: typeof single) =>
    given.flatMap((a) =>
      single
        .filter((b) => rank(b.throws[0]!) <= rank(a.throws.at(-1)!))
        .map((b) => ({ throws: [...a.throws, ...b.throws], polynomial: multiply(a.polynomial, b.polynomial) })),
    )
  const double = more(single)
  return [unknot, ...single, ...double, ...more(double)]
})()

function rank({ winds, hand }: Wound): number {
  return 2 * winds + (hand > 0 ? 1 : 0)
}

function throwsOf(polynomial: Laurent): readonly Wound[] | undefined {
  return KNOWN.find((known) => equal(known.polynomial, polynomial))?.throws
}

function extent(part: GaussCode): { from: number; to: number } {
  return { from: part[0]!.at, to: part.at(-1)!.at }
}

/** Between the two strands of the innermost throw: what the thread is tied about. */
function loopOf(code: GaussCode): readonly [number, number] {
  const part = summands(code)[0]!
  return [part[part.length / 2 - 1]!.at, part[part.length / 2]!.at]
}

/** The longest stretch without a crossing: from where the post leaves a sliding knot to where it comes back. */
function longest(part: GaussCode): readonly [number, number] {
  let at = 1
  for (let i = 2; i < part.length; i++) if (gap(part, i) > gap(part, at)) at = i
  return [part[at - 1]!.at, part[at]!.at]
}

const gap = (part: GaussCode, i: number): number => part[i]!.at - part[i - 1]!.at

/** Chord over length of a strand above which it counts as straight, and below which the other winds. */
const STRAIGHT = 0.9
const WINDING = 0.7

function postOf(points: ArrayLike<number>, part: GaussCode): Throw['post'] {
  const middle = part.length / 2
  const first = straightness(points, part[0]!.at, part[middle - 1]!.at)
  const second = straightness(points, part[middle]!.at, part.at(-1)!.at)
  if (first > STRAIGHT && second < WINDING) return 'first'
  return second > STRAIGHT && first < WINDING ? 'second' : undefined
}

const PIECES = 10

/** Chord over length, by so many pieces that shaking counts little. */
function straightness(points: ArrayLike<number>, from: number, to: number): number {
  let length = 0
  for (let i = 0; i < PIECES; i++) {
    length += distance(points, from + ((to - from) * i) / PIECES, from + ((to - from) * (i + 1)) / PIECES)
  }
  return length > 0 ? distance(points, from, to) / length : 1
}

function distance(points: ArrayLike<number>, a: number, b: number): number {
  let sum = 0
  for (let axis = 0; axis < 3; axis++) {
    const d = along(points, b, axis) - along(points, a, axis)
    sum += d * d
  }
  return Math.sqrt(sum)
}

function along(points: ArrayLike<number>, at: number, axis: number): number {
  const i = Math.floor(at)
  const here = points[3 * i + axis]!
  return here + (at - i) * ((points[3 * i + 3 + axis] ?? here) - here)
}
