import { z } from 'zod'
import { languageSchema } from '../contract/values.ts'
import { daySchema, sourceSchema, textSchema, versionSchema } from './primitives.ts'

/** Version of the pack format. Raised when an older app could misread a newer pack. */
export const PACK_FORMAT = 1

/** Hard limits of a pack; checked before anything is parsed where that can be done. */
export const packLimits = {
  files: 2000,
  totalBytes: 200 * 1024 * 1024,
  jsonBytes: 2 * 1024 * 1024,
  compressionRatio: 100,
  jsonDepth: 64,
  jsonNodes: 200_000,
  conditionDepth: 32,
  conditionNodes: 2000,
  steps: 500,
  cases: 50,
} as const

/** `pack.json` */
export const manifestSchema = z.strictObject({
  format: z.literal(PACK_FORMAT),
  id: z
    .string()
    .regex(/^[a-z][a-z0-9]*([.-][a-z0-9]+)*$/)
    .max(100),
  version: versionSchema,
  minApp: versionSchema,
  title: textSchema,
  summary: textSchema,
  languages: z.array(languageSchema).min(1),
  licence: z.string().min(1).max(64),
  authors: z.array(z.string().min(1).max(120)).min(1).max(40),
  /** The clinician who answers for the content; null shows the badge "not clinically reviewed". */
  reviewer: z
    .strictObject({ name: z.string().min(1).max(120), role: z.string().min(1).max(120), date: daySchema })
    .nullable(),
  reviewBy: daySchema,
  formulary: z.string().max(200).optional(),
  sources: z.array(sourceSchema).min(1).max(100),
  cases: z
    .array(z.string().regex(/^cases\/[a-z][a-z0-9-]*\.json$/))
    .min(1)
    .max(packLimits.cases),
})
export type Manifest = z.infer<typeof manifestSchema>

const digestSchema = z.string().regex(/^[0-9a-f]{64}$/)

/** `signature.json`: SHA-256 of every other file, and Ed25519 over that list (see `signature.ts`). */
export const signatureSchema = z.strictObject({
  algorithm: z.literal('ed25519'),
  digests: z.record(z.string().max(200), digestSchema),
  publicKey: digestSchema,
  signature: z.string().regex(/^[0-9a-f]{128}$/),
  signer: z.string().min(1).max(120),
})
export type PackSignature = z.infer<typeof signatureSchema>

/** `locales/<language>.json`: key → text, with `{{name}}` for figures out of the case's `facts`. */
export const localeSchema = z.record(z.string().regex(/^[a-z][a-zA-Z0-9]*([.-][a-zA-Z0-9]+)*$/), z.string().max(4000))
export type LocaleTexts = z.infer<typeof localeSchema>
