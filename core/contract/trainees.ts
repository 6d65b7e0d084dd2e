import { z } from 'zod'
import { dateSchema, idSchema, jsonObjectSchema, languageSchema } from './values.ts'

export const handSchema = z.enum(['right', 'left'])
export const pinSchema = z.string().regex(/^\d{4,12}$/)
const nameSchema = z.string().trim().min(1).max(80)
const groupSchema = z.string().trim().max(80)

/** A person who practises. The name lives only here; records hold the id as a pseudonym. */
export const traineeSchema = z.object({
  id: idSchema,
  name: z.string(),
  group: z.string(),
  language: languageSchema,
  hand: handSchema,
  kind: z.enum(['guest', 'named']),
  pin: z.enum(['none', 'set']),
  /** What the page keeps for this person: theme, sound, comfort … */
  preferences: jsonObjectSchema,
  createdAt: dateSchema,
  removedAt: dateSchema.nullable(),
})
export type Trainee = z.infer<typeof traineeSchema>

export const traineeCreateSchema = z
  .object({
    kind: z.enum(['guest', 'named']).default('named'),
    name: nameSchema,
    group: groupSchema.default(''),
    language: languageSchema,
    hand: handSchema.default('right'),
    pin: pinSchema.optional(),
  })
  .strict()

export const traineeUpdateSchema = z
  .object({
    id: idSchema,
    name: nameSchema.optional(),
    group: groupSchema.optional(),
    language: languageSchema.optional(),
    hand: handSchema.optional(),
    /** `null` takes the PIN away. */
    pin: pinSchema.nullable().optional(),
    preferences: jsonObjectSchema.optional(),
  })
  .strict()

export const passphraseSchema = z.string().min(8).max(200)
