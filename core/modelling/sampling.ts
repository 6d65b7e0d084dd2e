import type { Field } from './field.ts'
import { isFinite3 } from './field.ts'

/** Cells along the edge of a brick, the unit in which space is pruned and samples are kept. */
export const BRICK = 4
const CUBE = BRICK * BRICK * BRICK
const MAX_BRICKS = 40_000_000

/** Spacing at which distances are read from the samples, mm. */
export const SPACING_MM = 3.2

/** Cells from one reading of the distance to the next. */
export const readingStep = (cell: number): number => Math.max(1, Math.round(SPACING_MM / cell))

/** How near to the surface samples must be exact, mm: where a line between cells, or between readings, may cross it. */
const exactWithin = (cell: number): number => readingStep(cell) * cell

/** The sampled part of a field: bricks near the surface, on a grid fixed in the body. */
export class Sampled {
  readonly cell: number
  /** Grid index of the first sample along each axis: its position is index · cell mm. */
  readonly first: readonly [number, number, number]
  /** Bricks along each axis. */
  readonly size: readonly [number, number, number]
  /** Bricks that hold cells to be meshed, in the order found. */
  readonly active: number[] = []
  /** Field that is valid in each active brick and a little around it. */
  readonly fields: Field[] = []
  /** Slot of each brick of the grid, −1 for none. */
  readonly slots: Int32Array
  /** Samples by slot, exact near the surface, elsewhere right in sign; NaN where not taken. */
  values = new Float32Array(CUBE * 64).fill(NaN)
  /** Place of each slot: bi, bj, bk. */
  readonly places: number[] = []
  private readonly activeSlot = new Map<number, number>()

  constructor(field: Field, cell: number) {
    if (!isFinite3(field.bounds)) throw new Error('the shape has no bounds: clip it')
    this.cell = cell
    const { min, max } = field.bounds
    // Two cells of air all round, so that rounding and blends stay inside the grid.
    this.first = [0, 1, 2].map((c) => Math.floor(min[c] / cell) - 2) as unknown as typeof this.first
    this.size = [0, 1, 2].map((c) =>
      Math.ceil((Math.ceil(max[c] / cell) + 2 - this.first[c]) / BRICK),
    ) as unknown as typeof this.size
    const count = this.size[0] * this.size[1] * this.size[2]
    if (!(count < MAX_BRICKS)) throw new Error(`the shape is too large for cells of ${cell} mm`)
    this.slots = new Int32Array(count).fill(-1)
    const reach = Math.max(...this.size)
    let root = 1
    while (root < reach) root *= 2
    this.descend(field, 0, 0, 0, root)
    this.follow(field)
  }

  slotOf(bi: number, bj: number, bk: number): number {
    return this.slots[bi + this.size[0] * (bj + this.size[1] * bk)]
  }

  /** Position among the active bricks of the brick in a slot; undefined when it is not active. */
  activeOf(slot: number): number | undefined {
    return this.activeSlot.get(slot)
  }

  /** Sample at grid position i, j, k counted from `first`. Only valid on active bricks. */
  at(i: number, j: number, k: number): number {
    const slot = this.slotOf(i >> 2, j >> 2, k >> 2)
    return this.values[slot * CUBE + (i & 3) + BRICK * ((j & 3) + BRICK * (k & 3))]
  }

  private descend(field: Field, bi: number, bj: number, bk: number, size: number): void {
    if (bi >= this.size[0] || bj >= this.size[1] || bk >= this.size[2]) return
    const half = (size * BRICK * this.cell) / 2
    const x = (this.first[0] + bi * BRICK) * this.cell + half
    const y = (this.first[1] + bj * BRICK) * this.cell + half
    const z = (this.first[2] + bk * BRICK) * this.cell + half
    const radius = half * Math.sqrt(3)
    const d = field.distance(x, y, z)
    if (Math.abs(d) > field.lipschitz * radius * (1 + 1e-6)) return
    const local = field.near(x, y, z, radius * 1.02 + 0.25 * this.cell)
    if (size === 1) {
      this.take(local, bi, bj, bk)
      return
    }
    const s = size / 2
    for (let o = 0; o < 8; o++) this.descend(local, bi + (o & 1) * s, bj + ((o >> 1) & 1) * s, bk + (o >> 2) * s, s)
  }

