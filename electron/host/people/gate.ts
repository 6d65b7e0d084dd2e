import { AppError, type ErrorCode } from '../../../core/contract/errors.ts'
import type { Store } from '../store/open.ts'
import { afterFailure, secondsLocked } from './ratelimit.ts'
import { fitsSecret } from './secrets.ts'

type Refusals = { wrong: ErrorCode; locked: ErrorCode }

/**
 * Tries a secret for a subject under the rate limit. The failure is counted before the slow comparison ends, so that
 * tries in parallel do not share one chance.
 * @throws AppError with the code given for a wrong secret or a locked subject (`params.seconds`).
 */
export async function trySecret(
  store: Store,
  subject: string,
  secret: string,
  hash: string,
  refusals: Refusals,
  now: Date,
): Promise<void> {
  await store.transact(async (db) => {
    const row = await db.selectFrom('failures').selectAll().where('subject', '=', subject).executeTakeFirst()
    const failures = row && { count: row.count, lockedUntil: row.locked_until }
    const seconds = secondsLocked(failures, now)
    if (seconds > 0) throw new AppError(refusals.locked, { params: { seconds } })
    const next = afterFailure(failures, now)
    await db
      .insertInto('failures')
      .values({ subject, count: next.count, locked_until: next.lockedUntil })
      .onConflict((conflict) =>
        conflict.column('subject').doUpdateSet({ count: next.count, locked_until: next.lockedUntil }),
      )
      .execute()
  })
  if (!(await fitsSecret(secret, hash))) throw new AppError(refusals.wrong)
  await store.db.deleteFrom('failures').where('subject', '=', subject).execute()
}
