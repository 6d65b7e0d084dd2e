import { join } from 'node:path'
import type { FieldLandmark, Patient } from '../../../core/anatomy/patient.ts'
import type { Json } from '../../../core/records/canonical.ts'
import { digestJson } from '../../../core/records/digest.ts'
import type { SessionSetup } from '../../../core/session/setup.ts'
import { findBuiltInCase } from '../../../electron/engine/setups.ts'
import { fixturePatient, SLIM, skinAt, variedShape } from '../simulation/fixture.ts'

export const ROOT = join(import.meta.dirname, '../../..')
export const ENGINE = 'e'.repeat(64)

const drain = findBuiltInCase(ROOT, 'chest-drain')

/** The built-in chest drain with an analytic patient: quick to make, and another one for each seed. */
export function drainSetup(choice: { start: string; seed: number; mode?: SessionSetup['mode'] }): SessionSetup {
  const patient = drainPatient(choice.seed)
  return {
    engine: ENGINE,
    pack: drain.pack,
    case: drain.case,
    start: choice.start,
    mode: choice.mode ?? 'assessment',
    seed: choice.seed,
    patient,
    patientDigest: digestJson(patient as unknown as Json),
    deviceClass: 'operator',
    tier: 'desktop',
    history: {},
  }
}

/** Seed 1 is slim; others vary in thickness and ribs. */
export function drainPatient(seed: number): Patient {
  const patient = fixturePatient(seed === 1 ? SLIM : variedShape(seed), seed)
  const seen = (id: FieldLandmark['id'], u: number, v: number): FieldLandmark => ({
    id,
    sense: 'seen',
    at: [u * 100, v * 100, Math.round(skinAt(u) * 100)],
  })
  const landmarks = [
    ...patient.field.landmarks.filter(({ id }) => id === 'nipple'),
    seen('anterior-axillary-fold', 108, 180),
    seen('posterior-axillary-fold', 32, 180),
    seen('axillary-base', 70, 190),
  ]
  return { ...patient, field: { ...patient.field, landmarks } }
}
