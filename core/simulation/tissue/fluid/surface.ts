/**
 * The surface that liquid runs over: free faces of tissue, wound so that their normals point into the open. Areas and
 * normals at its vertices are measured anew only when a vertex has moved by `SLACK` since; where that was is state,
 * so that a restored run measures the same.
 */
import { SimulationError } from '../../contract.ts'
import type { TissueMemory } from '../memory.ts'
import { FLUID_COUNT, type FluidMemory } from './memory.ts'
import type { Scratch } from './scratch.ts'
import { stirChanged } from './stir.ts'

/** Any tissue that has positions, four numbers a particle. */
export type SurfaceTissue = Pick<TissueMemory, 'position'>

export type Surface = Scratch & {
  readonly tissue: SurfaceTissue
  triangles: number
  /** The particles of tissue that are in use, four numbers each: now, and when the last tick ended. */
  particles: Float32Array
  before: Float32Array
  usedCount: number
  /** Vertices that its faces used before it was bound last. */
  readonly left: Uint32Array
  leftCount: number
  /** Whether `begin`, `now` and the boxes are those of a surface at rest where the tissue is. */
  isSettled: boolean
  /** Groups of blocks that have boxes. */
  groupCount: number
  /** Metres that the fastest vertex moved since the last tick. */
  motion: number
}

export function createSurface(scratch: Scratch, tissue: SurfaceTissue): Surface {
  return {
    ...scratch,
    tissue,
    triangles: 0,
    particles: tissue.position.subarray(0, 0),
    before: tissue.position.subarray(0, 0),
    usedCount: 0,
    left: new Uint32Array(scratch.used.length),
    leftCount: 0,
    isSettled: false,
    groupCount: 0,
    motion: 0,
  }
}

/**
 * Takes the `count` triangles of a surface (three vertices each, copied). `version` tells one topology from another: the
 * version of the state that is already there only restores what the state implies (after a restore), another one measures
 * where the tissue is now. Throws `simulation/bad-input` beyond the fluid's capacity.
 */
export function bindSurface(
  surface: Surface,
  memory: FluidMemory,
  triangle: Uint32Array,
  count: number,
  version: number,
): void {
  if (count > surface.faces) throw new SimulationError('simulation/bad-input', `surface face ${count}`)
  surface.triangles = count
  surface.isSettled = false
  const greatest = takeTriangles(surface, triangle)
  const known = memory.count[FLUID_COUNT.vertices]!
  const vertices = Math.max(known, greatest)
  if (surface.particles.length !== vertices * 4) {
    surface.particles = surface.tissue.position.subarray(0, vertices * 4)
    surface.before = memory.surfaceBefore.subarray(0, vertices * 4)
  }
  if (memory.count[FLUID_COUNT.surface] !== version + 1) {
    memory.count[FLUID_COUNT.surface] = version + 1
    memory.count[FLUID_COUNT.vertices] = vertices
    for (let i = known * 4; i < vertices * 4; i++) memory.surfaceBefore[i] = surface.particles[i]!
    stirChanged(surface, memory)
  }
  measureVertices(surface, memory.surfaceLaid)
}

/** Copies the triangles and lists the vertices that they use. Gives the greatest number of these, plus one. */
function takeTriangles(surface: Surface, triangle: Uint32Array): number {
  const { kernel, triangles, corners, a, b, c, used, area, uses } = surface
  surface.left.set(used)
  surface.leftCount = surface.usedCount
  corners.set(triangle.subarray(0, triangles * 3))
  const count = kernel.bindFaces(
    corners.byteOffset,
    triangles,
    a.byteOffset,
    b.byteOffset,
    c.byteOffset,
    used.byteOffset,
    uses.byteOffset,
    area.length,
  )
  if (count < 0) throw new SimulationError('simulation/bad-input', 'surface vertex')
  surface.usedCount = count
  for (let i = count; (i & 3) !== 0; i++) used[i] = used[0]!
  let greatest = uses.length
  while (greatest > 0 && (uses[greatest - 1]! & 1) === 0) greatest--
  return greatest
}

/** Measures areas and normals around all vertices, which lie at `laid` (four numbers each, in the kernel). */
function measureVertices(
  { kernel, triangles, a, b, c, used, usedCount, area, normal, uses }: Surface,
  laid: Float32Array,
): void {
  kernel.measureVertices(
    a.byteOffset,
    b.byteOffset,
    c.byteOffset,
    triangles,
    used.byteOffset,
    usedCount,
    laid.byteOffset,
    area.byteOffset,
    normal.byteOffset,
    uses.byteOffset,
    area.length,
  )
}

/** Measures them anew around `count` vertices that are listed as stirred. */
export function measureStirred(
  { kernel, triangles, a, b, c, used, usedCount, area, normal, uses, stirred }: Surface,
  laid: Float32Array,
  count: number,
): void {
  kernel.measureMoved(
    a.byteOffset,
    b.byteOffset,
    c.byteOffset,
    triangles,
    used.byteOffset,
    usedCount,
    laid.byteOffset,
    area.byteOffset,
    normal.byteOffset,
    uses.byteOffset,
    stirred.byteOffset,
    count,
  )
}
