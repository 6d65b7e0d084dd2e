import { expect, test } from 'vitest'
import { actions } from '../../../../renderer/app/actions.ts'
import type { Atlas } from '../../../../renderer/scene/atlas.ts'
import { hide, opacityOf } from '../../../../renderer/scene/dissection.ts'
import { createAtlasStore, edit, reveal } from '../../../../renderer/views/atlas/atlasstore.ts'

const structures = [
  { id: 'skin', system: 'integumentary', material: 'skin' },
  { id: 'pectoralis', system: 'muscular', material: 'muscle' },
  { id: 'rib-5-l', system: 'skeletal', material: 'bone' },
  { id: 'left-ventricle', system: 'heart', material: 'heart' },
]
const divisions = { exchange: (show: readonly string[]) => ({ show, hide: [] }) }
const byId = new Map(structures.map((one) => [one.id, one]))
const atlas = { structures, byId, divisions } as unknown as Atlas
const shown = (store: ReturnType<typeof createAtlasStore>) =>
  structures.map(({ id }) => id).filter((id) => opacityOf(store.getState().dissection, id) > 0)

test('takes off what lies over a structure, and nothing under it', () => {
  const store = createAtlasStore()
  edit(store, (state) => reveal(state, atlas, 'rib-5-l'))
  expect(shown(store)).toEqual(['rib-5-l', 'left-ventricle'])
  expect(store.getState().dissection.selected).toBe('rib-5-l')
})

test('is one step of undo', () => {
  const store = createAtlasStore()
  const change = edit(store, (state) => reveal(state, atlas, 'left-ventricle'))
  if (change) actions.record(change)
  expect(shown(store)).toEqual(['left-ventricle'])
  actions.undo()
  expect(shown(store)).toEqual(structures.map(({ id }) => id))
  actions.forget()
})

test('brings back a structure that was hidden, and changes nothing where one lies open', () => {
  const store = createAtlasStore()
  expect(edit(store, (state) => reveal(state, atlas, 'skin'))).toBeUndefined()
  store.setState((state) => ({ dissection: hide(state.dissection, ['skin']) }))
  edit(store, (state) => reveal(state, atlas, 'skin'))
  expect(shown(store)).toContain('skin')
  expect(edit(store, (state) => reveal(state, atlas, 'nothing'))).toBeUndefined()
})
