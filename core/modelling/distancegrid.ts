import { BRICK, readingStep, type Sampled } from './sampling.ts'

/** Stands for a node that no sweep has reached, mm. */
const FAR = 1e6
/** Nodes along a block: the sweeps visit only blocks beside the surface and their neighbours. */
const BLOCK = 8

/**
 * Distance from a meshed solid within about two centimetres of it, on a coarse grid; further away a great figure. Only the nodes beside the surface are taken from
 * the samples, by where the grid lines cross it; all others follow by solving |∇d| = 1 in sweeps (Zhao 2005,
 * doi 10.1090/S0025-5718-04-01678-3). Fields may fall short of the true distance: read as they are, the bricks that
 * happen to be sampled would show as darker patches.
 */
export class DistanceGrid {
  private readonly values: Float32Array
  private readonly size: readonly [number, number, number]
  private readonly first: readonly [number, number, number]
  private readonly spacing: number
  /** 1 beside the surface: the value is known and stays. */
  private readonly known: Uint8Array

  constructor(grid: Sampled) {
    const every = readingStep(grid.cell)
    this.spacing = every * grid.cell
    this.first = grid.first.map((f) => f * grid.cell) as unknown as typeof this.first
    this.size = grid.size.map((n) => Math.ceil((n * BRICK) / every) + 1) as unknown as typeof this.size
    this.values = new Float32Array(this.size[0] * this.size[1] * this.size[2]).fill(FAR)
    this.known = new Uint8Array(this.values.length)
    this.seed(grid, every)
    const blocks = this.blocksNearSurface()
    for (let way = 0; way < 8; way++) this.sweep(way, blocks)
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

  /** Distances of the nodes beside the surface; all others get a sign, from the sampled node nearest along x. */
  private seed(grid: Sampled, every: number): void {
    const [nx, ny, nz] = this.size
    const raw = this.samples(grid, every)
    const steps = [1, nx, nx * ny]
    for (let o = 0; o < raw.length; o++) {
      const own = raw[o]
      if (Number.isNaN(own)) continue
      const at = [o % nx, Math.floor(o / nx) % ny, Math.floor(o / (nx * ny))]
      let sum = 0
      for (let c = 0; c < 3; c++) {
        let share = Infinity
        for (const side of [-1, 1]) {
          if (at[c] + side < 0 || at[c] + side >= this.size[c]) continue
          const other = raw[o + side * steps[c]]
          if (own < 0 !== other < 0 && !Number.isNaN(other)) share = Math.min(share, own / (own - other))
        }
        if (share < Infinity) sum += 1 / Math.max(share, 1e-3) ** 2
      }
      if (sum > 0) {
        this.values[o] = (this.spacing / Math.sqrt(sum)) * (own < 0 ? -1 : 1)
        this.known[o] = 1
      }
    }
    for (let row = 0; row < ny * nz; row++) {
      let sign = 1
      for (let i = 0; i < nx; i++) {
        const o = row * nx + i
        if (!Number.isNaN(raw[o])) sign = raw[o] < 0 ? -1 : 1
        if (this.known[o] === 0) this.values[o] = sign * FAR
      }
    }
  }

  /** The samples that fall on nodes of this grid; NaN elsewhere. */
  private samples(grid: Sampled, every: number): Float32Array {
    const raw = new Float32Array(this.values.length).fill(Number.NaN)
    const cube = BRICK * BRICK * BRICK
    for (let slot = 0; slot < grid.places.length / 3; slot++) {
      const [bi, bj, bk] = [grid.places[slot * 3], grid.places[slot * 3 + 1], grid.places[slot * 3 + 2]]
      for (let n = 0; n < cube; n++) {
        const i = bi * BRICK + (n & 3)
        const j = bj * BRICK + ((n >> 2) & 3)
        const k = bk * BRICK + (n >> 4)
        if (i % every !== 0 || j % every !== 0 || k % every !== 0) continue
        raw[i / every + this.size[0] * (j / every + this.size[1] * (k / every))] = grid.values[slot * cube + n]
      }
    }
    return raw
  }

  /** 1 for each block with a known node in it or beside it. */
  private blocksNearSurface(): { near: Uint8Array; count: readonly [number, number, number] } {
    const count = this.size.map((n) => Math.ceil(n / BLOCK)) as [number, number, number]
    const near = new Uint8Array(count[0] * count[1] * count[2])
    const [nx, ny] = this.size
    const range = (node: number, c: number): [number, number] => {
      const block = Math.floor(node / BLOCK)
      return [Math.max(0, block - 1), Math.min(count[c] - 1, block + 1)]
    }
    for (let o = 0; o < this.known.length; o++) {
      if (this.known[o] === 0) continue
      const [a0, a1] = range(o % nx, 0)
      const [b0, b1] = range(Math.floor(o / nx) % ny, 1)
      const [c0, c1] = range(Math.floor(o / (nx * ny)), 2)
      for (let c = c0; c <= c1; c++)
        for (let b = b0; b <= b1; b++)
          near.fill(1, a0 + count[0] * (b + count[1] * c), a1 + 1 + count[0] * (b + count[1] * c))
    }
    return { near, count }
  }

  /** One sweep in one of the eight ways along the axes, block by block; nodes at the rim are left alone. */
  private sweep(way: number, { near, count }: ReturnType<DistanceGrid['blocksNearSurface']>): void {
    const [bx, by, bz] = count
    for (let c = 0; c < bz; c++) {
      const k = way & 4 ? bz - 1 - c : c
      for (let b = 0; b < by; b++) {
        const j = way & 2 ? by - 1 - b : b
        for (let a = 0; a < bx; a++) {
          const i = way & 1 ? bx - 1 - a : a
          if (near[i + bx * (j + by * k)] === 1) this.sweepBlock(way, i * BLOCK, j * BLOCK, k * BLOCK)
        }
      }
    }
  }

  private sweepBlock(way: number, i0: number, j0: number, k0: number): void {
    const [nx, ny, nz] = this.size
    const { values: d, known, spacing: h } = this
    const plane = nx * ny
    for (let c = 0; c < BLOCK; c++) {
      const k = k0 + (way & 4 ? BLOCK - 1 - c : c)
      if (k < 1 || k >= nz - 1) continue
      for (let b = 0; b < BLOCK; b++) {
        const j = j0 + (way & 2 ? BLOCK - 1 - b : b)
        if (j < 1 || j >= ny - 1) continue
        for (let a = 0; a < BLOCK; a++) {
          const i = i0 + (way & 1 ? BLOCK - 1 - a : a)
          if (i < 1 || i >= nx - 1) continue
          const o = i + nx * (j + ny * k)
          if (known[o] === 1) continue
          const x = Math.min(Math.abs(d[o - 1]), Math.abs(d[o + 1]))
          const y = Math.min(Math.abs(d[o - nx]), Math.abs(d[o + nx]))
          const z = Math.min(Math.abs(d[o - plane]), Math.abs(d[o + plane]))
          const found = solve(x, y, z, h)
          const old = d[o]
          if (found < Math.abs(old)) d[o] = old < 0 ? -found : found
        }
      }
    }
  }
}

/** The distance at a node from the least of its neighbours along each axis, spacing h. */
function solve(x: number, y: number, z: number, h: number): number {
  const least = Math.min(x, y, z)
  const most = Math.max(x, y, z)
  const middle = x + y + z - least - most
  let found = least + h
  if (found <= middle || least >= FAR) return found
  const two = 2 * h * h - (least - middle) ** 2
  found = (least + middle + Math.sqrt(Math.max(0, two))) / 2
  if (found <= most) return found
  const sum = least + middle + most
  const three = sum * sum - 3 * (least * least + middle * middle + most * most - h * h)
  return (sum + Math.sqrt(Math.max(0, three))) / 3
}
