import type { Vec3 } from './vec.ts'
import { distanceBetween } from './vec.ts'

/** Knots with centripetal spacing (Yuksel et al. 2011, doi 10.1016/j.cad.2010.08.008): no loops, no overshoot. */
export function centripetalKnots(points: readonly Vec3[]): number[] {
  const knots = [0]
  for (let i = 1; i < points.length; i++) {
    knots.push(knots[i - 1] + Math.max(1e-3, Math.sqrt(distanceBetween(points[i - 1], points[i]))))
  }
  return knots
}

/** Slopes at the knots for values that a curve passes through: weighted central differences, as in Catmull-Rom. */
function slopes(values: readonly number[], knots: readonly number[]): number[] {
  const n = values.length
  const delta = (i: number) => (values[i + 1] - values[i]) / (knots[i + 1] - knots[i])
  return values.map((_, i) => {
    if (n < 2) return 0
    if (i === 0) return n > 2 ? 1.5 * delta(0) - 0.5 * slopeInside(1) : delta(0)
    if (i === n - 1) return n > 2 ? 1.5 * delta(n - 2) - 0.5 * slopeInside(n - 2) : delta(n - 2)
    return slopeInside(i)
  })
  function slopeInside(i: number): number {
    const h0 = knots[i] - knots[i - 1]
    const h1 = knots[i + 1] - knots[i]
    return (delta(i - 1) * h1 + delta(i) * h0) / (h0 + h1)
  }
}

/** Slopes that never overshoot (Fritsch and Carlson 1980, doi 10.1137/0717021): for radii and thicknesses. */
function monotoneSlopes(values: readonly number[], knots: readonly number[]): number[] {
  const n = values.length
  const delta = (i: number) => (values[i + 1] - values[i]) / (knots[i + 1] - knots[i])
  return values.map((_, i) => {
    if (n < 2) return 0
    if (i === 0 || i === n - 1) return 0
    const a = delta(i - 1)
    const b = delta(i)
    if (a * b <= 0) return 0
    const h0 = knots[i] - knots[i - 1]
    const h1 = knots[i + 1] - knots[i]
    return (3 * (h0 + h1)) / ((2 * h1 + h0) / a + (h1 + 2 * h0) / b)
  })
}

/** A scalar curve through values at knots. */
export class Curve {
  private readonly values: readonly number[]
  private readonly knots: readonly number[]
  private readonly slope: number[]
  constructor(values: readonly number[], knots: readonly number[], kind: 'smooth' | 'monotone') {
    this.values = values
    this.knots = knots
    this.slope = kind === 'smooth' ? slopes(values, knots) : monotoneSlopes(values, knots)
  }
  /** Value in span `i` (between knots i and i + 1) at fraction `t`. */
  at(i: number, t: number): number {
    if (this.values.length === 1) return this.values[0]
    const h = this.knots[i + 1] - this.knots[i]
    const t2 = t * t
    const t3 = t2 * t
    return (
      (2 * t3 - 3 * t2 + 1) * this.values[i] +
      (t3 - 2 * t2 + t) * h * this.slope[i] +
      (3 * t2 - 2 * t3) * this.values[i + 1] +
      (t3 - t2) * h * this.slope[i + 1]
    )
  }
}

/** A curve in space through points; `closed` joins the last to the first. */
export class SpaceCurve {
  readonly spans: number
  private readonly part: readonly [Curve, Curve, Curve]
  private readonly lead: number
  constructor(points: readonly Vec3[], knots: readonly number[], ends: 'open' | 'closed') {
    if (ends === 'open') {
      this.spans = points.length - 1
      this.lead = 0
      this.part = [0, 1, 2].map(
        (c) =>
          new Curve(
            points.map((p) => p[c]),
            knots,
            'smooth',
          ),
      ) as unknown as typeof this.part
      return
    }
    const { values, at, lead } = wrap(points, knots)
    this.spans = points.length
    this.lead = lead
    this.part = [0, 1, 2].map(
      (c) =>
        new Curve(
          values.map((p) => p[c]),
          at,
          'smooth',
        ),
    ) as unknown as typeof this.part
  }
  at(i: number, t: number): Vec3 {
    const s = i + this.lead
    return [this.part[0].at(s, t), this.part[1].at(s, t), this.part[2].at(s, t)]
  }
}

/** Repeats two items at either end so that an open curve has the right slopes all round. `knots` has one more entry. */
function wrap<T>(points: readonly T[], knots: readonly number[]): { values: T[]; at: number[]; lead: number } {
  const n = points.length
  const period = knots[n] - knots[0]
  const values: T[] = []
  const at: number[] = []
  for (let i = -2; i <= n + 2; i++) {
    const turn = Math.floor(i / n)
    const j = i - turn * n
    values.push(points[j])
    at.push(knots[j] + turn * period)
  }
  return { values, at, lead: 2 }
}

/** Knots for a closed curve: one more than points. */
export function closedKnots(points: readonly Vec3[]): number[] {
  return centripetalKnots([...points, points[0]])
}

/** A periodic scalar curve through evenly spaced values (period = number of values). */
export function periodicAt(values: readonly number[], position: number): number {
  const n = values.length
  const i = Math.floor(position)
  const t = position - i
  const at = (k: number) => values[(((i + k) % n) + n) % n]
  const [a, b, c, d] = [at(-1), at(0), at(1), at(2)]
  const m0 = (c - a) / 2
  const m1 = (d - b) / 2
  const t2 = t * t
  const t3 = t2 * t
  return (2 * t3 - 3 * t2 + 1) * b + (t3 - 2 * t2 + t) * m0 + (3 * t2 - 2 * t3) * c + (t3 - t2) * m1
}
