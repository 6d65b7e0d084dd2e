/**
 * Carving a lattice by a surface, so that no tetrahedron lies on both sides: vertices near the surface are moved onto
 * it, edges that still cross it are halved where they do (as isosurface stuffing does; Labelle and Shewchuk 2007,
 * doi:10.1145/1276377.1276448). Halving keeps all around conforming.
 */
import type { Cells } from './cells.ts'

export type Distance = (x: number, y: number, z: number) => number

/** A vertex within this share of an edge from where that crosses the surface moves there. */
const NEAR = 0.35
/** No edge is halved nearer to an end than this share; such an end counts as on the surface. */
const END = 0.12
/** Moving may not make a tetrahedron flatter than this. */
const LEAST_QUALITY = 0.22
/** Nearer than this is on the surface, mm. */
const TOUCH_MM = 0.01

/**
 * Carves by where `distance` is 0. @param bit mark of the surface in `cells.on`
 * @param isAsked tetrahedra that the surface concerns @param made told (old, new) of each that was halved
 */
export function carve(
  cells: Cells,
  distance: Distance,
  bit: number,
  isAsked: (t: number) => boolean,
  made: (old: number, half: number) => void,
): void {
  const asked: number[] = []
  for (let t = 0; t < cells.tets; t++) if (isAsked(t)) asked.push(t)
  const depth = measure(cells, distance, asked)
  const edges = crossings(cells, depth, asked)
  moveOntoSurface(cells, distance, depth, edges, bit)
  halve(cells, distance, depth, edges, bit, made)
}

/** Distance of every vertex of the tetrahedra, 0 on the surface, NaN of others. */
function measure(cells: Cells, distance: Distance, asked: readonly number[]): number[] {
  const depth: number[] = new Array(cells.around.length).fill(Number.NaN)
  for (const t of asked)
    for (let k = 0; k < 4; k++) {
      const v = cells.four[t * 4 + k]
      if (!Number.isNaN(depth[v])) continue
      const d = distance(cells.at[v * 3], cells.at[v * 3 + 1], cells.at[v * 3 + 2])
      depth[v] = Math.abs(d) < TOUCH_MM ? 0 : d
    }
  return depth
}

/** Edges whose ends lie on different sides, lower vertex first. */
function crossings(cells: Cells, depth: readonly number[], asked: readonly number[]): [number, number][] {
  const seen = new Set<number>()
  const edges: [number, number][] = []
  for (const t of asked)
    for (let i = 0; i < 4; i++)
      for (let j = i + 1; j < 4; j++) {
        const [v, w] = [cells.four[t * 4 + i], cells.four[t * 4 + j]]
        if (!(depth[v] * depth[w] < 0)) continue
        const [a, b] = v < w ? [v, w] : [w, v]
        const key = a * 0x4000000 + b
        if (seen.has(key)) continue
        seen.add(key)
        edges.push([a, b])
      }
  return edges
}

/** Where the surface crosses from `a` to `b`, as a share of the way: false position with halved weights (Illinois). */
function crossing(cells: Cells, distance: Distance, depth: readonly number[], a: number, b: number): number {
  let [low, high] = [0, 1]
  let [dLow, dHigh] = [depth[a], depth[b]]
  let share = 0.5
  let side = 0
  for (let n = 0; n < 6; n++) {
    share = (low * dHigh - high * dLow) / (dHigh - dLow)
    const d = distance(...along(cells, a, b, share))
    if (Math.abs(d) < TOUCH_MM) break
    if (d < 0 === dLow < 0) {
      low = share
      dLow = d
      if (side === -1) dHigh /= 2
      side = -1
    } else {
      high = share
      dHigh = d
      if (side === 1) dLow /= 2
      side = 1
    }
  }
  return share
}

function along({ at }: Cells, a: number, b: number, share: number): [number, number, number] {
  const between = (c: number) => at[a * 3 + c] + (at[b * 3 + c] - at[a * 3 + c]) * share
  return [between(0), between(1), between(2)]
}

function moveOntoSurface(
  cells: Cells,
  distance: Distance,
  depth: number[],
  edges: readonly (readonly [number, number])[],
  bit: number,
): void {
  const best = new Map<number, { share: number; to: [number, number, number] }>()
  for (const [a, b] of edges) {
    const share = crossing(cells, distance, depth, a, b)
    const to = along(cells, a, b, share)
    for (const [v, w, s] of [
      [a, b, share],
      [b, a, 1 - share],
    ]) {
      // On the border of the box a vertex stays on it.
      if (s > NEAR || (cells.border[v] & ~cells.border[w]) !== 0) continue
      const known = best.get(v)
      if (!known || s < known.share) best.set(v, { share: s, to })
    }
  }
  const { at, on } = cells
  for (const v of [...best.keys()].sort((p, q) => p - q)) {
    const { share, to } = best.get(v)!
    if (on[v] !== 0) {
      // It lies on an earlier surface and stays there.
      if (share < END) settle(cells, depth, v, bit)
      continue
    }
    const before = at.slice(v * 3, v * 3 + 3)
    const least = Math.min(LEAST_QUALITY, cells.worstAround(v))
    for (let c = 0; c < 3; c++) at[v * 3 + c] = to[c]
    if (cells.worstAround(v) >= least) settle(cells, depth, v, bit)
    else for (let c = 0; c < 3; c++) at[v * 3 + c] = before[c]
  }
}

function settle(cells: Cells, depth: number[], v: number, bit: number): void {
  depth[v] = 0
  cells.on[v] |= bit
}

/** Halves what still crosses, the longest edges first. */
function halve(
  cells: Cells,
  distance: Distance,
  depth: number[],
  edges: readonly (readonly [number, number])[],
  bit: number,
  made: (old: number, half: number) => void,
): void {
  const length2 = ([a, b]: readonly [number, number]) => {
    const [x, y, z] = [0, 1, 2].map((c) => cells.at[a * 3 + c] - cells.at[b * 3 + c])
    return x * x + y * y + z * z
  }
  const left = edges
    .filter(([a, b]) => depth[a] * depth[b] < 0)
    .map((edge) => ({ edge, far: length2(edge) }))
    .sort((p, q) => q.far - p.far || p.edge[0] - q.edge[0] || p.edge[1] - q.edge[1])
  for (const {
    edge: [a, b],
  } of left) {
    const share = Math.max(END, Math.min(1 - END, crossing(cells, distance, depth, a, b)))
    const p = cells.bisect(a, b, ...along(cells, a, b, share), made)
    cells.on[p] |= bit
    depth[p] = 0
  }
}
