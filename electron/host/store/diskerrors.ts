import { AppError } from '../../../core/contract/errors.ts'

const FULL = new Set(['SQLITE_FULL', 'SQLITE_IOERR_WRITE', 'SQLITE_IOERR_FSYNC', 'ENOSPC', 'EDQUOT'])
const READ_ONLY = new Set(['SQLITE_READONLY', 'SQLITE_CANTOPEN', 'EROFS', 'EACCES', 'EPERM'])
const DAMAGED = new Set(['SQLITE_CORRUPT', 'SQLITE_NOTADB'])

/** Gives errors of SQLite and the file system the code that a person can be told; others pass unchanged. */
export function codedDiskError(error: unknown): unknown {
  const code = errorCode(error)
  if (code === undefined) return error
  if (startsWithAny(code, FULL)) {
    return new AppError('host/disk-full', { remedy: 'Free some space on the disk, then try again.', cause: error })
  }
  if (startsWithAny(code, READ_ONLY)) {
    return new AppError('host/read-only', { remedy: 'Check the rights of the data folder.', cause: error })
  }
  if (startsWithAny(code, DAMAGED)) {
    return new AppError('store/damaged', {
      remedy: 'Start the app again: it goes back to the newest good backup.',
      cause: error,
    })
  }
  if (code === 'SQLITE_BUSY') return new AppError('store/locked', { cause: error })
  return error
}

/** Whether opening or checking failed because the file itself is damaged. */
export function isDamage(error: unknown): boolean {
  const code = errorCode(error)
  return code !== undefined && startsWithAny(code, DAMAGED)
}

function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

function startsWithAny(code: string, known: ReadonlySet<string>): boolean {
  if (known.has(code)) return true
  for (const name of known) if (code.startsWith(`${name}_`)) return true
  return false
}
