import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PoolFolders } from './pool.ts'

/** Root of the repository. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Where assets lie and meshes are kept in a checkout. */
export const standardFolders = (): PoolFolders => ({
  assets: join(ROOT, 'assets'),
  cache: join(ROOT, '.cache', 'atlas'),
})
