import { AppError } from '../../core/contract/errors.ts'
import type { Connection } from './connection.ts'
import type { Database } from './store/schema.ts'

/**
 * Who is on which connection. The trainee is kept in the store, so that a page survives a restart of the host; the
 * instructor's unlocking is not: after a restart the passphrase is asked again.
 */
export type Connections = {
  get(key: string): Promise<Connection>
  signIn(key: string, traineeId: string | null): Promise<Connection>
  setInstructor(key: string, state: Connection['instructor']): Promise<Connection>
  /** Signs a removed trainee out everywhere. */
  forget(traineeId: string): Promise<void>
}

export function createConnections(db: Database, now: () => Date): Connections {
  const unlocked = new Set<string>()

  async function get(key: string): Promise<Connection> {
    const row = await db.selectFrom('connections').select('trainee_id').where('key', '=', key).executeTakeFirst()
    return { key, traineeId: row?.trainee_id ?? null, instructor: unlocked.has(key) ? 'unlocked' : 'locked' }
  }

  return {
    get,
    async signIn(key, traineeId) {
      if (key.length > 128) throw new AppError('contract/unauthorised')
      const seen = now().toISOString()
      await db
        .insertInto('connections')
        .values({ key, trainee_id: traineeId, seen_at: seen })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ trainee_id: traineeId, seen_at: seen }))
        .execute()
      return get(key)
    },
    async setInstructor(key, state) {
      if (state === 'unlocked') unlocked.add(key)
      else unlocked.delete(key)
      return get(key)
    },
    async forget(traineeId) {
      await db.updateTable('connections').set({ trainee_id: null }).where('trainee_id', '=', traineeId).execute()
    },
  }
}
