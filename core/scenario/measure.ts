import { z } from 'zod'
import { OBSERVABLES } from '../simulation/contract.ts'
import { conditionSchema } from './condition.ts'
import { daySchema, handSchema, idSchema, inputClassSchema, sourceSchema, textSchema } from './primitives.ts'

/** What a metric measures. Each kind is a streaming accumulator of `core/scoring`. */
export const measureSchema = z.discriminatedUnion('of', [
  /** Motion of a hand while it holds a tool. */
  z.strictObject({
    of: z.literal('hand'),
    hand: handSchema,
    what: z.enum(['time', 'path', 'angle', 'economy', 'speed-peaks', 'jerk', 'idle']),
  }),
  /** Contacts by force: how often or how long a tool pressed harder than `aboveN`. */
  z.strictObject({
    of: z.literal('force'),
    what: z.enum(['collisions', 'excess-seconds', 'peak']),
    aboveN: z.number().min(0).max(200),
  }),
  /** A figure of the simulation over the case. */
  z.strictObject({
    of: z.literal('observable'),
    name: z.enum(OBSERVABLES),
    what: z.enum(['last', 'highest', 'lowest', 'seconds-below', 'seconds-above']),
    threshold: z.number().optional(),
  }),
  /** How many events, or the sum or extreme of one of their fields. */
  z.strictObject({
    of: z.literal('events'),
    match: conditionSchema,
    what: z.enum(['count', 'sum', 'lowest', 'highest']),
    field: z.string().max(40).optional(),
    /** The figure when there was no such event; without it the metric counts as not measured. */
    none: z.number().optional(),
  }),
  /** Seconds from one mark (start of the case when left out) to another. */
  z.strictObject({ of: z.literal('interval'), from: conditionSchema.optional(), to: conditionSchema }),
  /** Weighted share, 0–100. */
  z.strictObject({ of: z.literal('share'), what: z.enum(['steps', 'checks', 'questions', 'note']) }),
  /** Errors that were made, by severity. */
  z.strictObject({ of: z.literal('errors'), severity: z.enum(['critical', 'major', 'minor', 'any']) }),
])
export type Measure = z.infer<typeof measureSchema>

/** The figure to reach. Without a human study `provisional` is true and n is 0. */
export const barSchema = z.strictObject({
  value: z.number(),
  direction: z.enum(['at-most', 'at-least']),
  /** Figure that earns full credit; the bar itself earns 80 %. Equal to `value` where there is nothing beyond it. */
  best: z.number(),
  /** Figure that earns nothing. */
  worst: z.number(),
  source: sourceSchema,
  n: z.int().min(0),
  deviceClass: z.union([inputClassSchema, z.literal('any')]),
  date: daySchema,
  provisional: z.boolean(),
})
export type Bar = z.infer<typeof barSchema>

/** OSATS global rating items (Martin 1997, doi:10.1046/j.1365-2168.1997.02502.x). */
export const osatsItemSchema = z.enum([
  'respect-for-tissue',
  'time-and-motion',
  'instrument-handling',
  'knowledge-of-instruments',
  'use-of-assistants',
  'flow-and-planning',
  'knowledge-of-procedure',
])
export type OsatsItem = z.infer<typeof osatsItemSchema>

export const caseMetricSchema = z.strictObject({
  id: idSchema,
  title: textSchema,
  /**
   * All but `knowledge` earn in proportion to the steps done; `motion` and `time` nothing until every `safety` metric passes.
   */
  group: z.enum(['safety', 'tissue', 'knowledge', 'motion', 'time']),
  measure: measureSchema,
  unit: z.string().max(20),
  /** One for each class of input that may be compared, or one for `any`. A class without a bar is shown, not scored. */
  bars: z.array(barSchema).min(1).max(8),
  /** Zero: shown, never scored. */
  weight: z.number().min(0).max(100),
  drill: idSchema,
  /** Item of the OSATS sheet that this figure speaks to. */
  osats: osatsItemSchema.optional(),
  starts: z.array(idSchema).optional(),
})
export type CaseMetric = z.infer<typeof caseMetricSchema>

/** Points taken off for errors that are not critical, and the least score that passes. */
export const scoreLawSchema = z.strictObject({
  majorPenalty: z.number().min(0).max(100),
  minorPenalty: z.number().min(0).max(100),
  passScore: z.number().min(0).max(100),
})
export type ScoreLaw = z.infer<typeof scoreLawSchema>
