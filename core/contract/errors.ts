import { z } from 'zod'

/**
 * Every error that can cross the border between page and host, with the HTTP status that stands for it.
 * The page translates `errors:<code>` with `params`; `remedy` is a code of its own, not a sentence.
 */
export const errorStatus = {
  'contract/unknown-request': 404,
  'contract/invalid-input': 400,
  'contract/invalid-output': 500,
  'contract/version': 409,
  'contract/too-large': 413,
  'contract/bad-json': 400,
  'contract/unauthorised': 401,
  'contract/forbidden-origin': 403,
  'contract/forbidden-role': 403,
  'contract/unavailable': 503,
  'host/internal': 500,
  'host/not-found': 404,
  'host/disk-full': 507,
  'host/read-only': 507,
  'store/damaged': 500,
  'store/newer': 500,
  'store/no-backup': 500,
  'store/locked': 503,
  'trainee/unknown': 404,
  'trainee/removed': 410,
  'trainee/pin-required': 401,
  'trainee/pin-wrong': 401,
  'trainee/locked': 429,
  'instructor/not-set': 409,
  'instructor/already-set': 409,
  'instructor/wrong': 401,
  'instructor/locked': 429,
  'pack/unknown': 404,
  'pack/refused': 422,
  'pack/unsigned': 403,
  'pack/exists': 409,
  'pack/built-in': 409,
  'pack/in-use': 409,
  'case/unknown': 404,
  'case/unknown-start': 404,
  'patient/failed': 500,
  'session/unknown': 404,
  'session/ended': 409,
  'session/chunk-gap': 409,
  'session/chunk-conflict': 409,
  'session/chunk-hash': 400,
  'record/unknown': 404,
  'record/conflict': 409,
  'record/invalid': 422,
  'record/rated': 409,
  'engine/unavailable': 409,
  'atlas/failed': 500,
} as const

export type ErrorCode = keyof typeof errorStatus

/** One thing wrong with a pack, a record or an input: where it is, why it is refused, what to do. */
export const problemSchema = z.object({
  code: z.string(),
  file: z.string(),
  pointer: z.string(),
  reason: z.string(),
  remedy: z.string(),
})
export type Problem = z.infer<typeof problemSchema>

export const errorSchema = z.object({
  code: z.custom<ErrorCode>((value) => typeof value === 'string' && Object.hasOwn(errorStatus, value)),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  /** Where: request name, file or JSON pointer. */
  where: z.string().optional(),
  /** What a person can do, in English; the page prefers its own translation of the code. */
  remedy: z.string().optional(),
  problems: z.array(problemSchema).optional(),
})
export type ErrorReply = z.infer<typeof errorSchema>

/** A coded error: thrown by the host's services, carried over any transport, translated by the page. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly params: Record<string, string | number>
  readonly where: string | undefined
  readonly remedy: string | undefined
  readonly problems: Problem[] | undefined

  constructor(
    code: ErrorCode,
    details: {
      params?: Record<string, string | number>
      where?: string
      remedy?: string
      problems?: Problem[]
      cause?: unknown
    } = {},
  ) {
    super(code, { cause: details.cause })
    this.name = 'AppError'
    this.code = code
    this.params = details.params ?? {}
    this.where = details.where
    this.remedy = details.remedy
    this.problems = details.problems
  }

  /** The form that crosses the border. */
  toReply(): ErrorReply {
    return {
      code: this.code,
      params: this.params,
      ...(this.where === undefined ? {} : { where: this.where }),
      ...(this.remedy === undefined ? {} : { remedy: this.remedy }),
      ...(this.problems === undefined ? {} : { problems: this.problems }),
    }
  }

  /** Rebuilds the error on the other side; a reply of unknown shape becomes `host/internal`. */
  static fromReply(reply: unknown): AppError {
    const parsed = errorSchema.safeParse(reply)
    if (!parsed.success) return new AppError('host/internal', { cause: reply })
    const { code, ...details } = parsed.data
    return new AppError(code, details)
  }
}
