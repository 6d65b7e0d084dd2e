import type { Bounds, Field } from './field.ts'

const LEAF = 6
const stack = new Int32Array(128)
const stackLow = new Float64Array(128)
/** Running result of one query; queries never nest. */
let best = Infinity
let value = Infinity
/** Beyond this many leaves the tree itself is quicker than a list. */
const MOST_LEAVES = 120
const ROOT = Int32Array.of(0)

/**
 * A field made of many small items (segments, triangles) under a tree of bounding spheres.
 * Two readings: `solid`, the least of the items' signed distances; `skin`, the signed distance of the nearest item.
 */
export abstract class ItemField implements Field {
  readonly bounds: Bounds
  readonly lipschitz: number
  private readonly spheres: Float64Array
  private readonly ids: Int32Array
  private readonly reading: 'solid' | 'skin'
  /** Sphere of each node: centre and radius. */
  private readonly nodes: Float64Array
  /** Per node: first child (or −1 − first item for a leaf), and count. */
  private readonly links: Int32Array

  /** `spheres` holds cx, cy, cz, R of each item: no point of the item's solid lies outside its sphere. */
  constructor(spheres: Float64Array, reading: 'solid' | 'skin', bounds: Bounds, lipschitz: number) {
    const count = spheres.length / 4
    this.spheres = spheres
    this.ids = Int32Array.from({ length: count }, (_, i) => i)
    this.reading = reading
    this.bounds = bounds
    this.lipschitz = lipschitz
    const most = Math.max(1, 4 * Math.ceil(count / LEAF) + 2)
    this.nodes = new Float64Array(most * 4)
    this.links = new Int32Array(most * 2)
    this.build()
  }

  /** Signed distance to item `i`. */
  protected abstract item(i: number, x: number, y: number, z: number): number

  distance(x: number, y: number, z: number): number {
    const { nodes, links } = this
    best = Infinity
    value = Infinity
    let top = 0
    stack[0] = 0
    stackLow[0] = -Infinity
    while (top >= 0) {
      const node = stack[top]
      if (stackLow[top--] >= best) continue
      const link = links[node * 2]
      if (link < 0) {
        this.leaf(node, x, y, z)
        continue
      }
      const a = this.low(nodes, link, x, y, z)
      const b = this.low(nodes, link + 1, x, y, z)
      const near = a <= b ? link : link + 1
      const lowNear = a <= b ? a : b
      const lowFar = a <= b ? b : a
      if (lowFar < best) {
        stack[++top] = link + link + 1 - near
        stackLow[top] = lowFar
      }
      if (lowNear < best) {
        stack[++top] = near
        stackLow[top] = lowNear
      }
    }
    return value
  }

  near(x: number, y: number, z: number, radius: number): Field {
    return this.nearOf(ROOT, x, y, z, radius) ?? this
  }

  /** A view of the leaves below `from` that can matter in the ball, nearest first; undefined when there are too many. */
  nearOf(from: Int32Array, x: number, y: number, z: number, radius: number): Field | undefined {
    const { nodes, links, reading } = this
    const centre = from.length > 1 ? this.distanceOver(from, x, y, z) : this.distance(x, y, z)
    // An unsigned distance changes at most 1 per mm; a solid's by its own bound.
    const slack = 2 * radius * (reading === 'skin' ? 1 : this.lipschitz)
    const limit = (reading === 'skin' ? Math.abs(centre) : centre) + slack
    const found: number[] = []
    const lows: number[] = []
    for (let k = 0; k < from.length; k++) {
      let top = 0
      stack[0] = from[k]
      while (top >= 0) {
        const node = stack[top--]
        const low = this.low(nodes, node, x, y, z)
        if (low > limit) continue
        const link = links[node * 2]
        if (link >= 0) {
          stack[++top] = link
          stack[++top] = link + 1
        } else if (found.push(node) > MOST_LEAVES) return undefined
        else lows.push(low)
      }
    }
    const order = found.map((_, i) => i).sort((a, b) => lows[a] - lows[b] || found[a] - found[b])
    return new LeavesView(
      this,
      Int32Array.from(order, (i) => found[i]),
    )
  }

