import type { Bounds, Field } from './field.ts'
import { grow, join, meet, NOWHERE } from './field.ts'

/**
 * Smooth minimum with support k mm: equal to min(a, b) once |a − b| ≥ k, at most k/6 below it.
 * Its gradient is a convex mix of the two, so the Lipschitz bound is kept. Cubic, hence C².
 */
export function smoothMin(a: number, b: number, k: number): number {
  const h = k - Math.abs(a - b)
  const m = a < b ? a : b
  if (h <= 0) return m
  return m - (h * h * h) / (6 * k * k)
}

/**
 * The views of those fields that can be the least, or within `margin` of it, somewhere in a ball; `values` are theirs at
 * its centre (negated where the greatest is sought). Blends of far parts can sink by up to k before they meet a near
 * one, so blends give twice k as the margin.
 */
function partsNear(
  of: readonly Field[],
  values: readonly number[],
  margin: number,
  x: number,
  y: number,
  z: number,
  radius: number,
): Field[] {
  const first = mattering(of, values, margin, radius)
  const views = first.map((i) => of[i].near(x, y, z, radius))
  // A view may change less fast than its whole: fewer are left then.
  return mattering(
    views,
    first.map((i) => values[i]),
    margin,
    radius,
  ).map((k) => views[k])
}

/** Places of the fields that can be within `margin` of the least in the ball. */
function mattering(of: readonly Field[], values: readonly number[], margin: number, radius: number): number[] {
  let best = Infinity
  for (let i = 0; i < of.length; i++) best = Math.min(best, values[i] + of[i].lipschitz * radius)
  return values.flatMap((v, i) => (v - of[i].lipschitz * radius <= best + margin ? [i] : []))
}

/** Union of all; `k` > 0 blends them over about k mm. */
export class Union implements Field {
  readonly bounds: Bounds
  readonly lipschitz: number
  private readonly of: readonly Field[]
  private readonly k: number
  constructor(of: readonly Field[], k: number) {
    this.of = of
    this.k = k
    this.lipschitz = of.reduce((l, f) => Math.max(l, f.lipschitz), 0)
    const all = of.reduce<Bounds>((b, f) => join(b, f.bounds), NOWHERE)
    this.bounds = k > 0 ? grow(all, Math.min(k, ((of.length - 1) * k) / 6)) : all
  }
  distance(x: number, y: number, z: number): number {
    const of = this.of
    const k = this.k
    let d = of[0].distance(x, y, z)
    for (let i = 1; i < of.length; i++) {
      const e = of[i].distance(x, y, z)
      if (k > 0) d = smoothMin(d, e, k)
      else if (e < d) d = e
    }
    return d
  }
  near(x: number, y: number, z: number, radius: number): Field {
    const distances = this.of.map((f) => f.distance(x, y, z))
    const parts = partsNear(this.of, distances, 2 * this.k, x, y, z, radius)
    if (parts.length === 1) return parts[0]
    if (parts.length === this.of.length && parts.every((p, i) => p === this.of[i])) return this
    return new Union(parts, this.k)
  }
}

/** Intersection of all; `k` > 0 rounds the edges over about k mm. */
export class Intersection implements Field {
  readonly bounds: Bounds
  readonly lipschitz: number
  private readonly of: readonly Field[]
  private readonly k: number
  constructor(of: readonly Field[], k: number) {
    this.of = of
    this.k = k
    this.lipschitz = of.reduce((l, f) => Math.max(l, f.lipschitz), 0)
    this.bounds = of.map((f) => f.bounds).reduce(meet)
  }
  distance(x: number, y: number, z: number): number {
    const of = this.of
    const k = this.k
    let d = of[0].distance(x, y, z)
    for (let i = 1; i < of.length; i++) {
      const e = of[i].distance(x, y, z)
      if (k > 0) d = -smoothMin(-d, -e, k)
      else if (e > d) d = e
    }
    return d
  }
  near(x: number, y: number, z: number, radius: number): Field {
    const depths = this.of.map((f) => -f.distance(x, y, z))
    const parts = partsNear(this.of, depths, 2 * this.k, x, y, z, radius)
    if (parts.length === 1) return parts[0]
    if (parts.length === this.of.length && parts.every((p, i) => p === this.of[i])) return this
    return new Intersection(parts, this.k)
  }
}

