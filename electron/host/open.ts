import { join } from 'node:path'
import type { AppInfo } from '../../core/contract/app.ts'
import { type Connections, createConnections } from './connections.ts'
import { createEventBus, type EventBus } from './eventbus.ts'
import { createHandle, type Handle } from './handle.ts'
import { appHandlers } from './handlers/app.ts'
import { dataHandlers } from './handlers/data.ts'
import { peopleHandlers } from './handlers/people.ts'
import { practiceHandlers } from './handlers/practice.ts'
import { openLog } from './log.ts'
import { createLibrary } from './packs/library.ts'
import type { AppPaths } from './paths.ts'
import { createInstructor } from './people/instructor.ts'
import { createPeople } from './people/people.ts'
import { createTrainees } from './people/trainees.ts'
import { createArchive } from './records/archive.ts'
import { createFinish } from './records/finish.ts'
import { createRuns } from './records/runs.ts'
import type { Folders } from './server/files.ts'
import { listBackups } from './store/backup.ts'
import { openStore, type Store, storePaths } from './store/open.ts'
import type { Workshop } from './workshop/workshop.ts'

export type HostOptions = {
  paths: AppPaths
  /** Folder of the database, backups, imported packs and logs. */
  data: string
  shell: AppInfo['shell']
  version: string
  workshop: (bus: EventBus, report: (error: unknown, where: string) => void) => Workshop
  now?: () => Date
  /** Between timed backups; one more is taken at the start when the newest is older. */
  backupEveryMs?: number
}

export type Host = {
  readonly handle: Handle
  readonly connections: Connections
  readonly bus: EventBus
  readonly store: Store
  readonly folders: Folders
  readonly workshop: Workshop
  report(error: unknown, where: string): void
  close(): Promise<void>
}

const HOUR_MS = 3_600_000

/** Opens the store and puts the services together. Everything that differs between shells and tests comes in as an option. */
export function openHost(options: HostOptions): Host {
  const now = options.now ?? (() => new Date())
  const store = openStore({ folder: options.data, now })
  const log = openLog(options.data)
  const bus = createEventBus()
  const report = (error: unknown, where: string) => log.error({ err: error, where }, 'unforeseen')
  const workshop = options.workshop(bus, report)
  const connections = createConnections(store.db, now)
  const trainees = createTrainees(store.db, now)
  const people = createPeople(store, connections, trainees, bus, now)
  const library = createLibrary(
    store,
    { builtIn: options.paths.scenarios, imported: join(options.data, 'packs') },
    options.version,
    now,
  )
  if (store.recovery) log.warn({ recovery: store.recovery }, 'the database was damaged')

  const handle = createHandle(
    {
      ...appHandlers({
        db: store.db,
        people,
        now,
        version: options.version,
        shell: options.shell,
        engine: workshop.engine,
        recovery: store.recovery,
        note: (error) => log.warn({ page: error }, 'the page reported an error'),
      }),
      ...dataHandlers(store, options.data),
      ...peopleHandlers(people, trainees, createInstructor(store, now), connections),
      ...practiceHandlers({
        library,
        trainees,
        runs: createRuns(store, library, workshop, now),
        finish: createFinish(store, now),
        archive: createArchive(store, workshop, now),
        workshop,
        bus,
      }),
    },
    report,
  )

  const every = options.backupEveryMs ?? HOUR_MS
  let pending: Promise<unknown> = Promise.resolve()
  const backup = () => {
    pending = pending.then(() => store.backup()).catch((error) => report(error, 'backup'))
  }
  const timer = setInterval(backup, every)
  timer.unref()
  if (isStale(listBackups(storePaths(options.data).backups)[0]?.takenAt, now(), every)) backup()

  return {
    handle,
    connections,
    bus,
    store,
    workshop,
    folders: {
      page: options.paths.page,
      atlas: options.paths.atlas,
      profiles: options.paths.profiles,
      media: (digest) => library.mediaFolder(digest),
    },
    report,
    async close() {
      clearInterval(timer)
      await workshop.close()
      await pending
      await store.close()
    },
  }
}

function isStale(takenAt: string | undefined, now: Date, every: number): boolean {
  return takenAt === undefined || now.getTime() - Date.parse(takenAt) >= every
}
