/** Edges (fibres and membranes) that hang on particles of the mesh, when those particles are doubled or lost. */
import { COUNT, NONE } from '../memory.ts'
import { ringOf } from './around.ts'
import { type Mesh, noteEdge } from './mesh.ts'

/**
 * Edges along an edge of tetrahedra stay with it when their ends are doubled; where tissue parts along such an edge, it
 * stays on one side. Edges of a particle that lost all its tetrahedra are removed. Looks only at particles whose masses
 * are yet to be summed.
 */
export function followParticles(mesh: Mesh): void {
  const { memory, vertexTet, work } = mesh
  const { edgeVertex, counts } = memory
  for (let edge = 0; edge < counts[COUNT.edges]; edge++) {
    const a = edgeVertex[edge * 2]
    if (a === NONE) continue
    const b = edgeVertex[edge * 2 + 1]
    if (work.isDirty[a] === 0 && work.isDirty[b] === 0) continue
    if ((vertexTet[a] === NONE && work.isDirty[a] === 1) || (vertexTet[b] === NONE && work.isDirty[b] === 1)) {
      edgeVertex[edge * 2] = NONE
      noteEdge(mesh, edge)
    } else if (vertexTet[a] !== NONE && vertexTet[b] !== NONE && ringOf(mesh, a, b) === 0) moveEnds(mesh, edge, a, b)
  }
}

/** Edges at a particle that was slid at rest are as much longer or shorter. @param before where it was at rest */
export function followSlide(mesh: Mesh, v: number, before: Float64Array): void {
  const { edgeVertex, edgeLength, edgeCompliance, rest, counts } = mesh.memory
  for (let edge = 0; edge < counts[COUNT.edges]; edge++) {
    const a = edgeVertex[edge * 2]
    if (a === NONE || (a !== v && edgeVertex[edge * 2 + 1] !== v)) continue
    const other = (a === v ? edgeVertex[edge * 2 + 1] : a) * 4
    let was = 0
    let is = 0
    for (let i = 0; i < 3; i++) {
      was += (before[i] - rest[other + i]) * (before[i] - rest[other + i])
      is += (rest[v * 4 + i] - rest[other + i]) * (rest[v * 4 + i] - rest[other + i])
    }
    if (!(was > 0)) continue
    const ratio = Math.sqrt(is / was)
    edgeLength[edge] *= ratio
    edgeCompliance[edge] *= ratio
    noteEdge(mesh, edge)
  }
}

/** Puts an edge between the first of its ends and their copies that share a tetrahedron, if there are any. */
function moveEnds(mesh: Mesh, edge: number, a: number, b: number): void {
  const { changes } = mesh
  const { edgeVertex } = mesh.memory
  for (let i = -2; i < changes.copyCount; i += 2) {
    if (i >= 0 && changes.copies[i] !== a) continue
    const from = i < 0 ? a : changes.copies[i + 1]
    for (let j = -2; j < changes.copyCount; j += 2) {
      if (j >= 0 && changes.copies[j] !== b) continue
      const to = j < 0 ? b : changes.copies[j + 1]
      if (ringOf(mesh, from, to) === 0) continue
      edgeVertex[edge * 2] = from
      edgeVertex[edge * 2 + 1] = to
      noteEdge(mesh, edge)
      return
    }
  }
}
