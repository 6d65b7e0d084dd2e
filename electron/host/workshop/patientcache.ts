import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Case } from '../../../core/scenario/schema.ts'
import type { Patient } from '../../../core/simulation/contract.ts'
import { patientOf } from '../../engine/patients.ts'

const KEPT = 200

/** The patient of a case by seed, kept on disk by all that makes them: engine, body, the case's profiles and region. */
export function cachedPatient(root: string, cache: string, engine: string, of: Case, seed: number): Patient {
  const folder = join(cache, 'patients')
  const key = createHash('sha256')
    .update(JSON.stringify([engine, assetsDigest(join(root, 'assets')), of.id, of.profiles, of.field, seed]))
    .digest('hex')
  const file = join(folder, `${key}.json`)
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Patient
  const patient = patientOf(root, of, seed)
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${file}.draft`, JSON.stringify(patient))
  renameSync(`${file}.draft`, file)
  forgetOldest(folder)
  return patient
}

/** What the body is made of, by name, size and content. */
function assetsDigest(folder: string): string {
  const hash = createHash('sha256')
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (/\.ya?ml$/.test(path)) hash.update(`${path}\0`).update(readFileSync(join(folder, path)))
  }
  return hash.digest('hex')
}

function forgetOldest(folder: string): void {
  const files = readdirSync(folder).map((name) => join(folder, name))
  if (files.length <= KEPT) return
  const oldest = files.map((file) => ({ file, time: statSync(file).mtimeMs })).sort((a, b) => a.time - b.time)
  for (const { file } of oldest.slice(0, files.length - KEPT)) rmSync(file, { force: true })
}
