import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Runner } from '../../../../core/scenario/runner.ts'
import { viewOf } from '../../../../core/scenario/runnerview.ts'
import type { Case } from '../../../../core/scenario/schema.ts'
import type { Observable } from '../../../../core/simulation/observables.ts'
import { menuOf } from '../../../../renderer/views/theatre/run/menu.ts'
import { packTexts } from '../../../../renderer/views/theatre/run/texts.ts'

const pack = join(import.meta.dirname, '../../../../scenarios/chest-drain')
const read = (path: string) => JSON.parse(readFileSync(join(pack, path), 'utf8'))
const clinical = read('cases/chest-drain.json') as Case
const locales = { en: read('locales/en.json'), ru: read('locales/ru.json'), uz: read('locales/uz.json') }
const theatre = (language: string) =>
  JSON.parse(
    readFileSync(join(import.meta.dirname, `../../../../renderer/locales/${language}/theatre.json`), 'utf8'),
  ) as Record<string, unknown>

const menuAt = (start: string, figures: Partial<Record<Observable, number>> = {}) => {
  const runner = new Runner({ case: clinical, start, mode: 'practice', side: 'right', history: {} })
  return menuOf(viewOf(runner.ledger, 'practice'), clinical, (name) => figures[name] ?? 0)
}

describe.each(clinical.starts.map(({ id }) => id))('the menu of start %s', (start) => {
  const items = menuAt(start).flatMap((section) => section.items)

  test('holds every order, diagnosis and check of the case, each once', () => {
    const ids = items.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const orders = clinical.orders.filter(({ starts }) => !starts || starts.includes(start))
    for (const { verb, id } of orders) expect(ids).toContain(`${verb}-${id}`)
    for (const { id } of clinical.diagnoses) expect(ids).toContain(`declare-${id}`)
    for (const list of clinical.checklists)
      if (!list.starts || list.starts.includes(start))
        for (const { id } of list.items) expect(ids).toContain(`check-${id}`)
  })

  test('has a text in every language for every item', () => {
    for (const language of ['en', 'ru', 'uz'] as const) {
      const texts = packTexts(locales, language, clinical, null)
      for (const { label } of items) {
        if (label.startsWith('@')) expect(texts(label)).not.toBe(label.slice(1))
        else {
          const found = label
            .split('.')
            .reduce<unknown>((node, key) => (node as Record<string, unknown>)?.[key], theatre(language))
          expect(typeof found, `${language} ${label}`).toBe('string')
        }
      }
    }
  })
})

test('an item that is in force is marked so', () => {
  const on = menuAt('stable', { 'bed.headUpDegrees': 45, 'arm.abducted': 1, 'drain.connected': 1 })
    .flatMap(({ items }) => items)
    .filter(({ state }) => state === 'on')
    .map(({ id }) => id)
  expect(on).toEqual(expect.arrayContaining(['bed-45', 'arm-abducted', 'connect-seal']))
  expect(on).not.toContain('bed-30')
})

test('figures of the case stand in its texts, and what is unknown before there is a patient does not leak as braces', () => {
  const texts = packTexts(locales, 'en', clinical, null)
  for (const key of Object.keys(locales.en)) expect(texts(`@${key}`)).not.toMatch(/\{\{|\}\}/)
})
