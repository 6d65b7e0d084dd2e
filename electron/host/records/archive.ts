import type { Selectable } from 'kysely'
import { AppError } from '../../../core/contract/errors.ts'
import {
  type Attempt,
  attemptSchema,
  type Rating,
  type RecordSummary,
  type VerifyReply,
} from '../../../core/contract/records.ts'
import type { ParsedInput } from '../../../core/contract/requests.ts'
import { canonicalize, type Json } from '../../../core/records/canonical.ts'
import { type RecordFile, recordFileText, type SessionRecord } from '../../../core/records/envelope.ts'
import { type Connection, requireOwner } from '../connection.ts'
import type { Store } from '../store/open.ts'
import type { Database, Tables } from '../store/schema.ts'
import type { Workshop } from '../workshop/workshop.ts'
import { append, holds, prove } from './ledger.ts'
import { chunksOf, sessionRow } from './runs.ts'
import { unpackSetup } from './setupblob.ts'

type RecordRow = Selectable<Tables['records']>

/** Saved records: listed, shown, exported, rated, replayed. Nothing here changes what was recorded. */
export function createArchive(store: Store, workshop: Workshop, now: () => Date) {
  const { db } = store

  async function owned(id: string, connection: Connection): Promise<RecordRow> {
    const row = await db.selectFrom('records').selectAll().where('id', '=', id).executeTakeFirst()
    if (!row) throw new AppError('record/unknown', { params: { id } })
    requireOwner(connection, row.trainee_id, 'records')
    return row
  }

  /** Adds to a record what people say of it; the addition is logged like the record itself. */
  async function attach(
    id: string,
    column: 'self_rating' | 'instructor_rating' | 'note',
    value: Json,
  ): Promise<RecordSummary> {
    await store.transact(async (tx) => {
      const kind = column === 'note' ? 'note' : 'rating'
      const at = now().toISOString()
      await append(tx, { kind, subject: id, content: canonicalize({ [column]: value, record: id, at }), at })
      await tx
        .updateTable('records')
        .set({ [column]: JSON.stringify(value) })
        .where('id', '=', id)
        .execute()
    })
    return toSummary(await db.selectFrom('records').selectAll().where('id', '=', id).executeTakeFirstOrThrow())
  }

  async function fileOf(row: RecordRow): Promise<RecordFile> {
    const chunks = await chunksOf(db, row.session_id)
    return {
      record: JSON.parse(row.envelope) as SessionRecord,
      input: chunks.map((chunk) => chunk.bytesBase64),
      proof: await prove(db, row.log_index),
    }
  }

  return {
    async summary(id: string): Promise<RecordSummary> {
      return toSummary(await db.selectFrom('records').selectAll().where('id', '=', id).executeTakeFirstOrThrow())
    },

    async list(
      filter: ParsedInput<'records.list'>,
      connection: Connection,
    ): Promise<{ records: RecordSummary[]; total: number }> {
      const traineeId = connection.instructor === 'unlocked' ? filter.traineeId : connection.traineeId
      if (filter.traineeId !== undefined) requireOwner(connection, filter.traineeId, 'records.list')
      let query = db.selectFrom('records')
      if (traineeId) query = query.where('trainee_id', '=', traineeId)
      if (filter.packId !== undefined) query = query.where('pack_id', '=', filter.packId)
      if (filter.caseId !== undefined) query = query.where('case_id', '=', filter.caseId)
      const { total } = await query
        .select((select) => select.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow()
      const rows = await query
        .selectAll()
        .orderBy('ended_at', 'desc')
        .orderBy('log_index', 'desc')
        .limit(filter.limit)
        .offset(filter.offset)
        .execute()
      return { records: rows.map(toSummary), total }
    },

    async get(id: string, connection: Connection) {
      const row = await owned(id, connection)
      const session = await sessionRow(db, row.session_id)
      return {
        summary: toSummary(row),
        replay: {
          setup: unpackSetup(session.setup),
          chunks: await chunksOf(db, row.session_id),
          record: JSON.parse(row.envelope) as Record<string, unknown>,
        },
      }
    },

    /** The record with its input and the proof of its place in the log: what `sina verify` reads. */
    async export(id: string, connection: Connection): Promise<{ fileName: string; text: string }> {
      const row = await owned(id, connection)
      const day = row.ended_at.slice(0, 10)
      return {
        fileName: `${row.case_id}-${day}-${row.id.slice(0, 8)}.sinarecord`,
        text: recordFileText(await fileOf(row)),
      }
    },

    async rateSelf(id: string, rating: Rating, connection: Connection): Promise<RecordSummary> {
      const row = await owned(id, connection)
      if (row.self_rating !== null) throw new AppError('record/rated', { params: { id } })
      return attach(id, 'self_rating', rating)
    },

    async rateInstructor(id: string, rating: Rating, connection: Connection): Promise<RecordSummary> {
      await owned(id, connection)
      return attach(id, 'instructor_rating', rating)
    },

    async saveNote(id: string, note: Record<string, unknown>, connection: Connection): Promise<RecordSummary> {
      await owned(id, connection)
      const text = JSON.stringify(note)
      if (text.length > 65_536) throw new AppError('contract/too-large', { params: { limit: 65_536 } })
      return attach(id, 'note', note as Json)
    },

    /** Shape, hashes, replay, and whether the log still holds the record. */
    async verify(id: string, connection: Connection): Promise<VerifyReply> {
      const row = await owned(id, connection)
      const logged = (await holds(db, row.log_index, row.record_hash)) ? 'proved' : 'missing'
      if (row.state === 'interrupted' || row.score === null)
        return { same: logged === 'proved', reason: 'record/interrupted', logged }
      const session = await sessionRow(db, row.session_id)
      const verdict = await workshop.verify(await fileOf(row), unpackSetup(session.setup))
      return { ...verdict, same: verdict.same && logged === 'proved', logged }
    },

    /** All attempts of a trainee, oldest first, by case. */
    async progress(traineeId: string): Promise<{ packId: string; caseId: string; attempts: Attempt[] }[]> {
      const rows = await db
        .selectFrom('records')
        .selectAll()
        .where('trainee_id', '=', traineeId)
        .orderBy('ended_at')
        .orderBy('log_index')
        .execute()
      const cases = new Map<string, { packId: string; caseId: string; attempts: Attempt[] }>()
      for (const row of rows) {
        const key = `${row.pack_id} ${row.case_id}`
        const found = cases.get(key) ?? { packId: row.pack_id, caseId: row.case_id, attempts: [] }
        found.attempts.push(attemptSchema.parse(toSummary(row)))
        cases.set(key, found)
      }
      return [...cases.values()]
    },
  }
}

export type Archive = ReturnType<typeof createArchive>

/** Every record as a file text, for `sina records export`. */
export async function recordTexts(db: Database): Promise<{ fileName: string; text: string }[]> {
  const rows = await db.selectFrom('records').selectAll().orderBy('log_index').execute()
  const files: { fileName: string; text: string }[] = []
  for (const row of rows) {
    const input = (await chunksOf(db, row.session_id)).map((chunk) => chunk.bytesBase64)
    const record = JSON.parse(row.envelope) as SessionRecord
    const text = recordFileText({ record, input, proof: await prove(db, row.log_index) })
    files.push({
      fileName: `${String(row.log_index).padStart(6, '0')}-${row.case_id}-${row.id.slice(0, 8)}.sinarecord`,
      text,
    })
  }
  return files
}

function toSummary(row: RecordRow): RecordSummary {
  return {
    recordId: row.id,
    sessionId: row.session_id,
    traineeId: row.trainee_id,
    packId: row.pack_id,
    caseId: row.case_id,
    start: row.start,
    mode: row.mode,
    deviceClass: row.device_class,
    state: row.state,
    reason: row.reason,
    seed: row.seed,
    engine: row.engine,
    passed: row.passed === null ? null : row.passed === 'yes',
    score: row.score,
    errors: JSON.parse(row.errors) as RecordSummary['errors'],
    metrics: JSON.parse(row.metrics) as RecordSummary['metrics'],
    ticks: row.ticks,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    logIndex: row.log_index,
    recordHash: row.record_hash,
    selfRating: row.self_rating === null ? null : (JSON.parse(row.self_rating) as Rating),
    instructorRating: row.instructor_rating === null ? null : (JSON.parse(row.instructor_rating) as Rating),
    note: row.note === null ? null : (JSON.parse(row.note) as Record<string, unknown>),
  }
}
