import type { AppInfo, Recovery } from '../../../core/contract/app.ts'
import { CONTRACT_VERSION, SAFETY_VERSION } from '../../../core/contract/version.ts'
import type { Connection } from '../connection.ts'
import type { Handlers } from '../handle.ts'
import type { People } from '../people/people.ts'
import type { Database } from '../store/schema.ts'

const SAFETY_KEY = 'safety.accepted'

export type AppServices = {
  db: Database
  people: People
  now: () => Date
  version: string
  shell: AppInfo['shell']
  engine: () => string
  recovery: Recovery | null
  /** Writes what a page reported into the log. */
  note: (error: { code: string; message: string; stack?: string | undefined; where?: string | undefined }) => void
}

/** What the app is, what was agreed to, what went wrong on the page. */
export function appHandlers(
  services: AppServices,
): Pick<Handlers, 'app.info' | 'app.acceptSafety' | 'app.clientError'> {
  const { db, now } = services

  async function acceptedAt(): Promise<string | null> {
    const row = await db.selectFrom('meta').select('value').where('key', '=', SAFETY_KEY).executeTakeFirst()
    const [version, at] = row?.value.split(' ') ?? []
    return version === String(SAFETY_VERSION) ? at : null
  }

  return {
    'app.info': async (_input, connection: Connection) => ({
      version: services.version,
      contractVersion: CONTRACT_VERSION,
      shell: services.shell,
      engine: services.engine(),
      languages: ['en', 'ru', 'uz'],
      safety: { version: SAFETY_VERSION, acceptedAt: await acceptedAt() },
      identity: await services.people.identity(connection),
      recovery: services.recovery,
    }),
    'app.acceptSafety': async ({ version }) => {
      const at = now().toISOString()
      const value = `${version} ${at}`
      await db
        .insertInto('meta')
        .values({ key: SAFETY_KEY, value })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
        .execute()
      return { acceptedAt: at }
    },
    'app.clientError': async (error) => {
      services.note(error)
      return {}
    },
  }
}
