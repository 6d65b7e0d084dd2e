import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { engineDigest } from '../../../electron/engine/digest.ts'

let root: string

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sina-digest-'))
  put('node_modules/@noble/hashes/package.json', '{"version":"2.0.0"}')
  put('core/simulation/world.ts', 'export const a = 1\nexport const b = 2\n')
  put('core/session/session.ts', 'export const c = 3\n')
  put('assets/thorax/ribs.yaml', 'structures: []\n')
  put('assets/materials.yaml', 'bone: {}\n')
})

afterEach(() => rmSync(root, { recursive: true }))

test.each([
  ['a source', 'core/simulation/world.ts', 'export const a = 2\n'],
  ['a new source', 'core/physiology/heart.ts', ''],
  ['a definition of the body', 'assets/thorax/ribs.yaml', 'structures: [1]\n'],
  ['a library', 'node_modules/@noble/hashes/package.json', '{"version":"2.0.1"}'],
])('%s changed makes another engine', (_, path, text) => {
  const before = engineDigest(root)
  expect(before).toMatch(/^[0-9a-f]{64}$/)
  put(path, text)
  expect(engineDigest(root)).not.toBe(before)
})

test.each([
  ['how things look', 'assets/materials.yaml', 'bone: { roughness: 1 }\n'],
  ['line ends', 'core/simulation/world.ts', 'export const a = 1\r\nexport const b = 2\r\n'],
  ['the page', 'renderer/app.ts', 'export const page = 1\n'],
])('%s changed does not', (_, path, text) => {
  const before = engineDigest(root)
  put(path, text)
  expect(engineDigest(root)).toBe(before)
})
