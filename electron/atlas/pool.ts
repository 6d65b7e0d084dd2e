import { Worker } from 'node:worker_threads'
import type { Body } from '../../core/modelling/compile.ts'

export type PoolFolders = { readonly assets: string; readonly cache: string }
/** Make the mesh of a structure of a body and keep it under its digest. */
export type MeshJob = { readonly body: Body; readonly structure: string; readonly digest: string }
export type MeshFailure = { readonly code: string; readonly reason: string; readonly remedy?: string }
export type MeshReply = { readonly digest: string; readonly failure?: MeshFailure }

/** Worker threads that make meshes. They start when there is work, and stay for the next body until closed. */
export class MeshPool {
  private readonly folders: PoolFolders
  private readonly idle: Worker[] = []
  private readonly size: number

  constructor(folders: PoolFolders, size: number) {
    this.folders = folders
    this.size = size
  }

  /** Runs jobs in order, one at a time on each worker. `onReply` hears of every one; a worker that dies fails its job only and is replaced. */
  async run(jobs: readonly MeshJob[], onReply: (job: MeshJob, reply: MeshReply) => void): Promise<void> {
    let next = 0
    const lane = async (): Promise<void> => {
      let worker: Worker | undefined
      while (next < jobs.length) {
        const job = jobs[next++]
        worker ??= this.idle.pop() ?? new Worker(new URL('./worker.ts', import.meta.url), { workerData: this.folders })
        const reply = await ask(worker, job)
        if (reply.failure && worker.threadId === -1) worker = undefined
        onReply(job, reply)
      }
      if (worker) this.idle.push(worker)
    }
    await Promise.all(Array.from({ length: Math.min(this.size, jobs.length) }, lane))
  }

  async close(): Promise<void> {
    await Promise.all(this.idle.splice(0).map((worker) => worker.terminate()))
  }
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
