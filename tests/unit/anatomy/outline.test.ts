import { expect, test } from 'vitest'
import { groupsOf, layerCount, layerOf, outline } from '../../../core/anatomy/outline.ts'
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

test('a large group is split by the other arrangement, from head to foot', () => {
  const many = Array.from({ length: 60 }, (_, i) => ({
    ...structureOf({ id: `muscle-${String(i).padStart(2, '0')}`, system: 'muscular', at, radius: 1 }, i),
    region: i % 2 === 0 ? 'thorax' : 'head',
  }))
  const shown = (open: string[]) =>
    outline(many, 'system', new Set(open), byId).map((row) =>
      row.kind === 'group' ? `${row.level} ${row.by} ${row.key} ${row.ids.length}` : `${row.level} ${row.structure.id}`,
    )
  expect(shown(['muscular'])).toEqual([
    '1 system muscular 60',
    '2 region muscular/head 30',
    '2 region muscular/thorax 30',
  ])
  expect(shown(['muscular', ...groupsOf(many[3], 'system')]).slice(1, 4)).toEqual([
    '2 region muscular/head 30',
    '3 muscle-01',
    '3 muscle-03',
  ])
  expect(groupsOf(many[0], 'region')).toEqual(['thorax', 'thorax/muscular'])
})

test('muscles that others lie over come off after those', () => {
  const layer = (id: string) => layerOf(structureOf({ id, system: 'muscular', at, radius: 1, material: 'muscle' }, 0))
  for (const id of ['gluteus-maximus-l', 'biceps-brachii-l', 'rectus-femoris-r', 'rectus-abdominis-l', 'trapezius-l'])
    expect(layer(id), id).toBe(2)
  for (const id of [
    'piriformis-l',
    'brachialis-l',
    'vastus-intermedius-r',
    'transversus-abdominis-l',
    'multifidus-muscles-l',
  ])
    expect(layer(id), id).toBe(3)
})

test('layers go from the skin to the organs', () => {
  const layer = (id: string, system: string, material: string) =>
    layerOf(structureOf({ id, system, at, radius: 1, material }, 0))
  const order = [
    layer('skin', 'integumentary', 'skin'),
    layer('dermis', 'integumentary', 'dermis'),
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
