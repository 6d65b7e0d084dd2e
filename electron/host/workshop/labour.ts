import { parentPort, workerData } from 'node:worker_threads'
import { recordFileText } from '../../../core/records/envelope.ts'
import { verifyRecordFile } from '../../../core/records/verify.ts'
import { expertRun } from '../../commands/simulate.ts'
import { verifySources } from '../../commands/verify.ts'
import { operativeField } from '../../engine/fields.ts'
import { patientOf } from '../../engine/patients.ts'
import { toAppError } from '../handle.ts'
import type { Answer, Job, Labour } from './labourer.ts'

// A thread of the host: what takes seconds is done here, one job after the other, while the host goes on answering.
const { root } = workerData as Labour

async function work(job: Job): Promise<unknown> {
  switch (job.kind) {
    case 'patient':
      return patientOf(root, job.case, job.seed)
    case 'field':
      operativeField(root, job.sex, job.side)
      return null
    case 'expert':
      return expertRun(root, job.pack, job.case, job.start)
    case 'verify':
      return verifyRecordFile(
        new TextEncoder().encode(recordFileText(job.file)),
        verifySources(root, async (header) => (header.case === job.case.id ? job.case : undefined)),
      )
  }
}

parentPort?.on('message', async ({ id, job }: { id: number; job: Job }) => {
  let answer: Answer
  try {
    answer = { id, result: await work(job) }
  } catch (error) {
    const { cause } = toAppError(error, job.kind)
    answer = {
      id,
      error: toAppError(error, job.kind).toReply(),
      ...(cause instanceof Error ? { cause: cause.stack ?? '' } : {}),
    }
  }
  parentPort?.postMessage(answer)
})
