/** Takes over a mesh that was just loaded: who neighbours whom, masses, pieces, limits. Allocates. */
import { finish, STRETCH, type Steps } from '../../steps.ts'
import { restVolume } from '../load.ts'
import { COUNT, NONE } from '../memory.ts'
import { settleMasses } from './mass.ts'
import { LIMIT, type Mesh, nextStamp, noteMass, TALLY } from './mesh.ts'
import { labelPieces } from './pieces.ts'
import { separateTet } from './separate.ts'
import { FACE } from './volume.ts'

/** Cutting makes no tetrahedron smaller than these shares of the mean one and of the smallest one loaded. */
const MIN_VOLUME = { ofMean: 0.01, ofLeast: 0.1 }

/**
 * Finds the neighbours across all faces, gives every particle its tetrahedron and its mass, doubles particles at which
 * parts touch in a mere point or edge, and labels the pieces. A face of three tetrahedra throws a RangeError.
 */
export function adoptMesh(mesh: Mesh): void {
  finish(adoptSteps(mesh))
}

/** What `adoptMesh` does, in steps. */
export function* adoptSteps(mesh: Mesh): Steps {
  const { memory, tally } = mesh
  const tets = memory.counts[COUNT.tets]
  const faces = createFaces(tets)
  for (let from = 0; from < tets; from += STRETCH) {
    findNeighbours(memory.tetVertex, memory.tetNeighbour, faces, from, Math.min(tets, from + STRETCH))
    yield
  }
  takeOver(mesh)
  tally[TALLY.nextCut] = 1
  yield
  const verified = nextStamp(mesh.work)
  for (let from = 0; from < tets; from += STRETCH) {
    for (let tet = from; tet < Math.min(tets, from + STRETCH); tet++)
      if (memory.tetVertex[tet * 4] !== NONE) separateTet(mesh, tet, verified)
    yield
  }
  while (mesh.work.dirtyCount > 0) {
    settleMasses(mesh, STRETCH / 4)
    yield
  }
  labelPieces(mesh)
}

/** Gives every particle a tetrahedron, notes its mass, and sets the limits. */
function takeOver(mesh: Mesh): void {
  const { memory } = mesh
  const tets = memory.counts[COUNT.tets]
  let volume = 0
  let least = Infinity
  let live = 0
  for (let tet = 0; tet < tets; tet++) {
    if (memory.tetVertex[tet * 4] === NONE) continue
    const own = restVolume(memory, tet)
    volume += own
    least = Math.min(least, own)
    live++
    for (let k = 0; k < 4; k++) {
      const particle = memory.tetVertex[tet * 4 + k]
      if (mesh.vertexTet[particle] === NONE) mesh.vertexTet[particle] = tet
      noteMass(mesh, particle)
    }
  }
  mesh.limits[LIMIT.minVolume] =
    live === 0 ? 0 : Math.min((MIN_VOLUME.ofMean * volume) / live, MIN_VOLUME.ofLeast * least)
}

/** An open table of faces, whose keys are their three particles in order. */
type Faces = { readonly table: Uint32Array; readonly key: Uint32Array }

function createFaces(tets: number): Faces {
  let size = 16
  while (size < tets * 8) size *= 2
  return { table: new Uint32Array(size), key: new Uint32Array(size * 3) }
}

/** Fills `tetNeighbour` for tetrahedra from `from` to before `to`, once that was done for all before them. */
function findNeighbours(
  tetVertex: Uint32Array,
  tetNeighbour: Uint32Array,
  { table, key }: Faces,
  from: number,
  to: number,
): void {
  const last = table.length - 1
  for (let corner = from * 4; corner < to * 4; corner++) {
    tetNeighbour[corner] = NONE
    const base = corner & ~3
    if (tetVertex[base] === NONE) continue
    const k = (corner & 3) * 3
    const a = tetVertex[base + FACE[k]]
    const b = tetVertex[base + FACE[k + 1]]
    const c = tetVertex[base + FACE[k + 2]]
    const low = Math.min(a, b, c)
    const high = Math.max(a, b, c)
    const middle = a + b + c - low - high
    let slot = (Math.imul(low, 73856093) ^ Math.imul(middle, 19349663) ^ Math.imul(high, 83492791)) & last
    while (table[slot] !== 0 && (key[slot * 3] !== low || key[slot * 3 + 1] !== middle || key[slot * 3 + 2] !== high)) {
      slot = (slot + 1) & last
    }
    if (table[slot] === 0) {
      table[slot] = corner + 1
      key[slot * 3] = low
      key[slot * 3 + 1] = middle
      key[slot * 3 + 2] = high
      continue
    }
    const other = table[slot] - 1
    if (tetNeighbour[other] !== NONE) throw new RangeError(`a third tetrahedron at a face: ${corner >> 2}`)
    tetNeighbour[other] = corner >> 2
    tetNeighbour[corner] = other >> 2
  }
}
