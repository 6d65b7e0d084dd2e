import { parentPort, workerData } from 'node:worker_threads'
import { type Body, type CompiledBody, compileBody } from '../../core/modelling/compile.ts'
import { DefinitionError, ShapeError } from '../../core/modelling/definition.ts'
import { MeshCache, meshDigest } from './cache.ts'
import { loadAssets } from './library.ts'
import type { MeshFailure, MeshJob, MeshReply, PoolFolders } from './pool.ts'
import { loadSimplifier } from './simplifier.ts'
import { makeStructureMesh } from './structuremesh.ts'

/** Makes the meshes it is asked for and leaves them in the cache. */
const folders = workerData as PoolFolders
const { library } = loadAssets(folders.assets, folders.cache)
const cache = new MeshCache(folders.cache)
/** The body asked for last: the jobs of one body come together. */
let last: { readonly key: string; readonly body: CompiledBody } | undefined
const simplifier = await loadSimplifier()

function bodyOf(body: Body): CompiledBody {
  const key = JSON.stringify(body)
  if (last?.key !== key) last = { key, body: compileBody(library, body) }
  return last.body
}

parentPort!.on('message', (job: MeshJob) => {
  let reply: MeshReply = { digest: job.digest }
  try {
    const body = bodyOf(job.body)
    const entry = body.structures.find((s) => s.id === job.structure)!
    // Files may change between the reading here and there: a mesh never lies under the digest of another shape.
    if (meshDigest(body, entry.definition) !== job.digest)
      throw new Error('its definition changed while the body was being built')
    cache.write(job.digest, makeStructureMesh(body, entry.definition, simplifier))
  } catch (error) {
    reply = { digest: job.digest, failure: failureOf(error) }
  }
  parentPort!.postMessage(reply)
})

function failureOf(error: unknown): MeshFailure {
  if (error instanceof DefinitionError) return error.problem
  if (error instanceof ShapeError) return { code: error.code, reason: error.message, remedy: error.remedy }
  return { code: 'atlas/no-mesh', reason: error instanceof Error ? error.message : String(error) }
}
