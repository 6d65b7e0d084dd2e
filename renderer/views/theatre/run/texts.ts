import type { Patient } from '../../../../core/anatomy/patient.ts'
import type { Language } from '../../../../core/contract/index.ts'
import type { Case } from '../../../../core/scenario/schema.ts'
import { caseValues, textValues } from '../../../../core/scenario/texts.ts'

/** The words of one pack in one language, with figures filled in. */
export type PackTexts = (reference: string) => string

type Locales = Readonly<Record<string, Readonly<Record<string, string>>>>

/**
 * Reads `@key` texts of a pack. Falls back to English, then to the key. `{{name}}` takes a figure of the case or of the
 * patient: doses and limits are data, never words in a translation.
 *
 * @param patient null before there is one: placeholders about the patient then stay out of the text
 */
export function packTexts(locales: Locales, language: Language, clinical: Case, patient: Patient | null): PackTexts {
  const own = locales[language] ?? {}
  const english = locales.en ?? {}
  const values = patient
    ? textValues(clinical, patient, { ...english, ...own }, language)
    : caseValues(clinical, language)
  const number = new Intl.NumberFormat(language)
  return (reference) => {
    const key = reference.replace(/^@/, '')
    const text = own[key] ?? english[key] ?? key
    return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => {
      const value = values[name]
      if (value === undefined) return '…'
      return typeof value === 'number' ? number.format(value) : value
    })
  }
}
