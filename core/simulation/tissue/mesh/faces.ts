/** The surface of tissue: all faces without a neighbour. */
import { SimulationError } from '../../contract.ts'
import { COUNT, NONE, type TissueMemory } from '../memory.ts'
import { FACE } from './volume.ts'

/**
 * Writes the free faces as triangles that are anticlockwise from outside (three particles each) and, for each, its
 * corner (tetrahedron × 4 + vertex opposite). Returns how many. Throws `simulation/tissue-full` when they do not fit.
 */
export function freeFaces(memory: TissueMemory, triangles: Uint32Array, corners: Uint32Array): number {
  const { tetVertex, tetNeighbour } = memory
  const end = memory.counts[COUNT.tets] * 4
  const room = Math.min(corners.length, Math.floor(triangles.length / 3))
  let count = 0
  for (let corner = 0; corner < end; corner++) {
    if (tetNeighbour[corner] !== NONE) continue
    const base = corner & ~3
    if (tetVertex[base] === NONE) continue
    if (count === room) throw new SimulationError('simulation/tissue-full', 'faces')
    const k = (corner & 3) * 3
    triangles[count * 3] = tetVertex[base + FACE[k]]
    triangles[count * 3 + 1] = tetVertex[base + FACE[k + 1]]
    triangles[count * 3 + 2] = tetVertex[base + FACE[k + 2]]
    corners[count++] = corner
  }
  return count
}
