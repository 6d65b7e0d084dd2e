/** Taking tissue away: what was worn through, debris, what fell out of the field, and crushed slivers. */
import { restVolume, volumeNow } from '../load.ts'
import { COUNT, NONE, type TissueMemory } from '../memory.ts'
import { placeOf, starOf, walkAround } from '../mesh/around.ts'
import { endChange } from '../mesh/mass.ts'
import { type Mesh, nextStamp, noteMass, noteTet } from '../mesh/mesh.ts'
import { labelPieces } from '../mesh/pieces.ts'
import { separateOpened } from '../mesh/separate.ts'
import { canTear, isSevered } from './tear.ts'

/** A piece of fewer tetrahedra than this is debris: too small to be seen, held or counted. */
const DEBRIS = 4

/** Removes all pieces that are debris. Returns the volume removed, m³ at rest. */
export function removeDebris(mesh: Mesh): number {
  const { memory, work, tetPiece } = mesh
  const { tetVertex, counts } = memory
  const { pieceOwner: size } = work
  size.fill(0)
  for (let tet = 0; tet < counts[COUNT.tets]; tet++) if (tetVertex[tet * 4] !== NONE) size[tetPiece[tet]]++
  let count = 0
  for (let tet = 0; tet < counts[COUNT.tets]; tet++)
    if (tetVertex[tet * 4] !== NONE && size[tetPiece[tet]] < DEBRIS) work.ring[count++] = tet
  return removeListed(mesh, count)
}

/**
 * Removes the pieces that have a particle further than `far` (m) from the origin of the field along an axis: what fell
 * out of it. Returns the volume removed, m³ at rest.
 */
export function removeStray(mesh: Mesh, far: number): number {
  const { memory, work, tetPiece } = mesh
  const { tetVertex, counts, position } = memory
  const { pieceOwner: stray } = work
  stray.fill(0)
  for (let corner = 0; corner < counts[COUNT.tets] * 4; corner++) {
    if (tetVertex[corner & ~3] === NONE) continue
    const p = tetVertex[corner] * 4
    if (Math.abs(position[p]) > far || Math.abs(position[p + 1]) > far || Math.abs(position[p + 2]) > far)
      stray[tetPiece[corner >> 2]] = 1
  }
  let count = 0
  for (let tet = 0; tet < counts[COUNT.tets]; tet++)
    if (tetVertex[tet * 4] !== NONE && stray[tetPiece[tet]] === 1) work.ring[count++] = tet
  return removeListed(mesh, count)
}

/** Each tick looks at one in so many tetrahedra. */
const TURNS = 8
/** What has less of its volume left is as good as inside out. */
const FLAT = 0.05
/** And what is blown up to more than this share is torn out of shape: a sliver can stay so, between its own shape and its mirror image. */
const BLOWN = 3
/** One that is found inside out so often without a break is crushed: for a third of a second. */
const CRUSHED = 4

/**
 * Removes what is crushed: slivers that their neighbours hold inside out or out of shape for good. `turned` counts by tetrahedron.
 * Returns the volume removed, m³ at rest.
 */
export function removeCrushed(mesh: Mesh, turned: Uint8Array, tick: number): number {
  const { memory, work } = mesh
  let count = 0
  for (let tet = tick % TURNS; tet < memory.counts[COUNT.tets]; tet += TURNS) {
    if (memory.tetVertex[tet * 4] === NONE || isSound(memory, tet)) turned[tet] = 0
    else if (++turned[tet] === CRUSHED) {
      turned[tet] = 0
      work.ring[count++] = tet
    }
  }
  return removeListed(mesh, count)
}

/** Whether a tetrahedron can come back to its shape; what would have torn long ago, had there been room for it, does not. */
function isSound(memory: TissueMemory, tet: number): boolean {
  const share = volumeNow(memory, tet) / restVolume(memory, tet)
  return share > FLAT && share < BLOWN && (canTear(memory) || !isSevered(memory, tet))
}

/** Removes a whole piece. Returns the volume removed, m³ at rest. */
export function removePiece(mesh: Mesh, piece: number): number {
  const { memory, work, tetPiece } = mesh
  let count = 0
  for (let tet = 0; tet < memory.counts[COUNT.tets]; tet++)
    if (memory.tetVertex[tet * 4] !== NONE && tetPiece[tet] === piece) work.ring[count++] = tet
  return removeListed(mesh, count)
}

