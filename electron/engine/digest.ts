import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What makes a state or a score, and the libraries in it. A change of any of these makes another engine. */
const FOLDERS = [
  'core/anatomy',
  'core/physiology',
  'core/records',
  'core/scenario',
  'core/scoring',
  'core/session',
  'core/simulation',
]
const LIBRARIES = ['@noble/hashes']

/** SHA-256 over paths and contents of the engine's sources below the app's root. */
export function engineDigest(root: string): string {
  const hash = createHash('sha256')
  for (const path of FOLDERS.flatMap((folder) => sources(root, folder)).sort()) {
    // Line ends differ between checkouts, and make no other engine.
    const text = readFileSync(join(root, path), 'utf8').replaceAll('\r\n', '\n')
    hash.update(`${path}\0${createHash('sha256').update(text).digest('hex')}\n`)
  }
  for (const name of LIBRARIES) hash.update(`${name}\0${libraryVersion(root, name)}\n`)
  return hash.digest('hex')
}

function sources(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll('\\', '/'),
    )
}

function libraryVersion(root: string, name: string): string {
  const manifest: { version: string } = JSON.parse(
    readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'),
  )
  return manifest.version
}