  /** Distance over some leaves only. */
  distanceOver(leaves: Int32Array, x: number, y: number, z: number): number {
    const nodes = this.nodes
    best = Infinity
    value = Infinity
    for (let k = 0; k < leaves.length; k++) {
      const node = leaves[k]
      if (this.low(nodes, node, x, y, z) < best) this.leaf(node, x, y, z)
    }
    return value
  }

  private leaf(node: number, x: number, y: number, z: number): void {
    const { links, ids, spheres } = this
    const skin = this.reading === 'skin'
    const first = -1 - links[node * 2]
    const end = first + links[node * 2 + 1]
    for (let k = first; k < end; k++) {
      const i = ids[k]
      if (this.low(spheres, i, x, y, z) >= best) continue
      const v = this.item(i, x, y, z)
      const m = skin && v < 0 ? -v : v
      if (m < best) {
        best = m
        value = v
      }
    }
  }

  private low(nodes: Float64Array, node: number, x: number, y: number, z: number): number {
    const o = node * 4
    const dx = x - nodes[o]
    const dy = y - nodes[o + 1]
    const dz = z - nodes[o + 2]
    return Math.sqrt(dx * dx + dy * dy + dz * dz) - nodes[o + 3]
  }

  private build(): void {
    const { spheres, ids, nodes, links } = this
    let used = 1
    const split = (node: number, first: number, count: number): void => {
      const min = [Infinity, Infinity, Infinity]
      const max = [-Infinity, -Infinity, -Infinity]
      for (let k = first; k < first + count; k++) {
        const o = ids[k] * 4
        for (let c = 0; c < 3; c++) {
          min[c] = Math.min(min[c], spheres[o + c])
          max[c] = Math.max(max[c], spheres[o + c])
        }
      }
      const n = node * 4
      for (let c = 0; c < 3; c++) nodes[n + c] = (min[c] + max[c]) / 2
      let reach = 0
      for (let k = first; k < first + count; k++) {
        const o = ids[k] * 4
        const dx = spheres[o] - nodes[n]
        const dy = spheres[o + 1] - nodes[n + 1]
        const dz = spheres[o + 2] - nodes[n + 2]
        reach = Math.max(reach, Math.sqrt(dx * dx + dy * dy + dz * dz) + spheres[o + 3])
      }
      nodes[n + 3] = reach * (1 + 1e-9)
      if (count <= LEAF) {
        links[node * 2] = -1 - first
        links[node * 2 + 1] = count
        return
      }
      const size = [max[0] - min[0], max[1] - min[1], max[2] - min[2]]
      const axis = size[0] >= size[1] && size[0] >= size[2] ? 0 : size[1] >= size[2] ? 1 : 2
      ids.subarray(first, first + count).sort((a, b) => spheres[a * 4 + axis] - spheres[b * 4 + axis] || a - b)
      const half = count >> 1
      const child = used
      used += 2
      links[node * 2] = child
      split(child, first, half)
      split(child + 1, first + half, count - half)
    }
    split(0, 0, ids.length)
  }
}

/** A few leaves of an item field, in the order that finds the nearest soonest. */
class LeavesView implements Field {
  readonly bounds: Bounds
  readonly lipschitz: number
  private readonly of: ItemField
  private readonly leaves: Int32Array
  constructor(of: ItemField, leaves: Int32Array) {
    this.of = of
    this.leaves = leaves
    this.bounds = of.bounds
    this.lipschitz = of.lipschitz
  }
  distance(x: number, y: number, z: number): number {
    return this.of.distanceOver(this.leaves, x, y, z)
  }
  near(x: number, y: number, z: number, radius: number): Field {
    return this.of.nearOf(this.leaves, x, y, z, radius) ?? this
  }
}
