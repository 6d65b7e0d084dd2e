import type { Bounds, Field } from './field.ts'
import { isFinite3 } from './field.ts'
import type { Rotation } from './rotation.ts'
import { mapBounds, rotate, unrotate } from './rotation.ts'
import type { Vec3 } from './vec.ts'
import { add, sub } from './vec.ts'

export type Placement = { readonly rotation: Rotation; readonly scale: Vec3; readonly about: Vec3; readonly move: Vec3 }

/** Scaled, then turned about `about`, then moved. Uneven scale keeps a lower bound of the distance. */
export class Transformed implements Field {
  readonly bounds: Bounds
  readonly lipschitz: number
  private readonly of: Field
  private readonly place: Placement
  private readonly least: number
  private readonly m: Float64Array
  private readonly t: Vec3
  constructor(of: Field, place: Placement) {
    this.of = of
    this.place = place
    this.least = Math.min(...place.scale)
    this.lipschitz = of.lipschitz
    const { rotation, scale, about, move } = place
    const target = add(about, move)
    const forward = (p: Vec3): Vec3 => {
      const q = sub(p, about)
      return add(rotate(rotation, [q[0] * scale[0], q[1] * scale[1], q[2] * scale[2]]), target)
    }
    this.bounds = isFinite3(of.bounds) ? mapBounds(of.bounds, forward) : of.bounds
    // Inverse map as one affine step: p → S⁻¹ Rᵀ (p − target) + about.
    this.m = Float64Array.from(
      { length: 9 },
      (_, i) => rotation[(i % 3) * 3 + Math.floor(i / 3)] / scale[Math.floor(i / 3)],
    )
    const back = unrotate(rotation, target)
    this.t = [about[0] - back[0] / scale[0], about[1] - back[1] / scale[1], about[2] - back[2] / scale[2]]
  }
  distance(x: number, y: number, z: number): number {
    const m = this.m
    const t = this.t
    return (
      this.least *
      this.of.distance(
        m[0] * x + m[1] * y + m[2] * z + t[0],
        m[3] * x + m[4] * y + m[5] * z + t[1],
        m[6] * x + m[7] * y + m[8] * z + t[2],
      )
    )
  }
  near(x: number, y: number, z: number, radius: number): Field {
    const m = this.m
    const t = this.t
    const part = this.of.near(
      m[0] * x + m[1] * y + m[2] * z + t[0],
      m[3] * x + m[4] * y + m[5] * z + t[1],
      m[6] * x + m[7] * y + m[8] * z + t[2],
      radius / this.least,
    )
    return part === this.of ? this : new Transformed(part, this.place)
  }
}

/** The same solid on the other side of the midline (x → −x). */
export class Mirrored implements Field {
  readonly bounds: Bounds
  readonly lipschitz: number
  private readonly of: Field
  constructor(of: Field) {
    this.of = of
    this.lipschitz = of.lipschitz
    const { min, max } = of.bounds
    this.bounds = { min: [-max[0], min[1], min[2]], max: [-min[0], max[1], max[2]] }
  }
  distance(x: number, y: number, z: number): number {
    return this.of.distance(-x, y, z)
  }
  near(x: number, y: number, z: number, radius: number): Field {
    const part = this.of.near(-x, y, z, radius)
    return part === this.of ? this : new Mirrored(part)
  }
}
