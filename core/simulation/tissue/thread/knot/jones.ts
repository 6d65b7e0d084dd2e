/**
 * Jones polynomial of a Gauss code by the Kauffman bracket (Kauffman 1987, doi:10.1016/0040-9383(87)90009-7). The
 * polynomial is multiplicative over summands and tells the two hands of a knot apart, so that it tells square from
 * granny; among the knots of up to nine crossings it never takes another for a throw.
 *
 * Crossings are opened one after the other, and what has been opened is kept as the sum over the ways in which its loose
 * ends may be joined: the work grows with the strands that a cut through the knot meets, not with two to its crossings.
 */
import type { GaussCode } from './gauss.ts'

/** A Laurent polynomial in A: coefficient of each power; zero coefficients are left away. */
export type Laurent = ReadonlyMap<number, number>

/** Most crossings for which the polynomial is computed: a thread that is more of a tangle is no knot that anyone names. */
export const MOST_CROSSINGS = 32

/** Which loose ends are joined: the partner of each arc. */
type Joined = ReadonlyMap<number, number>

type Opened = { readonly joined: Joined; readonly sum: Laurent }

/** A pair of arcs that an opened crossing joins. */
type Pair = readonly [a: number, b: number]

/** Jones polynomial in A (t = A⁻⁴) of the curve, whose ends are joined far away, or undefined beyond `MOST_CROSSINGS`. */
export function jones(code: GaussCode): Laurent | undefined {
  const crossings = [...new Set(code.map((p) => p.crossing))]
  if (crossings.length > MOST_CROSSINGS) return undefined
  let sums = new Map<string, Opened>([['', { joined: new Map(), sum: new Map([[0, 1]]) }]])
  let writhe = 0
  for (const crossing of crossings) {
    const [p, q, r, s, sign] = around(code, crossing)
    writhe += sign
    const next = new Map<string, Opened>()
    for (const { joined, sum } of sums.values()) {
      open(next, joined, sum, 1, [p, q], [r, s])
      open(next, joined, sum, -1, [p, s], [q, r])
    }
    sums = next
  }
  const bracket = [...sums.values()][0]!.sum
  // times (−A³)^(−writhe)
  const odd = writhe % 2 === 0 ? 1 : -1
  return new Map([...bracket].map(([power, c]) => [power - 3 * writhe, odd * c]))
}

/** The four arcs at a crossing, anticlockwise from the one that comes in below, and its sign. Arc i leads into passage i. */
function around(code: GaussCode, crossing: number): readonly [number, number, number, number, number] {
  const over = code.findIndex((p) => p.crossing === crossing && p.over)
  const under = code.findIndex((p) => p.crossing === crossing && !p.over)
  const { sign } = code[under]!
  // seen along the lower strand, the upper one comes from the left at a right-handed crossing
  return sign > 0 ? [under, over + 1, under + 1, over, sign] : [under, over, under + 1, over + 1, sign]
}

/** Adds what a crossing becomes when its arcs are joined by two pairs: A to the `power` times −A² − A⁻² for each closed loop. */
function open(next: Map<string, Opened>, before: Joined, sum: Laurent, power: number, one: Pair, two: Pair): void {
  const joined = new Map(before)
  const loops = join(joined, one) + join(joined, two)
  let grown: Laurent = new Map([...sum].map(([at, c]) => [at + power, c]))
  for (let i = 0; i < loops; i++) grown = multiply(grown, LOOP)
  const name = [...joined].sort((a, b) => a[0] - b[0]).join(' ')
  const there = next.get(name)?.sum
  next.set(name, { joined, sum: there === undefined ? grown : add(there, grown) })
}

const LOOP: Laurent = new Map([
  [2, -1],
  [-2, -1],
])

/** Joins two arcs, each with what hangs on it already; 1 if that closes a loop. */
function join(joined: Map<number, number>, [a, b]: Pair): 0 | 1 {
  const farA = joined.get(a) ?? a
  if (a === b || farA === b) {
    joined.delete(a)
    joined.delete(b)
    return 1
  }
  const farB = joined.get(b) ?? b
  joined.delete(a)
  joined.delete(b)
  joined.set(farA, farB)
  joined.set(farB, farA)
  return 0
}

function add(a: Laurent, b: Laurent): Laurent {
  const sum = new Map(a)
  for (const [power, c] of b) sum.set(power, (sum.get(power) ?? 0) + c)
  return new Map([...sum].filter(([, c]) => c !== 0))
}

export function multiply(a: Laurent, b: Laurent): Laurent {
  const product = new Map<number, number>()
  for (const [p, x] of a) for (const [q, y] of b) product.set(p + q, (product.get(p + q) ?? 0) + x * y)
  return new Map([...product].filter(([, c]) => c !== 0))
}

/** The polynomial of the mirror image. */
export const mirrored = (a: Laurent): Laurent => new Map([...a].map(([power, c]) => [-power, c]))

export function equal(a: Laurent, b: Laurent): boolean {
  return a.size === b.size && [...a].every(([power, c]) => b.get(power) === c)
}

/** Gauss code of the torus knot T(2, n), n odd: a throw of (n − 1) / 2 winds. `hand` 1 is right-handed. */
export function torusCode(n: number, hand: 1 | -1): GaussCode {
  return Array.from({ length: 2 * n }, (_, i) => ({ crossing: i % n, over: i % 2 === 0, sign: hand, at: i }))
}
