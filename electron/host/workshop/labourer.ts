import { Worker } from 'node:worker_threads'
import type { Side } from '../../../core/anatomy/patient.ts'
import { AppError } from '../../../core/contract/errors.ts'
import type { RecordFile } from '../../../core/records/envelope.ts'
import type { Case } from '../../../core/scenario/schema.ts'
import type { SessionSetup } from '../../../core/session/setup.ts'

/** What the thread is told at its start. */
export type Labour = { root: string }

export type Job =
  | { kind: 'patient'; case: Case; seed: number }
  | { kind: 'expert'; pack: SessionSetup['pack']; case: Case; start: string }
  | { kind: 'verify'; file: RecordFile; case: Case }
  | { kind: 'field'; sex: 'male' | 'female'; side: Side }

export type Answer = { id: number } & ({ result: unknown } | { error: unknown; cause?: string })

export type Labourer = { send(job: Job): Promise<unknown>; stop(): Promise<void> }

type Waiting = { resolve: (result: unknown) => void; reject: (error: unknown) => void }

/**
 * Sends jobs to a thread and brings their answers back. The thread starts with the first job, does not keep the process
 * alive, and is replaced when it dies: the jobs that it held fail.
 */
export function createLabourer(labour: Labour, report: (error: unknown) => void): Labourer {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | undefined
  let next = 0

  function lose(error: unknown): void {
    report(error)
    worker = undefined
    for (const { reject } of waiting.values()) reject(new AppError('host/internal', { cause: error }))
    waiting.clear()
  }

  function take(answer: Answer): void {
    const one = waiting.get(answer.id)
    waiting.delete(answer.id)
    if (waiting.size === 0) worker?.unref()
    if ('result' in answer) {
      one?.resolve(answer.result)
      return
    }
    if (answer.cause !== undefined) report(new Error(answer.cause))
    one?.reject(AppError.fromReply(answer.error))
  }

  function thread(): Worker {
    if (worker) return worker
    const started = new Worker(new URL(labourFile(import.meta.url), import.meta.url), { workerData: labour })
    started.on('message', take)
    started.on('error', lose)
    worker = started
    return started
  }

  return {
    send: (job) =>
      new Promise((resolve, reject) => {
        const id = next++
        waiting.set(id, { resolve, reject })
        const started = thread()
        started.ref()
        started.postMessage({ id, job })
      }),
    async stop() {
      await worker?.terminate()
      worker = undefined
      for (const { reject } of waiting.values()) reject(new AppError('contract/unavailable'))
      waiting.clear()
    },
  }
}

/** The thread's file stands beside this one as source, beside the bundle in a packaged app. */
function labourFile(here: string): string {
  return here.endsWith('.ts') ? './labour.ts' : './labour.mjs'
}
