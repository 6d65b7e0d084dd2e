/**
 * A uniform hash of the free faces by the boxes around them, laid anew each tick (Teschner et al. 2003, "Optimized spatial
 * hashing for collision detection of deformable objects", VMV). Faces of a cell come in order of number.
 */
import { SimulationError } from '../../contract.ts'
import type { Surface } from './toolcontact.ts'

/** Edge of a cell, m. */
const CELL = 0.006
const BUCKETS = 4096

export type FaceGrid = {
  readonly start: Uint32Array
  readonly entry: Uint32Array
  /** Query in which a face was met last, so that it is met once. */
  readonly seen: Uint32Array
  query: number
  /** How far `facesNear` looks, m. */
  readonly reach: Float64Array
  readonly found: Uint32Array
  foundCount: number
}

/** @param faces capacity */
export const createFaceGrid = (faces: number): FaceGrid => ({
  start: new Uint32Array(BUCKETS + 1),
  entry: new Uint32Array(faces * 6),
  seen: new Uint32Array(faces),
  query: 0,
  reach: new Float64Array(1),
  found: new Uint32Array(faces),
  foundCount: 0,
})

const bucket = (x: number, y: number, z: number): number =>
  (Math.imul(x, 73856093) ^ Math.imul(y, 19349663) ^ Math.imul(z, 83492791)) & (BUCKETS - 1)

const cell = (x: number): number => Math.floor(x / CELL)

/** Lays the grid over the faces as they are now. Throws `simulation/tissue-full` when they do not fit. */
export function layFaces(grid: FaceGrid, position: Float32Array, surface: Surface): void {
  const { start, entry } = grid
  start.fill(0)
  for (let f = 0; f < surface.count; f++) eachCell(position, surface.triangles, f, start, undefined)
  let sum = 0
  for (let b = 0; b < BUCKETS; b++) {
    sum += start[b]
    start[b] = sum
  }
  start[BUCKETS] = sum
  if (sum > entry.length) throw new SimulationError('simulation/tissue-full', 'cells of faces')
  // Backwards, so that each bucket ends with its faces in order.
  for (let f = surface.count - 1; f >= 0; f--) eachCell(position, surface.triangles, f, start, entry)
}

/** Counts a face in each cell that its box meets, or enters it there. */
function eachCell(
  p: Float32Array,
  triangles: Uint32Array,
  f: number,
  start: Uint32Array,
  entry: Uint32Array | undefined,
): void {
  const a = triangles[f * 3] * 4
  const b = triangles[f * 3 + 1] * 4
  const c = triangles[f * 3 + 2] * 4
  const x1 = cell(Math.max(p[a], p[b], p[c]))
  const y1 = cell(Math.max(p[a + 1], p[b + 1], p[c + 1]))
  const z1 = cell(Math.max(p[a + 2], p[b + 2], p[c + 2]))
  for (let x = cell(Math.min(p[a], p[b], p[c])); x <= x1; x++)
    for (let y = cell(Math.min(p[a + 1], p[b + 1], p[c + 1])); y <= y1; y++)
      for (let z = cell(Math.min(p[a + 2], p[b + 2], p[c + 2])); z <= z1; z++) {
        const at = bucket(x, y, z)
        if (entry) entry[--start[at]] = f
        else start[at]++
      }
}

/** Lists the faces in cells within `grid.reach` of a particle, each once. */
export function facesNear(grid: FaceGrid, position: Float32Array, particle: number): void {
  const { start, entry, seen, found } = grid
  const reach = grid.reach[0]
  const x = position[particle * 4]
  const y = position[particle * 4 + 1]
  const z = position[particle * 4 + 2]
  grid.foundCount = 0
  if (++grid.query === 0xffffffff) {
    seen.fill(0)
    grid.query = 1
  }
  const x1 = cell(x + reach)
  const y1 = cell(y + reach)
  const z1 = cell(z + reach)
  for (let i = cell(x - reach); i <= x1; i++)
    for (let j = cell(y - reach); j <= y1; j++)
      for (let k = cell(z - reach); k <= z1; k++) {
        const at = bucket(i, j, k)
        for (let e = start[at]; e < start[at + 1]; e++) {
          const f = entry[e]
          if (seen[f] === grid.query) continue
          seen[f] = grid.query
          found[grid.foundCount++] = f
        }
      }
}
