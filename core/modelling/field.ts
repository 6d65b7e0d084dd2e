import type { Vec3 } from './vec.ts'

/** Axis-aligned box in millimetres. */
export type Bounds = { readonly min: Vec3; readonly max: Vec3 }

/**
 * A solid as a signed distance field: negative inside, millimetres, body frame.
 * `lipschitz` bounds how fast `distance` can change per millimetre, so |distance(c)| > lipschitz · r
 * proves that a ball of radius r about c holds no surface.
 */
export interface Field {
  /** Box that holds every point with distance ≤ 0. */
  readonly bounds: Bounds
  readonly lipschitz: number
  distance(x: number, y: number, z: number): number
  /** A field equal to this one inside the ball; parts that cannot matter there are dropped. */
  near(x: number, y: number, z: number, radius: number): Field
}

export const EVERYWHERE: Bounds = { min: [-Infinity, -Infinity, -Infinity], max: [Infinity, Infinity, Infinity] }
export const NOWHERE: Bounds = { min: [Infinity, Infinity, Infinity], max: [-Infinity, -Infinity, -Infinity] }

export const isEmpty = (b: Bounds): boolean => !(b.min[0] <= b.max[0] && b.min[1] <= b.max[1] && b.min[2] <= b.max[2])

export const isFinite3 = (b: Bounds): boolean => [...b.min, ...b.max].every(Number.isFinite)

export function grow(b: Bounds, by: number): Bounds {
  return {
    min: [b.min[0] - by, b.min[1] - by, b.min[2] - by],
    max: [b.max[0] + by, b.max[1] + by, b.max[2] + by],
  }
}

export function join(a: Bounds, b: Bounds): Bounds {
  return {
    min: [Math.min(a.min[0], b.min[0]), Math.min(a.min[1], b.min[1]), Math.min(a.min[2], b.min[2])],
    max: [Math.max(a.max[0], b.max[0]), Math.max(a.max[1], b.max[1]), Math.max(a.max[2], b.max[2])],
  }
}

export function meet(a: Bounds, b: Bounds): Bounds {
  return {
    min: [Math.max(a.min[0], b.min[0]), Math.max(a.min[1], b.min[1]), Math.max(a.min[2], b.min[2])],
    max: [Math.min(a.max[0], b.max[0]), Math.min(a.max[1], b.max[1]), Math.min(a.max[2], b.max[2])],
  }
}

export function boundsOf(points: Iterable<Vec3>, by = 0): Bounds {
  let b = NOWHERE
  for (const p of points) b = join(b, { min: p, max: p })
  return isEmpty(b) ? b : grow(b, by)
}

/** The eight corners of a box. */
export function corners(b: Bounds): Vec3[] {
  const out: Vec3[] = []
  for (let i = 0; i < 8; i++) {
    out.push([i & 1 ? b.max[0] : b.min[0], i & 2 ? b.max[1] : b.min[1], i & 4 ? b.max[2] : b.min[2]])
  }
  return out
}

/** Gradient by four taps of a tetrahedron of half width `h` mm, written to `out` (not normalised). Answers their mean. */
export function gradientInto(field: Field, x: number, y: number, z: number, h: number, out: Float64Array): number {
  const a = field.distance(x + h, y - h, z - h)
  const b = field.distance(x - h, y - h, z + h)
  const c = field.distance(x - h, y + h, z - h)
  const d = field.distance(x + h, y + h, z + h)
  const s = 0.25 / h
  out[0] = (a - b - c + d) * s
  out[1] = (-a - b + c + d) * s
  out[2] = (-a + b - c + d) * s
  return (a + b + c + d) / 4
}
