import type { Patient } from '../anatomy/patient.ts'
import type { Language } from '../contract/values.ts'
import type { LocaleTexts } from './manifest.ts'
import type { Case } from './schema.ts'

/** Placeholders that any text of a pack may use beside the case's own `facts`. */
export const PATIENT_PLACEHOLDERS = [
  'onSickSide',
  'onWellSide',
  'ageYears',
  'massKg',
  'dosingMassKg',
  'heightCm',
] as const

/** Keys that hold the words for `onSickSide` and `onWellSide` ("on the left", "слева", "chap tomonda"). */
export const SIDE_KEYS = { left: 'side.left.on', right: 'side.right.on' } as const

/** Values for `{{name}}` that need no patient: the facts of the case and the names of its drugs. */
export function caseValues(source: Case, language: Language): Readonly<Record<string, string | number>> {
  const drugs = source.drugs.map(({ id, names }) => [drugPlaceholder(id), names[language] ?? id])
  return { ...source.facts, ...Object.fromEntries(drugs) }
}

/** The placeholder that stands for a drug's name. */
export function drugPlaceholder(id: string): string {
  const words = id.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1))
  return `drug${words.join('')}`
}

/** Values for `{{name}}` in the texts of a case: {@link caseValues}, and the patient's side and figures. */
export function textValues(
  source: Case,
  patient: Patient,
  texts: LocaleTexts,
  language: Language,
): Readonly<Record<string, string | number>> {
  const other = patient.side === 'left' ? 'right' : 'left'
  return {
    ...caseValues(source, language),
    onSickSide: texts[SIDE_KEYS[patient.side]] ?? patient.side,
    onWellSide: texts[SIDE_KEYS[other]] ?? other,
    ageYears: patient.ageYears,
    massKg: patient.massKg,
    dosingMassKg: patient.dosingMassKg,
    heightCm: Math.floor(patient.heightMm / 10 + 0.5),
  }
}

/** Names of the placeholders in a text. */
export function placeholdersOf(text: string): string[] {
  return [...text.matchAll(/\{\{\s*([a-zA-Z][a-zA-Z0-9]*)\s*\}\}/g)].map((match) => match[1])
}
