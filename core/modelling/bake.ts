import type { Bounds, Field } from './field.ts'
import { grow } from './field.ts'

/** Cells along a brick; with the neighbours that cubic interpolation needs, SIDE samples. */
const CELLS = 4
const SIDE = CELLS + 3
/** A brick: its samples, or far from the surface, where sampling is not worth it, what of the field matters there. */
type Brick = { readonly samples: Float32Array } | { readonly far: Field }
const NO_BRICK: Brick = { samples: new Float32Array(0) }

/**
 * A costly smooth field kept as samples every `cell` mm, taken brick by brick where somebody asks, and read by
 * tricubic (Catmull-Rom) interpolation. Far from the surface the field itself answers. Detail finer than about two cells is rounded off.
 */
export class Baked implements Field {
  readonly bounds: Bounds
  readonly lipschitz: number
  private readonly of: Field
  private readonly cell: number
  private readonly bricks = new Map<number, Brick>()
  private lastKey = -1
  private last = NO_BRICK
  constructor(of: Field, cell: number) {
    this.of = of
    this.cell = cell
    this.bounds = grow(of.bounds, cell * 0.25)
    // The weights of the cubic add up to 1.25 in absolute value.
    this.lipschitz = of.lipschitz * 1.25
  }
  near(): Field {
    return this
  }
  distance(x: number, y: number, z: number): number {
    const gx = x / this.cell
    const gy = y / this.cell
    const gz = z / this.cell
    const ix = Math.floor(gx)
    const iy = Math.floor(gy)
    const iz = Math.floor(gz)
    const bx = Math.floor(ix / CELLS)
    const by = Math.floor(iy / CELLS)
    const bz = Math.floor(iz / CELLS)
    const brick = this.brick(bx, by, bz)
    if ('far' in brick) return brick.far.distance(x, y, z)
    const data = brick.samples
    const tx = gx - ix
    const ty = gy - iy
    const tz = gz - iz
    // Catmull-Rom weights of the four samples along each axis.
    const x0 = tx * (-0.5 + tx * (1 - 0.5 * tx))
    const x1 = 1 + tx * tx * (-2.5 + 1.5 * tx)
    const x2 = tx * (0.5 + tx * (2 - 1.5 * tx))
    const x3 = tx * tx * (-0.5 + 0.5 * tx)
    const y0 = ty * (-0.5 + ty * (1 - 0.5 * ty))
    const y1 = 1 + ty * ty * (-2.5 + 1.5 * ty)
    const y2 = ty * (0.5 + ty * (2 - 1.5 * ty))
    const y3 = ty * ty * (-0.5 + 0.5 * ty)
    let o = ix - bx * CELLS + SIDE * (iy - by * CELLS + SIDE * (iz - bz * CELLS))
    let sum = 0
    for (let k = 0; k < 4; k++) {
      const w =
        k === 0
          ? tz * (-0.5 + tz * (1 - 0.5 * tz))
          : k === 1
            ? 1 + tz * tz * (-2.5 + 1.5 * tz)
            : k === 2
              ? tz * (0.5 + tz * (2 - 1.5 * tz))
              : tz * tz * (-0.5 + 0.5 * tz)
      const a = o + SIDE
      const b = a + SIDE
      const c = b + SIDE
      sum +=
        w *
        (y0 * (x0 * data[o] + x1 * data[o + 1] + x2 * data[o + 2] + x3 * data[o + 3]) +
          y1 * (x0 * data[a] + x1 * data[a + 1] + x2 * data[a + 2] + x3 * data[a + 3]) +
          y2 * (x0 * data[b] + x1 * data[b + 1] + x2 * data[b + 2] + x3 * data[b + 3]) +
          y3 * (x0 * data[c] + x1 * data[c + 1] + x2 * data[c + 2] + x3 * data[c + 3]))
      o += SIDE * SIDE
    }
    return sum
  }

  private brick(bx: number, by: number, bz: number): Brick {
    const key = bx + 2048 + 4096 * (by + 2048 + 4096 * (bz + 2048))
    if (key === this.lastKey) return this.last
    let brick = this.bricks.get(key)
    if (!brick) {
      brick = this.take(bx, by, bz)
      this.bricks.set(key, brick)
    }
    this.lastKey = key
    this.last = brick
    return brick
  }

  private take(bx: number, by: number, bz: number): Brick {
    const { cell, of } = this
    const middle = CELLS / 2
    const centre = [bx, by, bz].map((b) => (b * CELLS + middle) * cell)
    const local = of.near(centre[0], centre[1], centre[2], (middle + 1.01) * cell * Math.sqrt(3))
    const reach = middle * cell * Math.sqrt(3) + 2 * cell
    if (Math.abs(local.distance(centre[0], centre[1], centre[2])) > local.lipschitz * reach) return { far: local }
    const data = new Float32Array(SIDE * SIDE * SIDE)
    let o = 0
    for (let k = -1; k <= CELLS + 1; k++) {
      for (let j = -1; j <= CELLS + 1; j++) {
        for (let i = -1; i <= CELLS + 1; i++) {
          data[o++] = local.distance((bx * CELLS + i) * cell, (by * CELLS + j) * cell, (bz * CELLS + k) * cell)
        }
      }
    }
    return { samples: data }
  }
}
