import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What makes a patient, a state or a score. A change of any of it makes another engine. */
const PARTS = [
  { folder: 'core/anatomy', ends: '.ts' },
  { folder: 'core/modelling', ends: '.ts' },
  { folder: 'core/physiology', ends: '.ts' },
  { folder: 'core/records', ends: '.ts' },
  { folder: 'core/scenario', ends: '.ts' },
  { folder: 'core/scoring', ends: '.ts' },
  { folder: 'core/session', ends: '.ts' },
  { folder: 'core/simulation', ends: '.ts' },
  // The patient's chest wall is sampled from the definitions of the body.
  { folder: 'assets', ends: '.yaml' },
]
/** How things look makes no other patient. */
const LOOKS = 'assets/materials.yaml'
const LIBRARIES = ['@noble/hashes']

/** SHA-256 over paths and contents of what makes the engine, below the app's root. */
export function engineDigest(root: string): string {
  const hash = createHash('sha256')
  for (const path of PARTS.flatMap((part) => filesOf(root, part.folder, part.ends)).sort()) {
    // Line ends differ between checkouts, and make no other engine.
    const text = readFileSync(join(root, path), 'utf8').replaceAll('\r\n', '\n')
    hash.update(`${path}\0${createHash('sha256').update(text).digest('hex')}\n`)
  }
  for (const name of LIBRARIES) hash.update(`${name}\0${libraryVersion(root, name)}\n`)
  return hash.digest('hex')
}

function filesOf(root: string, folder: string, ends: string): string[] {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ends))
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
    .filter((path) => path !== LOOKS)
}

function libraryVersion(root: string, name: string): string {
  const manifest: { version: string } = JSON.parse(
    readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'),
  )
  return manifest.version
}
