import { z } from 'zod'
import {
  base64Schema,
  dateSchema,
  deviceClassSchema,
  digestSchema,
  idSchema,
  jsonObjectSchema,
  modeSchema,
  tierSchema,
} from './values.ts'

/** Largest seed: an unsigned 32-bit number. */
export const seedSchema = z.number().int().min(0).max(0xffffffff)

/** What a trainee did at a step before, newest run last counted: hints fade after two unaided successes in a row. */
export const stepHistorySchema = z.record(z.string(), z.object({ unaidedInRow: z.number().int().min(0) }))
export type StepHistory = z.infer<typeof stepHistorySchema>

/**
 * Everything `createSession` of `core/session` needs. `case` is a case of `core/scenario/schema.ts`, `patient` a
 * Patient of `core/simulation/contract.ts`; the host made both from checked sources.
 */
export const sessionSetupSchema = z.object({
  engine: z.string(),
  pack: z.object({ id: z.string(), version: z.string(), digest: digestSchema }),
  caseId: z.string(),
  case: jsonObjectSchema,
  start: z.string(),
  mode: modeSchema,
  seed: seedSchema,
  patient: jsonObjectSchema,
  patientDigest: digestSchema,
  deviceClass: z.union([deviceClassSchema, z.literal('operator')]),
  tier: tierSchema,
  history: stepHistorySchema,
})
export type SessionSetupReply = z.infer<typeof sessionSetupSchema>

export const sessionBeginSchema = z
  .object({
    traineeId: idSchema,
    packId: z.string().max(100),
    caseId: z.string().max(100),
    start: z.string().max(100),
    mode: modeSchema,
    seed: seedSchema.optional(),
    deviceClass: deviceClassSchema,
    tier: tierSchema,
  })
  .strict()

/** One second of input. A chunk is acknowledged only after it was committed. */
export const chunkSchema = z.object({
  index: z.number().int().min(0).max(200_000),
  bytesBase64: base64Schema.max(262_144),
  /** SHA-256 of the bytes. */
  hash: digestSchema,
})
export type Chunk = z.infer<typeof chunkSchema>

export const sessionSummarySchema = z.object({
  sessionId: idSchema,
  traineeId: idSchema,
  packId: z.string(),
  caseId: z.string(),
  start: z.string(),
  mode: modeSchema,
  deviceClass: deviceClassSchema,
  startedAt: dateSchema,
  chunks: z.number().int(),
  /** `engine-changed`: kept, but only the engine that began it can go on. */
  resume: z.enum(['possible', 'engine-changed']),
})
export type SessionSummary = z.infer<typeof sessionSummarySchema>

export const abandonReasonSchema = z.enum(['unwell', 'fault', 'left', 'interrupted'])

/** A replay the page can run: the setup, the input, the record it must equal. */
export const replaySchema = z.object({
  setup: sessionSetupSchema,
  chunks: z.array(chunkSchema),
  record: jsonObjectSchema,
})
export type Replay = z.infer<typeof replaySchema>
