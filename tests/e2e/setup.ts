/** Starts the real host once for the whole suite, on a fresh data folder, and stops it at the end. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startHost } from './helpers/host.ts'

export default async function setup(): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'sina-e2e-'))
  const host = await startHost(dataDir)
  process.env.SINA_E2E_URL = host.url
  return async () => {
    await host.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
