/** Cutting the edges (fibres and membranes) that hang on the particles of the mesh. */
import { SimulationError } from '../../contract.ts'
import { COUNT, NONE } from '../memory.ts'
import { noteEdge } from '../mesh/mesh.ts'
import { type Cutter, crossingOf } from './cutter.ts'
import { crossing, type Patch } from './patch.ts'

/**
 * Splits edges that lie along a bisected edge of tetrahedra; length and compliance at rest are shared between the parts.
 * Removes edges that lie along none and cross the patch, unless an end lies on the cut. To be called while the cutter
 * holds the patch's crossings. Throws `simulation/tissue-full`.
 */
export function cutEdges(cutter: Cutter, patch: Patch): void {
  const { mesh, outside, from, middle, place, on } = cutter
  const { memory, vertexTet, work } = mesh
  const { edgeVertex, position } = memory
  const end = memory.counts[COUNT.edges]
  for (let edge = 0; edge < end; edge++) {
    const a = edgeVertex[edge * 2]
    if (a === NONE) continue
    const b = edgeVertex[edge * 2 + 1]
    if ((outside[a] & outside[b] & 63) !== 0 || vertexTet[a] === NONE || vertexTet[b] === NONE) continue
    const i = crossingOf(cutter, a, b)
    if (i !== NONE && middle[i] !== NONE) splitEdge(cutter, edge, middle[i], from[i] === a ? place[i] : 1 - place[i])
    else if (i === NONE && work.vertexStamp[a] !== on && work.vertexStamp[b] !== on) {
      if (crossing(patch, position, a, b) < 0) continue
      edgeVertex[edge * 2] = NONE
      noteEdge(mesh, edge)
    }
  }
}

/** Puts particle `p` into an edge at the share `t` of its length. */
function splitEdge({ mesh }: Cutter, edge: number, p: number, t: number): void {
  const { counts, edgeVertex, edgeLength, edgeCompliance, edgeSlot, size } = mesh.memory
  const other = counts[COUNT.edges]
  if (other >= size.edges) throw new SimulationError('simulation/tissue-full', 'edges')
  counts[COUNT.edges]++
  edgeVertex[other * 2] = p
  edgeVertex[other * 2 + 1] = edgeVertex[edge * 2 + 1]
  edgeVertex[edge * 2 + 1] = p
  edgeLength[other] = edgeLength[edge] * (1 - t)
  edgeLength[edge] *= t
  edgeCompliance[other] = edgeCompliance[edge] * (1 - t)
  edgeCompliance[edge] *= t
  edgeSlot[other] = NONE
  noteEdge(mesh, edge)
  noteEdge(mesh, other)
}
