import { expect, test } from 'vitest'
import { readPack } from '../../../../core/scenario/packcheck.ts'
import { readZip } from '../../../../core/scenario/unzip.ts'
import { zipFolder } from '../../../../renderer/views/instructor/zipped.ts'
import { filesOf, packFolder } from '../../scenario/fixture.ts'

test('a chosen folder becomes a pack that the host takes, without what systems leave in it', () => {
  const files = [...filesOf(packFolder)].map(([path, bytes]) => ({ path: `chest-drain/${path}`, bytes }))
  const litter = ['.DS_Store', 'media/Thumbs.db', '__MACOSX/x', '.git/config'].map((path) => ({
    path: `chest-drain/${path}`,
    bytes: new Uint8Array([1]),
  }))
  const opened = readZip(zipFolder([...files, ...litter]))
  if ('problems' in opened) throw new Error(JSON.stringify(opened.problems))
  expect([...opened.files.keys()].sort()).toEqual([...filesOf(packFolder).keys()].sort())
  expect('problems' in readPack(opened.files, '0.1.0')).toBe(false)
})
