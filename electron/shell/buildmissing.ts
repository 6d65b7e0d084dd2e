import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What the page is made of; when any of it is newer than the built page, the page is built again. */
const PAGE_SOURCES = ['renderer', 'core', 'assets', 'tests/scenes', 'vite.config.ts', 'package-lock.json']

/** Builds the page when it is missing or older than its sources. Says what it does, one line each. */
export async function buildMissing(root: string, say: (line: string) => void): Promise<void> {
  const page = join(root, 'build', 'page', 'index.html')
  if (!existsSync(join(root, 'vite.config.ts'))) return
  if (existsSync(page) && statSync(page).mtimeMs >= newest(PAGE_SOURCES.map((source) => join(root, source)))) return
  say('building the page …')
  const started = performance.now()
  const { build } = await import('vite')
  await build({ configFile: join(root, 'vite.config.ts'), logLevel: 'error' })
  say(`page built in ${((performance.now() - started) / 1000).toFixed(1)} s`)
}

/** Time of the newest file, in ms since the epoch. */
function newest(paths: readonly string[]): number {
  let time = 0
  for (const path of paths) {
    if (!existsSync(path)) continue
    const found = statSync(path)
    time = Math.max(
      time,
      found.isDirectory() ? newest(readdirSync(path).map((name) => join(path, name))) : found.mtimeMs,
    )
  }
  return time
}
