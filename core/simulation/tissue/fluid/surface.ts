/**
 * The surface that liquid runs over: free faces of tissue, wound so that their normals point into the open. A hash grid over
 * the triangles is laid anew only when a vertex has moved by {@link SLACK} since; where it was laid is state, so that a
 * restored run meets the same grid. Planes are computed when first asked for in a tick.
 */
import { SimulationError } from '../../contract.ts'
import type { TissueMemory } from '../memory.ts'
import { clearLists, createFaceLists, type FaceLists } from './facelists.ts'
import { FLUID_COUNT, type FluidMemory } from './memory.ts'
import { measureVertices, PLANE } from './plane.ts'

/** Edge of a cell in metres; what a vertex may move before the grid is laid anew. */
export const SURFACE_CELL = 0.008
export const SLACK = 0.0006
const BUCKETS = 8192
const MASK = BUCKETS - 1

/** Any tissue that has positions, four numbers a particle. */
export type SurfaceTissue = Pick<TissueMemory, 'position'>

export type Surface = {
  readonly tissue: SurfaceTissue
  /** Three vertices a triangle. */
  triangle: Uint32Array
  triangles: number
  /** Vertices that triangles use, each once, in order of first use. */
  used: Uint32Array
  usedCount: number
  /** Area in m² around each vertex of tissue, a third of its triangles', and the normal there (unit, 3 a vertex), as laid. */
  readonly area: Float64Array
  readonly normal: Float64Array
  /** See `plane.ts`. */
  plane: Float32Array
  /** Stamp under which a plane was computed; the stamp changes when `now` does. */
  planeStamp: Int32Array
  stamp: number
  /** Whether `begin` and `now` are where the tissue is. */
  isSettled: boolean
  /** Vertices when a substep begins, and when it ends; three numbers each. */
  readonly begin: Float32Array
  readonly now: Float32Array
  /** Triangles of each bucket: `entry[start[b]] … entry[start[b + 1] − 1]`, in order of number. */
  readonly start: Uint32Array
  entry: Uint32Array
  /** Query in which a triangle was last met, so that it is met once. */
  seen: Int32Array
  query: number
  /** What the last query found. */
  readonly found: Uint32Array
  foundCount: number
  readonly lists: FaceLists
  /** Box of what moved when the grid was last laid: sleepers inside it wake. */
  readonly stirred: Float64Array
  isStirred: boolean
  /** Metres that the fastest vertex moved since the last tick. */
  motion: number
}

/** Triangles that one query can give. */
export const MOST_FOUND = 1024

export function createSurface(tissue: SurfaceTissue, vertices: number): Surface {
  return {
    tissue,
    triangle: new Uint32Array(0),
    triangles: 0,
    used: new Uint32Array(0),
    usedCount: 0,
    area: new Float64Array(vertices),
    normal: new Float64Array(vertices * 3),
    plane: new Float32Array(0),
    planeStamp: new Int32Array(0),
    stamp: 0,
    isSettled: false,
    begin: new Float32Array(vertices * 3),
    now: new Float32Array(vertices * 3),
    start: new Uint32Array(BUCKETS + 1),
    entry: new Uint32Array(0),
    seen: new Int32Array(0),
    query: 0,
    found: new Uint32Array(MOST_FOUND),
    foundCount: 0,
    lists: createFaceLists(),
    stirred: new Float64Array(6),
    isStirred: false,
    motion: 0,
  }
}

/**
 * Takes the `count` triangles of a surface (three vertices each, copied). `version` tells one topology from another: the
 * version of the state that is already there only restores what the state implies (after a restore), another one lays the
 * grid where the tissue is now. Throws `simulation/bad-input` for a vertex beyond the fluid's capacity.
 */
