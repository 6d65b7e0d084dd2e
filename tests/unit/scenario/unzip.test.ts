import { zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { readPack } from '../../../core/scenario/packcheck.ts'
import { isSafePath, readZip } from '../../../core/scenario/unzip.ts'
import { filesOf, packFolder } from './fixture.ts'

const pack = filesOf(packFolder)
const zipped = (files: ReadonlyMap<string, Uint8Array>) => zipSync(Object.fromEntries(files))

function codeOf(bytes: Uint8Array): string {
  const read = readZip(bytes)
  return 'problems' in read ? read.problems[0].code : 'taken'
}

/** The list entries of a zip: offset of each central header. */
function centralHeaders(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  return [...bytes.keys()].filter((at) => at + 4 <= bytes.length && view.getUint32(at, true) === 0x02014b50)
}

test('a pack comes back as it was, also out of one outer folder', () => {
  for (const prefix of ['', 'chest-drain/']) {
    const read = readZip(zipped(new Map([...pack].map(([path, bytes]) => [prefix + path, bytes]))))
    if ('problems' in read) throw new Error('refused')
    expect([...read.files.keys()].sort()).toEqual([...pack.keys()].sort())
    for (const [path, bytes] of pack) expect(read.files.get(path)).toEqual(bytes)
    expect(readPack(read.files, '0.1.0')).toHaveProperty('digest')
  }
})

describe('refused', () => {
  test.each([
    ['nothing', new Uint8Array()],
    ['noise', new Uint8Array(5000).map((_, i) => (i * 37) & 0xff)],
  ])('%s', (_, bytes) => expect(codeOf(bytes)).toBe('pack/not-zip'))

  test.each([
    '../evil.json',
    'a/../../evil',
    '/etc/passwd',
    'C:/x',
    'a\\b',
    'a//b',
    './a',
    'media/.hidden',
    'a\u0000b',
    'con.',
  ])('the path %j', (path) => {
    expect(isSafePath(path)).toBe(false)
    expect(codeOf(zipSync({ [path]: new Uint8Array([1]) }))).toBe('pack/bad-path')
  })

  test('two names that differ by case only', () =>
    expect(codeOf(zipSync({ 'a.json': new Uint8Array(1), 'A.json': new Uint8Array(1) }))).toBe('pack/bad-path'))

  test('a bomb by ratio', () =>
    expect(codeOf(zipSync({ 'pack.json': new Uint8Array(20_000_000) }, { level: 9 }))).toBe('pack/zip-bomb'))

  test('a bomb that lies about its size', () => {
    const bytes = zipSync({ 'pack.json': new Uint8Array(20_000_000) }, { level: 9 })
    const view = new DataView(bytes.buffer)
    for (const at of centralHeaders(bytes)) view.setUint32(at + 24, 1000, true)
    expect(codeOf(bytes)).toBe('pack/zip-bomb')
  })

  test('files that overlap', () => {
    const bytes = zipSync({ 'a.json': new Uint8Array(100), 'b.json': new Uint8Array(100) }, { level: 0 })
    const view = new DataView(bytes.buffer)
    const [first, second] = centralHeaders(bytes)
    view.setUint32(second + 42, view.getUint32(first + 42, true), true)
    expect(codeOf(bytes)).toBe('pack/zip-bomb')
  })

  test('too many files', () => {
    const files = Object.fromEntries(Array.from({ length: 2001 }, (_, i) => [`media/${i}.png`, new Uint8Array(1)]))
    expect(codeOf(zipSync(files, { level: 0 }))).toBe('pack/too-many-files')
  })

  test('links, encryption, unknown compression', () => {
    const change = (offset: number, value: number) => {
      const bytes = zipSync({ 'a.json': new Uint8Array(10) })
      new DataView(bytes.buffer).setUint16(centralHeaders(bytes)[0] + offset, value, true)
      return codeOf(bytes)
    }
    expect(change(40, 0xa1ff)).toBe('pack/bad-path')
    expect(change(8, 1)).toBe('pack/zip-unsupported')
    expect(change(10, 14)).toBe('pack/zip-unsupported')
  })

  test('any byte changed in the data', () => {
    const whole = zipped(new Map([['pack.json', pack.get('pack.json')!]]))
    for (let at = 45; at < 300; at += 17) {
      const bytes = whole.slice()
      bytes[at] ^= 0x55
      expect(codeOf(bytes)).not.toBe('taken')
    }
  })

  test('cut short anywhere', () => {
    const whole = zipped(pack)
    for (let length = 0; length < whole.length; length += 4999) expect(codeOf(whole.slice(0, length))).not.toBe('taken')
  })
})
