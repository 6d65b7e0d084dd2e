import { z } from 'zod'
import { problemSchema } from './errors.ts'
import { digestSchema, jsonObjectSchema, textSchema } from './values.ts'

/** 32 MiB of zip; what it unpacks to is capped again while it is read. */
export const PACK_BYTES_MAX = 32 * 1024 * 1024

export const badgeSchema = z.enum(['built-in', 'signed', 'unsigned', 'not-clinically-reviewed', 'review-overdue'])
export type Badge = z.infer<typeof badgeSchema>

export const packSummarySchema = z.object({
  id: z.string(),
  version: z.string(),
  digest: digestSchema,
  title: textSchema,
  languages: z.array(z.string()),
  origin: z.enum(['built-in', 'library']),
  /** `refused`: unsigned and not yet trusted by the instructor; its cases cannot be begun. */
  trust: z.enum(['built-in', 'signed', 'trusted', 'refused']),
  badges: z.array(badgeSchema),
  cases: z.array(z.object({ id: z.string(), title: textSchema, starts: z.array(z.string()) })),
})
export type PackSummary = z.infer<typeof packSummarySchema>

/** A pack as the page draws it. `manifest` and `cases` were parsed by `core/scenario` and keep its shapes. */
export const packDetailSchema = z.object({
  summary: packSummarySchema,
  manifest: jsonObjectSchema,
  cases: z.array(jsonObjectSchema),
  locales: z.record(z.string(), z.record(z.string(), z.string())),
  /** Path under which the host serves the pack's media, with a slash at the end. */
  mediaBase: z.string(),
})
export type PackDetail = z.infer<typeof packDetailSchema>

export const packBytesSchema = z
  .object({ bytesBase64: z.base64().max(Math.ceil((PACK_BYTES_MAX * 4) / 3) + 4) })
  .strict()

export const packCheckSchema = z.object({
  pack: packSummarySchema.nullable(),
  problems: z.array(problemSchema),
})
