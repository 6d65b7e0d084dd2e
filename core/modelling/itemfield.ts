import type { Bounds, Field } from './field.ts'

const LEAF = 8
/** Figures per box: min, max, reach, and how fast the item's distance can change per mm. */
export const BOX = 8
const stack = new Int32Array(128)
const stackLow = new Float64Array(128)
/** Running result of one query; queries never nest. */
let best = Infinity
let value = Infinity
let bestItem = 0
const foot = new Float64Array(3)
/** Beyond this many nodes the tree itself is quicker than a list. */
const MOST_NODES = 200
/** Size of the nodes of a view, as a share of its radius. */
const SMALL = 2
const ROOT = Int32Array.of(0)

/**
 * A field made of many small items (segments, triangles) under a tree of bounding boxes.
 * Two readings: `solid`, the least of the items' signed distances; `skin`, the signed distance of the nearest item.
 */
export abstract class ItemField implements Field {
  readonly bounds: Bounds
  readonly lipschitz: number
  /** Per item: box (min, max), how far its solid reaches beyond it, its own Lipschitz bound. */
  private readonly boxes: Float64Array
  private readonly ids: Int32Array
  private readonly reading: 'solid' | 'skin'
  /** The same for each node. */
  private readonly nodes: Float64Array
  /** Per node: first child (or −1 − first item for a leaf), and count. */
  private readonly links: Int32Array
  /** The last query: composite fields ask twice about the same point. */
  private x = NaN
  private y = NaN
  private z = NaN
  private value = 0
  private last = 0

  /** `boxes` holds BOX figures for each item: its value is at least the box distance − reach. */
  constructor(boxes: Float64Array, reading: 'solid' | 'skin', bounds: Bounds) {
    const count = boxes.length / BOX
    this.boxes = boxes
    this.ids = Int32Array.from({ length: count }, (_, i) => i)
    this.reading = reading
    this.bounds = bounds
    const most = Math.max(1, 4 * Math.ceil(count / LEAF) + 2)
    this.nodes = new Float64Array(most * BOX)
    this.links = new Int32Array(most * 2)
    this.build()
    this.lipschitz = this.nodes[BOX - 1]
  }

  /** Signed distance to item `i`; where that is sure to be `limit` or more, any figure that is. */
  protected abstract item(i: number, x: number, y: number, z: number, limit: number): number
  /** Where every item is a thin sheet of one and the same reach: its point nearest to (x, y, z). */
  protected footOn?(i: number, x: number, y: number, z: number, out: Float64Array): void

  distance(x: number, y: number, z: number): number {
    if (x === this.x && y === this.y && z === this.z) return this.value
    this.x = x
    this.y = y
    this.z = z
    this.value = this.search(x, y, z)
    return this.value
  }

  private search(x: number, y: number, z: number): number {
    this.restart(x, y, z)
    this.descend(0, x, y, z)
    return value
  }

  /** Looks below a node for an item nearer than the best so far. */
  private descend(from: number, x: number, y: number, z: number): void {
    const { nodes, links } = this
    let top = 0
    stack[0] = from
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
  }

  near(x: number, y: number, z: number, radius: number): Field {
    return this.nearOf(ROOT, x, y, z, radius) ?? this
  }

  /** A view of the small nodes below `from` that can matter in the ball about a point, nearest first; undefined when there are too many. */
  nearOf(from: Int32Array, x: number, y: number, z: number, radius: number): Field | undefined {
    const { nodes, links, boxes } = this
    this.restart(x, y, z)
    for (let k = 0; k < from.length; k++) this.descend(from[k], x, y, z)
    // In the ball the item found rises by at most its own bound; the distance to a box falls by at most 1 per mm.
    const limit = best + radius * (boxes[bestItem * BOX + BOX - 1] + 1)
    const flat = this.footOn !== undefined
    let centre2 = 0
    if (flat) {
      this.footOn!(bestItem, x, y, z, foot)
      centre2 = (foot[0] - x) ** 2 + (foot[1] - y) ** 2 + (foot[2] - z) ** 2
    }
    const found: number[] = []
    const lows: number[] = []
    for (let k = 0; k < from.length; k++) {
      let top = 0
      stack[0] = from[k]
      while (top >= 0) {
        const node = stack[top--]
        const low = this.low(nodes, node, x, y, z)
        if (low > limit) continue
        if (flat && this.hidden(node, low, centre2, radius)) continue
        const link = links[node * 2]
        if (link >= 0 && this.sizeOf(node) > radius * SMALL) {
          stack[++top] = link
          stack[++top] = link + 1
        } else if (found.push(node) > MOST_NODES) return undefined
        else lows.push(low)
      }
    }
    const order = found.map((_, i) => i).sort((a, b) => lows[a] - lows[b] || found[a] - found[b])
    return new NodesView(
      this,
      found.reduce((most, node) => Math.max(most, nodes[node * BOX + BOX - 1]), 1),
      Int32Array.from(order, (i) => found[i]),
      Float64Array.from(order, (i) => lows[i]),
      [x, y, z],
    )
  }

  private sizeOf(node: number): number {
    const o = node * BOX
    const b = this.nodes
    return Math.max(b[o + 3] - b[o], b[o + 4] - b[o + 1], b[o + 5] - b[o + 2])
  }

