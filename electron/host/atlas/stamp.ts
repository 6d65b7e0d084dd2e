import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What the bodies are made of and by. */
const SOURCES = ['assets', 'core/modelling', 'core/anatomy/atlasfile.ts', 'electron/atlas']

/** Digest of all that a build of the bodies depends on. */
export function sourcesStamp(root: string): string {
  const hash = createHash('sha256')
  for (const source of SOURCES) {
    const path = join(root, source)
    for (const file of existsSync(path) ? filesBelow(path) : []) {
      hash.update(`${file.slice(root.length)}\0`).update(createHash('sha256').update(readFileSync(file)).digest())
    }
  }
  return hash.digest('hex')
}

/** The stamp of the sources that the bodies in a folder were built from. */
export function readStamp(folder: string): string | undefined {
  const file = join(folder, 'stamp.txt')
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined
}

export function writeStamp(folder: string, stamp: string): void {
  writeFileSync(join(folder, 'stamp.txt'), `${stamp}\n`)
}

function filesBelow(path: string): string[] {
  try {
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return [path]
    throw error
  }
}
