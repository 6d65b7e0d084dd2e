import type { Patient } from '../../../../core/anatomy/patient.ts'

/** Which built body is drawn for a patient: the part of it that lies on the table. */
export function bodyOf(patient: Pick<Patient, 'sex'>): string {
  return `${patient.sex}-chest`
}
