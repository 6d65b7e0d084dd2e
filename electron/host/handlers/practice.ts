import { AppError } from '../../../core/contract/errors.ts'
import type { SessionSetupReply } from '../../../core/contract/sessions.ts'
import type { SessionSetup } from '../../../core/session/setup.ts'
import { requireOwner } from '../connection.ts'
import type { EventBus } from '../eventbus.ts'
import type { Handlers } from '../handle.ts'
import type { Library } from '../packs/library.ts'
import type { Trainees } from '../people/trainees.ts'
import type { Archive } from '../records/archive.ts'
import type { Finish } from '../records/finish.ts'
import type { Runs } from '../records/runs.ts'
import type { Workshop } from '../workshop/workshop.ts'

type Names = Exclude<keyof Handlers, `trainees.${string}` | `instructor.${string}` | `app.${string}` | `data.${string}`>

export type PracticeServices = {
  library: Library
  trainees: Trainees
  runs: Runs
  finish: Finish
  archive: Archive
  workshop: Workshop
  bus: EventBus
}

/** Packs, sessions, records, progress, atlas. */
export function practiceHandlers(services: PracticeServices): Pick<Handlers, Names> {
  const { library, trainees, runs, finish, archive, workshop, bus } = services
  const packsChanged = () => bus.emit({ event: 'packs.changed', payload: {} })

  return {
    'packs.list': async () => ({ packs: await library.list() }),
    'packs.get': ({ packId }) => library.detail(packId),
    'packs.check': ({ bytesBase64 }) => library.check(Buffer.from(bytesBase64, 'base64')),
    'packs.import': async ({ bytesBase64 }) => {
      const pack = await library.import(Buffer.from(bytesBase64, 'base64'))
      packsChanged()
      return { pack }
    },
    'packs.remove': async ({ packId }) => {
      await library.remove(packId)
      packsChanged()
      return {}
    },
    'packs.trust': async ({ packId }) => {
      const pack = await library.trust(packId)
      packsChanged()
      return { pack }
    },

    'sessions.begin': async (input, connection) => {
      requireOwner(connection, input.traineeId, 'sessions.begin')
      await trainees.present(input.traineeId)
      const { sessionId, setup } = await runs.begin(input)
      return { sessionId, setup: toReply(setup) }
    },
    'sessions.rehearse': async (input) => toReply(await runs.rehearse(input)),
    'sessions.chunk': async (input, connection) => {
      await runs.saveChunk(input, connection)
      return { index: input.index }
    },
    'sessions.end': (input, connection) => finish.end(input, connection),
    'sessions.resumable': async ({ traineeId }, connection) => {
      requireOwner(connection, traineeId, 'sessions.resumable')
      return { sessions: await runs.resumable(traineeId) }
    },
    'sessions.resume': async ({ sessionId }, connection) => {
      const { setup, chunks } = await runs.resume(sessionId, connection)
      return { sessionId, setup: toReply(setup), chunks }
    },
    'sessions.abandon': async (input, connection) => ({
      record: await archive.summary(await finish.abandon(input, connection)),
    }),
    'sessions.expert': async ({ packId, caseId, start }) => {
      const pack = await library.playable(packId)
      const found = pack.cases.find((candidate) => candidate.id === caseId)
      if (!found) throw new AppError('case/unknown', { params: { id: caseId } })
      const { id, version } = pack.manifest
      const { setup, file } = await workshop.expert({ pack: { id, version, digest: pack.digest }, case: found, start })
      const chunks = file.input.map((bytesBase64, index) => ({ index, bytesBase64, hash: file.record.chunks[index] }))
      return { setup: toReply(setup), chunks, record: { ...file.record } }
    },

    'records.list': (input, connection) => archive.list(input, connection),
    'records.get': async ({ recordId }, connection) => {
      const { summary, replay } = await archive.get(recordId, connection)
      return { summary, replay: { ...replay, setup: toReply(replay.setup) } }
    },
    'records.export': ({ recordId }, connection) => archive.export(recordId, connection),
    'records.rateSelf': async ({ recordId, rating }, connection) => ({
      record: await archive.rateSelf(recordId, rating, connection),
    }),
    'records.rateInstructor': async ({ recordId, rating }, connection) => ({
      record: await archive.rateInstructor(recordId, rating, connection),
    }),
    'records.saveNote': async ({ recordId, note }, connection) => ({
      record: await archive.saveNote(recordId, note, connection),
    }),
    'records.verify': ({ recordId }, connection) => archive.verify(recordId, connection),

    'progress.get': async ({ traineeId }, connection) => {
      requireOwner(connection, traineeId, 'progress.get')
      return { trainee: await trainees.get(traineeId), cases: await archive.progress(traineeId) }
    },

    'atlas.status': async () => ({ bodies: workshop.atlas() }),
  }
}

/** The setup in the words of the contract, which does not look inside the case and the patient. */
function toReply(setup: SessionSetup): SessionSetupReply {
  return {
    ...setup,
    caseId: setup.case.id,
    case: { ...setup.case },
    patient: { ...setup.patient },
    deviceClass: setup.deviceClass as SessionSetupReply['deviceClass'],
    tier: setup.tier as SessionSetupReply['tier'],
    history: { ...setup.history },
  }
}
