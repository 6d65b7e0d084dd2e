import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const FETCH_LIMIT_MS = 180_000

/** The Electron program that lies in node_modules, if its binary was fetched. */
export function installedElectron(root: string): string | undefined {
  const folder = join(root, 'node_modules', 'electron')
  const pathFile = join(folder, 'path.txt')
  if (!existsSync(pathFile)) return undefined
  const program = join(folder, 'dist', readFileSync(pathFile, 'utf8').trim())
  return existsSync(program) ? program : undefined
}

/** Fetches the binary with Electron's own script. It answers quickly where there is no network. */
export async function fetchElectron(root: string): Promise<string | undefined> {
  const script = join(root, 'node_modules', 'electron', 'install.js')
  if (!existsSync(script)) return undefined
  const child = spawn(process.execPath, [script], { stdio: 'ignore', timeout: FETCH_LIMIT_MS })
  await new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  return installedElectron(root)
}
