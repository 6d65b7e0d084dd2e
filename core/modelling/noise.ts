import type { Field } from './field.ts'
import { type Bounds, grow } from './field.ts'
import type { Rotation } from './rotation.ts'
import { NO_ROTATION } from './rotation.ts'
import type { Vec3 } from './vec.ts'
import { cross, squareTo, unit } from './vec.ts'

function corner(ix: number, iy: number, iz: number, seed: number, fx: number, fy: number, fz: number): number {
  let h =
    Math.imul(ix, 0x27d4eb2d) ^ Math.imul(iy, 0x165667b1) ^ Math.imul(iz, 0x9e3779b1) ^ Math.imul(seed, 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d)
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39)
  h ^= h >>> 15
  const u = h & 8 ? fx : fy
  const v = (h & 12) === 8 ? fz : h & 4 ? fz : h & 8 ? fy : fx
  return (h & 1 ? -u : u) + (h & 2 ? -v : v)
}

const fade = (t: number): number => t * t * t * (t * (t * 6 - 15) + 10)

/** Gradient noise in about −1…1, zero at lattice points, one feature per unit. Seeded by hashing, so equal everywhere. */
export function gradientNoise(x: number, y: number, z: number, seed: number): number {
  const ix = Math.floor(x)
  const iy = Math.floor(y)
  const iz = Math.floor(z)
  const fx = x - ix
  const fy = y - iy
  const fz = z - iz
  const u = fade(fx)
  const v = fade(fy)
  const w = fade(fz)
  const c000 = corner(ix, iy, iz, seed, fx, fy, fz)
  const c100 = corner(ix + 1, iy, iz, seed, fx - 1, fy, fz)
  const c010 = corner(ix, iy + 1, iz, seed, fx, fy - 1, fz)
  const c110 = corner(ix + 1, iy + 1, iz, seed, fx - 1, fy - 1, fz)
  const c001 = corner(ix, iy, iz + 1, seed, fx, fy, fz - 1)
  const c101 = corner(ix + 1, iy, iz + 1, seed, fx - 1, fy, fz - 1)
  const c011 = corner(ix, iy + 1, iz + 1, seed, fx, fy - 1, fz - 1)
  const c111 = corner(ix + 1, iy + 1, iz + 1, seed, fx - 1, fy - 1, fz - 1)
  const x00 = c000 + u * (c100 - c000)
  const x10 = c010 + u * (c110 - c010)
  const x01 = c001 + u * (c101 - c001)
  const x11 = c011 + u * (c111 - c011)
  const y0 = x00 + v * (x10 - x00)
  const y1 = x01 + v * (x11 - x01)
  return y0 + w * (y1 - y0)
}

/** Bound of the slope of `gradientNoise` per unit (steepest seen in 10⁵ samples: 2.98). */
export const NOISE_SLOPE = 3.3

export type Relief = {
  /** Height in mm; negative carves instead of raising. */
  readonly amp: number
  /** Size of one feature in mm. */
  readonly scale: number
  readonly octaves: number
  readonly seed: number
  readonly form: 'smooth' | 'ridged'
  /** Direction that features are drawn out along (fibres), and by how much. */
  readonly along?: Vec3
  readonly stretch: number
}

/** A field whose surface is raised by noise. */
export class Displaced implements Field {
  readonly bounds: Bounds
  readonly lipschitz: number
  private readonly of: Field
  private readonly relief: Relief
  private readonly frame: Rotation
  constructor(of: Field, relief: Relief) {
    this.of = of
    this.relief = relief
    const reach = Math.abs(relief.amp) * 2
    this.bounds = grow(of.bounds, reach)
    const slope = relief.form === 'ridged' ? 2 * NOISE_SLOPE : NOISE_SLOPE
    this.lipschitz = of.lipschitz + (slope * relief.octaves * Math.abs(relief.amp)) / relief.scale
    if (relief.along) {
      const a = unit(relief.along)
      const b = squareTo([0, 0, 1], a)
      this.frame = [...a, ...b, ...cross(a, b)] as unknown as Rotation
    } else this.frame = NO_ROTATION
  }
  distance(x: number, y: number, z: number): number {
    const { amp, scale, octaves, seed, form, along, stretch } = this.relief
    const m = this.frame
    let px = (m[0] * x + m[1] * y + m[2] * z) / scale
    let py = (m[3] * x + m[4] * y + m[5] * z) / scale
    let pz = (m[6] * x + m[7] * y + m[8] * z) / scale
    if (along) px /= stretch
    let height = 0
    let part = amp
    for (let i = 0; i < octaves; i++) {
      const n = gradientNoise(px, py, pz, seed + i)
      height += part * (form === 'ridged' ? 1 - 2 * Math.abs(n) : n)
      part /= 2
      px = px * 2 + 17.3
      py = py * 2 - 9.1
      pz = pz * 2 + 4.7
    }
    return this.of.distance(x, y, z) - height
  }
  near(x: number, y: number, z: number, radius: number): Field {
    const part = this.of.near(x, y, z, radius)
    return part === this.of ? this : new Displaced(part, this.relief)
  }
}