  /**
   * Whether no point q of a node can be nearer than the foot f of the centre c, anywhere in the ball: the difference
   * of the squared distances is linear, so it stays above |c − q|² − |c − f|² − 2 r |q − f|.
   */
  private hidden(node: number, low: number, centre2: number, radius: number): boolean {
    const b = this.nodes
    const o = node * BOX
    const d = low + b[o + 6]
    const fx = Math.max(foot[0] - b[o], b[o + 3] - foot[0])
    const fy = Math.max(foot[1] - b[o + 1], b[o + 4] - foot[1])
    const fz = Math.max(foot[2] - b[o + 2], b[o + 5] - foot[2])
    return d * d - centre2 > 2 * radius * Math.sqrt(fx * fx + fy * fy + fz * fz)
  }

  /** Distance over some nodes only; `lows` are their bounds, rising, at a centre `away` mm from here. */
  distanceOver(some: Int32Array, lows: Float64Array, away: number, x: number, y: number, z: number): number {
    const nodes = this.nodes
    this.restart(x, y, z)
    for (let k = 0; k < some.length; k++) {
      // From here on no node can be nearer: bounds fall by at most the way gone.
      if (lows[k] - away >= best) break
      if (!this.beyond(nodes, some[k], x, y, z)) this.descend(some[k], x, y, z)
    }
    return value
  }

  /** Begins with the item found last: queries come in clusters, and a good first guess spares most of the search. */
  private restart(x: number, y: number, z: number): void {
    value = this.item(this.last, x, y, z, Infinity)
    best = this.reading === 'skin' && value < 0 ? -value : value
    bestItem = this.last
  }

  private leaf(node: number, x: number, y: number, z: number): void {
    const { links, ids, boxes } = this
    const skin = this.reading === 'skin'
    const first = -1 - links[node * 2]
    const end = first + links[node * 2 + 1]
    for (let k = first; k < end; k++) {
      const i = ids[k]
      if (this.beyond(boxes, i, x, y, z)) continue
      const v = this.item(i, x, y, z, best)
      const m = skin && v < 0 ? -v : v
      if (m < best) {
        best = m
        value = v
        bestItem = i
        this.last = i
      }
    }
  }

  /** Whether a box is no nearer than the best so far. */
  private beyond(boxes: Float64Array, node: number, x: number, y: number, z: number): boolean {
    const o = node * BOX
    const reach = best + boxes[o + 6]
    if (reach <= 0) return true
    const dx = Math.max(boxes[o] - x, 0, x - boxes[o + 3])
    const dy = Math.max(boxes[o + 1] - y, 0, y - boxes[o + 4])
    const dz = Math.max(boxes[o + 2] - z, 0, z - boxes[o + 5])
    return dx * dx + dy * dy + dz * dz >= reach * reach
  }

  private low(boxes: Float64Array, node: number, x: number, y: number, z: number): number {
    const o = node * BOX
    const dx = Math.max(boxes[o] - x, 0, x - boxes[o + 3])
    const dy = Math.max(boxes[o + 1] - y, 0, y - boxes[o + 4])
    const dz = Math.max(boxes[o + 2] - z, 0, z - boxes[o + 5])
    return Math.sqrt(dx * dx + dy * dy + dz * dz) - boxes[o + 6]
  }

  private build(): void {
    const { boxes, ids, nodes, links } = this
    let used = 1
    const split = (node: number, first: number, count: number): void => {
      const n = node * BOX
      nodes.fill(Infinity, n, n + 3).fill(-Infinity, n + 3, n + BOX)
      for (let k = first; k < first + count; k++) {
        const o = ids[k] * BOX
        for (let c = 0; c < 3; c++) nodes[n + c] = Math.min(nodes[n + c], boxes[o + c])
        for (let c = 3; c < BOX; c++) nodes[n + c] = Math.max(nodes[n + c], boxes[o + c])
      }
      if (count <= LEAF) {
        links[node * 2] = -1 - first
        links[node * 2 + 1] = count
        return
      }
      const size = [0, 1, 2].map((c) => nodes[n + 3 + c] - nodes[n + c])
      const axis = size[0] >= size[1] && size[0] >= size[2] ? 0 : size[1] >= size[2] ? 1 : 2
      const middle = (i: number) => boxes[i * BOX + axis] + boxes[i * BOX + 3 + axis]
      ids.subarray(first, first + count).sort((a, b) => middle(a) - middle(b) || a - b)
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

/** A few nodes of an item field, in the order that finds the nearest soonest; away from steep items it changes less fast than the whole. */
class NodesView implements Field {
  readonly bounds: Bounds
  readonly lipschitz: number
  private readonly of: ItemField
  private readonly some: Int32Array
  private readonly lows: Float64Array
  private readonly centre: readonly [number, number, number]
  constructor(
    of: ItemField,
    lipschitz: number,
    some: Int32Array,
    lows: Float64Array,
    centre: readonly [number, number, number],
  ) {
    this.of = of
    this.some = some
    this.lows = lows
    this.centre = centre
    this.bounds = of.bounds
    this.lipschitz = lipschitz
  }
  distance(x: number, y: number, z: number): number {
    const dx = x - this.centre[0]
    const dy = y - this.centre[1]
    const dz = z - this.centre[2]
    return this.of.distanceOver(this.some, this.lows, Math.sqrt(dx * dx + dy * dy + dz * dz), x, y, z)
  }
  near(x: number, y: number, z: number, radius: number): Field {
    return this.of.nearOf(this.some, x, y, z, radius) ?? this
  }
}
