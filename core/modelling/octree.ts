import type { Field } from './field.ts'
import { isFinite3 } from './field.ts'

type Point = readonly [number, number, number]

/** A cube: low corner and size in quarter units of the finest cube, so that middles of all are whole numbers. */
export type Leaf = { readonly x: number; readonly y: number; readonly z: number; readonly size: number }

/** One face of a leaf as its neighbours see it: corners in order with every hanging one between, and the middle. */
export type LeafFace = { readonly ring: readonly Point[]; readonly middle: Point }

/** Units along the edge of the finest cube: its middle and the middles of its faces are whole. */
const UNIT = 4

/** An octree over a solid, graded so that cubes that touch differ by at most one level. */
export class Octree {
  private readonly leaves = new Map<string, Leaf>()
  private readonly unitMm: number
  private readonly origin: Point
  private readonly coarse: number

  constructor(
    field: Field,
    spec: {
      readonly coarseMm: number
      readonly fineMm: number
      readonly sizeAt: (x: number, y: number, z: number) => number
    },
  ) {
    if (!isFinite3(field.bounds)) throw new Error('the solid has no bounds: clip it')
    this.unitMm = spec.fineMm / UNIT
    let coarse = UNIT
    while (coarse * 2 * this.unitMm <= spec.coarseMm * 1.0001) coarse *= 2
    this.coarse = coarse
    const cube = coarse * this.unitMm
    this.origin = field.bounds.min.map((m) => (Math.floor(m / cube) - 1) * cube) as unknown as Point
    const count = field.bounds.max.map((m, c) => Math.ceil((m - this.origin[c]) / cube) + 1)
    for (let k = 0; k < count[2]; k++) {
      for (let j = 0; j < count[1]; j++) {
        for (let i = 0; i < count[0]; i++) {
          this.divide({ x: i * coarse, y: j * coarse, z: k * coarse, size: coarse }, field, spec.sizeAt)
        }
      }
    }
    this.balance()
  }

  /** Position in mm of a place in units. */
  place(x: number, y: number, z: number): [number, number, number] {
    const u = this.unitMm
    return [this.origin[0] + x * u, this.origin[1] + y * u, this.origin[2] + z * u]
  }

  eachLeaf(visit: (leaf: Leaf) => void): void {
    for (const leaf of this.leaves.values()) visit(leaf)
  }

  /** The faces of a leaf; a side with finer neighbours comes as their four. */
  facesOf(leaf: Leaf): LeafFace[] {
    const out: LeafFace[] = []
    for (let axis = 0; axis < 3; axis++) {
      for (const side of [0, 1]) {
        const low: [number, number, number] = [leaf.x, leaf.y, leaf.z]
        low[axis] += side * leaf.size
        const h = leaf.size / 2
        // The quarter of the side in the middle of its low corner: finer cubes there mean four faces.
        const probe: [number, number, number] = [leaf.x + h / 2, leaf.y + h / 2, leaf.z + h / 2]
        probe[axis] = side === 1 ? low[axis] + h / 2 : low[axis] - h / 2
        const across = this.leafAt(probe[0], probe[1], probe[2])
        if (across && across.size < leaf.size) {
          for (const [du, dv] of [
            [0, 0],
            [h, 0],
            [0, h],
            [h, h],
          ]) {
            const part: [number, number, number] = [...low]
            part[(axis + 1) % 3] += du
            part[(axis + 2) % 3] += dv
            out.push(this.face(part, axis, h))
          }
        } else out.push(this.face(low, axis, leaf.size))
      }
    }
    return out
  }

  private face(low: Point, axis: number, size: number): LeafFace {
    const at = (du: number, dv: number): Point => {
      const p: [number, number, number] = [...low]
      p[(axis + 1) % 3] += du
      p[(axis + 2) % 3] += dv
      return p
    }
    const h = size / 2
    const ring: Point[] = []
    const corners: [number, number][] = [
      [0, 0],
      [size, 0],
      [size, size],
      [0, size],
    ]
    corners.forEach(([u, v], i) => {
      const [u1, v1] = corners[(i + 1) % 4]
      ring.push(at(u, v))
      const middle = at((u + u1) / 2, (v + v1) / 2)
      if (this.isCorner(middle, size)) ring.push(middle)
    })
    return { ring, middle: at(h, h) }
  }

  /** Whether a cube finer than `size` has a corner at this place, the middle of an edge. */
  private isCorner([x, y, z]: Point, size: number): boolean {
    const e = size / 4
    for (let o = 0; o < 8; o++) {
      const leaf = this.leafAt(x + (o & 1 ? e : -e), y + (o & 2 ? e : -e), z + (o & 4 ? e : -e))
      if (leaf && leaf.size < size) return true
    }
    return false
  }

  private divide(cube: Leaf, field: Field, sizeAt: (x: number, y: number, z: number) => number): void {
    const h = cube.size / 2
    const [x, y, z] = this.place(cube.x + h, cube.y + h, cube.z + h)
    const radius = h * this.unitMm * Math.sqrt(3)
    if (field.distance(x, y, z) > field.lipschitz * radius) return
    // Inside the ball about the cube the wanted size may be less than at its middle: ask the corners too.
    const asked = [sizeAt(x, y, z)]
    for (let o = 0; o < 8; o++) {
      asked.push(
        sizeAt(
          ...this.place(
            cube.x + (o & 1) * cube.size,
            cube.y + ((o >> 1) & 1) * cube.size,
            cube.z + (o >> 2) * cube.size,
          ),
        ),
      )
    }
    if (cube.size > UNIT && Math.min(...asked) < cube.size * this.unitMm * 0.999) {
      for (const part of halves(cube)) this.divide(part, field, sizeAt)
    } else this.leaves.set(keyOf(cube), cube)
  }

  /** Splits leaves that touch one less than half their size, until none does. */
  private balance(): void {
    const queue = [...this.leaves.values()]
    while (queue.length > 0) {
      const leaf = queue.pop()!
      if (!this.leaves.has(keyOf(leaf))) continue
      for (let n = 0; n < 27; n++) {
        const [i, j, k] = [(n % 3) - 1, (Math.floor(n / 3) % 3) - 1, Math.floor(n / 9) - 1]
        const h = leaf.size / 2
        const other = this.leafAt(leaf.x + h + i * leaf.size, leaf.y + h + j * leaf.size, leaf.z + h + k * leaf.size)
        if (!other || other.size <= leaf.size * 2) continue
        this.leaves.delete(keyOf(other))
        for (const part of halves(other)) {
          this.leaves.set(keyOf(part), part)
          queue.push(part)
        }
        queue.push(leaf)
        break
      }
    }
  }

  /** The leaf that holds a place inside it. */
  private leafAt(x: number, y: number, z: number): Leaf | undefined {
    for (let size = this.coarse; size >= UNIT; size /= 2) {
      const low = (v: number) => Math.floor(v / size) * size
      const leaf = this.leaves.get(`${low(x)},${low(y)},${low(z)},${size}`)
      if (leaf) return leaf
    }
    return undefined
  }
}

const keyOf = (c: Leaf): string => `${c.x},${c.y},${c.z},${c.size}`

function halves(cube: Leaf): Leaf[] {
  const h = cube.size / 2
  return Array.from({ length: 8 }, (_, o) => ({
    x: cube.x + (o & 1) * h,
    y: cube.y + ((o >> 1) & 1) * h,
    z: cube.z + (o >> 2) * h,
    size: h,
  }))
}
