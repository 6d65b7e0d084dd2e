import type { Bounds, Field } from './field.ts'

const LEAF = 6
const stack = new Int32Array(128)
const stackLow = new Float64Array(128)

/**
 * A field made of many small items (segments, triangles) under a tree of bounding spheres.
 * Two readings: `solid`, the least of the items' signed distances; `skin`, the signed distance of the nearest item.
 */
export abstract class ItemField implements Field {
  readonly bounds: Bounds
  readonly lipschitz: number
  /** cx, cy, cz, R of each item: no point of the item's solid lies outside. */
  protected readonly spheres: Float64Array
  protected readonly ids: Int32Array
  private readonly reading: 'solid' | 'skin'
  private readonly nodes: Float64Array
  /** Per node: first child (or −1 − first item for a leaf), and count. */
  private readonly links: Int32Array

  constructor(spheres: Float64Array, ids: Int32Array, reading: 'solid' | 'skin', bounds: Bounds, lipschitz: number) {
    this.spheres = spheres
    this.ids = Int32Array.from(ids)
    this.reading = reading
    this.bounds = bounds
    this.lipschitz = lipschitz
    const most = Math.max(1, 4 * Math.ceil(ids.length / LEAF) + 2)
    this.nodes = new Float64Array(most * 4)
    this.links = new Int32Array(most * 2)
    this.build()
  }

  /** Signed distance to item `i`. */
  protected abstract item(i: number, x: number, y: number, z: number): number
  /** The same field over some of its items. */
  protected abstract only(ids: Int32Array): Field

  distance(x: number, y: number, z: number): number {
    const { nodes, links, ids, reading } = this
    const skin = reading === 'skin'
    let best = Infinity
    let value = Infinity
    let top = 0
    stack[0] = 0
    stackLow[0] = -Infinity
    while (top >= 0) {
      const node = stack[top]
      if (stackLow[top--] >= best) continue
      const link = links[node * 2]
      if (link < 0) {
        const first = -1 - link
        const end = first + links[node * 2 + 1]
        for (let k = first; k < end; k++) {
          const v = this.item(ids[k], x, y, z)
          const m = skin && v < 0 ? -v : v
          if (m < best) {
            best = m
            value = v
          }
        }
        continue
      }
      const a = this.low(nodes, link, x, y, z)
      const b = this.low(nodes, link + 1, x, y, z)
      const near = a <= b ? link : link + 1
      const far = a <= b ? link + 1 : link
      const lowNear = a <= b ? a : b
      const lowFar = a <= b ? b : a
      if (lowFar < best) {
        stack[++top] = far
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
    const { nodes, links, ids, reading } = this
    if (ids.length <= 4) return this
    const centre = this.distance(x, y, z)
    // An unsigned distance changes at most 1 per mm; a solid's by its own bound.
    const slack = 2 * radius * (reading === 'skin' ? 1 : this.lipschitz)
    const limit = (reading === 'skin' ? Math.abs(centre) : centre) + slack
    const kept: number[] = []
    let top = 0
    stack[0] = 0
    const found: number[] = []
    while (top >= 0) {
      const node = stack[top--]
      const link = links[node * 2]
      if (link < 0) {
        const first = -1 - link
        for (let k = first; k < first + links[node * 2 + 1]; k++) found.push(ids[k])
        continue
      }
      for (const child of [link, link + 1]) if (this.low(nodes, child, x, y, z) <= limit) stack[++top] = child
    }
    for (const i of found) {
      const v = this.item(i, x, y, z)
      if ((reading === 'skin' ? Math.abs(v) : v) <= limit) kept.push(i)
    }
    return kept.length > ids.length * 0.7 ? this : this.only(Int32Array.from(kept))
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
