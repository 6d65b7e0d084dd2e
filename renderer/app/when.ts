import type { Language } from '../../core/contract/index.ts'

const NUMERIC = { year: 'numeric', month: '2-digit', day: '2-digit' } as const
const CLOCK = { hour: '2-digit', minute: '2-digit' } as const

/**
 * A date, with its time of day unless only the day is asked for. Browsers without Uzbek dates would write `2026 M11 26`;
 * there the figures stand as they are written in Uzbekistan.
 */
export function when(iso: string, language: Language | string, how: 'day' | 'minute' = 'minute'): string {
  const date = new Date(iso)
  const knows = Intl.DateTimeFormat.supportedLocalesOf(language).length > 0
  const format = knows
    ? new Intl.DateTimeFormat(placeOf(language), {
        dateStyle: 'medium',
        ...(how === 'minute' ? { timeStyle: 'short' } : {}),
      })
    : new Intl.DateTimeFormat('ru', { ...NUMERIC, ...(how === 'minute' ? CLOCK : {}) })
  return format.format(date)
}

/** The person's own variety of the language, such as British English. */
function placeOf(language: string): string {
  const wanted = typeof navigator === 'undefined' ? [] : navigator.languages
  return wanted.find((tag) => tag.toLowerCase().startsWith(`${language}-`)) ?? language
}
