import { z } from 'zod'
import { traineeSchema } from './trainees.ts'
import { dateSchema, languageSchema } from './values.ts'

/** Who speaks on this connection: the signed-in trainee, and whether the instructor's passphrase was given. */
export const identitySchema = z.object({
  trainee: traineeSchema.nullable(),
  instructor: z.enum(['locked', 'unlocked']),
})
export type Identity = z.infer<typeof identitySchema>

/** A repair that happened at start and that the person must be told about. */
export const recoverySchema = z.object({
  at: dateSchema,
  damagedFile: z.string(),
  restoredFrom: z.string().nullable(),
  backupTakenAt: dateSchema.nullable(),
})
export type Recovery = z.infer<typeof recoverySchema>

export const appInfoSchema = z.object({
  version: z.string(),
  contractVersion: z.number().int(),
  shell: z.enum(['electron', 'browser', 'serve']),
  engine: z.string(),
  languages: z.array(languageSchema),
  safety: z.object({ version: z.number().int(), acceptedAt: dateSchema.nullable() }),
  identity: identitySchema,
  recovery: recoverySchema.nullable(),
})
export type AppInfo = z.infer<typeof appInfoSchema>

export const clientErrorSchema = z
  .object({
    code: z.string().max(64),
    message: z.string().max(2_000),
    stack: z.string().max(8_000).optional(),
    where: z.string().max(200).optional(),
  })
  .strict()
