import { expect, test } from 'vitest'
import { Sharpness } from '../../../../renderer/views/theatre/stage/sharpness.ts'

test('a slow machine gets a coarser picture, a fast one its pixels back, within limits', () => {
  const pace = new Sharpness(1)
  const ratios: number[] = []
  for (let i = 0; i < 60; i++) {
    const ratio = pace.after(0.3)
    if (ratio !== null) ratios.push(ratio)
  }
  expect(Math.min(...ratios)).toBe(0.5)
  for (let i = 0; i < 60; i++) {
    const ratio = pace.after(0.01)
    if (ratio !== null) ratios.push(ratio)
  }
  expect(ratios.at(-1)).toBe(1)
})

test('a picture that runs well is left alone', () => {
  const pace = new Sharpness(1)
  for (let i = 0; i < 60; i++) expect(pace.after(0.033)).toBeNull()
})
