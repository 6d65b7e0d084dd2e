import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { findBrowser } from './findbrowser.ts'

/**
 * A Chromium for the tests: an installed one, else Playwright's own, else Debian's package where this is root.
 * @returns its path, or undefined when none can be had.
 */
export async function ensureChromium(root: string, say: (line: string) => void): Promise<string | undefined> {
  const installed = find()
  if (installed !== undefined) return installed
  const { chromium } = await import('playwright')
  const own = chromium.executablePath()
  if (existsSync(own)) return own
  say('asking Playwright for a Chromium …')
  run(process.execPath, [join(root, 'node_modules', 'playwright', 'cli.js'), 'install', 'chromium'])
  if (existsSync(own)) return own
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined
  say('installing the chromium package …')
  run('apt-get', ['update'])
  run('apt-get', ['install', '--yes', '--no-install-recommends', 'chromium'])
  return find()
}

function find(): string | undefined {
  return findBrowser({ platform: process.platform, env: process.env, exists: existsSync })
}

function run(program: string, words: readonly string[]): void {
  spawnSync(program, words, {
    stdio: ['ignore', 2, 2],
    timeout: 600_000,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
}
