import { randomUUID } from 'node:crypto'
import { AppError, type Problem } from '../../../core/contract/errors.ts'
import type { ParsedInput, RequestOutput } from '../../../core/contract/requests.ts'
import { canonicalize, type Json } from '../../../core/records/canonical.ts'
import { digestJson, digestText } from '../../../core/records/digest.ts'
import { isSealed, type SessionRecord, sessionRecordSchema } from '../../../core/records/envelope.ts'
import { headerOf, type SessionSetup } from '../../../core/session/setup.ts'
import { type Connection, requireOwner } from '../connection.ts'
import type { Store } from '../store/open.ts'
import type { Database } from '../store/schema.ts'
import { stepOutcomes } from './history.ts'
import { append } from './ledger.ts'
import { sessionRow } from './runs.ts'
import { unpackSetup } from './setupblob.ts'

type Ended = RequestOutput<'sessions.end'>

/** A record sealed while its case still ran was broken off by the person. */
const STATES = { finished: 'finished', died: 'finished', void: 'void', running: 'interrupted' } as const

/** The end of sessions: the record, its log entry and the session's state change stand in one transaction, or not at all. */
export function createFinish(store: Store, now: () => Date) {
  return {
    /**
     * Takes a finished record. The same record sent again gets the same answer; another one is refused.
     * @throws AppError `record/invalid` with what does not fit, `record/conflict`, `session/unknown`.
     */
    async end(input: ParsedInput<'sessions.end'>, connection: Connection): Promise<Ended> {
      const parsed = sessionRecordSchema.safeParse(input.record)
      if (!parsed.success) {
        const problems = parsed.error.issues
          .slice(0, 20)
          .map((issue) => problem(`/${issue.path.join('/')}`, issue.message))
        throw new AppError('record/invalid', { problems })
      }
      const record = parsed.data
      return store.transact(async (db) => {
        const session = await sessionRow(db, input.sessionId)
        requireOwner(connection, session.trainee_id, 'sessions.end')
        const before = await endedAs(db, session.id)
        if (before) {
          if (before.recordHash === record.hash) return before
          throw new AppError('record/conflict', { params: { session: session.id } })
        }
        const setup = unpackSetup(session.setup)
        const problems = [...mismatches(record, setup), ...chunkMismatches(record, await chunkHashes(db, session.id))]
        if (problems.length > 0) throw new AppError('record/invalid', { problems })
        return keep(db, session.id, {
          state: STATES[record.result.ending.kind],
          reason:
            typeof record.result.ending.reason === 'string' ? record.result.ending.reason : record.result.ending.kind,
          passed: record.result.passed,
          score: record.result.score,
          errors: record.result.errors.map(({ id, severity, tick }) => ({ id, severity, tick })),
          metrics: Object.fromEntries(record.result.metrics.map(({ id, value }) => [id, value])),
          steps: stepOutcomes(record, setup.case),
          ticks: record.ticks,
          envelope: canonicalize(record as unknown as Json),
          hash: record.hash,
        })
      })
    },

    /** Keeps a broken-off session with all of its input, without a score. Returns the id of its record. */
    async abandon(input: ParsedInput<'sessions.abandon'>, connection: Connection): Promise<string> {
      return store.transact(async (db) => {
        const session = await sessionRow(db, input.sessionId)
        requireOwner(connection, session.trainee_id, 'sessions.abandon')
        const before = await endedAs(db, session.id)
        if (before) return before.recordId
        const chunks = await chunkHashes(db, session.id)
        const envelope: Json = {
          header: headerOf(unpackSetup(session.setup)) as unknown as Json,
          chunks,
          interrupted: input.reason,
        }
        const kept = await keep(db, session.id, {
          state: input.reason === 'unwell' || input.reason === 'fault' ? 'void' : 'interrupted',
          reason: input.reason,
          passed: null,
          score: null,
          errors: [],
          metrics: {},
          steps: {},
          ticks: chunks.length * 100,
          envelope: canonicalize(envelope),
          hash: digestJson(envelope),
        })
        return kept.recordId
      })
    },
  }

  async function keep(db: Database, sessionId: string, outcome: Outcome): Promise<Ended> {
    const session = await sessionRow(db, sessionId)
    const recordId = randomUUID()
    const at = now().toISOString()
    const scored = outcome.state === 'finished'
    const position = await append(db, { kind: 'record', subject: recordId, content: outcome.hash, at })
    await db
      .insertInto('records')
      .values({
        id: recordId,
        session_id: session.id,
        trainee_id: session.trainee_id,
        pack_id: session.pack_id,
        case_id: session.case_id,
        start: session.start,
        mode: session.mode,
        device_class: session.device_class,
        state: outcome.state,
        reason: outcome.reason,
        seed: session.seed,
        engine: session.engine,
        passed: !scored || outcome.passed === null ? null : outcome.passed ? 'yes' : 'no',
        score: scored ? outcome.score : null,
        errors: JSON.stringify(outcome.errors),
        metrics: JSON.stringify(outcome.metrics),
        steps: JSON.stringify(outcome.steps),
        ticks: outcome.ticks,
        envelope: outcome.envelope,
        record_hash: outcome.hash,
        log_index: position,
        self_rating: null,
        instructor_rating: null,
        note: null,
        started_at: session.started_at,
        ended_at: at,
      })
      .execute()
    await db.updateTable('sessions').set({ state: 'ended' }).where('id', '=', session.id).execute()
    return { recordId, logIndex: position, recordHash: outcome.hash, committedAt: at }
  }
}

type Outcome = {
  state: 'finished' | 'void' | 'interrupted'
  reason: string
  passed: boolean | null
  score: number | null
  errors: { id: string; severity: string; tick: number }[]
  metrics: Record<string, number | null>
  steps: Record<string, string>
  ticks: number
  envelope: string
  hash: string
}

async function endedAs(db: Database, sessionId: string): Promise<Ended | undefined> {
  const row = await db.selectFrom('records').selectAll().where('session_id', '=', sessionId).executeTakeFirst()
  return row && { recordId: row.id, logIndex: row.log_index, recordHash: row.record_hash, committedAt: row.ended_at }
}

async function chunkHashes(db: Database, sessionId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('chunks')
    .select('hash')
    .where('session_id', '=', sessionId)
    .orderBy('position')
    .execute()
  return rows.map((row) => row.hash)
}

/** What in a record does not belong to the session that it claims to end. */
function mismatches(record: SessionRecord, setup: SessionSetup): Problem[] {
  const expected = headerOf(setup) as unknown as Record<string, Json>
  const found = record.header as unknown as Record<string, Json>
  const problems = Object.keys(expected)
    .filter((key) => digestText(canonicalize(expected[key])) !== digestText(canonicalize(found[key] ?? null)))
    .map((key) => problem(`/header/${key}`, 'differs from how the session began'))
  if (!isSealed(record)) problems.push(problem('/hash', 'is not the hash of the record'))
  return problems
}

function chunkMismatches(record: SessionRecord, saved: readonly string[]): Problem[] {
  if (record.chunks.length !== saved.length) {
    return [problem('/chunks', `names ${record.chunks.length} chunks, ${saved.length} were saved`)]
  }
  const first = saved.findIndex((hash, i) => hash !== record.chunks[i])
  return first < 0 ? [] : [problem(`/chunks/${first}`, 'differs from the chunk that was saved')]
}

function problem(pointer: string, reason: string): Problem {
  return {
    code: 'record/invalid',
    file: 'record',
    pointer,
    reason,
    remedy: 'Resume the session, or keep it as interrupted.',
  }
}

export type Finish = ReturnType<typeof createFinish>
