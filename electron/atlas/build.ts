import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type AtlasFile, type AtlasStructure, atlasFileSchema, type Terms } from '../../core/anatomy/atlasfile.ts'
import type { BodyStructure } from '../../core/modelling/compile.ts'
import { sizeOf } from '../../core/modelling/warp.ts'
import { loadBodies } from './bodies.ts'
import { coverageOf, type TierCoverage } from './coverage.ts'
import { describe, relationsOf, systemOf } from './describe.ts'
import { ROOT, standardFolders } from './folders.ts'
import { encodeGlb } from './glb.ts'
import type { Assets } from './library.ts'
import { type BodyMeshes, type Defect, makeMeshes, poolOf } from './meshes.ts'
import type { PoolFolders } from './pool.ts'
import { ENGINE } from './structuremesh.ts'

export type BuildOptions = {
  /** Assets to read and cache to use; the checkout's own when absent. */
  readonly folders?: PoolFolders
  /** Where each body gets its folder; `build/atlas` when absent. */
  readonly out?: string
  /** Bodies to build; all when absent. */
  readonly bodies?: readonly string[]
  readonly workers?: number
  readonly onProgress?: (step: { body: string; done: number; total: number; structure: string }) => void
}

export type BuildReport = {
  readonly structures: number
  /** Structures by system, over all bodies. */
  readonly bySystem: Readonly<Record<string, number>>
  /** Structures by tier of the course, over all bodies. */
  readonly byTier: Readonly<Record<string, number>>
  /** Of the listed structures of each tier that have a form of their own: how many stand in some body, and which do not. */
  readonly coverage: readonly TierCoverage[]
  readonly seconds: number
  readonly bytes: number
  readonly bytesByBody: Readonly<Record<string, number>>
  /** Triangles of each level of detail, by body. */
  readonly triangles: Readonly<Record<string, readonly number[]>>
  readonly defects: readonly (Defect & { readonly body: string })[]
}

/** The skeleton is seen first; what is dear and deep comes last. */
const FIRST = ['skeletal', 'cartilage', 'joints-ligaments', 'integumentary', 'cardiovascular', 'muscular']
const LEVELS = [0, 1]

/**
 * Builds the atlas of every body: meshes from the cache or from the workers, one GLB per system and level, and
 * atlas.json. A structure that cannot be made is a defect; the rest is built. Same assets, same bytes.
 */
export async function buildAtlas(options: BuildOptions = {}): Promise<BuildReport> {
  const began = performance.now()
  const folders = options.folders ?? standardFolders()
  const out = options.out ?? join(ROOT, 'build', 'atlas')
  const bySystem: Record<string, number> = {}
  const byTier: Record<string, number> = {}
  const triangles: Record<string, number[]> = {}
  const bytesByBody: Record<string, number> = {}
  const built = new Set<string>()
  let assets: Assets | undefined
  const defects: (Defect & { body: string })[] = []
  let structures = 0
  let bytes = 0
  const bodies = loadBodies(folders.assets)
  const pool = poolOf(folders, options.workers)
  try {
    for (const body of options.bodies ?? bodies.keys()) {
      const writer = new BodyWriter(body, join(out, body), sizeOf(bodies.get(body)?.params.stature ?? 0))
      const meshes = await makeMeshes({
        folders,
        body,
        pool,
        rank: (s, assets) => (FIRST.indexOf(systemOf(s.id, assets)) + FIRST.length + 1) % (FIRST.length + 1),
        onProgress: (p) => options.onProgress?.({ body, ...p }),
        onMesh: (structure, all) => writer.consider(structure, all),
      })
      await writer.finish(meshes)
      defects.push(...meshes.defects.map((d) => ({ body, ...d })))
      structures += writer.file.structures.length
      bytes += writer.bytes
      bytesByBody[body] = writer.bytes
      assets = meshes.assets
      for (const { id, system, tier } of writer.file.structures) {
        bySystem[system] = (bySystem[system] ?? 0) + 1
        byTier[tier ?? 'none'] = (byTier[tier ?? 'none'] ?? 0) + 1
        built.add(id)
      }
      triangles[body] = LEVELS.map((lod) =>
        writer.file.structures.reduce((n, s) => n + (s.lods.find((l) => l.lod === lod)?.triangles ?? 0), 0),
      )
    }
  } finally {
    await pool.close()
  }
  const seconds = Math.round(performance.now() - began) / 1000
  const coverage = assets ? coverageOf(assets, built) : []
  return { structures, bySystem, byTier, coverage, seconds, bytes, bytesByBody, triangles, defects }
}

/** Writes a body's files as its systems become complete, so that the first can be shown while the rest is made. */
class BodyWriter {
  file: AtlasFile
  bytes = 0
  private readonly body: string
  private readonly folder: string
  /** Only a body that had no files yet is shown half built. */
  private readonly fresh: boolean
  /** What lies there from the build before: a system made from the same is not made again. */
  private readonly before: AtlasFile | undefined
  private readonly written = new Set<string>()
  private queue: Promise<void> = Promise.resolve()
  private remaining: Map<string, number> | undefined

  constructor(body: string, folder: string, scale: number) {
    this.body = body
    this.folder = folder
    mkdirSync(folder, { recursive: true })
    this.before = readIndex(join(folder, 'atlas.json'))
    this.fresh = this.before === undefined
    this.file = { version: 1, body, engine: ENGINE, scale, structures: [], systems: [], materials: {} }
  }

