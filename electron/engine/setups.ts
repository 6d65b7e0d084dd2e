import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../../core/contract/errors.ts'
import type { Json } from '../../core/records/canonical.ts'
import { digestJson } from '../../core/records/digest.ts'
import { readPack } from '../../core/scenario/packcheck.ts'
import type { Case } from '../../core/scenario/schema.ts'
import type { SessionSetup } from '../../core/session/setup.ts'
import { readFolder } from '../host/packs/reading.ts'
import { engineOf } from '../host/workshop/engine.ts'
import { patientOf } from './patients.ts'

/** A case and the pack that it belongs to. */
export type FoundCase = { readonly pack: SessionSetup['pack']; readonly case: Case }

/** Which run of a case is wanted. */
export type RunChoice = { readonly start?: string; readonly seed: number; readonly mode?: SessionSetup['mode'] }

/** The case of that id among the packs that come with the app. Throws `case/unknown` and `pack/refused`. */
export function findBuiltInCase(root: string, caseId: string): FoundCase {
  for (const found of builtInCases(root)) if (found.case.id === caseId) return found
  throw new AppError('case/unknown', { params: { id: caseId } })
}

/** Every case that comes with the app. */
export function builtInCases(root: string): FoundCase[] {
  const folder = join(root, 'scenarios')
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'schema')
    .flatMap((entry) => casesOf(join(folder, entry.name), appVersion(root)))
}

/** The setup of an operator's run: everything a session is made from, the patient included. Throws `case/unknown-start`. */
export function operatorSetup(root: string, found: FoundCase, choice: RunChoice): SessionSetup {
  const start = choice.start ?? found.case.starts[0].id
  if (!found.case.starts.some(({ id }) => id === start)) {
    throw new AppError('case/unknown-start', { params: { id: start } })
  }
  const patient = patientOf(root, found.case, choice.seed)
  return {
    engine: engineOf(root)(),
    pack: found.pack,
    case: found.case,
    start,
    mode: choice.mode ?? 'assessment',
    seed: choice.seed,
    patient,
    patientDigest: digestJson(patient as unknown as Json),
    deviceClass: 'operator',
    tier: 'desktop',
    history: {},
  }
}

function casesOf(folder: string, version: string): FoundCase[] {
  const reading = readPack(readFolder(folder), version)
  if ('problems' in reading)
    throw new AppError('pack/refused', { params: { pack: folder }, problems: reading.problems })
  const { manifest, cases } = reading.pack
  const pack = { id: manifest.id, version: manifest.version, digest: reading.digest }
  return cases.map((found) => ({ pack, case: found }))
}

function appVersion(root: string): string {
  const manifest: { version: string } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return manifest.version
}
