import { z } from 'zod'

/** Values that several requests share. Dates are ISO 8601 in UTC, ids are opaque strings, hashes lower-case hex. */
export const idSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/)
export const dateSchema = z.iso.datetime()
export const digestSchema = z.string().regex(/^[0-9a-f]{64}$/)
export const jsonObjectSchema = z.record(z.string(), z.unknown())
export type JsonObject = z.infer<typeof jsonObjectSchema>

/** Bytes in base64. The transport caps the whole body; the request caps its own part. */
export const base64Schema = z.base64()

export const languageSchema = z.enum(['en', 'ru', 'uz'])
export type Language = z.infer<typeof languageSchema>

export const modeSchema = z.enum(['practice', 'assessment'])
export type Mode = z.infer<typeof modeSchema>

/** Scores compare within one device class only. A touchpad counts as a mouse. */
export const deviceClassSchema = z.enum(['mouse', 'gamepad', 'xr-controllers', 'xr-hands'])
export type DeviceClass = z.infer<typeof deviceClassSchema>

/** How much a device must be able to run. */
export const tierSchema = z.enum(['desktop', 'headset'])
export type Tier = z.infer<typeof tierSchema>

/** A text in the languages that a pack or the atlas brings. */
export const textSchema = z.record(z.string(), z.string())

export const emptySchema = z.object({}).strict()
