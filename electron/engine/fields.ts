import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { OperativeField, Side } from '../../core/anatomy/patient.ts'
import { sampleField } from '../../core/anatomy/samplefield.ts'
import { compileBody } from '../../core/modelling/compile.ts'
import { loadBodies } from '../atlas/bodies.ts'
import { loadAssets } from '../atlas/library.ts'

/** Raise when the sampling itself changes, so that kept fields are made anew. */
const SAMPLING = 4

const made = new Map<string, OperativeField>()

/** The operative field of the body of a sex on a side: sampled once (seconds), kept under `build/fields`. */
export function operativeField(root: string, sex: 'male' | 'female', side: Side): OperativeField {
  const assets = join(root, 'assets')
  const key = createHash('sha256')
    .update(`${SAMPLING} ${sex} ${side}\0`)
    .update(definitionsDigest(assets))
    .digest('hex')
  const known = made.get(key)
  if (known !== undefined) return known
  const folder = join(root, 'build', 'fields')
  const file = join(folder, `${key}.json`)
  const field = readKept(file) ?? sampleAnew(assets, sex, side)
  made.set(key, field)
  keep(folder, file, field)
  return field
}

function sampleAnew(assets: string, sex: 'male' | 'female', side: Side): OperativeField {
  const { library } = loadAssets(assets)
  const bodies = [...loadBodies(assets).values()]
  const body = bodies.find((candidate) => candidate.sex === sex && candidate.window === 'chest') ?? {
    sex,
    params: { adiposity: 0, stature: 0 },
  }
  return sampleField(compileBody(library, body), library, side)
}

function readKept(file: string): OperativeField | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as OperativeField
  } catch {
    // not there yet, or cut short by a crash: sampled anew
    return undefined
  }
}

function keep(folder: string, file: string, field: OperativeField): void {
  try {
    mkdirSync(folder, { recursive: true })
    const draft = `${file}.${process.pid}.draft`
    writeFileSync(draft, JSON.stringify(field))
    renameSync(draft, file)
  } catch (error) {
    // a packaged app may stand in a folder that cannot be written: the field is then sampled at each start
    if (!['EACCES', 'EROFS', 'EPERM', 'ENOSPC'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
}

function definitionsDigest(assets: string): Buffer {
  const hash = createHash('sha256')
  for (const path of readdirSync(assets, { recursive: true, encoding: 'utf8' }).sort()) {
    if (/\.ya?ml$/.test(path) && !path.endsWith('materials.yaml'))
      hash.update(`${path}\0`).update(readFileSync(join(assets, path)))
  }
  return hash.digest()
}
