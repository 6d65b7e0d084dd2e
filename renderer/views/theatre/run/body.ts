import type { Patient } from '../../../../core/anatomy/patient.ts'

/** Which built body is drawn for a patient. */
export function bodyOf(patient: Pick<Patient, 'sex'>): 'male' | 'female' {
  return patient.sex
}
