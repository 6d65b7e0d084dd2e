import { delimiter, join } from 'node:path'

/** What the search needs to know of a machine. */
export type Machine = { platform: NodeJS.Platform; env: NodeJS.ProcessEnv; exists: (file: string) => boolean }

const ON_PATH = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
  'brave-browser',
]

const WINDOWS = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
]

const MAC = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
]

/** The first installed browser that can open an app window. `SINA_BROWSER` names one. */
export function findBrowser({ platform, env, exists }: Machine): string | undefined {
  if (env.SINA_BROWSER) return exists(env.SINA_BROWSER) ? env.SINA_BROWSER : undefined
  return candidates(platform, env).find(exists)
}

function candidates(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string[] {
  if (platform === 'darwin') return MAC
  if (platform === 'win32') {
    const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter((root) => root !== undefined)
    return WINDOWS.flatMap((path) => roots.map((root) => join(root, ...path)))
  }
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  return ON_PATH.flatMap((name) => folders.map((folder) => join(folder, name)))
}

/**
 * Words for an app window with a profile of its own: the person's own browser keeps its tabs and extensions out.
 * Without a sandbox only for root, for whom Chromium refuses to start otherwise.
 */
export function windowArguments(url: string, profile: string, user: 'root' | 'other'): string[] {
  return [
    `--app=${url}`,
    `--user-data-dir=${profile}`,
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-sync',
    '--disable-background-networking',
    '--window-size=1440,900',
    // Without a usable GPU the body is drawn in software. "Unsafe" means pages of strangers: this window shows only ours.
    '--enable-unsafe-swiftshader',
    ...(user === 'root' ? ['--no-sandbox'] : []),
  ]
}
