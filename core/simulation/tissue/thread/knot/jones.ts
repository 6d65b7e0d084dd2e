/**
 * Jones polynomial of a Gauss code by the Kauffman bracket (Kauffman 1987, doi:10.1016/0040-9383(87)90009-7). The
 * polynomial is multiplicative over summands and tells the two hands of a knot apart, so that it tells square from
 * granny; among the knots of up to nine crossings it never takes another for a throw.
 */
import type { GaussCode } from './gauss.ts'

/** A Laurent polynomial in A: coefficient of each power; zero coefficients are left away. */
export type Laurent = ReadonlyMap<number, number>

/** Most crossings for which the polynomial is computed: the work doubles with each. */
export const MOST_CROSSINGS = 16

/** Jones polynomial in A (t = A⁻⁴) of the closed curve, or undefined beyond `MOST_CROSSINGS`. */
export function jones(code: GaussCode): Laurent | undefined {
  const crossings = [...new Set(code.map((p) => p.crossing))]
  const n = crossings.length
  if (n > MOST_CROSSINGS) return undefined
  const number = new Map(crossings.map((crossing, i) => [crossing, i]))
  const arcs = code.length
  // arc i leads into passage i; around each crossing: under in, then anticlockwise
  const around = new Int32Array(4 * n)
  let writhe = 0
  code.forEach((p, i) => {
    const base = 4 * number.get(p.crossing)!
    const into = i
    const out = (i + 1) % arcs
    if (!p.over) {
      writhe += p.sign
      around[base] = into
      around[base + 2] = out
    } else {
      // seen along the lower strand, the upper one comes from the left at a right-handed crossing
      around[base + (p.sign > 0 ? 3 : 1)] = into
      around[base + (p.sign > 0 ? 1 : 3)] = out
    }
  })
  const sum = new Map<number, number>()
  const parent = new Int32Array(arcs)
  for (let state = 0; state < 1 << n; state++) {
    for (let i = 0; i < arcs; i++) parent[i] = i
    let power = 0
    let loops = arcs
    for (let c = 0; c < n; c++) {
      const joinsFirst = ((state >> c) & 1) === 0
      power += joinsFirst ? 1 : -1
      const [p, q, r, s] = [around[4 * c]!, around[4 * c + 1]!, around[4 * c + 2]!, around[4 * c + 3]!]
      loops -= joinsFirst ? join(parent, p, q) + join(parent, r, s) : join(parent, p, s) + join(parent, q, r)
    }
    addLoops(sum, power, n === 0 ? 0 : loops - 1)
  }
  return normal(sum, writhe)
}

/** Joins the sets of two arcs; 1 if they were apart. */
function join(parent: Int32Array, a: number, b: number): number {
  let x = a
  let y = b
  while (parent[x] !== x) x = parent[x]!
  while (parent[y] !== y) y = parent[y]!
  if (x === y) return 0
  parent[x] = y
  return 1
}

/** Adds A^power (−A² − A⁻²)^loops. */
function addLoops(sum: Map<number, number>, power: number, loops: number): void {
  let choose = loops % 2 === 0 ? 1 : -1
  for (let k = 0; k <= loops; k++) {
    const at = power + 2 * loops - 4 * k
    sum.set(at, (sum.get(at) ?? 0) + choose)
    choose = (choose * (loops - k)) / (k + 1)
  }
}

/** Multiplies by (−A³)^(−writhe). */
function normal(sum: ReadonlyMap<number, number>, writhe: number): Laurent {
  const sign = writhe % 2 === 0 ? 1 : -1
  return new Map([...sum].filter(([, c]) => c !== 0).map(([power, c]) => [power - 3 * writhe, sign * c]))
}

export function multiply(a: Laurent, b: Laurent): Laurent {
  const product = new Map<number, number>()
  for (const [p, x] of a) for (const [q, y] of b) product.set(p + q, (product.get(p + q) ?? 0) + x * y)
  return new Map([...product].filter(([, c]) => c !== 0))
}

export function equal(a: Laurent, b: Laurent): boolean {
  return a.size === b.size && [...a].every(([power, c]) => b.get(power) === c)
}

/** Gauss code of the torus knot T(2, n), n odd: a throw of (n − 1) / 2 winds. `hand` 1 is right-handed. */
export function torusCode(n: number, hand: 1 | -1): GaussCode {
  return Array.from({ length: 2 * n }, (_, i) => ({ crossing: i % n, over: i % 2 === 0, sign: hand, at: i }))
}
