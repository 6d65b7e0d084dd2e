/** The frame of an operative field: millimetres, +Y out of the wound towards who operates. */
import type { Bounds, Field } from '../field.ts'
import { corners, join, NOWHERE } from '../field.ts'
import { cross, dot, squareTo, sub, unit, type Vec3 } from '../vec.ts'

export type OperativeFrame = {
  /** Where the field's origin lies in the body, mm. */
  readonly origin: Vec3
  /** Unit axes of the field in the body, right-handed. */
  readonly x: Vec3
  readonly y: Vec3
  readonly z: Vec3
}

/** A frame whose +Y is `up` and whose +X is `along` as far as it is square to that; both in the body. */
export function frameOf(origin: Vec3, up: Vec3, along: Vec3): OperativeFrame {
  const y = unit(up)
  const x = squareTo(along, y)
  return { origin, x, y, z: cross(x, y) }
}

/** A place of the body in the field. */
export function toField({ origin, x, y, z }: OperativeFrame, p: Vec3): Vec3 {
  const d = sub(p, origin)
  return [dot(d, x), dot(d, y), dot(d, z)]
}

/** A place of the field in the body. */
export function toBody({ origin, x, y, z }: OperativeFrame, a: number, b: number, c: number): Vec3 {
  return [
    origin[0] + a * x[0] + b * y[0] + c * z[0],
    origin[1] + a * x[1] + b * y[1] + c * z[1],
    origin[2] + a * x[2] + b * y[2] + c * z[2],
  ]
}

/** A field of the body as seen in an operative field. */
export class Framed implements Field {
  readonly bounds: Bounds
  readonly lipschitz: number
  private readonly of: Field
  private readonly frame: OperativeFrame

  constructor(of: Field, frame: OperativeFrame) {
    this.of = of
    this.frame = frame
    this.lipschitz = of.lipschitz
    this.bounds = corners(of.bounds)
      .map((corner) => toField(frame, corner))
      .reduce((all, p) => join(all, { min: p, max: p }), NOWHERE)
  }

  distance(x: number, y: number, z: number): number {
    const p = toBody(this.frame, x, y, z)
    return this.of.distance(p[0], p[1], p[2])
  }

  near(x: number, y: number, z: number, radius: number): Field {
    const p = toBody(this.frame, x, y, z)
    return new Framed(this.of.near(p[0], p[1], p[2], radius), this.frame)
  }
}
