import { z } from 'zod'
import { dateSchema, deviceClassSchema, digestSchema, idSchema, jsonObjectSchema, modeSchema } from './values.ts'

/** Global rating by items of an OSATS-like sheet, 1 (poor) to 5 (excellent), and an overall guess of the score. */
export const ratingSchema = z.object({
  items: z.record(z.string().max(40), z.number().int().min(1).max(5)),
  overall: z.number().min(0).max(100),
  comment: z.string().max(2_000).default(''),
})
export type Rating = z.infer<typeof ratingSchema>

export const recordErrorSchema = z.object({
  id: z.string(),
  severity: z.enum(['critical', 'major', 'minor']),
  tick: z.number().int(),
})

/** A line of the record list. `interrupted` and `void` runs have no score. */
export const recordSummarySchema = z.object({
  recordId: idSchema,
  sessionId: idSchema,
  traineeId: idSchema,
  packId: z.string(),
  caseId: z.string(),
  start: z.string(),
  mode: modeSchema,
  deviceClass: deviceClassSchema,
  state: z.enum(['finished', 'void', 'interrupted']),
  reason: z.string().nullable(),
  seed: z.number().int(),
  engine: z.string(),
  passed: z.boolean().nullable(),
  score: z.number().nullable(),
  errors: z.array(recordErrorSchema),
  metrics: z.record(z.string(), z.number().nullable()),
  ticks: z.number().int(),
  startedAt: dateSchema,
  endedAt: dateSchema,
  logIndex: z.number().int(),
  recordHash: digestSchema,
  selfRating: ratingSchema.nullable(),
  instructorRating: ratingSchema.nullable(),
  note: jsonObjectSchema.nullable(),
})
export type RecordSummary = z.infer<typeof recordSummarySchema>

export const verifyReplySchema = z.object({
  same: z.boolean(),
  reason: z.string().optional(),
  tick: z.number().int().optional(),
  /** Whether the log still holds this record at its place. */
  logged: z.enum(['proved', 'missing', 'not-asked']),
})
export type VerifyReply = z.infer<typeof verifyReplySchema>

/** One attempt as the learning curve draws it. */
export const attemptSchema = recordSummarySchema.pick({
  recordId: true,
  start: true,
  mode: true,
  deviceClass: true,
  state: true,
  passed: true,
  score: true,
  errors: true,
  metrics: true,
  endedAt: true,
  seed: true,
})
export type Attempt = z.infer<typeof attemptSchema>
