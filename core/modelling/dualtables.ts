/**
 * Tables of manifold dual marching cubes, computed rather than listed. A cell has one vertex per surface sheet
 * (patch) that passes it (Nielson 2004, doi 10.1109/VISUAL.2004.28). Where two neighbours share an ambiguous face that
 * one and the same patch crosses twice in both, that face is read the other way round in both (Wenger, Isosurfaces,
 * 2013, 3.3.5): then every edge of the mesh has exactly two triangles.
 *
 * Corner i of a cell is (i & 1, i >> 1 & 1, i >> 2 & 1). A configuration has bit i set where corner i is inside.
 * Edge e = axis · 4 + k joins the k-th corner that is 0 along the axis with its partner.
 */
export const NO_PATCH = 255

/** Corner at the low end of each edge. */
export const EDGE_CORNER = new Uint8Array(12)
/** For each edge and each of the four cells around the grid edge: see `edgeOfCell`. */
for (let axis = 0; axis < 3; axis++) {
  const u = 1 << ((axis + 1) % 3)
  const v = 1 << ((axis + 2) % 3)
  for (let k = 0; k < 4; k++) EDGE_CORNER[axis * 4 + k] = (k & 1 ? u : 0) | (k & 2 ? v : 0)
}

const edgeBetween = (a: number, b: number): number => {
  const bit = a ^ b
  const axis = bit === 1 ? 0 : bit === 2 ? 1 : 2
  const low = Math.min(a, b)
  return axis * 4 + EDGE_CORNER.slice(axis * 4, axis * 4 + 4).indexOf(low)
}

/** Corners round each face; face f = axis · 2 + side. */
const FACES: number[][] = []
for (let axis = 0; axis < 3; axis++) {
  const u = 1 << ((axis + 1) % 3)
  const v = 1 << ((axis + 2) % 3)
  for (const side of [0, 1 << axis]) FACES.push([side, side | u, side | u | v, side | v])
}

type Reading = { patches: Uint8Array; count: number; ambiguous: number[]; doubled: number[] }

/** Patches of a configuration; on the face `swapped`, if ambiguous, the other two corners are cut off. */
function read(config: number, swapped: number): Reading {
  const group = Array.from({ length: 12 }, (_, e) => e)
  const root = (e: number): number => (group[e] === e ? e : root(group[e]))
  const inside = (corner: number) => (config >> corner) & 1
  const ambiguous: number[] = []
  const joins: number[][] = []
  FACES.forEach((face, f) => {
    const crossed = face.map((c, k) => inside(c) !== inside(face[(k + 1) % 4]))
    const edges = face.map((c, k) => edgeBetween(c, face[(k + 1) % 4]))
    const n = crossed.filter(Boolean).length
    if (n === 2) {
      const [a, b] = [0, 1, 2, 3].filter((k) => crossed[k])
      joins.push([f, edges[a], edges[b]])
    } else if (n === 4) {
      ambiguous.push(f)
      // By rule the inside corners are cut off from each other: the two edges at each inside corner join.
      const cut = f === swapped ? 0 : 1
      for (let k = 0; k < 4; k++) if (inside(face[k]) === cut) joins.push([f, edges[(k + 3) % 4], edges[k]])
    }
  })
  for (const [, a, b] of joins) group[root(a)] = root(b)
  const patches = new Uint8Array(12).fill(NO_PATCH)
  const names = new Map<number, number>()
  for (let e = 0; e < 12; e++) {
    const a = EDGE_CORNER[e]
    const b = a | (1 << Math.floor(e / 4))
    if (inside(a) === inside(b)) continue
    const r = root(e)
    if (!names.has(r)) names.set(r, names.size)
    patches[e] = names.get(r)!
  }
  const doubled = ambiguous.filter((f) => {
    const [first, second] = joins.filter((j) => j[0] === f)
    return patches[first[1]] === patches[second[1]]
  })
  return { patches, count: names.size, ambiguous, doubled }
}

/** Patch of each edge for every configuration (256 · 12), then again with the doubled face read the other way. */
export const PATCH_OF_EDGE = new Uint8Array(2 * 256 * 12)
export const PATCH_COUNT = new Uint8Array(2 * 256)
/** Face that one patch crosses twice, or 255. No configuration has two. */
export const DOUBLED_FACE = new Uint8Array(256).fill(255)

for (let config = 0; config < 256; config++) {
  const plain = read(config, -1)
  PATCH_OF_EDGE.set(plain.patches, config * 12)
  PATCH_COUNT[config] = plain.count
  const face = plain.doubled.length > 0 ? plain.doubled[0] : -1
  if (face >= 0) DOUBLED_FACE[config] = face
  const other = read(config, face)
  PATCH_OF_EDGE.set(other.patches, (256 + config) * 12)
  PATCH_COUNT[256 + config] = other.count
}

/** For tests: configurations whose reading would still be ambiguous. */
export const unsettled = (): number[] =>
  Array.from({ length: 256 }, (_, c) => c).filter((c) => {
    const plain = read(c, -1)
    if (plain.doubled.length === 0) return false
    return plain.doubled.length > 1 || read(c, plain.doubled[0]).doubled.length > 0
  })