  /** Hears of a mesh that is at hand; a system whose meshes all are is written. */
  consider(structure: BodyStructure, meshes: BodyMeshes): void {
    this.remaining ??= countBy(meshes.structures, (s) => systemOf(s.id, meshes.assets))
    const system = systemOf(structure.id, meshes.assets)
    const left = this.remaining.get(system)! - 1
    this.remaining.set(system, left)
    if (left > 0) return
    this.written.add(system)
    const members = meshes.structures.filter((s) => systemOf(s.id, meshes.assets) === system)
    this.queue = this.queue.then(async () => {
      await this.write(system, members, meshes)
      if (this.fresh) this.writeIndex(meshes)
    })
  }

  /** Writes what is left, without the structures that failed, and clears away files of earlier builds. */
  async finish(meshes: BodyMeshes): Promise<void> {
    await this.queue
    const left = new Map<string, BodyStructure[]>()
    for (const s of meshes.structures) {
      const system = systemOf(s.id, meshes.assets)
      if (this.written.has(system) || meshes.digest(s.id) === undefined) continue
      left.set(system, [...(left.get(system) ?? []), s])
    }
    for (const [system, members] of left) await this.write(system, members, meshes)
    this.writeIndex(meshes)
    const used = new Set(['atlas.json', ...this.file.systems.flatMap((s) => s.files)])
    for (const name of readdirSync(this.folder))
      if (!used.has(name)) rmSync(join(this.folder, name), { recursive: true })
  }

  private async write(system: string, members: readonly BodyStructure[], meshes: BodyMeshes): Promise<void> {
    const indexOf = new Map(meshes.structures.map((s, i) => [s.id, i]))
    const terms = termsOf(`${system}-system`, meshes)
    const key = systemKey(members, indexOf, meshes)
    if (this.keep(system, key)) return
    const rows = new Map<number, AtlasStructure>()
    for (const s of members) {
      const index = indexOf.get(s.id)!
      rows.set(index, { ...describe(s, index, meshes.assets, meshes.mesh(s.id)!, meshes.movement(s.id)), lods: [] })
    }
    const files: string[] = []
    for (const lod of LEVELS) {
      const parts = members.map((s) => ({ index: indexOf.get(s.id)!, mesh: meshes.mesh(s.id)!.levels[lod] }))
      const { bytes, spans } = await encodeGlb(parts)
      // Named by content: a page that still holds the old index never mixes it with new meshes.
      const name = `${system}-${lod}.${createHash('sha256').update(bytes).digest('hex').slice(0, 10)}.glb`
      writeAside(join(this.folder, name), bytes)
      files.push(name)
      this.bytes += bytes.length
      for (const { index, start, count } of spans) {
        rows.get(index)!.lods.push({ system, lod, start, count, triangles: count / 3 })
      }
    }
    this.file.systems.push({ id: system, ...(terms ? { terms } : {}), files, key })
    this.file.structures.push(...rows.values())
  }

  /** Takes a system over from the build before when it was made from the same and its files are still there. */
  private keep(system: string, key: string): boolean {
    const old = this.before?.systems.find((s) => s.id === system)
    if (old?.key !== key || !old.files.every((name) => existsSync(join(this.folder, name)))) return false
    this.file.systems.push(old)
    this.file.structures.push(...this.before!.structures.filter((s) => s.system === system))
    for (const name of old.files) this.bytes += statSync(join(this.folder, name)).size
    return true
  }

  private writeIndex(meshes: BodyMeshes): void {
    this.file.structures.sort((a, b) => a.index - b.index)
    this.file.systems.sort((a, b) => (a.id < b.id ? -1 : 1))
    this.file = { ...this.file, body: this.body, materials: { ...meshes.assets.materials } as AtlasFile['materials'] }
    const text = JSON.stringify(this.file)
    writeAside(join(this.folder, 'atlas.json'), Buffer.from(text))
  }
}

/** Digest of all that the files and rows of a system are made from. */
function systemKey(
  members: readonly BodyStructure[],
  indexOf: ReadonlyMap<string, number>,
  { assets, digest, pose }: BodyMeshes,
): string {
  const hash = createHash('sha256').update(JSON.stringify([ENGINE, pose]))
  for (const { id, definition, side } of members) {
    const { shape: _, ...about } = definition
    const named = [id, ...Object.keys(definition.landmarks).map((landmark) => `${definition.id}/${landmark}`)]
    const reviewed = assets.reviewed.filter(({ key }) => named.includes(key))
    const row = [
      indexOf.get(id),
      digest(id),
      side,
      assets.hiddenFirst(id),
      about,
      assets.terms.get(id),
      relationsOf(assets, id),
      reviewed,
    ]
    hash.update(JSON.stringify(row))
  }
  return hash.digest('hex').slice(0, 32)
}

function countBy<T>(items: readonly T[], of: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(of(item), (counts.get(of(item)) ?? 0) + 1)
  return counts
}

/** The index of an earlier build; one that cannot be read is as none. */
function readIndex(path: string): AtlasFile | undefined {
  try {
    const parsed = atlasFileSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}

function termsOf(id: string, meshes: BodyMeshes): Terms | undefined {
  const row = meshes.assets.terms.get(id)
  return row && { latin: row.latin, english: row.english, russian: row.russian, uzbek: row.uzbek }
}

function writeAside(path: string, bytes: Buffer): void {
  writeFileSync(`${path}.part`, bytes)
  renameSync(`${path}.part`, path)
}
