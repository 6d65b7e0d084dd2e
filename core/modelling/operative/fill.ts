/** Filling the box of a field with graded cubes of tetrahedra, and what belongs to which region. */
import { type Bounds, type Field, grow } from '../field.ts'
import { fillCubes } from '../lattice.ts'
import { Octree } from '../octree.ts'
import { carve, type Distance } from './carve.ts'
import { Cells } from './cells.ts'

export type Grading = {
  readonly coarseMm: number
  readonly fineMm: number
  readonly rules: readonly { readonly distance: Distance; readonly withinMm: number; readonly sizeMm: number }[]
}

/** A piece of tissue that hangs on nothing and has less than this share of the largest one's tetrahedra is left out. */
const LEAST_PIECE = 0.05

/** Tetrahedra and the region of each. */
export type Filled = { readonly cells: Cells; readonly owner: number[] }

/**
 * Fills the box where any region is, carves along the surface of each region in turn, and tells the tetrahedra of
 * each. @param regions signed distances; a place belongs to the first that holds it
 */
export function fill(box: Bounds, grading: Grading, regions: readonly Distance[]): Filled {
  const cells = new Cells()
  const { corners, all } = fillCubes(new Octree(new InBox(box, regions), { ...grading, sizeAt: sizes(grading) }))
  for (let v = 0; v < corners.length; v += 3) {
    let border = 0
    for (let c = 0; c < 3; c++)
      if (Math.abs(corners[v + c] - box.min[c]) < 1e-6 || Math.abs(corners[v + c] - box.max[c]) < 1e-6) border |= 1 << c
    cells.addVertex(corners[v], corners[v + 1], corners[v + 2], 0, border)
  }
  for (let t = 0; t < all.length; t += 4) {
    const four = all.slice(t, t + 4)
    const isInside = [0, 1, 2].every((c) => {
      const middle = four.reduce((sum, v) => sum + corners[v * 3 + c], 0) / 4
      return middle > box.min[c] && middle < box.max[c]
    })
    if (isInside) cells.addTet(four[0], four[1], four[2], four[3])
  }
  const owner: number[] = new Array(cells.tets).fill(-1)
  regions.forEach((distance, i) => {
    const made = (old: number, half: number) => {
      owner[half] = owner[old]
    }
    carve(cells, distance, 1 << i, (t) => owner[t] < 0, made)
    for (let t = 0; t < cells.tets; t++) if (owner[t] < 0 && distance(...cells.middle(t)) < 0) owner[t] = i
  })
  return withoutCrumbs(kept({ cells, owner }, (t) => owner[t] >= 0))
}

/** Only the tetrahedra that `isKept` says, and their vertices. @param renamed learns the new number of each vertex */
export function kept(
  { cells, owner }: Filled,
  isKept: (t: number) => boolean,
  renamed = new Map<number, number>(),
): Filled {
  const next = new Cells()
  const owners: number[] = []
  for (let t = 0; t < cells.tets; t++) {
    if (!isKept(t)) continue
    const four = [0, 1, 2, 3].map((k) => {
      const v = cells.four[t * 4 + k]
      let to = renamed.get(v)
      if (to === undefined) {
        to = next.addVertex(cells.at[v * 3], cells.at[v * 3 + 1], cells.at[v * 3 + 2], cells.on[v], cells.border[v])
        renamed.set(v, to)
      }
      return to
    })
    next.addTet(four[0], four[1], four[2], four[3])
    owners.push(owner[t])
  }
  return { cells: next, owner: owners }
}

function withoutCrumbs(filled: Filled): Filled {
  const { cells } = filled
  const piece = new Int32Array(cells.tets).fill(-1)
  const sizes: number[] = []
  for (let first = 0; first < cells.tets; first++) {
    if (piece[first] >= 0) continue
    const stack = [first]
    piece[first] = sizes.length
    let size = 0
    while (stack.length > 0) {
      const t = stack.pop()!
      size++
      for (let k = 0; k < 4; k++)
        for (const other of cells.around[cells.four[t * 4 + k]]) {
          if (piece[other] >= 0 || shared(cells, t, other) < 3) continue
          piece[other] = sizes.length
          stack.push(other)
        }
    }
    sizes.push(size)
  }
  const most = Math.max(...sizes)
  return kept(filled, (t) => sizes[piece[t]] >= most * LEAST_PIECE)
}

function shared(cells: Cells, t: number, other: number): number {
  let count = 0
  for (let k = 0; k < 4; k++) if (cells.has(other, cells.four[t * 4 + k])) count++
  return count
}

/** Size wanted at a place: that of the rules near their surfaces, and as much larger as it lies farther from them. */
const sizes =
  ({ coarseMm, rules }: Grading) =>
  (x: number, y: number, z: number): number => {
    let size = coarseMm
    for (const { distance, withinMm, sizeMm } of rules) {
      if (sizeMm >= size) continue
      const off = Math.max(0, Math.abs(distance(x, y, z)) - withinMm)
      size = Math.min(size, sizeMm + off)
    }
    return size
  }

/** All regions within the box; its bounds are the box, so that cubes begin at its borders. */
class InBox implements Field {
  readonly bounds: Bounds
  readonly lipschitz = 2
  private readonly regions: readonly Distance[]

  constructor(box: Bounds, regions: readonly Distance[]) {
    this.bounds = grow(box, -1e-6)
    this.regions = regions
  }

  distance(x: number, y: number, z: number): number {
    const { min, max } = this.bounds
    const out = Math.max(min[0] - x, x - max[0], min[1] - y, y - max[1], min[2] - z, z - max[2])
    return Math.max(out, Math.min(...this.regions.map((distance) => distance(x, y, z))))
  }

  near(): Field {
    return this
  }
}
