import { availableParallelism } from 'node:os'
import { type BodyStructure, compileBody } from '../../core/modelling/compile.ts'
import { DefinitionError, type DefinitionProblem } from '../../core/modelling/definition.ts'
import { type BuiltBody, loadBodies } from './bodies.ts'
import { MeshCache, meshDigest } from './cache.ts'
import { type Assets, loadAssets } from './library.ts'
import { type MeshFailure, type MeshJob, MeshPool, type PoolFolders } from './pool.ts'
import { type Movement, movedMesh, movementOf, posingOf } from './posed.ts'
import { mirrorMesh, type StructureMesh } from './structuremesh.ts'

/** Something that kept a structure out of the atlas, or out of order in it. */
export type Defect = {
  readonly structure: string
  readonly code: string
  readonly reason: string
  /** Definition file and JSON pointer into it. */
  readonly file: string
  readonly pointer: string
  readonly remedy: string
}

export type Progress = { readonly done: number; readonly total: number; readonly structure: string }

export type BodyMeshes = {
  readonly assets: Assets
  readonly structures: readonly BodyStructure[]
  /** What the pose is, with the joints that it bends and what is shifted before; nothing when the body stands as defined. */
  readonly pose: unknown
  /** Digest of what a structure's mesh depends on; nothing before it is made. */
  readonly digest: (id: string) => string | undefined
  /** The mesh of a structure, in the pose that was asked for: read when first wanted. */
  readonly mesh: (id: string) => StructureMesh | undefined
  /** What brought it into that pose; nothing where it did not move. */
  readonly movement: (id: string) => Movement | undefined
  readonly defects: readonly Defect[]
}

export type MeshOptions = {
  readonly folders: PoolFolders
  /** A body of `bodies.yaml` by name, or any other. */
  readonly body: string | BuiltBody
  readonly workers?: number
  /** Workers that outlive this body; its own when absent. */
  readonly pool?: MeshPool
  /** A pose of the rig, or `as-defined`; the body's own when absent. */
  readonly pose?: string
  /** Only these structures; absent: all. */
  readonly only?: (structure: BodyStructure, assets: Assets) => boolean
  /** Lower is made earlier. */
  readonly rank?: (structure: BodyStructure, assets: Assets) => number
  readonly onProgress?: (progress: Progress) => void
  /** Called when a structure's mesh is at hand. */
  readonly onMesh?: (structure: BodyStructure, meshes: BodyMeshes) => void
}

/** A pool of as many workers as the machine has cores, but no more than four. */
export const poolOf = (folders: PoolFolders, workers?: number): MeshPool =>
  new MeshPool(folders, workers ?? Math.min(4, Math.max(1, availableParallelism())))

const NOT_KEPT: MeshFailure = { code: 'atlas/no-mesh', reason: 'the mesh was not kept' }

/** Meshes of a body's structures: from the cache, or made by the workers. A failed one becomes a defect. */
export async function makeMeshes(options: MeshOptions): Promise<BodyMeshes> {
  const { folders } = options
  const assets = loadAssets(folders.assets, folders.cache)
  const body = typeof options.body === 'string' ? loadBodies(folders.assets).get(options.body) : options.body
  if (!body) throw new Error(`no body is called "${options.body}"`)
  const compiled = compileBody(assets.library, body)
  const cache = new MeshCache(folders.cache)
  const defects: Defect[] = assets.library.problems.map((p) => ({ structure: `${p.file}#${p.pointer}`, ...p }))
  const rank = options.rank ?? (() => 0)
  const structures = compiled.structures
    .filter((s) => options.only?.(s, assets) ?? true)
    .filter((s) => {
      const problem = termProblem(s, assets)
      if (problem) defects.push({ structure: s.id, ...problem })
      return !problem
    })
    .sort((a, b) => rank(a, assets) - rank(b, assets))
  const pose = options.pose ?? body.pose ?? 'as-defined'
  const posing = pose === 'as-defined' ? undefined : posingOf(assets, pose)
  const available = new Map<string, { user: BodyStructure; digest: string }>()
  const read = new Map<string, { mesh: StructureMesh; movement: Movement | undefined }>()
  const take = (id: string) => {
    const known = read.get(id)
    const from = available.get(id)
    if (known || !from) return known
    const kept = cache.read(from.digest)
    if (!kept) return undefined
    const made = from.user.side === 'mirrored' ? mirrorMesh(kept) : kept
    const movement = movementOf(id, made, posing, assets)
    const taken = { mesh: movement ? movedMesh(made, movement.move) : made, movement }
    read.set(id, taken)
    return taken
  }
  const result: BodyMeshes = {
    assets,
    structures,
    pose: posing && [assets.rig.shifts, assets.rig.joints, assets.rig.poses.get(pose)],
    digest: (id) => available.get(id)?.digest,
    mesh: (id) => take(id)?.mesh,
    movement: (id) => take(id)?.movement,
    defects,
  }
  const users = new Map<string, BodyStructure[]>()
  const jobs: MeshJob[] = []
  let done = 0
  const settle = (digest: string, outcome: 'made' | 'failed', failure = NOT_KEPT): void => {
    for (const user of users.get(digest) ?? []) {
      const { file, pointer } = user.definition
      if (outcome === 'made') available.set(user.id, { user, digest })
      else defects.push({ structure: user.id, file, pointer, remedy: 'check its shape', ...failure })
      done++
      options.onProgress?.({ done, total: structures.length, structure: user.id })
      if (outcome === 'made') options.onMesh?.(user, result)
    }
  }
  for (const structure of structures) {
    try {
      const digest = meshDigest(compiled, structure.definition)
      const list = users.get(digest)
      if (list) list.push(structure)
      else {
        users.set(digest, [structure])
        jobs.push({ body, structure: structure.definition.id, digest })
      }
    } catch (error) {
      if (!(error instanceof DefinitionError)) throw error
      defects.push({ structure: structure.id, ...error.problem })
      done++
    }
  }
  // A damaged entry reads as absent and is made again.
  const missing: MeshJob[] = []
  for (const job of jobs) {
    if (cache.has(job.digest)) settle(job.digest, 'made')
    else missing.push(job)
  }
  const pool = options.pool ?? poolOf(folders, options.workers)
  await pool.run(missing, (job, reply) =>
    settle(job.digest, !reply.failure && cache.has(job.digest) ? 'made' : 'failed', reply.failure),
  )
  if (!options.pool) await pool.close()
  return result
}

/** A structure stands in the list of terms, under a parent that does too, and is of a known material. */
function termProblem({ id, definition }: BodyStructure, assets: Assets): DefinitionProblem | undefined {
  const { file, pointer, material } = definition
  const row = assets.terms.get(id)
  if (!row)
    return {
      code: 'definition/unknown-term',
      file,
      pointer: `${pointer}/id`,
      reason: `terms.tsv has no row "${id}"`,
      remedy: 'correct the id, or add its row to terms.tsv',
    }
  if (row.parent && !assets.terms.has(row.parent))
    return {
      code: 'definition/missing-parent',
      file: 'terms.tsv',
      pointer: `/${id}/parent`,
      reason: `terms.tsv has no row "${row.parent}", the parent of "${id}"`,
      remedy: 'correct the parent, or add its row',
    }
  if (!Object.hasOwn(assets.materials, material))
    return {
      code: 'definition/unknown-material',
      file,
      pointer: `${pointer}/material`,
      reason: `materials.yaml has no row "${material}"`,
      remedy: `use one of ${Object.keys(assets.materials).join(', ')}`,
    }
  return undefined
}
