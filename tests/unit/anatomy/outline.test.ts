import { expect, test } from 'vitest'
import { layerCount, layerOf, outline } from '../../../core/anatomy/outline.ts'
import { structureOf } from '../renderer/scene/fixture.ts'

const at: [number, number, number] = [0, 0, 0]
const structures = [
  structureOf({ id: 'rib-2', system: 'skeletal', at, radius: 1 }, 0),
  structureOf({ id: 'skin', system: 'integumentary', at, radius: 1, material: 'skin' }, 1),
  structureOf({ id: 'rib-1', system: 'skeletal', at, radius: 1 }, 2),
]
const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)

test('groups come from the skin inwards; only open ones list their structures, in order', () => {
  const rows = outline(structures, 'system', new Set(['skeletal']), byId)
  expect(rows.map((row) => (row.kind === 'group' ? `${row.key} ${row.ids.length}` : row.structure.id))).toEqual([
    'integumentary 1',
    'skeletal 2',
    'rib-1',
    'rib-2',
  ])
})

test('layers go from the skin to the organs', () => {
  const layer = (id: string, system: string, material: string) =>
    layerOf(structureOf({ id, system, at, radius: 1, material }, 0))
  const order = [
    layer('skin', 'integumentary', 'skin'),
    layer('subcutis', 'integumentary', 'fat'),
    layer('pectoralis-major-l', 'muscular', 'muscle'),
    layer('external-intercostal-5-l', 'muscular', 'muscle'),
    layer('rib-5-l', 'skeletal', 'bone'),
    layer('parietal-pleura-l', 'respiratory', 'pleura'),
    layer('upper-lobe-of-left-lung', 'respiratory', 'lung'),
  ]
  expect(order).toEqual([...order].sort((a, b) => a - b))
  expect(new Set(order).size).toBe(layerCount)
})
