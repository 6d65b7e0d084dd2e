/** Builds the body, starts the real host once for the whole suite on a fresh data folder, and stops it at the end. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startHost } from './helpers/host.ts'

const root = join(import.meta.dirname, '../..')

export default async function setup(): Promise<() => Promise<void>> {
  const build = spawnSync(process.execPath, [join(root, 'electron/cli.ts'), 'atlas', 'build', '--json'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (build.status !== 0) throw new Error(`the atlas could not be built:\n${build.stderr.slice(-4000)}${build.stdout}`)
  process.stderr.write(`atlas: ${build.stdout.trim().slice(0, 600)}\n`)
  const dataDir = mkdtempSync(join(tmpdir(), 'sina-e2e-'))
  const host = await startHost(dataDir)
  process.env.SINA_E2E_URL = host.url
  return async () => {
    await host.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
