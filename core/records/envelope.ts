import { z } from 'zod'
import { inputClassSchema } from '../scenario/primitives.ts'
import type { Json } from './canonical.ts'
import { canonicalize } from './canonical.ts'
import { type Digest, digestJson } from './digest.ts'

/** Version of the record's form. */
export const RECORD_FORMAT = 1

export const digestSchema = z.string().regex(/^[0-9a-f]{64}$/)
const idSchema = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,99}$/)
const tickSchema = z.int().min(0).max(20_000_000)

/** Everything a replay needs to start from, by value or by digest. */
export const recordHeaderSchema = z.strictObject({
  format: z.literal(RECORD_FORMAT),
  /** Digest of the source of the engine that made the record. */
  engine: digestSchema,
  /** Digest of the compiled kernel; null while the engine has none. */
  kernel: digestSchema.nullable(),
  pack: z.strictObject({ id: idSchema, version: z.string().max(64), digest: digestSchema }),
  case: idSchema,
  start: idSchema,
  mode: z.enum(['practice', 'assessment']),
  seed: z.int().min(0).max(0xffffffff),
  /** Digest of the canonical JSON of the patient, who is made again from case, start and seed. */
  patient: digestSchema,
  deviceClass: inputClassSchema,
  tier: idSchema,
  /** Unaided successes in a row by step before this session: they settle which hints are shown. */
  history: z.record(idSchema, z.strictObject({ unaidedInRow: z.int().min(0).max(1_000_000) })),
})
export type RecordHeader = z.infer<typeof recordHeaderSchema>

/** What happened when, as the case runner said it. Fields beside `tick` and `type` depend on the type. */
export const recordEventSchema = z.looseObject({ tick: tickSchema, type: z.string().max(40) })
export type RecordEvent = z.infer<typeof recordEventSchema>

/**
 * What a session came to (`SessionResult` of `core/session/outcome.ts`): all of it follows from header and input. Only what
 * others read is named here.
 */
export const resultSchema = z.looseObject({
  ending: z.looseObject({ kind: z.enum(['running', 'finished', 'died', 'void']) }),
  passed: z.boolean(),
  score: z.number().min(0).max(100).nullable(),
  errors: z
    .array(z.looseObject({ id: idSchema, severity: z.enum(['critical', 'major', 'minor']), tick: tickSchema }))
    .max(1000),
  metrics: z.array(z.looseObject({ id: idSchema, value: z.number().nullable() })).max(1000),
})
export type RecordResult = z.infer<typeof resultSchema>

const bodyShape = {
  header: recordHeaderSchema,
  ticks: tickSchema,
  /** SHA-256 of each chunk of the input log. */
  chunks: z.array(digestSchema).max(200_000),
  /** The chained state hash after each chunk. */
  states: z.array(digestSchema).max(200_000),
  events: z.array(recordEventSchema).max(100_000),
  result: resultSchema,
  /** Ticks that took the device longer than their 10 ms. Said by the device; a replay cannot check it. */
  overruns: tickSchema,
}

/** The saved form of a session. `hash` covers all the rest in canonical form. */
export const sessionRecordSchema = z.strictObject({ ...bodyShape, hash: digestSchema })
export type SessionRecord = z.infer<typeof sessionRecordSchema>
export type RecordBody = Omit<SessionRecord, 'hash'>

/** Where the record stands in the log of its host. Hashes in hex; the checkpoint is a signed note. */
export const logProofSchema = z.strictObject({
  index: z.int().min(0),
  path: z.array(digestSchema).max(64),
  checkpoint: z.string().max(4000),
})
export type LogProof = z.infer<typeof logProofSchema>

/** A record with its input, as `simulate --out` and `records export` write it. Chunks in base64. */
export const recordFileSchema = z.strictObject({
  record: sessionRecordSchema,
  input: z.array(z.string().max(400_000)).max(200_000),
  proof: logProofSchema.optional(),
})
export type RecordFile = z.infer<typeof recordFileSchema>

/** The record of a body: the body with its hash. */
export function sealRecord(body: RecordBody): SessionRecord {
  return { ...body, hash: hashBody(body) }
}

/** Whether the record's hash is the hash of the rest. */
export function isSealed(record: SessionRecord): boolean {
  const { hash, ...body } = record
  return hash === hashBody(body)
}

/** Text of a record file, canonical, so that no byte of it can change unnoticed. */
export function recordFileText(file: RecordFile): string {
  return canonicalize(file as unknown as Json)
}

function hashBody(body: RecordBody): Digest {
  return digestJson(body as unknown as Json)
}
