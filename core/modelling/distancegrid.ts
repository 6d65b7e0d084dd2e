import { BRICK, type Sampled } from './sampling.ts'

/** Spacing aimed at, mm. */
const SPACING = 3.2
/** Stands for a node that no sweep has reached, mm. */
const FAR = 1e6

/**
 * Signed distance everywhere near a meshed solid, on a coarse grid: exact where the field was sampled for meshing,
 * carried on from there by a chamfer sweep. Good to a few percent; costs no further evaluation of the field.
 */
export class DistanceGrid {
  private readonly values: Float32Array
  private readonly size: readonly [number, number, number]
  private readonly first: readonly [number, number, number]
  private readonly spacing: number
  /** 1 where the value was sampled and must stay. */
  private readonly sampled: Uint8Array

  constructor(grid: Sampled) {
    const every = Math.max(1, Math.round(SPACING / grid.cell))
    this.spacing = every * grid.cell
    this.first = grid.first.map((f) => f * grid.cell) as unknown as typeof this.first
    this.size = grid.size.map((n) => Math.ceil((n * BRICK) / every) + 1) as unknown as typeof this.size
    this.values = new Float32Array(this.size[0] * this.size[1] * this.size[2]).fill(FAR)
    this.sampled = new Uint8Array(this.values.length)
    this.seed(grid, every)
    this.sweep(1)
    this.sweep(-1)
  }

  /** Trilinear reading, mm; outside the grid that of its rim. */
  at(x: number, y: number, z: number): number {
    const [nx, ny, nz] = this.size
    const gx = Math.min(nx - 1.001, Math.max(0, (x - this.first[0]) / this.spacing))
    const gy = Math.min(ny - 1.001, Math.max(0, (y - this.first[1]) / this.spacing))
    const gz = Math.min(nz - 1.001, Math.max(0, (z - this.first[2]) / this.spacing))
    const i = Math.floor(gx)
    const j = Math.floor(gy)
    const k = Math.floor(gz)
    const u = gx - i
    const v = gy - j
    const w = gz - k
    const o = i + nx * (j + ny * k)
    const d = this.values
    const p = o + nx * ny
    const low = (d[o] * (1 - u) + d[o + 1] * u) * (1 - v) + (d[o + nx] * (1 - u) + d[o + nx + 1] * u) * v
    const high = (d[p] * (1 - u) + d[p + 1] * u) * (1 - v) + (d[p + nx] * (1 - u) + d[p + nx + 1] * u) * v
    return low * (1 - w) + high * w
  }

  private seed(grid: Sampled, every: number): void {
    const cube = BRICK * BRICK * BRICK
    for (let slot = 0; slot < grid.places.length / 3; slot++) {
      const [bi, bj, bk] = [grid.places[slot * 3], grid.places[slot * 3 + 1], grid.places[slot * 3 + 2]]
      for (let n = 0; n < cube; n++) {
        const i = bi * BRICK + (n & 3)
        const j = bj * BRICK + ((n >> 2) & 3)
        const k = bk * BRICK + (n >> 4)
        if (i % every !== 0 || j % every !== 0 || k % every !== 0) continue
        const value = grid.values[slot * cube + n]
        if (Number.isNaN(value)) continue
        const o = i / every + this.size[0] * (j / every + this.size[1] * (k / every))
        this.values[o] = value
        this.sampled[o] = 1
      }
    }
  }

  /**
   * One pass through the grid: a node that was not sampled takes the sign of its nearest neighbour and grows from it.
   * The rim is left alone: the mesher keeps two cells of air there.
   */
  private sweep(way: 1 | -1): void {
    const [nx, ny, nz] = this.size
    const { values: d, sampled } = this
    const offsets = new Int32Array(13)
    const costs = new Float32Array(13)
    let n = 0
    for (let k = -1; k <= 1; k++) {
      for (let j = -1; j <= 1; j++) {
        for (let i = -1; i <= 1; i++) {
          if (i + 3 * j + 9 * k >= 0) continue
          offsets[n] = way * (i + nx * (j + ny * k))
          costs[n++] = this.spacing * Math.sqrt(i * i + j * j + k * k)
        }
      }
    }
    for (let c = 1; c < nz - 1; c++) {
      const k = way > 0 ? c : nz - 1 - c
      for (let b = 1; b < ny - 1; b++) {
        const j = way > 0 ? b : ny - 1 - b
        const row = nx * (j + ny * k)
        for (let a = 1; a < nx - 1; a++) {
          const o = row + (way > 0 ? a : nx - 1 - a)
          if (sampled[o] === 1) continue
          const old = d[o]
          let best = old < 0 ? -old : old
          let value = old
          for (let m = 0; m < 13; m++) {
            const near = d[o + offsets[m]]
            const grown = (near < 0 ? -near : near) + costs[m]
            if (grown < best) {
              best = grown
              value = near < 0 ? -grown : grown
            }
          }
          d[o] = value
        }
      }
    }
  }
}
