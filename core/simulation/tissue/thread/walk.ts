/** Where a point lies in a mesh: barycentric coordinates, and walking from tetrahedron to tetrahedron. */
import { COUNT, NONE, type TissueMemory } from '../memory.ts'

const edges = new Float64Array(12)

/** Writes the barycentric coordinates of a point (x y z) in a tetrahedron as it stands now. False for a flat one. */
export function coordinatesIn(
  { tetVertex, position }: TissueMemory,
  tet: number,
  point: Float64Array,
  out: Float64Array,
): boolean {
  const o = tetVertex[tet * 4] * 4
  for (let axis = 0; axis < 3; axis++) {
    for (let k = 0; k < 3; k++)
      edges[k * 3 + axis] = position[tetVertex[tet * 4 + 1 + k] * 4 + axis] - position[o + axis]
    edges[9 + axis] = point[axis] - position[o + axis]
  }
  const volume = triple(0, 3, 6)
  if (!(Math.abs(volume) > 1e-18)) return false
  out[1] = triple(9, 3, 6) / volume
  out[2] = triple(0, 9, 6) / volume
  out[3] = triple(0, 3, 9) / volume
  out[0] = 1 - out[1] - out[2] - out[3]
  return true
}

function triple(a: number, b: number, c: number): number {
  const x = edges[b + 1] * edges[c + 2] - edges[b + 2] * edges[c + 1]
  const y = edges[b + 2] * edges[c] - edges[b] * edges[c + 2]
  const z = edges[b] * edges[c + 1] - edges[b + 1] * edges[c]
  return edges[a] * x + edges[a + 1] * y + edges[a + 2] * z
}

/** Tetrahedra that a walk passes at most. */
const STEPS = 48

/** Where a walk came to: a tetrahedron that holds the point, out through its free face `through`, or nowhere. */
export type Walk = { tet: number; through: number; end: 'inside' | 'outside' | 'lost' }

export const createWalk = (): Walk => ({ tet: 0, through: -1, end: 'lost' })

/** Walks from `tet` towards a point; `out` holds its coordinates in the last tetrahedron. */
export function walkTo(tissue: TissueMemory, tet: number, point: Float64Array, out: Float64Array, walk: Walk): void {
  walk.tet = tet
  walk.end = 'lost'
  for (let step = 0; step < STEPS; step++) {
    if (!coordinatesIn(tissue, walk.tet, point, out)) return
    let k = 0
    for (let i = 1; i < 4; i++) if (out[i] < out[k]) k = i
    if (out[k] >= -1e-9) {
      walk.end = 'inside'
      return
    }
    const next = tissue.tetNeighbour[walk.tet * 4 + k]
    if (next === NONE) {
      walk.through = k
      walk.end = 'outside'
      return
    }
    walk.tet = next
  }
}

/** The tetrahedron that holds a point, −1 for none; `out` its coordinates there. Looks at all of them. */
export function tetAt(tissue: TissueMemory, point: Float64Array, out: Float64Array): number {
  const { tetVertex, position, counts } = tissue
  for (let tet = 0; tet < counts[COUNT.tets]; tet++) {
    const v = tet * 4
    if (tetVertex[v] === NONE) continue
    const a = tetVertex[v] * 4
    const b = tetVertex[v + 1] * 4
    const c = tetVertex[v + 2] * 4
    const d = tetVertex[v + 3] * 4
    let near = true
    for (let axis = 0; axis < 3 && near; axis++) {
      const x = point[axis]
      near =
        !(x < position[a + axis] && x < position[b + axis] && x < position[c + axis] && x < position[d + axis]) &&
        !(x > position[a + axis] && x > position[b + axis] && x > position[c + axis] && x > position[d + axis])
    }
    if (!near || !coordinatesIn(tissue, tet, point, out)) continue
    if (Math.min(out[0], out[1], out[2], out[3]) > 0) return tet
  }
  return -1
}

/** Shortest edge at the first corner of a tetrahedron at rest, m. */
export function sizeOf({ rest, tetVertex }: TissueMemory, tet: number): number {
  let least = Infinity
  for (let k = 1; k < 4; k++) {
    let d2 = 0
    for (let axis = 0; axis < 3; axis++) {
      const d = rest[tetVertex[tet * 4 + k] * 4 + axis] - rest[tetVertex[tet * 4] * 4 + axis]
      d2 += d * d
    }
    if (d2 < least) least = d2
  }
  return Math.sqrt(least)
}
