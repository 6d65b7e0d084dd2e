import { expect, test } from 'vitest'
import { divisionsOf } from '../../../core/anatomy/divisions.ts'

type Box = [[number, number, number], [number, number, number]]
const box = (from: number, to: number): Box => [
  [from, 0, 0],
  [to, 1, 1],
]
const part = (id: string, parent: string, bounds: Box, first: 'shown' | 'hidden', material = 'liver') => ({
  id,
  parent,
  bounds,
  first,
  material,
})
const structures = [
  part('liver', 'digestive-system', box(0, 4), 'hidden'),
  part('left-lobe', 'liver', box(0, 2), 'shown'),
  part('right-lobe', 'liver', box(2, 4), 'shown'),
  part('segment-1', 'liver', box(0, 2), 'hidden'),
  part('segment-2', 'liver', box(2, 4), 'hidden'),
  part('ligament', 'liver', box(1, 3), 'shown', 'ligament'),
  part('spleen', 'digestive-system', box(0, 4), 'shown'),
  part('cord', 'nervous-system', box(0, 9), 'shown', 'cord'),
  part('enlargement', 'cord', box(3, 4), 'hidden', 'cord'),
]
const divisions = divisionsOf(structures)
const atFirst = (id: string) => structures.some((one) => one.id === id && one.first === 'shown')

test('a whole takes the place of its parts of the same tissue, and of nothing beside it', () => {
  const { hide, show } = divisions.exchange(['liver'], atFirst)
  expect(show).toEqual(['liver'])
  expect([...hide].sort()).toEqual(['left-lobe', 'right-lobe', 'segment-1', 'segment-2'])
})

test('one segment brings the other segments and sends the lobes away', () => {
  const { hide, show } = divisions.exchange(['segment-2'], atFirst)
  expect([...show].sort()).toEqual(['segment-1', 'segment-2'])
  expect([...hide].sort()).toEqual(['left-lobe', 'liver', 'right-lobe'])
})

test('a segment takes the place of the whole, and the lobes stay away', () => {
  const { hide, show } = divisions.exchange(['segment-1'], (id) => id === 'liver')
  expect([...show].sort()).toEqual(['segment-1', 'segment-2'])
  expect([...hide].sort()).toEqual(['left-lobe', 'liver', 'right-lobe'])
})

test('a part comes back with its neighbours where the whole stood', () => {
  const { hide, show } = divisions.exchange(['left-lobe'], (id) => id === 'liver')
  expect(hide).toEqual(['liver'])
  expect([...show].sort()).toEqual(['left-lobe', 'right-lobe'])
})

test('what lies in something that is drawn whole, or fills no other place, changes nothing else', () => {
  expect(divisions.exchange(['enlargement'], atFirst)).toEqual({ hide: [], show: ['enlargement'] })
  expect(divisions.exchange(['spleen'], atFirst)).toEqual({ hide: [], show: ['spleen'] })
  expect(divisions.exchange(['left-lobe'], atFirst)).toEqual({ hide: [], show: ['left-lobe'] })
})
