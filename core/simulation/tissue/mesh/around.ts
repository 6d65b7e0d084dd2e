/** What lies around a particle or an edge, found by walking through faces. */
import { NONE } from '../memory.ts'
import { type Mesh, nextStamp } from './mesh.ts'

/** The place (0–3) of a particle in a tetrahedron, or −1. */
export function placeOf(tetVertex: Uint32Array, tet: number, particle: number): number {
  const i = tet * 4
  if (tetVertex[i] === particle) return 0
  if (tetVertex[i + 1] === particle) return 1
  if (tetVertex[i + 2] === particle) return 2
  return tetVertex[i + 3] === particle ? 3 : -1
}

/**
 * Lists into `work.star` the tetrahedra that can be reached from `tet` around `particle`, a vertex of it, and stamps
 * them with `work.stamp`. Returns how many.
 */
export function walkAround(mesh: Mesh, particle: number, tet: number): number {
  const { tetVertex, tetNeighbour } = mesh.memory
  const { work } = mesh
  const { star, tetStamp } = work
  const stamp = nextStamp(work)
  star[0] = tet
  tetStamp[tet] = stamp
  let count = 1
  for (let i = 0; i < count; i++) {
    const base = star[i] * 4
    for (let k = 0; k < 4; k++) {
      if (tetVertex[base + k] === particle) continue
      const other = tetNeighbour[base + k]
      if (other === NONE || tetStamp[other] === stamp) continue
      tetStamp[other] = stamp
      star[count++] = other
    }
  }
  return count
}

/** Lists into `work.star` all tetrahedra around a particle. Returns how many. */
export function starOf(mesh: Mesh, particle: number): number {
  const tet = mesh.vertexTet[particle]
  return tet === NONE ? 0 : walkAround(mesh, particle, tet)
}

/** Lists into `work.ring` all tetrahedra that have both `a` and `b`. Returns how many. */
export function ringOf(mesh: Mesh, a: number, b: number): number {
  const { star, ring } = mesh.work
  const n = starOf(mesh, a)
  let count = 0
  for (let i = 0; i < n; i++) if (placeOf(mesh.memory.tetVertex, star[i], b) >= 0) ring[count++] = star[i]
  return count
}
