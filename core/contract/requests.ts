import { z } from 'zod'
import { appInfoSchema, clientErrorSchema, identitySchema } from './app.ts'
import { atlasBodySchema } from './atlas.ts'
import { packBytesSchema, packCheckSchema, packDetailSchema, packSummarySchema } from './packs.ts'
import { attemptSchema, ratingSchema, recordSummarySchema, verifyReplySchema } from './records.ts'
import {
  abandonReasonSchema,
  chunkSchema,
  replaySchema,
  sessionBeginSchema,
  sessionSetupSchema,
  sessionSummarySchema,
} from './sessions.ts'
import { passphraseSchema, traineeCreateSchema, traineeSchema, traineeUpdateSchema } from './trainees.ts'
import { dateSchema, digestSchema, emptySchema, idSchema, jsonObjectSchema } from './values.ts'

/** `trainee`: somebody is signed in on this connection, or the instructor is unlocked. */
export type Role = 'anyone' | 'trainee' | 'instructor'

type RequestShape = { role: Role; in: z.ZodType; out: z.ZodType }

const byId = z.object({ id: idSchema }).strict()
const bySession = z.object({ sessionId: idSchema }).strict()
const byRecord = z.object({ recordId: idSchema }).strict()
const byPack = z.object({ packId: z.string().max(100) }).strict()
const oneTrainee = z.object({ trainee: traineeSchema })
const oneIdentity = z.object({ identity: identitySchema })
const oneRecord = z.object({ record: recordSummarySchema })

/**
 * Every request of the page and its reply. Both sides check with the same schema; the role is checked in the host.
 * Beyond the role, a trainee reaches only their own sessions and records; the instructor reaches all.
 */
