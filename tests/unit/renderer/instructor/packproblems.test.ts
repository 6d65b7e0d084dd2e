import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { remedies } from '../../../../core/scenario/problems.ts'

const words = (language: string): Record<string, { reason?: string; remedy?: string }> =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../../../../renderer/locales', language, 'packs.json'), 'utf8'))

test.each(['en', 'ru', 'uz'])('%s says why a pack is refused, for every reason there is', (language) => {
  const known = words(language)
  expect(Object.keys(known).sort()).toEqual(Object.keys(remedies).sort())
  for (const [code, { reason, remedy }] of Object.entries(known)) {
    expect(reason, code).toBeTruthy()
    expect(remedy, code).toBeTruthy()
  }
})

test('English says what the log says', () => {
  for (const [code, { remedy }] of Object.entries(words('en')))
    expect(remedy).toBe(remedies[code as keyof typeof remedies])
})
