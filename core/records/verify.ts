import type { Case } from '../scenario/schema.ts'
import { replayChunk } from '../session/replay.ts'
import type { Session } from '../session/session.ts'
import type { SessionSetup } from '../session/setup.ts'
import type { Patient } from '../simulation/contract.ts'
import { canonicalize, type Json } from './canonical.ts'
import { type Digest, digestJson } from './digest.ts'
import type { RecordEvent, RecordHeader, SessionRecord } from './envelope.ts'
import { CHUNK_TICKS, type InputChunk } from './inputlog.ts'
import { type Checksums, readRecordFile, type ShapeFault } from './readfile.ts'

/** Where the record and a replay of its input part ways. */
export type ReplayFault =
  | 'engine/unavailable'
  | 'pack/unavailable'
  | 'patient/different'
  | 'state/different'
  | 'length/different'
  | 'events/different'
  | 'score/different'
  | 'result/different'

/** Whether a record is what its engine makes of its input; if not, why, and the first tick known to differ. */
export type Verdict =
  | { readonly same: true }
  | { readonly same: false; readonly reason: ShapeFault | ReplayFault; readonly tick?: number }

/** What a replay needs of a session. */
export type ReplayedSession = Pick<Session, 'step' | 'finish' | 'tick' | 'isRunning' | 'stateHash'>

/** The engine that a record names. */
export type Engine = { createSession(setup: SessionSetup): ReplayedSession }

/** What a verifier can lay hands on. Each answers `undefined` for what it does not have. */
export type VerifySources = {
  engine(digest: Digest): Promise<Engine | undefined>
  /** The case of a pack by the pack's digest. */
  findCase(header: RecordHeader): Promise<Case | undefined>
  /** Makes the patient again from case and seed. */
  makePatient(of: Case, header: RecordHeader): Promise<Patient>
}

/** Verifies a record file: first shape and checksums, then by replaying the input and comparing everything. */
export async function verifyRecordFile(
  bytes: Uint8Array,
  sources: VerifySources,
  checksums: Checksums = 'on',
): Promise<Verdict> {
  const read = readRecordFile(bytes, checksums)
  if (!read.ok) return different(read.reason, read.tick)
  return verifyByReplay(read.file.record, read.chunks, sources)
}

/** Replays the input with the engine that the record names and compares states, events and result. */
export async function verifyByReplay(
  record: SessionRecord,
  chunks: readonly InputChunk[],
  sources: VerifySources,
): Promise<Verdict> {
  const { header } = record
  const engine = await sources.engine(header.engine)
  if (!engine) return different('engine/unavailable')
  const found = await sources.findCase(header)
  if (!found) return different('pack/unavailable')
  const patient = await sources.makePatient(found, header)
  if (digestJson(patient as unknown as Json) !== header.patient) return different('patient/different', 0)
  const session = engine.createSession(setupOf(header, found, patient))
  for (let i = 0; i < chunks.length; i++) {
    const { firstTick, ticks } = chunks[i]
    replayChunk(session, chunks[i])
    if (session.tick !== firstTick + ticks) return different('length/different', session.tick)
    if (ticks === CHUNK_TICKS && session.stateHash !== record.states[i])
      return different('state/different', firstDifferentTick(record, session, firstTick + ticks))
  }
  return compareEnd(record, session)
}

/** The setup that a header stands for. */
export function setupOf(header: RecordHeader, of: Case, patient: Patient): SessionSetup {
  const { engine, pack, start, mode, seed, deviceClass, tier, history } = header
  return {
    engine,
    pack,
    case: of,
    start,
    mode,
    seed,
    patient,
    patientDigest: header.patient,
    deviceClass,
    tier,
    history,
  }
}

function compareEnd(record: SessionRecord, session: ReplayedSession): Verdict {
  const { ticks } = record
  const replayed = session.finish(record.overruns).record
  if (replayed.states.at(-1) !== record.states.at(-1)) return different('state/different', ticks)
  const event = firstDifferentEvent(record.events, replayed.events)
  if (event !== undefined) return different('events/different', event)
  if (replayed.result.score !== record.result.score || replayed.result.passed !== record.result.passed)
    return different('score/different', ticks)
  return text(replayed.result) === text(record.result) ? { same: true } : different('result/different', ticks)
}

/** State hashes come each second; the events of that second may tell more closely where the two part. */
function firstDifferentTick(record: SessionRecord, session: ReplayedSession, hashedTick: number): number {
  const event = firstDifferentEvent(record.events, session.finish().record.events)
  return event !== undefined && event < hashedTick ? event : hashedTick
}

function firstDifferentEvent(a: readonly RecordEvent[], b: readonly RecordEvent[]): number | undefined {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    if (i >= a.length || i >= b.length) return (a[i] ?? b[i]).tick
    if (text(a[i]) !== text(b[i])) return Math.min(a[i].tick, b[i].tick)
  }
  return undefined
}

function text(value: object): string {
  return canonicalize(value as unknown as Json)
}

function different(reason: ShapeFault | ReplayFault, tick?: number): Verdict {
  return tick === undefined ? { same: false, reason } : { same: false, reason, tick }
}
