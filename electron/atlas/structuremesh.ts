import type { CompiledBody } from '../../core/modelling/compile.ts'
import { contourSampled } from '../../core/modelling/contour.ts'
import { ShapeError, type StructureDefinition } from '../../core/modelling/definition.ts'
import type { Bounds } from '../../core/modelling/field.ts'
import { checkManifold, isSound } from '../../core/modelling/manifold.ts'
import { besideSharpEdges, evenNormals, rimsLikeFaces } from '../../core/modelling/normals.ts'
import { bakeOcclusion } from '../../core/modelling/occlusion.ts'
import {
  dequantise,
  mirrorQuanta,
  partTwins,
  QUANTUM_MM,
  quantise,
  spreadSlivers,
} from '../../core/modelling/quantise.ts'
import { Sampled } from '../../core/modelling/sampling.ts'
import { type Simplified, type Simplifier, simplifySoundly } from '../../core/modelling/simplify.ts'
import type { SweepSpec } from '../../core/modelling/sweep.ts'
import { tendonShare } from '../../core/modelling/tendon.ts'
import { isTube, type TubeDetail, tubeMesh } from '../../core/modelling/tube.ts'

/** One level of detail of one structure, as it is stored. */
export type LevelMesh = {
  /** 16-bit positions, see core/modelling/quantise.ts. */
  readonly q: Uint16Array
  /** Unit normals as signed 16-bit fractions. */
  readonly normals: Int16Array
  /** Baked self-occlusion, 255 = open. */
  readonly ao: Uint8Array
  /** How much is tendon, 255 = all; absent where nothing is. */
  readonly tendon?: Uint8Array
  readonly indices: Uint32Array
}

export type StructureMesh = { readonly levels: readonly LevelMesh[]; readonly volumeCm3: number }

/** Raised whenever a change here or in the kernel changes meshes: cached ones are then made anew. */
export const ENGINE = 'sina-atlas-19'

/** Largest departure of each level, mm, for cells of a given size: fine vessels keep their roundness, skin its folds. */
const fullTolerance = (cellMm: number): number => Math.min(0.3, Math.max(0.08, cellMm * 0.12))
/** Broad shapes may depart further than small ones, but never by as much as they are thick. */
const headsetTolerance = (cellMm: number, extentMm: number): number =>
  Math.min(1.3, Math.max(0.5, cellMm * 0.5, Math.min(extentMm * 0.005, cellMm * 0.8)))

/** Cells of shapes so broad that one triangle may span centimetres of them. */
const BROAD_MM = 2.5

/** Field to finished levels of detail. Throws with the reason when no sound mesh comes of it. */
export function makeStructureMesh(
  body: CompiledBody,
  definition: StructureDefinition,
  simplifier: Simplifier,
): StructureMesh {
  const path = body.sweep(definition.id)
  const { tendon } = definition
  // A tube without tendon needs no field at all.
  const sinew = (p: Float32Array, n: Float32Array) =>
    tendon ? tendonShare(body.field(definition.id), p, n, tendon) : undefined
  if (path && isTube(path)) return tubeLevels(path, sinew)
  const field = body.field(definition.id)
  refuseMisplaced(field.bounds)
  const grid = new Sampled(field, definition.cellMm)
  const raw = contourSampled(grid)
  if (raw.indices.length === 0) {
    throw new ShapeError(
      'definition/empty',
      'the shape has nothing inside at this cell size',
      'give it a size, or a smaller cellMm',
    )
  }
  const q = quantise(raw.positions)
  partTwins(q, raw.normals)
  spreadSlivers(q, raw.indices)
  const report = checkManifold(q, raw.indices)
  if (!isSound(report)) throw new Error(`the mesh is not sound: ${JSON.stringify(report)}`)
  const tolerance = definition.toleranceMm ?? fullTolerance(definition.cellMm)
  // Skin, fat and other broad shapes: the rims of their cuts would else shade the sides in fans.
  const rims = definition.cellMm >= BROAD_MM ? besideSharpEdges(raw.normals, raw.indices) : undefined
  const full = simplifySoundly(q, raw.indices, simplifier, { targetCount: 12, errorMm: tolerance, locked: rims })
  const fullNormals = pick(evenNormals(raw.normals, raw.indices, definition.cellMm), full.from, 3)
  const fullPositions = dequantise(full.q)
  const ao = bakeOcclusion(grid, fullPositions, fullNormals)
  const fullLevel = level(full, fullNormals, ao, sinew(fullPositions, fullNormals))
  const lightError = Math.max(tolerance, headsetTolerance(definition.cellMm, extentOf(field.bounds)))
  const light = simplifySoundly(full.q, full.indices, simplifier, { targetCount: 12, errorMm: lightError })
  const lightTendon = fullLevel.tendon && pick(fullLevel.tendon, light.from, 1)
  const lightNormals = rimsLikeFaces(pick(fullNormals, light.from, 3), light.q, light.indices)
  const lightLevel = level(light, lightNormals, pick(ao, light.from, 1), lightTendon)
  const volume = checkManifold(full.q, full.indices).volume
  return { levels: [fullLevel, lightLevel], volumeCm3: (volume * QUANTUM_MM ** 3) / 1000 }
}

