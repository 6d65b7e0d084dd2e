import { expect, test, vi } from 'vitest'
import { when } from '../../../../renderer/app/when.ts'

const AT = '2026-11-26T11:37:00.000Z'

test('a browser without Uzbek dates shows figures, never month codes', () => {
  const known = vi.spyOn(Intl.DateTimeFormat, 'supportedLocalesOf').mockReturnValue([])
  expect(when(AT, 'uz', 'day')).toBe('26.11.2026')
  expect(when(AT, 'uz')).toMatch(/^26\.11\.2026, \d\d:\d\d$/)
  known.mockRestore()
})

test.each(['en', 'ru', 'uz'])('%s: day and minute', (language) => {
  expect(when(AT, language)).toContain('26')
  expect(when(AT, language)).not.toContain('M11')
  expect(when(AT, language).length).toBeGreaterThan(when(AT, language, 'day').length)
})
