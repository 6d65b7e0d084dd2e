import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../../../../renderer/locales')
const languages = ['en', 'ru', 'uz']
const namespaces = readdirSync(join(root, 'en')).filter((name) => name.endsWith('.json'))

type Tree = { [key: string]: string | Tree }

function texts(language: string, file: string): Map<string, string> {
  const out = new Map<string, string>()
  const walk = (tree: Tree, path: string) => {
    for (const [key, value] of Object.entries(tree))
      if (typeof value === 'string') out.set(path + key, value)
      else walk(value, `${path}${key}.`)
  }
  walk(JSON.parse(readFileSync(join(root, language, file), 'utf8')) as Tree, '')
  return out
}

const pluralEnding = /_(zero|one|two|few|many|other)$/
const bases = (keys: Iterable<string>) => new Set([...keys].map((key) => key.replace(pluralEnding, '')))
const holes = (text: string) => [...text.matchAll(/\{\{\s*(\w+)/g)].map((found) => found[1]).sort()

describe.each(namespaces)('%s', (file) => {
  const english = texts('en', file)
  test.each(languages)('%s has the same keys, and a text for each', (language) => {
    const own = texts(language, file)
    expect([...bases(own.keys())].sort()).toEqual([...bases(english.keys())].sort())
    for (const [key, text] of own) expect(text.trim(), key).not.toBe('')
  })
  test.each(['ru', 'uz'])('%s fills the same holes', (language) => {
    for (const [key, text] of texts(language, file)) {
      const source = english.get(key)
      if (source) expect(holes(text), key).toEqual(holes(source))
    }
  })
  test('Uzbek uses ʻ (U+02BB) in oʻ and gʻ, not an apostrophe', () => {
    for (const [key, text] of texts('uz', file)) expect(text, key).not.toMatch(/[oOgG]['’‘`]/)
  })
})
