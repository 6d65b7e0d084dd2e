import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import type { Problem } from '../../../core/contract/errors.ts'
import { canonicalize } from '../../../core/records/canonical.ts'
import { digestBytes, digestText } from '../../../core/records/digest.ts'
import { caseSchema, localeSchema, manifestSchema, type Pack } from '../../../core/scenario/schema.ts'

/** Path within the pack, with slashes, to its bytes. */
export type PackFiles = ReadonlyMap<string, Uint8Array>

export type Reading = { pack: Pack; digest: string; signature: 'valid' | 'none' } | { problems: Problem[] }

/** All files below a folder. Links are not followed. */
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

export function readZip(bytes: Uint8Array): { files: PackFiles } | { problems: Problem[] } {
  return { files: new Map(Object.entries(unzipSync(bytes))) }
}

export function readPack(files: PackFiles, _appVersion: string): Reading {
  const json = (path: string): unknown => JSON.parse(Buffer.from(files.get(path) ?? []).toString('utf8'))
  const manifest = manifestSchema.parse(json('pack.json'))
  const cases = manifest.cases.map((path) => caseSchema.parse(json(path)))
  const locales = Object.fromEntries(
    manifest.languages.map((language) => [language, localeSchema.parse(json(`locales/${language}.json`))]),
  )
  const list = Object.fromEntries([...files].map(([path, bytes]) => [path, digestBytes(bytes)]))
  return { pack: { manifest, cases, locales }, digest: digestText(canonicalize(list)), signature: 'none' }
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : 1
}
