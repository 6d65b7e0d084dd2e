/**
 * Subdivision of a triangle mesh (Loop 1987; creases: Hoppe et al. 1994, doi:10.1145/192161.192233), as weights: how
 * each vertex of the finer mesh follows from those of the coarser. Made once for a mesh, applied to every frame.
 */

export type TriangleMesh = {
  readonly vertices: number
  readonly triangles: Uint32Array
  /** What a triangle shows; its lowest bit tells outside from opened. */
  readonly kind: Uint8Array
}

/** A finer mesh and its weights: vertex v is the sum over `first[v]` … `first[v + 1]` of weight × source vertex. */
export type Refined = TriangleMesh & {
  readonly first: Uint32Array
  readonly source: Uint32Array
  readonly weight: Float32Array
}

/** Share that all neighbours have in where a vertex goes. */
const NEIGHBOURS = 0.375
/** Slivers count no more, and no edge nothing at all. */
const MOST = 4
const LEAST = 0.01

type Edges = {
  readonly count: number
  readonly ends: Uint32Array
  /** Vertices opposite in the first two triangles. */
  readonly across: Uint32Array
  /** 1 where the surface has an edge of its own: a rim, or where outside meets a cut wall. */
  readonly crease: Uint8Array
  /** Edge of each triangle's corner k to the next. */
  readonly of: Uint32Array
}

/**
 * One step of refinement: four triangles for each. @param rest shape at rest: how much neighbours count does not depend on
 * which way a square was halved
 */
export function refine(mesh: TriangleMesh, rest: Float32Array): Refined {
  const { vertices, triangles, kind } = mesh
  const edges = findEdges(mesh)
  const pull = weighEdges(edges, rest)
  const weights = new Weights(vertices + edges.count, vertices + edges.count * 6)
  weighCorners(weights, vertices, edges, pull)
  for (let e = 0; e < edges.count; e++) {
    const [a, b, c, d] = [edges.ends[e * 2], edges.ends[e * 2 + 1], edges.across[e * 2], edges.across[e * 2 + 1]]
    const smooth = edges.crease[e] === 0
    // Whatever lies across pulls it aside, not along: squares are halved this way or that.
    const shift = smooth ? 0.125 * (along(rest, a * 3, b * 3, c * 3) + along(rest, a * 3, b * 3, d * 3) - 1) : 0
    weights.next()
    weights.add(a, (smooth ? 0.375 : 0.5) + shift)
    weights.add(b, (smooth ? 0.375 : 0.5) - shift)
    if (!smooth) continue
    weights.add(c, 0.125)
    weights.add(d, 0.125)
  }
  const count = kind.length
  const finer = new Uint32Array(count * 12)
  const finerKind = new Uint8Array(count * 4)
  for (let t = 0; t < count; t++) {
    const [a, b, c] = [triangles[t * 3], triangles[t * 3 + 1], triangles[t * 3 + 2]]
    const ab = vertices + edges.of[t * 3]
    const bc = vertices + edges.of[t * 3 + 1]
    const ca = vertices + edges.of[t * 3 + 2]
    finer.set([a, ab, ca, ab, b, bc, ca, bc, c, ab, bc, ca], t * 12)
    finerKind.fill(kind[t], t * 4, t * 4 + 4)
  }
  return { vertices: vertices + edges.count, triangles: finer, kind: finerKind, ...weights.done() }
}

/** Carries values of `width` numbers a vertex over to the finer mesh. */
export function spread(
  { vertices, first, source, weight }: Refined,
  from: Float32Array,
  to: Float32Array,
  width: number,
): void {
  if (width === 3) {
    spreadPoints(vertices, first, source, weight, from, to)
    return
  }
  to.fill(0, 0, vertices * width)
  for (let v = 0; v < vertices; v++) {
    const at = v * width
    for (let i = first[v]; i < first[v + 1]; i++) {
      const share = weight[i]
      const s = source[i] * width
      for (let k = 0; k < width; k++) to[at + k] += share * from[s + k]
    }
  }
}

function spreadPoints(
  vertices: number,
  first: Uint32Array,
  source: Uint32Array,
  weight: Float32Array,
  from: Float32Array,
  to: Float32Array,
): void {
  let i = 0
  for (let v = 0; v < vertices; v++) {
    const end = first[v + 1]
    let x = 0
    let y = 0
    let z = 0
    for (; i < end; i++) {
      const share = weight[i]
      const s = source[i] * 3
      x += share * from[s]
      y += share * from[s + 1]
      z += share * from[s + 2]
    }
    to[v * 3] = x
    to[v * 3 + 1] = y
    to[v * 3 + 2] = z
  }
}

/**
 * As {@link spread}, but each new vertex has the mean of the ends of its edge, and the others keep theirs: for what may
 * be less smooth than the surface. @param coarser vertices of the coarser mesh
 */
export function halve(
  { vertices, first, source }: Refined,
  coarser: number,
  from: Float32Array,
  to: Float32Array,
  width: number,
): void {
  to.set(from.subarray(0, coarser * width))
  for (let v = coarser; v < vertices; v++) {
    const a = source[first[v]] * width
    const b = source[first[v] + 1] * width
    const at = v * width
    for (let k = 0; k < width; k++) to[at + k] = 0.5 * (from[a + k] + from[b + k])
  }
}

class Weights {
  private readonly first: Uint32Array
  private source: Uint32Array
  private weight: Float32Array
  private vertex = 0
  private used = 0

