/**
 * Opening faces. Where the tetrahedra around a particle no longer hang together, each part gets a particle of its own:
 * duplication by connected parts as in the virtual node algorithm (Molino, Bao, Fedkiw 2004, doi:10.1145/1015706.1015734).
 */
import { NONE } from '../memory.ts'
import { placeOf, walkAround } from './around.ts'
import { followParticles } from './edges.ts'
import { copyParticle } from './elements.ts'
import { type Mesh, nextStamp, noteTet } from './mesh.ts'

/** Opens the face opposite to vertex `place` of `tet`, on both sides. {@link separateAround} must follow. */
export function openFace(mesh: Mesh, tet: number, place: number): void {
  const { tetNeighbour } = mesh.memory
  const { changes } = mesh
  const other = tetNeighbour[tet * 4 + place]
  const back = placeOf(tetNeighbour, other, tet)
  tetNeighbour[tet * 4 + place] = NONE
  tetNeighbour[other * 4 + back] = NONE
  changes.opened[changes.openedCount++] = tet * 4 + place
  changes.opened[changes.openedCount++] = other * 4 + back
}

/** Doubles particles around the faces opened since `from`, an earlier value of `changes.openedCount`, of what is still there. */
export function separateOpened(mesh: Mesh, from: number): void {
  const { changes } = mesh
  const { tetVertex } = mesh.memory
  const verified = nextStamp(mesh.work)
  for (let i = from; i < changes.openedCount; i++) {
    const tet = changes.opened[i] >> 2
    if (tetVertex[tet * 4] !== NONE) separateTet(mesh, tet, verified)
  }
  followParticles(mesh)
}

/**
 * Doubles particles of `tet` from whose other tetrahedra it cannot be reached. Corners that are known to be in order
 * carry the stamp `verified`.
 */
export function separateTet(mesh: Mesh, tet: number, verified: number): void {
  const { tetVertex } = mesh.memory
  const { vertexTet, work } = mesh
  const { star, tetStamp, cornerStamp } = work
  for (let k = 0; k < 4; k++) {
    if (cornerStamp[tet * 4 + k] === verified) continue
    const particle = tetVertex[tet * 4 + k]
    let n = walkAround(mesh, particle, vertexTet[particle])
    for (let i = 0; i < n; i++) cornerStamp[star[i] * 4 + placeOf(tetVertex, star[i], particle)] = verified
    if (tetStamp[tet] === work.stamp) continue
    n = walkAround(mesh, particle, tet)
    const copy = copyParticle(mesh, particle)
    vertexTet[copy] = tet
    for (let i = 0; i < n; i++) {
      const corner = star[i] * 4 + placeOf(tetVertex, star[i], particle)
      tetVertex[corner] = copy
      cornerStamp[corner] = verified
      noteTet(mesh, star[i])
    }
  }
}
