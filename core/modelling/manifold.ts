import { Fans } from './fans.ts'

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

/** The same, with the vertices where the mesh is not a 2-manifold: at bad edges, in degenerate triangles, between fans. */
export function findFlaws(
  positions: ArrayLike<number>,
  indices: ArrayLike<number>,
): { readonly sound: boolean; readonly vertices: ReadonlySet<number> } {
  const vertices = new Set<number>()
  const sound = isSound(survey(positions, indices, (v) => vertices.add(v)))
  return { sound, vertices }
}

function survey(
  positions: ArrayLike<number>,
  indices: ArrayLike<number>,
  flaw: (vertex: number) => void,
): ManifoldReport {
  const fans = new Fans(positions.length / 3, indices)
  let degenerate = 0
  let volume = 0
  let badEdges = 0
  for (let t = 0; t < indices.length; t += 3) {
    const [a, b, c] = [indices[t], indices[t + 1], indices[t + 2]]
    if (isDegenerate(positions, a, b, c)) {
      degenerate++
      for (const v of [a, b, c]) flaw(v)
    }
    volume += signedVolume(positions, a, b, c)
  }
  for (let u = 0; u < fans.start.length - 1; u++) {
    for (let k = fans.start[u]; k < fans.start[u + 1]; k++) {
      const v = fans.next[k]
      const first = fans.slot(u, v)
      // A directed edge that comes twice is bad once.
      if (first !== k || (fans.times(u, v) === 1 && fans.times(v, u) === 1)) continue
      badEdges++
      flaw(u)
      flaw(v)
    }
  }
  return { badEdges, badVertices: badEdges > 0 ? 0 : countSplitFans(fans, flaw), degenerate, volume }
}

/** Walks once round each vertex: a fan shorter than the number of its triangles means there is another. */
function countSplitFans(fans: Fans, flaw: (vertex: number) => void): number {
  let bad = 0
  for (let v = 0; v < fans.start.length - 1; v++) {
    const count = fans.start[v + 1] - fans.start[v]
    if (count === 0) continue
    const begin = fans.next[fans.start[v]]
    let at = begin
    let steps = 0
    do {
      at = fans.last[fans.slot(v, at)]
      steps++
    } while (at !== begin && steps <= count)
    if (steps === count) continue
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