  constructor(vertices: number, room: number) {
    this.first = new Uint32Array(vertices + 1)
    this.source = new Uint32Array(room)
    this.weight = new Float32Array(room)
  }

  /** Begins the next vertex. */
  next(): void {
    this.first[this.vertex++] = this.used
  }

  add(source: number, weight: number): void {
    this.source[this.used] = source
    this.weight[this.used++] = weight
  }

  done() {
    this.first[this.vertex] = this.used
    return { first: this.first, source: this.source, weight: this.weight }
  }
}

/**
 * Weights of the vertices that stay: all around count, on a crease only those along it, where creases meet none. Three
 * neighbours count alike: the largest of them could draw the vertex out of their triangle.
 */
function weighCorners(weights: Weights, vertices: number, { count, ends, crease }: Edges, pull: Float32Array): void {
  const around = new Uint32Array(vertices + 1)
  for (let i = 0; i < count * 2; i++) around[ends[i] + 1]++
  for (let v = 0; v < vertices; v++) around[v + 1] += around[v]
  const list = new Uint32Array(count * 2)
  const filled = around.slice()
  for (let e = 0; e < count; e++) {
    list[filled[ends[e * 2]]++] = e
    list[filled[ends[e * 2 + 1]]++] = e
  }
  for (let v = 0; v < vertices; v++) {
    const valence = around[v + 1] - around[v]
    let creases = 0
    let pulls = 0
    for (let i = around[v]; i < around[v + 1]; i++) {
      creases += crease[list[i]]
      pulls += pull[list[i]]
    }
    weights.next()
    if (creases > 2 || valence < 3) {
      weights.add(v, 1)
      continue
    }
    weights.add(v, creases === 2 ? 0.75 : 1 - NEIGHBOURS)
    for (let i = around[v]; i < around[v + 1]; i++) {
      const e = list[i]
      if (creases === 2 && crease[e] === 0) continue
      const share = creases === 2 ? 0.125 : NEIGHBOURS * (valence === 3 ? 1 / 3 : pull[e] / pulls)
      weights.add(ends[e * 2] === v ? ends[e * 2 + 1] : ends[e * 2], share)
    }
  }
}

/** How much an edge counts: the cotangents of the angles across it, so that the diagonal of a square counts nothing. */
function weighEdges({ count, ends, across }: Edges, rest: Float32Array): Float32Array {
  const pull = new Float32Array(count)
  for (let e = 0; e < count; e++) {
    let sum = 0
    for (let k = 0; k < 2; k++) sum += cotangent(rest, across[e * 2 + k] * 3, ends[e * 2] * 3, ends[e * 2 + 1] * 3)
    pull[e] = Math.max(LEAST, Math.min(MOST, sum))
  }
  return pull
}

/** Where along the edge from `a` (0) to `b` (1) a point lies, no farther than its ends. */
function along(p: Float32Array, a: number, b: number, c: number): number {
  const [ux, uy, uz] = [p[b] - p[a], p[b + 1] - p[a + 1], p[b + 2] - p[a + 2]]
  const dot = ux * (p[c] - p[a]) + uy * (p[c + 1] - p[a + 1]) + uz * (p[c + 2] - p[a + 2])
  return Math.max(0, Math.min(1, dot / Math.max(1e-12, ux * ux + uy * uy + uz * uz)))
}

/** Cotangent of the angle at `o` between `a` and `b`. */
function cotangent(p: Float32Array, o: number, a: number, b: number): number {
  const [ux, uy, uz] = [p[a] - p[o], p[a + 1] - p[o + 1], p[a + 2] - p[o + 2]]
  const [vx, vy, vz] = [p[b] - p[o], p[b + 1] - p[o + 1], p[b + 2] - p[o + 2]]
  const cross = Math.hypot(uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx)
  return (ux * vx + uy * vy + uz * vz) / Math.max(1e-12, cross)
}

function findEdges({ triangles, kind }: TriangleMesh): Edges {
  const corners = triangles.length
  const room = 2 ** Math.ceil(Math.log2(Math.max(4, corners * 2)))
  const table = new Int32Array(room).fill(-1)
  const ends = new Uint32Array(corners * 2)
  const across = new Uint32Array(corners * 2)
  const crease = new Uint8Array(corners)
  const sides = new Uint8Array(corners)
  const sheet = new Uint8Array(corners)
  const of = new Uint32Array(corners)
  let count = 0
  for (let corner = 0; corner < corners; corner++) {
    const base = corner - (corner % 3)
    const a = triangles[corner]
    const b = triangles[base + ((corner + 1) % 3)]
    const [low, high] = a < b ? [a, b] : [b, a]
    let at = (Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)) >>> 0
    at = (at ^ (at >>> 15)) & (room - 1)
    while (table[at] >= 0 && (ends[table[at] * 2] !== low || ends[table[at] * 2 + 1] !== high))
      at = (at + 1) & (room - 1)
    if (table[at] < 0) {
      table[at] = count
      ends[count * 2] = low
      ends[count * 2 + 1] = high
      crease[count] = 1
      count++
    }
    const e = table[at]
    of[corner] = e
    const own = kind[base / 3] & 1
    if (sides[e] < 2) across[e * 2 + sides[e]] = triangles[base + ((corner + 2) % 3)]
    // Smooth only where exactly two triangles of one sheet meet.
    crease[e] = sides[e] === 1 && sheet[e] === own ? 0 : 1
    sheet[e] = own
    sides[e]++
  }
  return { count, ends, across, crease, of }
}
