import { z } from 'zod'
import { LAYERS, OBSERVABLES, type Observable, type SimEvent, STRUCTURES, TOOLS } from '../simulation/contract.ts'
import { idSchema, type Range, rangeSchema, type Words, wordsSchema } from './primitives.ts'

/**
 * Conditions: a typed tree over physical state, what was done, and time.
 *
 * Leaves are of two kinds. *Levels* (`observe`, `last`, `declared`) are true while they hold. *Marks* (all events and actions,
 * `checked`, `answered`, `noted`, `done`, `error`, `elapsed`) become true at a tick and stay so for the rest of the
 * case. `not`, `all` and `any` follow their parts; `before`, `within` and `held` are marks.
 */

type FieldType = 'number' | readonly [string, ...string[]]

const tools: FieldType = TOOLS
const structures: FieldType = STRUCTURES
const layers: FieldType = LAYERS
const entry = { line: 'number', triangleMarginMm: 'number' } as const

/** Fields of each kind of simulation event that a condition may ask for: a figure in a range, or one of these words. */
export const eventFields = {
  picked: { tool: tools },
  put: { tool: tools },
  contact: { tool: tools, structure: structures, forceN: 'number' },
  felt: { structure: ['rib', 'space', 'lung', 'nothing'], number: 'number' },
  marked: { space: 'number', ...entry },
  cut: { layer: layers, space: 'number', lengthMm: 'number', depthMm: 'number', ribDegrees: 'number', ...entry },
  dissected: { layer: layers, space: 'number', dilationMm: 'number' },
  infiltrated: { layer: layers, ml: 'number', mg: 'number', intravascular: 'number' },
  aspirated: { tool: tools, what: ['air', 'fluid', 'blood', 'nothing'] },
  entered: {
    tool: tools,
    space: 'number',
    aboveLowerRibMm: 'number',
    belowUpperRibMm: 'number',
    first: 'number',
    ...entry,
  },
  hit: { structure: structures, tool: tools, byMm: 'number' },
  near: { structure: structures, tool: tools, marginMm: 'number' },
  plunged: { tool: tools, mm: 'number' },
  decompressed: { by: tools },
  swept: { degrees: 'number' },
  drain: {
    what: [
      'inserted',
      'hole-inside',
      'all-holes-inside',
      'hole-outside',
      'kinked',
      'unkinked',
      'out',
      'clamped',
      'unclamped',
      'sealed',
      'suction',
      'open',
      'released',
    ],
    depthMm: 'number',
    holesInside: 'number',
  },
  stitched: { count: 'number' },
  fixed: {},
  dressed: {},
  bleeding: { structure: structures, rateMlMin: 'number' },
  vital: { name: OBSERVABLES, crossed: ['below', 'above', 'back'], priority: ['high', 'medium', 'low'] },
  toxicity: { sign: ['perioral', 'fit', 'arrhythmia'] },
  expanded: {},
  arrest: {},
} as const satisfies Partial<Record<SimEvent['type'], Record<string, FieldType>>>

export type EventKind = keyof typeof eventFields

/** At least `times` events of the kind (1 when left out) that match every field named. */
export type EventCondition = {
  is: EventKind
  times?: number
} & { [field: string]: Words | Range | number | string | undefined }

const timesSchema = z.int().min(1).max(1000).optional()
const secondsSchema = z.number().min(0).max(7200)

function fieldSchema(type: FieldType): z.ZodType {
  if (type === 'number') return rangeSchema
  const word = z.enum(type)
  return z.union([word, z.array(word).min(1).max(32)])
}

const eventSchemas = Object.entries(eventFields).map(([kind, fields]) =>
  z.strictObject({
    is: z.literal(kind),
    times: timesSchema,
    ...Object.fromEntries(Object.entries(fields).map(([name, type]) => [name, fieldSchema(type).optional()])),
  }),
)

export type Condition =
  | { is: 'all' | 'any'; of: Condition[] }
  | { is: 'not'; of: Condition }
  /** `first` came true while `second` never had: order kept (or broken, in an error). */
  | { is: 'before'; first: Condition; second: Condition }
  /** `of` came true at most `seconds` after `after` did (after the start of the case when left out). */
  | { is: 'within'; seconds: number; of: Condition; after?: Condition }
  /** `of` has held without a break for `seconds`. */
  | { is: 'held'; seconds: number; of: Condition }
  /** `seconds` have passed since `since` first came true (since the start of the case when left out). */
  | { is: 'elapsed'; seconds: number; since?: Condition }
  /** A named figure of the simulation lies in the range. */
  | ({ is: 'observe'; name: Observable } & Range)
  /** A person picked, ordered, called, placed … */
  | { is: 'action'; verb: string; object?: Words; value?: Range; times?: number }
  /** The last action with this verb named this object. */
  | { is: 'last'; verb: string; object: Words }
  | { is: 'sick-side'; side: 'left' | 'right' }
  | { is: 'declared'; diagnosis: Words }
  | { is: 'checked'; items: Words }
  | { is: 'answered'; question: string; result: 'right' | 'wrong' | 'any' }
  | { is: 'noted'; field?: string }
  | { is: 'done'; step: string }
  | { is: 'error'; id: string }
  | { is: 'start'; id: Words }
  | EventCondition

/** One condition. References to steps, errors, questions … of the case are followed by the pack check, not here. */
export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z.discriminatedUnion('is', [
    z.strictObject({ is: z.enum(['all', 'any']), of: z.array(conditionSchema).min(1).max(64) }),
    z.strictObject({ is: z.literal('not'), of: conditionSchema }),
    z.strictObject({ is: z.literal('before'), first: conditionSchema, second: conditionSchema }),
    z.strictObject({
      is: z.literal('within'),
      seconds: secondsSchema,
      of: conditionSchema,
      after: conditionSchema.optional(),
    }),
    z.strictObject({ is: z.literal('held'), seconds: secondsSchema, of: conditionSchema }),
    z.strictObject({ is: z.literal('elapsed'), seconds: secondsSchema, since: conditionSchema.optional() }),
    z.strictObject({
      is: z.literal('observe'),
      name: z.enum(OBSERVABLES),
      ...rangeSchema.shape,
    }),
    z.strictObject({
      is: z.literal('action'),
      verb: idSchema,
      object: wordsSchema.optional(),
      value: rangeSchema.optional(),
      times: timesSchema,
    }),
    z.strictObject({ is: z.literal('last'), verb: idSchema, object: wordsSchema }),
    z.strictObject({ is: z.literal('sick-side'), side: z.enum(['left', 'right']) }),
    z.strictObject({ is: z.literal('declared'), diagnosis: wordsSchema }),
    z.strictObject({ is: z.literal('checked'), items: wordsSchema }),
    z.strictObject({ is: z.literal('answered'), question: idSchema, result: z.enum(['right', 'wrong', 'any']) }),
    z.strictObject({ is: z.literal('noted'), field: idSchema.optional() }),
    z.strictObject({ is: z.literal('done'), step: idSchema }),
    z.strictObject({ is: z.literal('error'), id: idSchema }),
    z.strictObject({ is: z.literal('start'), id: wordsSchema }),
    ...eventSchemas,
  ] as unknown as Parameters<typeof z.discriminatedUnion>[1]),
) as z.ZodType<Condition>