/**
 * Removes the first `count` tetrahedra of `work.ring`, each once. Returns their volume at rest, m³. Where there is no room
 * for doubled particles, what would hang on by a mere particle or edge goes too.
 */
export function removeListed(mesh: Mesh, count: number): number {
  if (count === 0) return 0
  const { memory, work, changes } = mesh
  const { ring: list, cornerStamp } = work
  const removing = nextStamp(work)
  const from = changes.openedCount
  let volume = 0
  let gone = 0
  let listed = count
  while (gone < listed) {
    for (let i = gone; i < listed; i++) {
      cornerStamp[list[i] * 4] = removing
      volume += restVolume(memory, list[i])
    }
    for (let i = gone; i < listed; i++)
      for (let k = 0; k < 4; k++) leave(mesh, memory.tetVertex[list[i] * 4 + k], removing)
    for (let i = gone; i < listed; i++) detach(mesh, list[i], removing)
    gone = listed
    if (!canDouble(mesh, from)) listed = listLoose(mesh, from, removing, gone)
  }
  separateOpened(mesh, from)
  endChange(mesh)
  labelPieces(mesh)
  return volume
}

/** Whether there surely is room to double particles around the faces opened since `from`. */
function canDouble({ memory: { counts, size }, changes }: Mesh, from: number): boolean {
  return counts[COUNT.particles] + 3 * (changes.openedCount - from) <= size.particles
}

/**
 * Lists after the first `count` of `work.ring` what hangs together with the rest of the tetrahedra around a particle no
 * more, by the faces opened since `from`. Returns how many are listed then.
 */
function listLoose(mesh: Mesh, from: number, removing: number, count: number): number {
  const { vertexTet, work, changes } = mesh
  const { tetVertex } = mesh.memory
  const { ring: list, star, tetStamp, cornerStamp } = work
  for (let i = from * 4; i < changes.openedCount * 4; i++) {
    const tet = changes.opened[i >> 2] >> 2
    if (tetVertex[tet * 4] === NONE || cornerStamp[tet * 4] === removing) continue
    const particle = tetVertex[tet * 4 + (i & 3)]
    if (vertexTet[particle] === NONE) vertexTet[particle] = tet
    walkAround(mesh, particle, vertexTet[particle])
    if (tetStamp[tet] === work.stamp) continue
    const n = walkAround(mesh, particle, tet)
    for (let s = 0; s < n; s++) {
      if (cornerStamp[star[s] * 4] === removing) continue
      cornerStamp[star[s] * 4] = removing
      list[count++] = star[s]
    }
  }
  return count
}

/** Gives a particle a tetrahedron that stays, or none. */
function leave(mesh: Mesh, particle: number, removing: number): void {
  const { vertexTet, work } = mesh
  noteMass(mesh, particle)
  if (vertexTet[particle] === NONE || work.cornerStamp[vertexTet[particle] * 4] !== removing) return
  const n = starOf(mesh, particle)
  vertexTet[particle] = NONE
  for (let i = 0; i < n && vertexTet[particle] === NONE; i++) {
    if (work.cornerStamp[work.star[i] * 4] !== removing) vertexTet[particle] = work.star[i]
  }
}

/** Takes a tetrahedron out of the mesh; faces of its neighbours that stay become free. */
function detach(mesh: Mesh, tet: number, removing: number): void {
  const { tetVertex, tetNeighbour } = mesh.memory
  const { changes, work } = mesh
  for (let k = 0; k < 4; k++) {
    const other = tetNeighbour[tet * 4 + k]
    tetNeighbour[tet * 4 + k] = NONE
    if (other === NONE || work.cornerStamp[other * 4] === removing) continue
    const back = other * 4 + placeOf(tetNeighbour, other, tet)
    tetNeighbour[back] = NONE
    changes.opened[changes.openedCount++] = back
  }
  tetVertex[tet * 4] = NONE
  mesh.tetPiece[tet] = 0
  noteTet(mesh, tet)
}
