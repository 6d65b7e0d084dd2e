import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where the app keeps what people make. `SINA_DATA` or `--data` names another place. */
export function dataFolder(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, home: string = homedir()): string {
  if (env.SINA_DATA) return env.SINA_DATA
  if (platform === 'win32') return join(env.APPDATA ?? join(home, 'AppData', 'Roaming'), 'Sina')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Sina')
  return join(env.XDG_DATA_HOME ?? join(home, '.local', 'share'), 'sina')
}

/** Where the app itself lies: the folder of package.json, in a checkout and in a packaged app alike. */
export type AppPaths = {
  root: string
  page: string
  atlas: string
  scenarios: string
  assets: string
  profiles: string
  cache: string
}

export function appPaths(root: string): AppPaths {
  return {
    root,
    page: join(root, 'build', 'page'),
    atlas: join(root, 'build', 'atlas'),
    scenarios: join(root, 'scenarios'),
    assets: join(root, 'assets'),
    profiles: join(root, 'node_modules', '@webxr-input-profiles', 'assets', 'dist', 'profiles'),
    cache: join(root, '.cache'),
  }
}

/** The root when the sources run as they are. */
export const sourceRoot = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '')
