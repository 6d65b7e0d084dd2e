import { expect, test } from 'vitest'
import type { Field } from '../../../../renderer/views/theatre/stage/field.ts'
import { CELL_MM, FieldMask } from '../../../../renderer/views/theatre/stage/fieldmask.ts'

const field = (surfaceMm: (surface: string, u: number, v: number) => number) =>
  ({ widthMm: 160, heightMm: 200, surfaceMm }) as unknown as Field

test('a smooth skin is drawn whole, and covers all but a cell along its border', () => {
  const mask = new FieldMask(field((_, u) => -u * 0.2))
  expect(mask.draws(0, 0)).toBe(true)
  expect(mask.draws(mask.columns - 1, mask.rows - 1)).toBe(true)
  expect(mask.covers(80, 100)).toBe(true)
  expect(mask.covers(1, 100)).toBe(false)
  expect(mask.insideMm(0, 10)).toBe(0)
  expect(mask.insideMm(4, 20)).toBeCloseTo(4 * CELL_MM)
})

test('behind a step the body is shown: neither the step nor what lies beyond is drawn', () => {
  const mask = new FieldMask(field((_, _u, v) => (v > 150 ? 40 : 0)))
  expect(mask.draws(30, 40)).toBe(true)
  expect(mask.draws(30, 60)).toBe(false)
  expect(mask.draws(30, 70)).toBe(false)
  expect(mask.covers(75, 145)).toBe(false)
})