export function bindSurface(
  surface: Surface,
  memory: FluidMemory,
  triangle: Uint32Array,
  count: number,
  version: number,
): void {
  surface.triangles = count
  surface.isSettled = false
  if (surface.triangle.length < count * 3) {
    const room = count + (count >> 2)
    surface.triangle = new Uint32Array(room * 3)
    surface.used = new Uint32Array(room * 3)
    surface.plane = new Float32Array(room * PLANE)
    surface.planeStamp = new Int32Array(room)
    surface.seen = new Int32Array(room)
    surface.entry = new Uint32Array(room * 12)
  }
  surface.triangle.set(triangle.subarray(0, count * 3))
  surface.planeStamp.fill(-1)
  surface.seen.fill(-1)
  listUsed(surface)
  if (memory.count[FLUID_COUNT.surface] !== version + 1) {
    const known = memory.count[FLUID_COUNT.vertices]!
    let most = known
    for (let i = 0; i < surface.usedCount; i++) {
      const v = surface.used[i]!
      copyVertex(surface, memory.surfaceLaid, v)
      if (v >= known) copyVertex(surface, memory.surfaceBefore, v)
      if (v >= most) most = v + 1
    }
    memory.count[FLUID_COUNT.surface] = version + 1
    memory.count[FLUID_COUNT.vertices] = most
  }
  layGrid(surface, memory)
}

export function copyVertex(surface: Surface, to: Float32Array, v: number): void {
  const position = surface.tissue.position
  to[v * 3] = position[v * 4]!
  to[v * 3 + 1] = position[v * 4 + 1]!
  to[v * 3 + 2] = position[v * 4 + 2]!
}

function listUsed(surface: Surface): void {
  const { triangle, triangles, used, area } = surface
  area.fill(-1)
  let n = 0
  for (let i = 0; i < triangles * 3; i++) {
    const v = triangle[i]!
    if (v >= area.length) throw new SimulationError('simulation/bad-input', `surface vertex ${v}`)
    if (area[v]! < 0) {
      area[v] = 0
      used[n++] = v
    }
  }
  surface.usedCount = n
}

/** Lays the grid over the triangles where `surfaceLaid` has them, and measures around vertices. */
export function layGrid(surface: Surface, memory: FluidMemory): void {
  const { triangles, start } = surface
  const laid = memory.surfaceLaid
  start.fill(0)
  let total = 0
  for (let t = 0; t < triangles; t++) total += visitCells(surface, laid, t, true)
  if (surface.entry.length < total) surface.entry = new Uint32Array(total + (total >> 1))
  let sum = 0
  for (let b = 0; b < BUCKETS; b++) {
    sum += start[b]!
    start[b] = sum
  }
  start[BUCKETS] = sum
  for (let t = triangles - 1; t >= 0; t--) visitCells(surface, laid, t, false)
  measureVertices(surface, laid)
  clearLists(surface.lists)
}

/** Counts a triangle into its cells, or (from the last to the first) enters it there. */
function visitCells(surface: Surface, laid: Float32Array, t: number, counting: boolean): number {
  const { triangle, start, entry } = surface
  const a = triangle[t * 3]! * 3
  const b = triangle[t * 3 + 1]! * 3
  const c = triangle[t * 3 + 2]! * 3
  const x0 = low(laid[a]!, laid[b]!, laid[c]!)
  const x1 = high(laid[a]!, laid[b]!, laid[c]!)
  const y0 = low(laid[a + 1]!, laid[b + 1]!, laid[c + 1]!)
  const y1 = high(laid[a + 1]!, laid[b + 1]!, laid[c + 1]!)
  const z0 = low(laid[a + 2]!, laid[b + 2]!, laid[c + 2]!)
  const z1 = high(laid[a + 2]!, laid[b + 2]!, laid[c + 2]!)
  for (let z = z0; z <= z1; z++) {
    for (let y = y0; y <= y1; y++) {
      for (let x = x0; x <= x1; x++) {
        const h = hashCell(x, y, z)
        if (counting) start[h] = start[h]! + 1
        else {
          const to = start[h]! - 1
          start[h] = to
          entry[to] = t
        }
      }
    }
  }
  return (x1 - x0 + 1) * (y1 - y0 + 1) * (z1 - z0 + 1)
}

function low(a: number, b: number, c: number): number {
  return Math.floor(Math.min(a, b, c) / SURFACE_CELL)
}

function high(a: number, b: number, c: number): number {
  return Math.floor(Math.max(a, b, c) / SURFACE_CELL)
}

export function hashCell(x: number, y: number, z: number): number {
  return (Math.imul(x, 73856093) ^ Math.imul(y, 19349663) ^ Math.imul(z, 83492791)) & MASK
}
