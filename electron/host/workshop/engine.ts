import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { engineDigest } from '../../engine/digest.ts'

/** Digest of the engine: written by the build of a packaged app, otherwise taken from the sources, once. */
export function engineOf(root: string): () => string {
  let digest: string | undefined
  return () => {
    digest ??= packagedDigest(root) ?? engineDigest(root)
    return digest
  }
}

function packagedDigest(root: string): string | undefined {
  const file = join(root, 'build', 'electron', 'engine.txt')
  // A checkout may hold an old build: there the sources count.
  if (existsSync(join(root, 'core')) || !existsSync(file)) return undefined
  return readFileSync(file, 'utf8').trim()
}
