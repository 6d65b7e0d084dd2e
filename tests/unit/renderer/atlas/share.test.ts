import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fade, hide, select, wholeBody } from '../../../../renderer/scene/dissection.ts'
import { fromFile, fromQuery, toFile, toQuery } from '../../../../renderer/views/atlas/share.ts'

const all = Array.from({ length: 12 }, (_, i) => `structure-${i}-${i % 2 ? 'l' : 'r'}`)
const some = fc.uniqueArray(fc.constantFrom(...all))

test('a dissection survives a link and a file', () => {
  fc.assert(
    fc.property(some, some, fc.option(fc.constantFrom(...all)), (hidden, faded, chosen) => {
      const dissection = select(hide(fade(wholeBody, faded, 0.4), hidden), chosen)
      const shared = {
        body: 'female',
        dissection,
        view: { position: [0.1, 1.25, 2] as const, yaw: -0.5, pitch: 0.25 },
      }
      // A body without anything shown has no sense as a link.
      fc.pre(hidden.length < all.length)
      expect(fromQuery(new URLSearchParams(toQuery(shared, all).toString()), all)).toEqual(shared)
      expect(fromFile(toFile(shared, all), all)).toEqual(shared)
    }),
  )
})

test('unknown structures and broken views in a link are left out', () => {
  const read = fromQuery(new URLSearchParams('h=nobody structure-1-l&s=ghost&f=structure-2-r:900 x&c=1 2 three'), all)
  expect(read).toEqual({ body: 'male', dissection: { opacity: { 'structure-1-l': 0 }, selected: null } })
})

test('a file of another kind is refused', () => {
  expect(() => fromFile('{"sina":"record"}', all)).toThrow('atlas/not-a-dissection')
  expect(() => fromFile('not json', all)).toThrow('atlas/not-a-dissection')
})