export const requests = {
  'app.info': { role: 'anyone', in: emptySchema, out: appInfoSchema },
  'app.acceptSafety': {
    role: 'anyone',
    in: z.object({ version: z.number().int() }).strict(),
    out: z.object({ acceptedAt: dateSchema }),
  },
  'app.clientError': { role: 'anyone', in: clientErrorSchema, out: emptySchema },

  'trainees.list': {
    role: 'anyone',
    in: z.object({ show: z.enum(['present', 'all']).default('present') }).strict(),
    out: z.object({ trainees: z.array(traineeSchema) }),
  },
  'trainees.create': { role: 'anyone', in: traineeCreateSchema, out: oneTrainee },
  'trainees.update': { role: 'trainee', in: traineeUpdateSchema, out: oneTrainee },
  'trainees.remove': { role: 'instructor', in: byId, out: oneTrainee },
  'trainees.restore': { role: 'instructor', in: byId, out: oneTrainee },
  'trainees.signIn': {
    role: 'anyone',
    in: z.object({ id: idSchema, pin: z.string().max(12).optional() }).strict(),
    out: oneIdentity,
  },
  'trainees.signOut': { role: 'anyone', in: emptySchema, out: oneIdentity },

  'instructor.status': {
    role: 'anyone',
    in: emptySchema,
    out: z.object({ passphrase: z.enum(['not-set', 'set']), state: z.enum(['locked', 'unlocked']) }),
  },
  /** The first passphrase may be set by anyone; a change needs the current one. */
  'instructor.setPassphrase': {
    role: 'anyone',
    in: z.object({ passphrase: passphraseSchema, current: z.string().max(200).optional() }).strict(),
    out: oneIdentity,
  },
  'instructor.unlock': {
    role: 'anyone',
    in: z.object({ passphrase: z.string().max(200) }).strict(),
    out: oneIdentity,
  },
  'instructor.lock': { role: 'anyone', in: emptySchema, out: oneIdentity },

  /** Where the data lie and which backups there are, newest first. */
  'data.backups': {
    role: 'instructor',
    in: emptySchema,
    out: z.object({ folder: z.string(), backups: z.array(z.object({ takenAt: dateSchema })) }),
  },
  'data.backup': { role: 'instructor', in: emptySchema, out: z.object({ takenAt: dateSchema }) },

  'packs.list': { role: 'anyone', in: emptySchema, out: z.object({ packs: z.array(packSummarySchema) }) },
  'packs.get': { role: 'anyone', in: byPack, out: packDetailSchema },
  'packs.check': { role: 'instructor', in: packBytesSchema, out: packCheckSchema },
  'packs.import': { role: 'instructor', in: packBytesSchema, out: z.object({ pack: packSummarySchema }) },
  'packs.remove': { role: 'instructor', in: byPack, out: emptySchema },
  /** The instructor lets an unsigned pack run; its badge stays. */
  'packs.trust': { role: 'instructor', in: byPack, out: z.object({ pack: packSummarySchema }) },

  'sessions.begin': {
    role: 'trainee',
    in: sessionBeginSchema,
    out: z.object({ sessionId: idSchema, setup: sessionSetupSchema }),
  },
  'sessions.chunk': {
    role: 'trainee',
    in: chunkSchema.extend({ sessionId: idSchema }).strict(),
    out: z.object({ index: z.number().int() }),
  },
  'sessions.end': {
    role: 'trainee',
    in: z.object({ sessionId: idSchema, record: jsonObjectSchema }).strict(),
    out: z.object({
      recordId: idSchema,
      logIndex: z.number().int(),
      recordHash: digestSchema,
      committedAt: dateSchema,
    }),
  },
  'sessions.resumable': {
    role: 'trainee',
    in: z.object({ traineeId: idSchema }).strict(),
    out: z.object({ sessions: z.array(sessionSummarySchema) }),
  },
  'sessions.resume': {
    role: 'trainee',
    in: bySession,
    out: z.object({ sessionId: idSchema, setup: sessionSetupSchema, chunks: z.array(chunkSchema) }),
  },
  /** Keeps the attempt as `void` (unwell, fault) or `interrupted` (left). */
  'sessions.abandon': {
    role: 'trainee',
    in: z.object({ sessionId: idSchema, reason: abandonReasonSchema }).strict(),
    out: oneRecord,
  },
  /** "Watch the expert": the reference run of a case, made on the host and replayed on the page. */
  'sessions.expert': {
    role: 'anyone',
    in: z.object({ packId: z.string().max(100), caseId: z.string().max(100), start: z.string().max(100) }).strict(),
    out: replaySchema,
  },
  /** A patient to practise on without a score; nothing of it is kept. */
  'sessions.rehearse': { role: 'anyone', in: sessionBeginSchema.omit({ traineeId: true }), out: sessionSetupSchema },

  'records.list': {
    role: 'trainee',
    in: z
      .object({
        traineeId: idSchema.optional(),
        packId: z.string().max(100).optional(),
        caseId: z.string().max(100).optional(),
        limit: z.number().int().min(1).max(500).default(100),
        offset: z.number().int().min(0).default(0),
      })
      .strict(),
    out: z.object({ records: z.array(recordSummarySchema), total: z.number().int() }),
  },
  'records.get': {
    role: 'trainee',
    in: byRecord,
    out: z.object({ summary: recordSummarySchema, replay: replaySchema }),
  },
  'records.export': {
    role: 'trainee',
    in: byRecord,
    out: z.object({ fileName: z.string(), text: z.string() }),
  },
  /** Once, before the score is shown. */
  'records.rateSelf': {
    role: 'trainee',
    in: byRecord.extend({ rating: ratingSchema }),
    out: oneRecord,
  },
  'records.rateInstructor': { role: 'instructor', in: byRecord.extend({ rating: ratingSchema }), out: oneRecord },
  /** The operation note, with the marks that `core/scoring` gave its fields. */
  'records.saveNote': {
    role: 'trainee',
    in: byRecord.extend({ note: jsonObjectSchema }),
    out: oneRecord,
  },
  'records.verify': { role: 'trainee', in: byRecord, out: verifyReplySchema },

  'progress.get': {
    role: 'trainee',
    in: z.object({ traineeId: idSchema }).strict(),
    out: z.object({
      trainee: traineeSchema,
      cases: z.array(z.object({ packId: z.string(), caseId: z.string(), attempts: z.array(attemptSchema) })),
    }),
  },

  'atlas.status': { role: 'anyone', in: emptySchema, out: z.object({ bodies: z.array(atlasBodySchema) }) },
} as const satisfies Record<string, RequestShape>

export type RequestName = keyof typeof requests
export type RequestInput<Name extends RequestName> = z.input<(typeof requests)[Name]['in']>
export type ParsedInput<Name extends RequestName> = z.output<(typeof requests)[Name]['in']>
export type RequestOutput<Name extends RequestName> = z.output<(typeof requests)[Name]['out']>

/** Whether a string names a request (own keys only: `constructor` and friends do not). */
export function isRequestName(name: string): name is RequestName {
  return Object.hasOwn(requests, name)
}
