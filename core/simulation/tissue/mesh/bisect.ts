/**
 * Bisection of an edge in all tetrahedra around it: the mesh stays conforming whatever is bisected in whatever order
 * (Rivara 1984, doi:10.1002/nme.1620200412).
 */
import { COUNT, NONE } from '../memory.ts'
import { placeOf, ringOf, starOf } from './around.ts'
import { needRoom } from './elements.ts'
import { LIMIT, type Mesh, nextStamp, noteMass, noteTet } from './mesh.ts'
import { separateTet } from './separate.ts'
import { measure, measured, measureTet } from './volume.ts'

/** No half may be of lower shape quality than this, unless its whole was. */
const MIN_QUALITY = 0.1

/**
 * Puts a particle on the edge from `a` to `b` at `t` (0 at a … 1 at b), with everything interpolated, and halves all
 * tetrahedra around the edge. Returns the particle, or NONE, with nothing changed, where a half would be too small or
 * too flat. Where the edge is one at which parts of the surface pinch together, more particles than one are added, all
 * numbered from the returned one on. Throws `simulation/tissue-full` before anything changes.
 */
export function bisectEdge(mesh: Mesh, a: number, b: number, t: number): number {
  const { memory, vertexTet, tetPiece } = mesh
  const { tetVertex, tetNeighbour, tetMaterial, tension, counts } = memory
  const { ring, half, tetStamp } = mesh.work
  const n = ringOf(mesh, a, b)
  needRoom(memory, 1, n)
  const p = counts[COUNT.particles]
  interpolate(mesh, p, a, b, t)
  if (!halvesAreSound(mesh, n, a, b, p)) return NONE
  counts[COUNT.particles]++
  mesh.vertexCut[p] = 0
  // the ring's tetrahedra keep a, their halves get b; all of the ring is known before any neighbour is set
  const first = counts[COUNT.tets]
  const stamp = mesh.work.stamp
  for (let i = 0; i < n; i++) half[ring[i]] = first + i
  counts[COUNT.tets] += n
  if (tetStamp[vertexTet[b]] === stamp) vertexTet[b] = half[vertexTet[b]]
  vertexTet[p] = ring[0]
  for (let i = 0; i < n; i++) {
    const tet = ring[i]
    const other = first + i
    const from = placeOf(tetVertex, tet, a)
    const to = placeOf(tetVertex, tet, b)
    for (let k = 0; k < 4; k++) {
      const particle = tetVertex[tet * 4 + k]
      noteMass(mesh, particle)
      tetVertex[other * 4 + k] = k === from ? p : particle
      const across = tetNeighbour[tet * 4 + k]
      if (k === to) tetNeighbour[other * 4 + k] = tet
      else if (k !== from) tetNeighbour[other * 4 + k] = across === NONE ? NONE : half[across]
      else {
        tetNeighbour[other * 4 + k] = across
        if (across !== NONE) tetNeighbour[across * 4 + placeOf(tetNeighbour, across, tet)] = other
      }
    }
    tetVertex[tet * 4 + to] = p
    tetNeighbour[tet * 4 + from] = other
    tetMaterial[other] = tetMaterial[tet]
    if (tension.length > 0) tension.copyWithin(other * 9, tet * 9, tet * 9 + 9)
    tetPiece[other] = tetPiece[tet]
    memory.tetSlot[other] = NONE
    noteTet(mesh, tet)
    noteTet(mesh, other)
  }
  noteMass(mesh, p)
  if (starOf(mesh, p) < 2 * n) separateRing(mesh, n, first)
  return p
}

/** Where only the ends of the edge held its tetrahedra together, each part of them gets a particle of its own. */
function separateRing(mesh: Mesh, n: number, first: number): void {
  const verified = nextStamp(mesh.work)
  for (let tet = first; tet < first + n; tet++) separateTet(mesh, tet, verified)
}

function interpolate({ memory }: Mesh, p: number, a: number, b: number, t: number): void {
  blend(memory.rest, p, a, b, t)
  blend(memory.position, p, a, b, t)
  blend(memory.previous, p, a, b, t)
  blend(memory.velocity, p, a, b, t)
  memory.swollen[p] = memory.swollen[a] + (memory.swollen[b] - memory.swollen[a]) * t
  const held = memory.position[a * 4 + 3] === 0 && memory.position[b * 4 + 3] === 0
  memory.position[p * 4 + 3] = held ? 0 : 1
  memory.owner[p] = memory.owner[a]
}

/** Sets x, y, z of particle `p` to those at `t` between `a` and `b`. */
export function blend(at: Float32Array, p: number, a: number, b: number, t: number): void {
  for (let axis = 0; axis < 3; axis++) at[p * 4 + axis] = at[a * 4 + axis] + (at[b * 4 + axis] - at[a * 4 + axis]) * t
}

/** Whether all halves of the ring's first `n` tetrahedra, with `p` for `a` or for `b`, are large and round enough. */
function halvesAreSound(mesh: Mesh, n: number, a: number, b: number, p: number): boolean {
  const { memory, work } = mesh
  for (let i = 0; i < n; i++) {
    const tet = work.ring[i]
    measureTet(memory, memory.rest, tet)
    const least = measured[1] < MIN_QUALITY ? measured[1] : MIN_QUALITY
    if (!isSound(mesh, tet, a, p, least) || !isSound(mesh, tet, b, p, least)) return false
  }
  return true
}

/** Whether `tet` is large enough and of at least the quality `least` when `p` takes the place of `replaced`. */
function isSound({ memory, limits }: Mesh, tet: number, replaced: number, p: number, least: number): boolean {
  const { tetVertex, rest } = memory
  const v0 = tetVertex[tet * 4] === replaced ? p : tetVertex[tet * 4]
  const v1 = tetVertex[tet * 4 + 1] === replaced ? p : tetVertex[tet * 4 + 1]
  const v2 = tetVertex[tet * 4 + 2] === replaced ? p : tetVertex[tet * 4 + 2]
  const v3 = tetVertex[tet * 4 + 3] === replaced ? p : tetVertex[tet * 4 + 3]
  measure(rest, v0, v1, v2, v3)
  return measured[0] >= limits[LIMIT.minVolume] && measured[1] >= least
}
