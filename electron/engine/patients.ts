import { makePatient } from '../../core/anatomy/makepatient.ts'
import type { Case } from '../../core/scenario/schema.ts'
import type { Patient } from '../../core/simulation/contract.ts'
import { operativeField } from './fields.ts'

/** The patient of a case by seed: drawn from the case's profiles, with a chest wall of their own. */
export function patientOf(root: string, of: Case, seed: number): Patient {
  return makePatient(seed, of.profiles, (sex, side) => operativeField(root, sex, side))
}
