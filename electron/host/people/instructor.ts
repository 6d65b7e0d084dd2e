import { AppError } from '../../../core/contract/errors.ts'
import type { Store } from '../store/open.ts'
import { trySecret } from './gate.ts'
import { hashSecret } from './secrets.ts'

const KEY = 'instructor.passphrase'
const REFUSALS = { wrong: 'instructor/wrong', locked: 'instructor/locked' } as const

/** The one passphrase that opens what only the instructor may do. */
export function createInstructor(store: Store, now: () => Date) {
  async function hash(): Promise<string | undefined> {
    const row = await store.db.selectFrom('meta').select('value').where('key', '=', KEY).executeTakeFirst()
    return row?.value
  }

  return {
    async passphrase(): Promise<'not-set' | 'set'> {
      return (await hash()) === undefined ? 'not-set' : 'set'
    },
    async set(passphrase: string, current: string | undefined): Promise<void> {
      const known = await hash()
      if (known !== undefined) {
        if (current === undefined) throw new AppError('instructor/already-set')
        await trySecret(store, 'instructor', current, known, REFUSALS, now())
      }
      const value = await hashSecret(passphrase)
      await store.transact(async (db) => {
        const row = await db.selectFrom('meta').select('value').where('key', '=', KEY).executeTakeFirst()
        if (row?.value !== known) throw new AppError('instructor/already-set')
        await db
          .insertInto('meta')
          .values({ key: KEY, value })
          .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
          .execute()
      })
    },
    async check(passphrase: string): Promise<void> {
      const known = await hash()
      if (known === undefined) throw new AppError('instructor/not-set')
      await trySecret(store, 'instructor', passphrase, known, REFUSALS, now())
    },
  }
}

export type Instructor = ReturnType<typeof createInstructor>