const extentOf = ({ min, max }: Bounds): number => Math.max(...[0, 1, 2].map((c) => max[c] - min[c]))

/** A body within two metres of its soles: what is smaller was given in metres, what is larger in another unit or frame. */
function refuseMisplaced({ min, max }: Bounds): void {
  const far = Math.max(...min.map(Math.abs), ...max.map(Math.abs))
  if (far < 3)
    throw new ShapeError(
      'definition/wrong-unit',
      `all of it lies within ${far.toFixed(1)} mm of the soles`,
      'give lengths in millimetres',
    )
  if (max[1] > 2000 || min[1] < -70 || Math.max(-min[0], max[0], -min[2], max[2]) > 1000)
    throw new ShapeError(
      'definition/outside',
      'it reaches out of the space of the body',
      'give lengths in millimetres in the body frame',
    )
}

/** Detail of tubes at each level: the eye sees a vessel's thickness and course, not the sides of its section. */
const TUBES: readonly TubeDetail[] = [
  { toleranceMm: 0.1, leastSides: 8, longestMm: 12, capRings: 2 },
  { toleranceMm: 0.8, leastSides: 4, longestMm: 40, capRings: 0 },
]

type Sinew = (positions: Float32Array, normals: Float32Array) => Uint8Array | undefined

function tubeLevels(path: SweepSpec, sinew: Sinew): StructureMesh {
  const levels = TUBES.map((detail): LevelMesh => {
    const { positions, normals, indices } = tubeMesh(path, detail)
    const q = quantise(positions)
    spreadSlivers(q, indices)
    const report = checkManifold(q, indices)
    if (!isSound(report)) throw new Error(`the tube is not sound: ${JSON.stringify(report)}`)
    const shape = { q, indices, from: new Uint32Array(0) }
    // A tube hardly shades itself.
    return level(shape, normals, new Uint8Array(positions.length / 3).fill(255), sinew(positions, normals))
  })
  const volume = checkManifold(levels[0].q, levels[0].indices).volume
  return { levels, volumeCm3: (volume * QUANTUM_MM ** 3) / 1000 }
}

/** The twin on the other side. */
export function mirrorMesh(mesh: StructureMesh): StructureMesh {
  const levels = mesh.levels.map((l) => {
    const normals = l.normals.slice()
    for (let i = 0; i < normals.length; i += 3) normals[i] = -normals[i]
    return { ...l, ...mirrorQuanta(l.q, l.indices), normals }
  })
  return { levels, volumeCm3: mesh.volumeCm3 }
}

function level(shape: Simplified, normals: Float32Array, ao: Uint8Array, tendon?: Uint8Array): LevelMesh {
  const whole = Int16Array.from(normals, (n) => Math.round(n * 32767))
  return { q: shape.q, indices: shape.indices, normals: whole, ao, ...(tendon ? { tendon } : {}) }
}

function pick<T extends Float32Array | Uint8Array>(values: T, from: Uint32Array, width: number): T {
  const out = new (values.constructor as new (n: number) => T)(from.length * width)
  for (let k = 0; k < from.length; k++) {
    for (let c = 0; c < width; c++) out[k * width + c] = values[from[k] * width + c]
  }
  return out
}
