import { Worker } from 'node:worker_threads'
import type { Body } from '../../core/modelling/compile.ts'

export type PoolFolders = { readonly assets: string; readonly cache: string }
/** Make the mesh of a structure of a body and keep it under its digest. */
export type MeshJob = { readonly body: Body; readonly structure: string; readonly digest: string }
export type MeshFailure = { readonly code: string; readonly reason: string; readonly remedy?: string }
export type MeshReply = { readonly digest: string; readonly failure?: MeshFailure }

/**
 * Runs jobs on worker threads, in order, one at a time each. `onReply` hears of every one; a worker that dies fails
 * its job only and is replaced.
 */
export async function runJobs(
  jobs: readonly MeshJob[],
  folders: PoolFolders,
  workers: number,
  onReply: (job: MeshJob, reply: MeshReply) => void,
): Promise<void> {
  let next = 0
  const lane = async (): Promise<void> => {
    let worker: Worker | undefined
    while (next < jobs.length) {
      const job = jobs[next++]
      worker ??= new Worker(new URL('./worker.ts', import.meta.url), { workerData: folders })
      const reply = await ask(worker, job)
      if (reply.failure && worker.threadId === -1) worker = undefined
      onReply(job, reply)
    }
    await worker?.terminate()
  }
  await Promise.all(Array.from({ length: Math.min(workers, jobs.length) }, lane))
}

function ask(worker: Worker, job: MeshJob): Promise<MeshReply> {
  return new Promise((resolve) => {
    const done = (reply: MeshReply): void => {
      worker.off('message', done)
      worker.off('error', failed)
      worker.off('exit', left)
      resolve(reply)
    }
    const failed = (error: Error): void =>
      done({ digest: job.digest, failure: { code: 'atlas/no-mesh', reason: error.message } })
    const left = (code: number): void =>
      done({ digest: job.digest, failure: { code: 'atlas/no-mesh', reason: `the worker ended with code ${code}` } })
    worker.on('message', done)
    worker.on('error', failed)
    worker.on('exit', left)
    worker.postMessage(job)
  })
}
