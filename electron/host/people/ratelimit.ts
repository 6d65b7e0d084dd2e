/** Failed tries of one subject (a trainee's PIN, the instructor's passphrase). Kept in the store: a restart forgives nothing. */
export type Failures = { count: number; lockedUntil: string }

const FREE_TRIES = 5
const FIRST_LOCK_MS = 30_000
const LONGEST_LOCK_MS = 15 * 60_000

/** Whole seconds until the next try is allowed; 0 means now. */
export function secondsLocked(failures: Failures | undefined, now: Date): number {
  if (!failures) return 0
  const ms = Date.parse(failures.lockedUntil) - now.getTime()
  return ms > 0 ? Math.ceil(ms / 1000) : 0
}

/** The state after one more failure: five are free, then each doubles the wait from 30 s to 15 min. */
export function afterFailure(failures: Failures | undefined, now: Date): Failures {
  const count = (failures?.count ?? 0) + 1
  const over = count - FREE_TRIES
  const ms = over < 0 ? 0 : Math.min(FIRST_LOCK_MS * 2 ** over, LONGEST_LOCK_MS)
  return { count, lockedUntil: new Date(now.getTime() + ms).toISOString() }
}
