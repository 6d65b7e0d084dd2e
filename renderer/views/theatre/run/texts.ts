import type { Language } from '../../../../core/contract/index.ts'
import type { Case } from '../../../../core/scenario/schema.ts'

/** The words of one pack in one language, with the case's figures filled in. */
export type PackTexts = (reference: string) => string

type Locales = Readonly<Record<string, Readonly<Record<string, string>>>>

/**
 * Reads `@key` texts of a pack. Falls back to English, then to the key. `{{name}}` takes a figure of the case: doses and
 * limits are data, never words in a translation.
 */
export function packTexts(locales: Locales, language: Language, facts: Case['facts']): PackTexts {
  const own = locales[language] ?? {}
  const english = locales.en ?? {}
  const number = new Intl.NumberFormat(language)
  return (reference) => {
    const key = reference.replace(/^@/, '')
    const text = own[key] ?? english[key] ?? key
    return text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => {
      const value = facts[name]
      if (value === undefined) return whole
      return typeof value === 'number' ? number.format(value) : value
    })
  }
}
