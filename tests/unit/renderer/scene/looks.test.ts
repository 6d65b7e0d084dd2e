import { expect, test } from 'vitest'
import { LOOK_TEXELS, linear, lookOf, noiseKinds, seedOf, writeLook } from '../../../../renderer/scene/looks.ts'

test('the atlas file refines a look, and nonsense in it is left out', () => {
  const look = lookOf('bone', {
    bone: { colour: '#102030', roughness: 7, noise: { kind: 'fat', scaleMm: -3 } },
  })
  expect(look.colour).toBe('#102030')
  expect(look.noise).toBe('fat')
  expect(look.roughness).toBe(lookOf('bone', {}).roughness)
  expect(look.scaleMm).toBeGreaterThan(0)
})

test('an unknown material takes the look of its family', () => {
  expect(lookOf('muscle-thin', {})).toEqual(lookOf('muscle', {}))
})

test('a look fills one row of the table and no other', () => {
  const table = new Float32Array(3 * LOOK_TEXELS * 4)
  const look = lookOf('muscle', {})
  writeLook(table, 1, look, { toward: [1, 2, 3] }, 0.5)
  const row = LOOK_TEXELS * 4
  expect(table.slice(0, row).every((value) => value === 0)).toBe(true)
  expect(table.slice(2 * row).every((value) => value === 0)).toBe(true)
  expect(table[row + 8]).toBe(noiseKinds.indexOf('striation'))
  expect([...table.slice(row + 12, row + 16)]).toEqual([1, 2, 3, 2])
})

test('colours become linear light', () => {
  expect(linear('#ffffff')).toEqual([1, 1, 1])
  expect(linear('#808080')[0]).toBeCloseTo(0.2158, 3)
})

test('seeds are stable and spread', () => {
  expect(seedOf('rib-5')).toBe(seedOf('rib-5'))
  const seeds = Array.from({ length: 200 }, (_, i) => seedOf(`structure-${i}`))
  expect(Math.min(...seeds)).toBeLessThan(0.1)
  expect(Math.max(...seeds)).toBeGreaterThan(0.9)
})
