import type { Bounds } from './field.ts'
import { boundsOf, corners } from './field.ts'
import type { Vec3 } from './vec.ts'

/** Row-major 3 × 3 rotation. */
export type Rotation = readonly [number, number, number, number, number, number, number, number, number]

export const NO_ROTATION: Rotation = [1, 0, 0, 0, 1, 0, 0, 0, 1]

/** Turn about the fixed X axis, then Y, then Z; degrees, right-handed. */
export function rotationFromDegrees(degrees: Vec3): Rotation {
  const [ax, ay, az] = degrees.map((d) => (d * Math.PI) / 180) as [number, number, number]
  const [cx, sx, cy, sy, cz, sz] = [Math.cos(ax), Math.sin(ax), Math.cos(ay), Math.sin(ay), Math.cos(az), Math.sin(az)]
  return [
    cz * cy,
    cz * sy * sx - sz * cx,
    cz * sy * cx + sz * sx,
    sz * cy,
    sz * sy * sx + cz * cx,
    sz * sy * cx - cz * sx,
    -sy,
    cy * sx,
    cy * cx,
  ]
}

export const rotate = (m: Rotation, p: Vec3): Vec3 => [
  m[0] * p[0] + m[1] * p[1] + m[2] * p[2],
  m[3] * p[0] + m[4] * p[1] + m[5] * p[2],
  m[6] * p[0] + m[7] * p[1] + m[8] * p[2],
]

/** Rotation by the inverse (transpose). */
export const unrotate = (m: Rotation, p: Vec3): Vec3 => [
  m[0] * p[0] + m[3] * p[1] + m[6] * p[2],
  m[1] * p[0] + m[4] * p[1] + m[7] * p[2],
  m[2] * p[0] + m[5] * p[1] + m[8] * p[2],
]

/** Box around a mapped box. */
export const mapBounds = (b: Bounds, map: (p: Vec3) => Vec3): Bounds => boundsOf(corners(b).map(map))
