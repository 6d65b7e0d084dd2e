import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { TECHNIQUES } from '../../../../core/simulation/scene/schema.ts'
import { ASPIRATED } from '../../../../core/simulation/tissue/fieldsyringes.ts'
import { coagulated, MATERIALS } from '../../../../core/simulation/tissue/materials.ts'
import { KNOTS } from '../../../../core/simulation/tissue/thread/knot/recognise.ts'
import { INSTRUMENTS } from '../../../../core/simulation/tissue/tools/catalogue.ts'
import { sourceRoot } from '../../../../electron/host/index.ts'
import { sceneNames } from '../../../../electron/shell/scenefiles.ts'
import { TONES } from '../../../../renderer/views/tissue/run/happenings.ts'
import { materialKey } from '../../../../renderer/views/tissue/texts.ts'

const folder = join(sourceRoot, 'renderer/views/tissue')
const texts = JSON.parse(readFileSync(join(sourceRoot, 'renderer/locales/en/tissue.json'), 'utf8'))
const textOf = (key: string): unknown =>
  key.split('.').reduce((tree: unknown, part) => (tree as Record<string, unknown> | undefined)?.[part], texts)

test('every text that the pages of living tissue ask for by name is there', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name))
  const asked = files.flatMap((name) =>
    [...readFileSync(join(folder, name), 'utf8').matchAll(/\bt\('([^']+)'/g)].map(([, key]) => key),
  )
  expect(asked.length).toBeGreaterThan(40)
  const plural = (key: string) => textOf(key) ?? textOf(`${key}_other`)
  expect(asked.filter((key) => typeof plural(key) !== 'string')).toEqual([])
})

test('every scene, instrument, tissue and happening has its words', () => {
  const fresh = MATERIALS.filter((_, row) => coagulated(row) !== row)
  const keys = [
    ...sceneNames(sourceRoot).flatMap((name) => ['title', 'text', 'hint'].map((part) => `scene.${name}.${part}`)),
    ...INSTRUMENTS.flatMap(({ name }) => [`instrument.${name}`, `use.${name}`]),
    ...fresh.map(({ name }) => materialKey(name)),
    ...TECHNIQUES.map((name) => `technique.${name}`),
    ...Object.keys(TONES).map((name) => `happened.${name}`),
    ...KNOTS.map((name) => `knot.${name}`),
    ...ASPIRATED.map((name) => `found.${name}`),
  ]
  expect(keys.filter((key) => typeof textOf(key) !== 'string')).toEqual([])
})
