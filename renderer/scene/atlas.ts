import { BufferAttribute, BufferGeometry, DataTexture, FloatType, NearestFilter, RGBAFormat } from 'three'
import {
  type AtlasFile,
  type AtlasStructure,
  type AtlasSystem,
  atlasFileSchema,
  type Fibre,
} from '../../core/anatomy/atlasfile.ts'
import { type Divisions, divisionsOf } from '../../core/anatomy/divisions.ts'
import { mainAxis } from './axis.ts'
import { readSystemMesh } from './glb.ts'
import { LOOK_TEXELS, lookOf, seedOf, writeLook } from './looks.ts'

/** Where the triangles of a structure lie in the index of its system. */
export type Range = { readonly start: number; readonly count: number }

export type LoadedSystem = {
  readonly id: string
  readonly geometry: BufferGeometry
  readonly rows: readonly number[]
  readonly ranges: ReadonlyMap<number, Range>
  readonly triangles: number
}

/** A body ready to draw: the index, the meshes of its systems and the look of every structure. */
export type Atlas = {
  readonly body: string
  readonly lod: number
  readonly file: AtlasFile
  readonly structures: readonly AtlasStructure[]
  readonly byId: ReadonlyMap<string, AtlasStructure>
  readonly byRow: ReadonlyMap<number, AtlasStructure>
  /** Rows of the state and look tables: the highest structure index + 1. */
  readonly rows: number
  readonly systems: readonly LoadedSystem[]
  /** Which structures give way to which. */
  readonly divisions: Divisions
  readonly lookMap: DataTexture
  readonly triangles: number
  readonly loadMs: number
}

export type LoadOptions = {
  /** Folder of atlas.json, with a slash at the end. */
  readonly base: string
  /** 0 full, 1 for headsets and software rendering. */
  readonly lod: number
  readonly signal?: AbortSignal
  readonly onProgress?: (done: number, total: number) => void
}

/**
 * Loads one body.
 * @throws Error `atlas/missing` when there is no index, `atlas/unreadable` when a file is not what it should be.
 */
export async function loadAtlas({ base, lod, signal, onProgress }: LoadOptions): Promise<Atlas> {
  const begun = performance.now()
  const response = await fetch(`${base}atlas.json`, { signal, cache: 'no-cache' })
  if (!response.ok) throw new Error('atlas/missing')
  const parsed = atlasFileSchema.safeParse(await response.json())
  if (!parsed.success) throw new Error('atlas/unreadable', { cause: parsed.error })
  const file = sized(parsed.data)
  const total = file.systems.length
  let done = 0
  onProgress?.(done, total)
  const systems = await Promise.all(
    file.systems.map(async (system) => {
      const loaded = await loadSystem(system, file, base, lod, signal)
      onProgress?.(++done, total)
      return loaded
    }),
  )
  return assemble(file, systems, lod, performance.now() - begun)
}

/** The index at the body's own size. */
function sized(file: AtlasFile): AtlasFile {
  if (file.scale === 1) return file
  const at = (p: readonly [number, number, number]) => p.map((c) => c * file.scale) as [number, number, number]
  const structures = file.structures.map((s) => ({
    ...s,
    bounds: [at(s.bounds[0]), at(s.bounds[1])] as (typeof s)['bounds'],
    landmarks: s.landmarks.map((landmark) => ({ ...landmark, at: at(landmark.at) })),
  }))
  return { ...file, structures }
}

async function loadSystem(
  system: AtlasSystem,
  file: AtlasFile,
  base: string,
  lod: number,
  signal: AbortSignal | undefined,
): Promise<LoadedSystem> {
  const level = Math.min(levelFor(system, file, lod), system.files.length - 1)
  const response = await fetch(`${base}${system.files[level]}`, { signal, cache: 'no-cache' })
  if (!response.ok) throw new Error('atlas/missing')
  const mesh = await readSystemMesh(await response.arrayBuffer())
  const geometry = new BufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(mesh.positions, 3))
  geometry.setAttribute('normal', new BufferAttribute(mesh.normals, 4, true))
  geometry.setAttribute('structure', new BufferAttribute(mesh.structures, 1, false))
  geometry.setAttribute('openness', new BufferAttribute(mesh.openness, 1, true))
  geometry.setAttribute('tendon', new BufferAttribute(mesh.tendon, 1, true))
  geometry.setIndex(new BufferAttribute(mesh.index, 1))
  if (file.scale !== 1) geometry.scale(file.scale, file.scale, file.scale)
  geometry.computeBoundingSphere()
  const ranges = new Map<number, Range>()
  for (const structure of file.structures) {
    const part = structure.lods.find((candidate) => candidate.system === system.id && candidate.lod === level)
    if (part) ranges.set(structure.index, { start: part.start, count: part.count })
  }
  return { id: system.id, geometry, rows: [...ranges.keys()], ranges, triangles: mesh.index.length / 3 }
}

/** Systems so small that their full level costs little are never coarsened: the heart is looked at closely. */
const FINE_UP_TO = 60_000
/** What all else lies under: a coarse skin lets fingers and veins come through. */
const ALWAYS_FINE = 'integumentary'

function levelFor(system: AtlasSystem, file: AtlasFile, lod: number): number {
  if (system.id === ALWAYS_FINE) return 0
  let triangles = 0
  for (const { lods } of file.structures)
    for (const part of lods) if (part.system === system.id && part.lod === 0) triangles += part.count / 3
  return triangles <= FINE_UP_TO ? 0 : lod
}

/** Puts a body together from its parts; tests give meshes that were never in a file. */
export function assemble(file: AtlasFile, systems: readonly LoadedSystem[], lod: number, loadMs: number): Atlas {
  const rows = file.structures.reduce((most, structure) => Math.max(most, structure.index + 1), 1)
  const look = new Float32Array(rows * LOOK_TEXELS * 4)
  for (const structure of file.structures) {
    const value = lookOf(structure.material, file.materials)
    const fibre = structure.fibre ?? (value.noise === 'striation' ? runAlong(structure, systems) : undefined)
    // Both sides of a pair look alike.
    writeLook(look, structure.index, value, fibre, seedOf(structure.id.replace(/-[lr]$/, '')))
  }
  const lookMap = new DataTexture(look, LOOK_TEXELS, rows, RGBAFormat, FloatType)
  lookMap.minFilter = NearestFilter
  lookMap.magFilter = NearestFilter
  lookMap.needsUpdate = true
  return {
    body: file.body,
    lod,
    file,
    structures: file.structures,
    byId: new Map(file.structures.map((structure) => [structure.id, structure])),
    byRow: new Map(file.structures.map((structure) => [structure.index, structure])),
    rows,
    systems,
    divisions: divisionsOf(file.structures),
    lookMap,
    triangles: systems.reduce((sum, system) => sum + system.triangles, 0),
    loadMs,
  }
}

/** Fibres without a hint run along the structure's longest axis. */
function runAlong(structure: AtlasStructure, systems: readonly LoadedSystem[]): Fibre | undefined {
  for (const { geometry, ranges } of systems) {
    const range = ranges.get(structure.index)
    const index = geometry.getIndex()
    if (!range || !index) continue
    const positions = geometry.getAttribute('position').array as Float32Array
    return { along: mainAxis(positions, (index.array as Uint32Array).subarray(range.start, range.start + range.count)) }
  }
  return undefined
}

/** Frees what the graphics card holds. */
export function disposeAtlas(atlas: Atlas): void {
  for (const { geometry } of atlas.systems) geometry.dispose()
  atlas.lookMap.dispose()
}
