import { COUNT, NONE } from '../memory.ts'
import { type Mesh, nextStamp, TALLY } from './mesh.ts'

/**
 * Labels connected tetrahedra anew. The largest part of a former piece (by tetrahedra, then by the lowest of them) keeps
 * its label; every other part gets the lowest label that is not in use. Sets `tally.pieces` and returns how many pieces
 * there are.
 */
export function labelPieces(mesh: Mesh): number {
  const { memory, tally, tetPiece, work } = mesh
  const { tetVertex } = memory
  const { ring: first, half: size, pieceOwner: owner, tetStamp } = work
  const tets = memory.counts[COUNT.tets]
  let visited = nextStamp(work)
  let pieces = 0
  owner.fill(NONE)
  for (let tet = 0; tet < tets; tet++) {
    if (tetVertex[tet * 4] === NONE || tetStamp[tet] === visited) continue
    const label = tetPiece[tet]
    first[pieces] = tet
    size[pieces] = flood(mesh, tet, visited, label)
    if (label !== 0 && (owner[label] === NONE || size[pieces] > size[owner[label]])) owner[label] = pieces
    pieces++
  }
  visited = nextStamp(work)
  let unused = 1
  for (let piece = 0; piece < pieces; piece++) {
    const label = tetPiece[first[piece]]
    if (label !== 0 && owner[label] === piece) continue
    while (owner[unused] !== NONE) unused++
    owner[unused] = piece
    flood(mesh, first[piece], visited, unused)
  }
  tally[TALLY.pieces] = pieces
  return pieces
}

/** So many tetrahedra are looked at before all are labelled anew. */
const NEARBY = 2048

/**
 * Labels pieces anew where the faces opened since `from`, an earlier value of `changes.openedCount`, may have parted some:
 * mostly what lay on either side of them still hangs together close by, around the front of the cut.
 */
export function labelOpened(mesh: Mesh, from: number): void {
  if (!staysTogether(mesh, from)) labelPieces(mesh)
}

/** Whether the tetrahedra at opened faces can be reached from each other, as far as they were of one piece. */
function staysTogether({ memory, work, changes, tetPiece }: Mesh, from: number): boolean {
  const { tetNeighbour } = memory
  const { stack, tetStamp, cornerStamp } = work
  const { opened, openedCount } = changes
  const wanted = nextStamp(work)
  const visited = nextStamp(work)
  for (let i = from; i < openedCount; i++) {
    const label = tetPiece[opened[i] >> 2]
    if (tetStamp[opened[i] >> 2] === visited) continue
    let left = 0
    for (let j = i; j < openedCount; j++) {
      const tet = opened[j] >> 2
      if (tetPiece[tet] !== label || cornerStamp[tet * 4] === wanted) continue
      cornerStamp[tet * 4] = wanted
      left++
    }
    stack[0] = opened[i] >> 2
    tetStamp[stack[0]] = visited
    let count = 1
    left--
    for (let n = 0; n < count && left > 0; n++) {
      if (n === NEARBY) return false
      for (let k = stack[n] * 4; k < stack[n] * 4 + 4; k++) {
        const other = tetNeighbour[k]
        if (other === NONE || tetStamp[other] === visited) continue
        tetStamp[other] = visited
        if (cornerStamp[other * 4] === wanted) left--
        stack[count++] = other
      }
    }
    if (left > 0) return false
  }
  return true
}

/** Labels what hangs together with `tet` and is not yet stamped; returns the number of tetrahedra. */
function flood(mesh: Mesh, tet: number, visited: number, label: number): number {
  const { tetNeighbour } = mesh.memory
  const { stack, tetStamp } = mesh.work
  stack[0] = tet
  tetStamp[tet] = visited
  let count = 1
  for (let i = 0; i < count; i++) {
    const current = stack[i]
    mesh.tetPiece[current] = label
    for (let k = 0; k < 4; k++) {
      const other = tetNeighbour[current * 4 + k]
      if (other === NONE || tetStamp[other] === visited) continue
      tetStamp[other] = visited
      stack[count++] = other
    }
  }
  return count
}
