import { ellipsoidDistance } from './ellipse.ts'
import type { Bounds, Field } from './field.ts'
import { boundsOf, EVERYWHERE } from './field.ts'
import type { Vec3 } from './vec.ts'
import { unit } from './vec.ts'

/** A field whose `near` is itself: nothing can be dropped from a single primitive. */
abstract class Primitive implements Field {
  readonly lipschitz: number = 1
  readonly bounds: Bounds
  constructor(bounds: Bounds) {
    this.bounds = bounds
  }
  abstract distance(x: number, y: number, z: number): number
  near(): Field {
    return this
  }
}

/** Ball with centre `c` and radius `r` mm. */
export class Sphere extends Primitive {
  private readonly c: Vec3
  private readonly r: number
  constructor(c: Vec3, r: number) {
    super(boundsOf([c], r))
    this.c = c
    this.r = r
  }
  distance(x: number, y: number, z: number): number {
    const dx = x - this.c[0]
    const dy = y - this.c[1]
    const dz = z - this.c[2]
    return Math.sqrt(dx * dx + dy * dy + dz * dz) - this.r
  }
}

/** Ellipsoid at the origin with half axes `r` mm; turn and move it with a transform. */
export class Ellipsoid extends Primitive {
  private readonly r: Vec3
  constructor(r: Vec3) {
    super({ min: [-r[0], -r[1], -r[2]], max: [r[0], r[1], r[2]] })
    this.r = r
  }
  distance(x: number, y: number, z: number): number {
    return ellipsoidDistance(x, y, z, this.r[0], this.r[1], this.r[2])
  }
}

/** Box at the origin with half sizes `half` and rounded edges of radius `round` mm (within the half sizes). */
export class Box extends Primitive {
  private readonly inner: Vec3
  private readonly round: number
  constructor(half: Vec3, round: number) {
    super({ min: [-half[0], -half[1], -half[2]], max: [half[0], half[1], half[2]] })
    const r = Math.min(round, half[0], half[1], half[2])
    this.inner = [half[0] - r, half[1] - r, half[2] - r]
    this.round = r
  }
  distance(x: number, y: number, z: number): number {
    const qx = Math.abs(x) - this.inner[0]
    const qy = Math.abs(y) - this.inner[1]
    const qz = Math.abs(z) - this.inner[2]
    const ox = Math.max(qx, 0)
    const oy = Math.max(qy, 0)
    const oz = Math.max(qz, 0)
    return Math.sqrt(ox * ox + oy * oy + oz * oz) + Math.min(0, Math.max(qx, qy, qz)) - this.round
  }
}

/** Everything below the plane through `p`, along the outward normal `n`. */
export class Halfspace extends Primitive {
  private readonly n: Vec3
  private readonly level: number
  constructor(p: Vec3, n: Vec3) {
    super(EVERYWHERE)
    this.n = unit(n)
    this.level = this.n[0] * p[0] + this.n[1] * p[1] + this.n[2] * p[2]
  }
  distance(x: number, y: number, z: number): number {
    return this.n[0] * x + this.n[1] * y + this.n[2] * z - this.level
  }
}

/** Ring about the axis `n` through `c`: `major` to the middle of the tube, `minor` its radius, mm. */
export class Torus extends Primitive {
  private readonly c: Vec3
  private readonly n: Vec3
  private readonly major: number
  private readonly minor: number
  constructor(c: Vec3, n: Vec3, major: number, minor: number) {
    super(boundsOf([c], major + minor))
    this.c = c
    this.n = unit(n)
    this.major = major
    this.minor = minor
  }
  distance(x: number, y: number, z: number): number {
    const dx = x - this.c[0]
    const dy = y - this.c[1]
    const dz = z - this.c[2]
    const h = dx * this.n[0] + dy * this.n[1] + dz * this.n[2]
    const w = Math.sqrt(Math.max(0, dx * dx + dy * dy + dz * dz - h * h)) - this.major
    return Math.sqrt(w * w + h * h) - this.minor
  }
}

/** Straight rod from `a` to `b` with flat ends and edges rounded by `round` mm. */
export class Cylinder extends Primitive {
  private readonly m: Vec3
  private readonly n: Vec3
  private readonly half: number
  private readonly r: number
  private readonly round: number
  constructor(a: Vec3, b: Vec3, r: number, round: number) {
    super(boundsOf([a, b], r))
    const d: Vec3 = [b[0] - a[0], b[1] - a[1], b[2] - a[2]]
    this.n = unit(d)
    this.m = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2]
    const half = Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]) / 2
    this.round = Math.min(round, half, r)
    this.half = half - this.round
    this.r = r - this.round
  }
  distance(x: number, y: number, z: number): number {
    const dx = x - this.m[0]
    const dy = y - this.m[1]
    const dz = z - this.m[2]
    const h = dx * this.n[0] + dy * this.n[1] + dz * this.n[2]
    const qr = Math.sqrt(Math.max(0, dx * dx + dy * dy + dz * dz - h * h)) - this.r
    const qh = Math.abs(h) - this.half
    const or = Math.max(qr, 0)
    const oh = Math.max(qh, 0)
    return Math.sqrt(or * or + oh * oh) + Math.min(0, Math.max(qr, qh)) - this.round
  }
}
