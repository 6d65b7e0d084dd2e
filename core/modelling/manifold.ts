/** What a closed, oriented, 2-manifold triangle mesh must be; all zero when it is one. */
export type ManifoldReport = {
  /** Directed edges without exactly one partner the other way round. */
  readonly badEdges: number
  /** Vertices whose triangles form more than one fan. */
  readonly badVertices: number
  /** Triangles with a repeated vertex, or corners in a line. */
  readonly degenerate: number
  /** Enclosed volume in the cube of the unit of the positions; positive when triangles face outwards. */
  readonly volume: number
}

export const isSound = (r: ManifoldReport): boolean =>
  r.badEdges === 0 && r.badVertices === 0 && r.degenerate === 0 && r.volume > 0

/** Checks a mesh. Positions may be millimetres or whole quanta: with integers the test for degenerates is exact. */
export function checkManifold(positions: ArrayLike<number>, indices: ArrayLike<number>): ManifoldReport {
  return survey(positions, indices, () => {})
}

/** The vertices where a mesh is not a 2-manifold: at bad edges, in degenerate triangles, between fans. */
export function flawedVertices(positions: ArrayLike<number>, indices: ArrayLike<number>): Set<number> {
  const flawed = new Set<number>()
  survey(positions, indices, (v) => flawed.add(v))
  return flawed
}

function survey(
  positions: ArrayLike<number>,
  indices: ArrayLike<number>,
  flaw: (vertex: number) => void,
): ManifoldReport {
  const vertexCount = positions.length / 3
  const edges = new Map<number, number>()
  let degenerate = 0
  let volume = 0
  const fan = new Int32Array(vertexCount)
  for (let t = 0; t < indices.length; t += 3) {
    const corners = [indices[t], indices[t + 1], indices[t + 2]] as const
    const [a, b, c] = corners
    if (isDegenerate(positions, a, b, c)) {
      degenerate++
      corners.forEach(flaw)
    }
    volume += signedVolume(positions, a, b, c)
    for (let k = 0; k < 3; k++) {
      const key = corners[k] * vertexCount + corners[(k + 1) % 3]
      edges.set(key, edges.has(key) ? -1 : corners[(k + 2) % 3])
      fan[corners[k]]++
    }
  }
  let badEdges = 0
  for (const [key, w] of edges) {
    const u = Math.floor(key / vertexCount)
    const v = key - u * vertexCount
    const back = edges.get(v * vertexCount + u)
    if (w !== -1 && back !== undefined && back !== -1) continue
    badEdges++
    flaw(u)
    flaw(v)
  }
  return { badEdges, badVertices: badEdges > 0 ? 0 : countSplitFans(edges, indices, fan, flaw), degenerate, volume }
}

/** Walks once round each vertex: a fan shorter than the number of its triangles means there is another. */
function countSplitFans(
  edges: Map<number, number>,
  indices: ArrayLike<number>,
  fan: Int32Array,
  flaw: (vertex: number) => void,
): number {
  const vertexCount = fan.length
  const seen = new Uint8Array(vertexCount)
  let bad = 0
  for (let t = 0; t < indices.length; t++) {
    const v = indices[t]
    if (seen[v]) continue
    seen[v] = 1
    const start = indices[t - (t % 3) + ((t + 1) % 3)]
    let at = start
    let steps = 0
    do {
      at = edges.get(v * vertexCount + at)!
      steps++
    } while (at !== start && steps <= fan[v])
    if (steps === fan[v]) continue
    bad++
    flaw(v)
  }
  return bad
}

/** Whether three corners lie in a line (exact for whole numbers below 2²⁰). */
export function isDegenerate(p: ArrayLike<number>, a: number, b: number, c: number): boolean {
  if (a === b || b === c || a === c) return true
  const ux = p[b * 3] - p[a * 3]
  const uy = p[b * 3 + 1] - p[a * 3 + 1]
  const uz = p[b * 3 + 2] - p[a * 3 + 2]
  const vx = p[c * 3] - p[a * 3]
  const vy = p[c * 3 + 1] - p[a * 3 + 1]
  const vz = p[c * 3 + 2] - p[a * 3 + 2]
  return uy * vz - uz * vy === 0 && uz * vx - ux * vz === 0 && ux * vy - uy * vx === 0
}

function signedVolume(p: ArrayLike<number>, a: number, b: number, c: number): number {
  // Relative to one corner of the mesh, so that far positions lose no digits.
  const [ox, oy, oz] = [p[0], p[1], p[2]]
  const ax = p[a * 3] - ox
  const ay = p[a * 3 + 1] - oy
  const az = p[a * 3 + 2] - oz
  const bx = p[b * 3] - ox
  const by = p[b * 3 + 1] - oy
  const bz = p[b * 3 + 2] - oz
  const cx = p[c * 3] - ox
  const cy = p[c * 3 + 1] - oy
  const cz = p[c * 3 + 2] - oz
  return (ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx)) / 6
}
