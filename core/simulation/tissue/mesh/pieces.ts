/** Connected pieces of tissue: what a cut has freed. */
import { restVolume } from '../load.ts'
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

/** Adds up the volume at rest of each piece, m³, by its label; labels beyond the length of `out` are left out. */
export function pieceVolumes({ memory, tetPiece }: Mesh, out: Float64Array): void {
  out.fill(0)
  for (let tet = 0; tet < memory.counts[COUNT.tets]; tet++) {
    if (memory.tetVertex[tet * 4] !== NONE && tetPiece[tet] < out.length) out[tetPiece[tet]] += restVolume(memory, tet)
  }
}
