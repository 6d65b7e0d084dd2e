import { expect, test } from 'vitest'
import { STATE_TEXELS, StateTable } from '../../../../renderer/scene/statetable.ts'

test('every structure starts fully shown and unmarked', () => {
  const table = new StateTable(3)
  expect(table.data).toHaveLength(3 * STATE_TEXELS * 4)
  for (let row = 0; row < 3; row++) expect([...table.data.slice(row * 12, row * 12 + 4)]).toEqual([1, 0, 0, 0])
})

test('hiding one structure changes one texel of its own row', () => {
  const table = new StateTable(5)
  const before = table.data.slice()
  table.setOpacity(3, 0)
  const changed = [...table.data.keys()].filter((i) => table.data[i] !== before[i])
  expect(changed).toEqual([3 * STATE_TEXELS * 4])
})

test('the revision grows only when a value really changed', () => {
  const table = new StateTable(2)
  table.setOpacity(0, 1)
  expect(table.revision).toBe(0)
  table.setOpacity(0, 0.3)
  table.setOpacity(0, 0.3)
  expect(table.revision).toBe(1)
})

test('passes: hidden structures ask for none, faded ones for the faded pass only', () => {
  const table = new StateTable(3)
  table.setOpacity(0, 0)
  table.setOpacity(1, 0.4)
  expect(table.passes([0])).toEqual({ opaque: false, faded: false })
  expect(table.passes([0, 1])).toEqual({ opaque: false, faded: true })
  expect(table.passes([0, 1, 2])).toEqual({ opaque: true, faded: true })
})

test('opacities beyond 0 to 1 are clamped', () => {
  const table = new StateTable(1)
  table.setOpacity(0, 7)
  expect(table.opacity(0)).toBe(1)
  table.setOpacity(0, -2)
  expect(table.opacity(0)).toBe(0)
})

test('a pull stands beside the offset and leaves it alone', () => {
  const table = new StateTable(2)
  table.setOffset(1, [1, 2, 3])
  table.setPull(1, 0.5)
  expect(table.pull(1)).toBe(0.5)
  expect(table.pull(0)).toBe(0)
  expect([0, 1, 2].map((axis) => table.offset(1, axis as 0 | 1 | 2))).toEqual([1, 2, 3])
})
