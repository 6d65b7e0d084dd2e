import { z } from 'zod'
import { deviceClassSchema } from '../contract/values.ts'

/**
 * Small building blocks that every part of a pack shares. Wire schemas only: no transforms, so that the published
 * JSON Schema says exactly what is accepted. Every object is strict: a key that is not known is refused.
 */

/** Lower-case kebab id, unique within its list. */
export const idSchema = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
  .max(64)

/**
 * Reference to a text of `locales/<language>.json`: `@` and the key. The mark lets the pack check find every text by
 * a plain walk over the file, and keeps translated words out of the case itself.
 */
export const textSchema = z
  .string()
  .regex(/^@[a-z][a-zA-Z0-9]*([.-][a-zA-Z0-9]+)*$/)
  .max(128)

/** Path of a file of the pack, under `media/`. */
export const mediaSchema = z
  .string()
  .regex(/^media\/[a-z0-9][a-z0-9._-]*(\/[a-z0-9][a-z0-9._-]*)*$/)
  .max(200)

/** Semantic version without build metadata. */
export const versionSchema = z.string().regex(/^\d{1,5}\.\d{1,5}\.\d{1,5}(-[a-z0-9.]{1,32})?$/)

/** Calendar day, ISO 8601. */
export const daySchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)

/** Where a fact comes from. */
export const sourceSchema = z.strictObject({
  cite: z.string().min(1).max(400),
  doi: z
    .string()
    .regex(/^10\.\d{4,9}\/\S+$/)
    .max(200)
    .optional(),
  url: z
    .url({ protocol: /^https$/ })
    .max(400)
    .optional(),
})
export type Source = z.infer<typeof sourceSchema>

/** A closed range; one end may be left open. */
export const rangeSchema = z.strictObject({ atLeast: z.number().optional(), atMost: z.number().optional() })
export type Range = z.infer<typeof rangeSchema>

/** One word, or any of several. */
export const wordsSchema = z.union([z.string().min(1).max(64), z.array(z.string().min(1).max(64)).min(1).max(32)])
export type Words = z.infer<typeof wordsSchema>

export const severitySchema = z.enum(['critical', 'major', 'minor'])
export type Severity = z.infer<typeof severitySchema>

export const handSchema = z.enum(['dominant', 'other', 'both'])
export type HandChoice = z.infer<typeof handSchema>

/** Input whose path lengths and times may not be compared with each other: a person's devices, or an operator. */
export const inputClassSchema = z.enum([...deviceClassSchema.options, 'operator'])
export type InputClass = z.infer<typeof inputClassSchema>
