import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PackFiles } from '../../../core/scenario/unzip.ts'

/** All files below a pack's folder. Links are not followed. */
export function readFolder(folder: string): PackFiles {
  const files = new Map<string, Uint8Array>()
  const walk = (path: string) => {
    for (const entry of readdirSync(join(folder, path), { withFileTypes: true }).sort(byName)) {
      const child = path === '' ? entry.name : `${path}/${entry.name}`
      if (entry.isDirectory()) walk(child)
      else if (entry.isFile()) files.set(child, readFileSync(join(folder, child)))
    }
  }
  walk('')
  return files
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : 1
}
