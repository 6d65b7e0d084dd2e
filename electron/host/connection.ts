import type { Identity } from '../../core/contract/app.ts'
import { AppError } from '../../core/contract/errors.ts'
import type { Role } from '../../core/contract/requests.ts'

/** One page or program that talks to the host: a browser's cookie, a bearer of the token, or an Electron window. */
export type Connection = {
  readonly key: string
  readonly traineeId: string | null
  readonly instructor: 'locked' | 'unlocked'
}

/** @throws AppError `contract/forbidden-role` when the connection may not make a request of this role. */
export function requireRole(connection: Connection, role: Role, request: string): void {
  const allowed =
    role === 'anyone' || connection.instructor === 'unlocked' || (role === 'trainee' && connection.traineeId !== null)
  if (!allowed) throw new AppError('contract/forbidden-role', { params: { role }, where: request })
}

/** A trainee reaches only what is their own; the instructor reaches all. */
export function requireOwner(connection: Connection, traineeId: string, where: string): void {
  if (connection.instructor === 'unlocked' || connection.traineeId === traineeId) return
  throw new AppError('contract/forbidden-role', { params: { role: 'instructor' }, where })
}

export type { Identity }
