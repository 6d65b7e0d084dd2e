/**
 * The surface that liquid runs over: free faces of tissue, wound so that their normals point into the open. Areas and
 * normals at its vertices are measured anew only when a vertex has moved by {@link SLACK} since; where that was is state,
 * so that a restored run measures the same.
 */
import { SimulationError } from '../../contract.ts'
import type { TissueMemory } from '../memory.ts'
import { FLUID_COUNT, type FluidMemory } from './memory.ts'
import type { Scratch } from './scratch.ts'

/** What a vertex may move, in metres, before the surface is measured anew, and wakes what sleeps near it. */
export const SLACK = 0.0006

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
  /** Area in m² around each vertex of tissue, a third of its triangles', and the normal there (unit, 3 a vertex), as laid. */
  readonly area: Float64Array
  readonly normal: Float64Array
  /** Whether `begin`, `now` and the boxes are those of a surface at rest where the tissue is. */
  isSettled: boolean
  /** Groups of blocks that have boxes. */
  groupCount: number
  /** Box of what moved when the surface was last measured: sleepers inside it wake. */
  readonly stirred: Float64Array
  isStirred: boolean
  /** Metres that the fastest vertex moved since the last tick. */
  motion: number
}

export function createSurface(scratch: Scratch, tissue: SurfaceTissue, vertices: number): Surface {
  return {
    ...scratch,
    tissue,
    triangles: 0,
    particles: tissue.position.subarray(0, 0),
    before: tissue.position.subarray(0, 0),
    usedCount: 0,
    left: new Uint32Array(scratch.used.length),
    leftCount: 0,
    area: new Float64Array(vertices),
    normal: new Float64Array(vertices * 3),
    isSettled: false,
    groupCount: 0,
    stirred: new Float64Array(6),
    isStirred: false,
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
    memory.surfaceLaid.set(surface.particles)
  }
  measureVertices(surface, memory.surfaceLaid)
}

/** Copies the triangles and lists the vertices that they use. Gives the greatest number of these, plus one. */
function takeTriangles(surface: Surface, triangle: Uint32Array): number {
  const { triangles, a, b, c, used, area } = surface
  surface.left.set(used)
  surface.leftCount = surface.usedCount
  area.fill(-1)
  let n = 0
  let greatest = 0
  for (let t = 0; t < triangles; t++) {
    a[t] = triangle[t * 3]!
    b[t] = triangle[t * 3 + 1]!
    c[t] = triangle[t * 3 + 2]!
    for (let k = 0; k < 3; k++) {
      const v = triangle[t * 3 + k]!
      if (v >= area.length) throw new SimulationError('simulation/bad-input', `surface vertex ${v}`)
      if (area[v] === -1) {
        area[v] = 0
        used[n++] = v
        if (v >= greatest) greatest = v + 1
      }
    }
  }
  surface.usedCount = n
  for (let i = n; (i & 3) !== 0; i++) used[i] = used[0]!
  return greatest
}

/** Areas and unit normals around all vertices of a surface whose vertices lie at `laid` (four numbers each). */
export function measureVertices(surface: Surface, laid: Float32Array): void {
  const { triangles, used, usedCount, area, normal } = surface
  area.fill(0)
  normal.fill(0)
  for (let t = 0; t < triangles; t++) {
    const a = surface.a[t]! * 4
    const b = surface.b[t]! * 4
    const c = surface.c[t]! * 4
    const ux = laid[b]! - laid[a]!
    const uy = laid[b + 1]! - laid[a + 1]!
    const uz = laid[b + 2]! - laid[a + 2]!
    const vx = laid[c]! - laid[a]!
    const vy = laid[c + 1]! - laid[a + 1]!
    const vz = laid[c + 2]! - laid[a + 2]!
    const nx = uy * vz - uz * vy
    const ny = uz * vx - ux * vz
    const nz = ux * vy - uy * vx
    const third = Math.sqrt(nx * nx + ny * ny + nz * nz) / 6
    for (let k = 0; k < 3; k++) {
      const v = (k === 0 ? a : k === 1 ? b : c) >> 2
      area[v] = area[v]! + third
      normal[v * 3] = normal[v * 3]! + nx
      normal[v * 3 + 1] = normal[v * 3 + 1]! + ny
      normal[v * 3 + 2] = normal[v * 3 + 2]! + nz
    }
  }
  for (let i = 0; i < usedCount; i++) {
    const v = used[i]! * 3
    const length = Math.sqrt(
      normal[v]! * normal[v]! + normal[v + 1]! * normal[v + 1]! + normal[v + 2]! * normal[v + 2]!,
    )
    const scale = length > 1e-14 ? 1 / length : 0
    for (let k = 0; k < 3; k++) normal[v + k] = normal[v + k]! * scale
  }
}