/** The outside of a field. */
export class Complement implements Field {
  readonly bounds: Bounds = { min: [-Infinity, -Infinity, -Infinity], max: [Infinity, Infinity, Infinity] }
  readonly lipschitz: number
  private readonly of: Field
  constructor(of: Field) {
    this.of = of
    this.lipschitz = of.lipschitz
  }
  distance(x: number, y: number, z: number): number {
    return -this.of.distance(x, y, z)
  }
  near(x: number, y: number, z: number, radius: number): Field {
    const part = this.of.near(x, y, z, radius)
    return part === this.of ? this : new Complement(part)
  }
}

/** `from` without the `cut` fields; `k` > 0 rounds the rims of the cuts. */
export function subtract(from: Field, cut: readonly Field[], k: number): Field {
  return cut.length === 0 ? from : new Intersection([from, ...cut.map((f) => new Complement(f))], k)
}

/** Grown (by > 0) or shrunk (by < 0) by `by` mm. */
export class Offset implements Field {
  readonly bounds: Bounds
  readonly lipschitz: number
  private readonly of: Field
  private readonly by: number
  constructor(of: Field, by: number) {
    this.of = of
    this.by = by
    this.lipschitz = of.lipschitz
    // A field may fall short of the true distance, so growing by `by` can reach further than `by`.
    this.bounds = grow(of.bounds, by > 0 ? by * OFFSET_REACH : 0)
  }
  distance(x: number, y: number, z: number): number {
    return this.of.distance(x, y, z) - this.by
  }
  near(x: number, y: number, z: number, radius: number): Field {
    const part = this.of.near(x, y, z, radius)
    return part === this.of ? this : new Offset(part, this.by)
  }
}
const OFFSET_REACH = 1.5

/** Between two offsets of one field: `inner` < distance < `outer`, mm. */
export class Shell implements Field {
  readonly bounds: Bounds
  readonly lipschitz: number
  private readonly of: Field
  private readonly inner: number
  private readonly outer: number
  constructor(of: Field, inner: number, outer: number) {
    this.of = of
    this.inner = inner
    this.outer = outer
    this.lipschitz = of.lipschitz
    this.bounds = grow(of.bounds, outer > 0 ? outer * OFFSET_REACH : 0)
  }
  distance(x: number, y: number, z: number): number {
    const d = this.of.distance(x, y, z)
    return Math.max(d - this.outer, this.inner - d)
  }
  near(x: number, y: number, z: number, radius: number): Field {
    const part = this.of.near(x, y, z, radius)
    return part === this.of ? this : new Shell(part, this.inner, this.outer)
  }
}

/**
 * A field that several others refer to. Remembers its last answers: they ask it about the same point one after
 * another, and about the same ball.
 */
export class Shared implements Field {
  readonly bounds: Bounds
  readonly lipschitz: number
  private readonly of: Field
  private x = NaN
  private y = NaN
  private z = NaN
  private value = 0
  private ball: readonly number[] = []
  private part: Field | undefined
  constructor(of: Field) {
    this.of = of
    this.bounds = of.bounds
    this.lipschitz = of.lipschitz
  }
  distance(x: number, y: number, z: number): number {
    if (x !== this.x || y !== this.y || z !== this.z) {
      this.value = this.of.distance(x, y, z)
      this.x = x
      this.y = y
      this.z = z
    }
    return this.value
  }
  near(x: number, y: number, z: number, radius: number): Field {
    const [bx, by, bz, br] = this.ball
    if (!this.part || x !== bx || y !== by || z !== bz || radius !== br) {
      const part = this.of.near(x, y, z, radius)
      this.part = part === this.of ? this : new Shared(part)
      this.ball = [x, y, z, radius]
    }
    return this.part
  }
}