  /**
   * Takes the corners of the brick's cells, by eights of the brick: where the one in the middle of an eighth lies so far
   * from the surface that no corner of it can be within `exact` mm, its value stands for all of them; only their sign is asked.
   */
  private take(field: Field, bi: number, bj: number, bk: number): void {
    const slot = this.open(bi, bj, bk)
    if (this.activeSlot.has(slot)) return
    this.activeSlot.set(slot, this.active.length)
    this.active.push(slot)
    this.fields.push(field)
    const far = field.lipschitz * (Math.sqrt(3) * this.cell + exactWithin(this.cell))
    for (let eighth = 0; eighth < 8; eighth++) {
      const i = bi * BRICK + 2 * (eighth & 1)
      const j = bj * BRICK + 2 * ((eighth >> 1) & 1)
      const k = bk * BRICK + 2 * (eighth >> 2)
      const middle = this.sample(field, i + 1, j + 1, k + 1)
      const shared = Math.abs(middle) > far ? middle : undefined
      for (let n = 0; n < 27; n++)
        this.sample(field, i + (n % 3), j + (Math.floor(n / 3) % 3), k + Math.floor(n / 9), shared)
    }
  }

  /** The sample at a grid position, taken now if it was not before; `instead` is written in its stead where given. */
  private sample(field: Field, i: number, j: number, k: number, instead?: number): number {
    const { cell, first, size } = this
    if (i >> 2 >= size[0] || j >> 2 >= size[1] || k >> 2 >= size[2]) return Number.NaN
    const o = this.open(i >> 2, j >> 2, k >> 2) * CUBE + (i & 3) + BRICK * ((j & 3) + BRICK * (k & 3))
    const known = this.values[o]
    if (!Number.isNaN(known)) return known
    const v = instead ?? field.distance((first[0] + i) * cell, (first[1] + j) * cell, (first[2] + k) * cell)
    if (Number.isNaN(v)) throw new Error('the field is not a number somewhere')
    // The rim of the grid counts as outside: the surface closes whatever the bounds say.
    const rim =
      i === 0 ||
      j === 0 ||
      k === 0 ||
      i === size[0] * BRICK - 1 ||
      j === size[1] * BRICK - 1 ||
      k === size[2] * BRICK - 1
    this.values[o] = rim ? Math.max(v, 1e-3) : v
    return this.values[o]
  }

  private open(bi: number, bj: number, bk: number): number {
    const brick = bi + this.size[0] * (bj + this.size[1] * bk)
    let slot = this.slots[brick]
    if (slot >= 0) return slot
    slot = this.places.length / 3
    this.slots[brick] = slot
    this.places.push(bi, bj, bk)
    if ((slot + 1) * CUBE > this.values.length) {
      const grown = new Float32Array(this.values.length * 2).fill(NaN)
      grown.set(this.values)
      this.values = grown
    }
    return slot
  }

  /**
   * Takes every brick that the surface leaves an active one into. With an honest Lipschitz bound there is none;
   * with a wrong one the mesh still closes.
   */
  private follow(field: Field): void {
    for (let n = 0; n < this.active.length; n++) {
      const p = this.active[n] * 3
      const [bi, bj, bk] = [this.places[p], this.places[p + 1], this.places[p + 2]]
      for (let dk = -1; dk <= 1; dk++) {
        for (let dj = -1; dj <= 1; dj++) {
          for (let di = -1; di <= 1; di++) {
            if (Math.abs(di) + Math.abs(dj) + Math.abs(dk) > 2) continue
            const [ni, nj, nk] = [bi + di, bj + dj, bk + dk]
            if (ni < 0 || nj < 0 || nk < 0) continue
            if (ni >= this.size[0] || nj >= this.size[1] || nk >= this.size[2]) continue
            const slot = this.slotOf(ni, nj, nk)
            if (slot >= 0 && this.activeSlot.has(slot)) continue
            if (!this.changesToward(bi, bj, bk, di, dj, dk)) continue
            const half = (BRICK * this.cell) / 2
            const [x, y, z] = [ni, nj, nk].map((b, c) => (this.first[c] + b * BRICK) * this.cell + half)
            this.take(field.near(x, y, z, half * 1.02 * Math.sqrt(3) + 0.25 * this.cell), ni, nj, nk)
          }
        }
      }
    }
  }

  /** Whether the samples that a brick shares with the neighbour in a direction differ in sign. */
  private changesToward(bi: number, bj: number, bk: number, di: number, dj: number, dk: number): boolean {
    const range = (d: number): [number, number] => (d === 0 ? [0, BRICK] : d < 0 ? [0, 0] : [BRICK, BRICK])
    const [a0, a1] = range(di)
    const [b0, b1] = range(dj)
    const [c0, c1] = range(dk)
    let inside = false
    let outside = false
    for (let c = c0; c <= c1; c++) {
      for (let b = b0; b <= b1; b++) {
        for (let a = a0; a <= a1; a++) {
          if (this.at(bi * BRICK + a, bj * BRICK + b, bk * BRICK + c) < 0) inside = true
          else outside = true
        }
      }
    }
    return inside && outside
  }
}
