import type { z } from 'zod'
import { AppError, type ErrorCode, errorStatus, type Problem } from '../../core/contract/errors.ts'
import {
  isRequestName,
  type ParsedInput,
  type RequestName,
  type RequestOutput,
  requests,
} from '../../core/contract/requests.ts'
import { type Connection, requireRole } from './connection.ts'
import { codedDiskError } from './store/diskerrors.ts'

export type Handler<Name extends RequestName> = (
  input: ParsedInput<Name>,
  connection: Connection,
) => Promise<RequestOutput<Name>>

export type Handlers = { [Name in RequestName]: Handler<Name> }

/** Answers one request of one connection: checks name, role and input, runs the handler, checks the output. */
export type Handle = (name: string, input: unknown, connection: Connection) => Promise<unknown>

/**
 * The one door to the services. It knows nothing of HTTP or IPC; every transport calls it, and every refusal is an
 * `AppError`. `report` gets what was not foreseen, before it is turned into `host/internal`.
 */
export function createHandle(handlers: Handlers, report: (error: unknown, request: string) => void): Handle {
  return async (name, input, connection) => {
    if (!isRequestName(name)) throw new AppError('contract/unknown-request', { params: { name: name.slice(0, 80) } })
    const request = requests[name]
    requireRole(connection, request.role, name)
    const parsed = request.in.safeParse(input)
    if (!parsed.success)
      throw new AppError('contract/invalid-input', { where: name, problems: problemsOf(parsed.error, name) })
    try {
      const output = await (handlers[name] as (input: unknown, connection: Connection) => Promise<unknown>)(
        parsed.data,
        connection,
      )
      const checked = request.out.safeParse(output)
      if (checked.success) return checked.data
      throw new AppError('contract/invalid-output', { where: name, problems: problemsOf(checked.error, name) })
    } catch (error) {
      const coded = toAppError(codedDiskError(error), name)
      if (errorStatus[coded.code] >= 500) report(error, name)
      throw coded
    }
  }
}

/** Errors of `core` carry a code of their own; a code that the contract knows is kept, anything else is internal. */
export function toAppError(error: unknown, where: string): AppError {
  if (error instanceof AppError) return error
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    if (Object.hasOwn(errorStatus, error.code)) {
      return new AppError(error.code as ErrorCode, { where, cause: error })
    }
  }
  return new AppError('host/internal', { where, cause: error })
}

function problemsOf(error: z.ZodError, file: string): Problem[] {
  return error.issues.slice(0, 20).map((issue) => ({
    code: `contract/${issue.code}`,
    file,
    pointer: issue.path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
    reason: issue.message,
    remedy: '',
  }))
}
