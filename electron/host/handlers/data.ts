import type { Handlers } from '../handle.ts'
import { listBackups } from '../store/backup.ts'
import { type Store, storePaths } from '../store/open.ts'

/** Backups, for the instructor's page. Going back to one needs a host that is not running: the command line does it. */
export function dataHandlers(store: Store, folder: string): Pick<Handlers, 'data.backups' | 'data.backup'> {
  return {
    'data.backups': async () => ({
      folder,
      backups: listBackups(storePaths(folder).backups).map(({ takenAt }) => ({ takenAt })),
    }),
    'data.backup': async () => ({ takenAt: (await store.backup()).takenAt }),
  }
}
