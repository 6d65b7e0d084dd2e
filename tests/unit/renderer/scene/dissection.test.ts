import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  fade,
  hide,
  isolate,
  opacityOf,
  select,
  show,
  showAll,
  wholeBody,
} from '../../../../renderer/scene/dissection.ts'

const all = ['a', 'b', 'c', 'd']
const some = fc.uniqueArray(fc.constantFrom(...all))

test('showing what was hidden or faded gives the body back', () => {
  fc.assert(
    fc.property(some, some, (hidden, faded) => {
      const changed = fade(hide(wholeBody, hidden), faded)
      expect(show(changed, all)).toEqual(wholeBody)
      expect(showAll(changed, wholeBody)).toEqual(wholeBody)
    }),
  )
})

test('isolating shows exactly what was asked', () => {
  fc.assert(
    fc.property(some, some, (hidden, kept) => {
      const alone = isolate(hide(wholeBody, hidden), kept, all)
      for (const id of all) expect(opacityOf(alone, id)).toBe(kept.includes(id) ? 1 : 0)
    }),
  )
})

test('a hidden structure is no longer selected', () => {
  const selected = select(wholeBody, 'a')
  expect(hide(selected, ['a']).selected).toBeNull()
  expect(hide(selected, ['b']).selected).toBe('a')
  expect(isolate(selected, ['b'], all).selected).toBeNull()
})

test('a value that was handed out never changes', () => {
  const before = hide(wholeBody, ['a'])
  const copy = structuredClone(before)
  show(before, ['a'])
  fade(before, ['b'])
  expect(before).toEqual(copy)
})
