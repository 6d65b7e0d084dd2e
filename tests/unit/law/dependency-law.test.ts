import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { importCycles, importFaults, purityFaults } from './rules.ts'
import { parseSource, readSources } from './source.ts'

const sources = readSources(['core', 'assets', 'renderer', 'electron'])

describe('the dependency law', () => {
  test('is judged on the whole tree', () => expect(sources.length).toBeGreaterThan(40))
  test('every import stays within its allowed folders', () => expect(sources.flatMap(importFaults)).toEqual([]))
  test('core is pure', () =>
    expect(sources.filter(({ path }) => path.startsWith('core/')).flatMap(purityFaults)).toEqual([]))
  test('no import cycles', () => expect(importCycles(sources)).toEqual([]))
  test('the top level holds only what the design names', () => {
    const root = join(import.meta.dirname, '../../..')
    const named =
      /^(assets|core|docs|electron|renderer|scenarios|tests|package\.json|package-lock\.json|tsconfig\.json|electron-builder\.yml|README\.md|CHANGELOG\.md|LICENSE|biome\.json|vite(st)?\.config\.ts|node_modules|build|dist|test-results|\..+)$/
    expect(readdirSync(root).filter((name) => !named.test(name))).toEqual([])
  })
})

describe('the law catches', () => {
  const faults = (path: string, text: string) => {
    const source = parseSource(path, text)
    return [...importFaults(source), ...purityFaults(source)]
  }
  test.each([
    ['core/a.ts', "import { x } from '../renderer/x.ts'"],
    ['core/a.ts', "import { readFileSync } from 'node:fs'"],
    ['core/a.ts', "import * as THREE from 'three'"],
    ['core/a.ts', "const m = await import('../electron/x.ts')"],
    ['core/a.ts', "export * from '../assets/x.ts'"],
    ['core/a.ts', 'export const now = () => Date.now()'],
    ['core/a.ts', 'export const r = Math.random()'],
    ['core/a.ts', "export const d = document.querySelector('a')"],
    ['core/simulation/a.ts', 'export const s = (x: number) => Math.sin(x)'],
    ['core/scoring/a.ts', 'export const s = (x: number) => x ** 2'],
    ['core/scoring/a.ts', 'export const s = (x: string) => x.localeCompare(x)'],
    ['renderer/a.ts', "import { host } from '../electron/host.ts'"],
    ['electron/a.ts', "import { view } from '../renderer/view.tsx'"],
  ])('%s: %s', (path, text) => expect(faults(path, text)).toHaveLength(1))

  test('a cycle', () => {
    const a = parseSource('core/a.ts', "import { b } from './b.ts'\nexport const a = b")
    const b = parseSource('core/b.ts', "import { a } from './a.ts'\nexport const b = a")
    expect(importCycles([a, b])).toEqual([['core/a.ts', 'core/b.ts', 'core/a.ts']])
  })

  test('but leaves lawful code alone', () => {
    const text =
      "import type { A } from './b.ts'\nimport { z } from 'zod'\nexport const f = (document: A) => [document, z, Math.sqrt(2)]"
    expect(faults('core/simulation/a.ts', text)).toEqual([])
  })
})
