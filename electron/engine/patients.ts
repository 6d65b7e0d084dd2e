import { AppError } from '../../core/contract/errors.ts'
import type { Case } from '../../core/scenario/schema.ts'
import type { Patient } from '../../core/simulation/contract.ts'

/** The patient of a case by seed. */
export function patientOf(_root: string, _of: Case, _seed: number): Patient {
  throw new AppError('patient/failed')
}
