import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { findBrowser, windowArguments } from './findbrowser.ts'

/** How long a browser must live to count as a window that opened. */
const ALIVE_MS = 2_000

/**
 * Opens an app window of an installed browser.
 * @returns the window, or undefined when there is no browser or it ended at once (no display).
 */
export async function openBrowser(url: string, profile: string): Promise<{ closed: Promise<void> } | undefined> {
  const browser = findBrowser({ platform: process.platform, env: process.env, exists: existsSync })
  if (browser === undefined || !hasDisplay(process.platform, process.env)) return undefined
  const user = process.getuid?.() === 0 ? 'root' : 'other'
  const child = spawn(browser, windowArguments(url, profile, user), { stdio: 'ignore' })
  const closed = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  const first = await Promise.race([closed.then(() => 'closed'), wait(ALIVE_MS).then(() => 'alive')])
  return first === 'alive' ? { closed } : undefined
}

/** On Linux a window needs a display server; elsewhere there always is one. */
export function hasDisplay(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): boolean {
  return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
