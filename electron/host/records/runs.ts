import { createHash, randomInt, randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import { AppError } from '../../../core/contract/errors.ts'
import type { ParsedInput } from '../../../core/contract/requests.ts'
import type { Chunk, SessionSummary } from '../../../core/contract/sessions.ts'
import type { Json } from '../../../core/records/canonical.ts'
import { digestJson } from '../../../core/records/digest.ts'
import type { SessionSetup } from '../../../core/session/setup.ts'
import { type Connection, requireOwner } from '../connection.ts'
import type { Library } from '../packs/library.ts'
import type { Store } from '../store/open.ts'
import type { Database, Tables } from '../store/schema.ts'
import type { Workshop } from '../workshop/workshop.ts'
import { stepHistoryOf } from './history.ts'
import { packSetup, unpackSetup } from './setupblob.ts'

type SessionRow = Selectable<Tables['sessions']>
type Begin = Omit<ParsedInput<'sessions.begin'>, 'traineeId'>

/** Sessions on their way: begun, fed with input second by second, taken up again after a break. */
export function createRuns(store: Store, library: Library, workshop: Workshop, now: () => Date) {
  async function setupFor(input: Begin, traineeId: string | null): Promise<SessionSetup> {
    const pack = await library.playable(input.packId)
    const found = pack.cases.find((candidate) => candidate.id === input.caseId)
    if (!found) throw new AppError('case/unknown', { params: { id: input.caseId } })
    if (!found.starts.some((start) => start.id === input.start)) {
      throw new AppError('case/unknown-start', { params: { id: input.start } })
    }
    const seed = input.seed ?? randomInt(0x1_0000_0000)
    const patient = await workshop.patient({ case: found, start: input.start, seed })
    return {
      engine: workshop.engine(),
      pack: { id: pack.manifest.id, version: pack.manifest.version, digest: pack.digest },
      case: found,
      start: input.start,
      mode: input.mode,
      seed,
      patient,
      patientDigest: digestJson(patient as unknown as Json),
      deviceClass: input.deviceClass,
      tier: input.tier,
      history: traineeId === null ? {} : await stepHistoryOf(store.db, traineeId, input.packId, input.caseId),
    }
  }

  return {
    /** A setup that leaves no trace, for the skills pad and for looking around. */
    rehearse: (input: Begin) => setupFor(input, null),

    async begin(input: ParsedInput<'sessions.begin'>): Promise<{ sessionId: string; setup: SessionSetup }> {
      const setup = await setupFor(input, input.traineeId)
      const sessionId = randomUUID()
      await store.transact((db) =>
        db
          .insertInto('sessions')
          .values({
            id: sessionId,
            trainee_id: input.traineeId,
            pack_id: input.packId,
            case_id: input.caseId,
            start: input.start,
            mode: input.mode,
            seed: setup.seed,
            device_class: input.deviceClass,
            engine: setup.engine,
            setup: packSetup(setup),
            state: 'running',
            started_at: now().toISOString(),
          })
          .execute(),
      )
      return { sessionId, setup }
    },

    /** Commits one second of input. A chunk sent again after a lost acknowledgement is acknowledged again. */
    async saveChunk(input: ParsedInput<'sessions.chunk'>, connection: Connection): Promise<void> {
      const bytes = Buffer.from(input.bytesBase64, 'base64')
      if (createHash('sha256').update(bytes).digest('hex') !== input.hash) {
        throw new AppError('session/chunk-hash', { params: { index: input.index } })
      }
      await store.transact(async (db) => {
        const session = await sessionRow(db, input.sessionId)
        requireOwner(connection, session.trainee_id, 'sessions.chunk')
        const { count } = await db
          .selectFrom('chunks')
          .select((select) => select.fn.countAll<number>().as('count'))
          .where('session_id', '=', session.id)
          .executeTakeFirstOrThrow()
        if (input.index < count) return requireSameChunk(db, session.id, input.index, input.hash)
        if (session.state !== 'running') throw new AppError('session/ended', { params: { id: session.id } })
        if (input.index > count) throw new AppError('session/chunk-gap', { params: { expected: count } })
        await db
          .insertInto('chunks')
          .values({
            session_id: session.id,
            position: input.index,
            bytes,
            hash: input.hash,
            saved_at: now().toISOString(),
          })
          .execute()
      })
    },

    async resumable(traineeId: string): Promise<SessionSummary[]> {
      const rows = await store.db
        .selectFrom('sessions')
        .innerJoin('chunks', 'chunks.session_id', 'sessions.id')
        .selectAll('sessions')
        .select((select) => select.fn.countAll<number>().as('chunks'))
        .where('trainee_id', '=', traineeId)
        .where('state', '=', 'running')
        .groupBy('sessions.id')
        .orderBy('started_at', 'desc')
        .execute()
      return rows.map((row) => ({
        sessionId: row.id,
        traineeId: row.trainee_id,
        packId: row.pack_id,
        caseId: row.case_id,
        start: row.start,
        mode: row.mode,
        deviceClass: row.device_class,
        startedAt: row.started_at,
        chunks: row.chunks,
        resume: row.engine === workshop.engine() ? 'possible' : 'engine-changed',
      }))
    },

    async resume(sessionId: string, connection: Connection) {
      const session = await sessionRow(store.db, sessionId)
      requireOwner(connection, session.trainee_id, 'sessions.resume')
      if (session.state !== 'running') throw new AppError('session/ended', { params: { id: sessionId } })
      if (session.engine !== workshop.engine())
        throw new AppError('engine/unavailable', { params: { engine: session.engine } })
      return { sessionId, setup: unpackSetup(session.setup), chunks: await chunksOf(store.db, sessionId) }
    },
  }
}

export type Runs = ReturnType<typeof createRuns>

/** @throws AppError `session/unknown`. */
export async function sessionRow(db: Database, id: string): Promise<SessionRow> {
  const row = await db.selectFrom('sessions').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw new AppError('session/unknown', { params: { id } })
  return row
}

export async function chunksOf(db: Database, sessionId: string): Promise<Chunk[]> {
  const rows = await db
    .selectFrom('chunks')
    .selectAll()
    .where('session_id', '=', sessionId)
    .orderBy('position')
    .execute()
  return rows.map((row) => ({ index: row.position, bytesBase64: row.bytes.toString('base64'), hash: row.hash }))
}

async function requireSameChunk(db: Database, sessionId: string, index: number, hash: string): Promise<void> {
  const known = await db
    .selectFrom('chunks')
    .select('hash')
    .where('session_id', '=', sessionId)
    .where('position', '=', index)
    .executeTakeFirst()
  if (known?.hash !== hash) throw new AppError('session/chunk-conflict', { params: { index } })
}
