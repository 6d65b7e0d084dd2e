import { expect, test } from 'vitest'
import { handIndex, pinchOf } from '../../../../renderer/xr/inputs.ts'
import { layoutPanel, PANEL, targetAt } from '../../../../renderer/xr/panel.ts'

const buttons = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, i) => ({ id: `${prefix}${i}`, label: prefix, state: 'ready' as const }))

test.each([1, 2, 7, 13, 20])('%i items fit on the panel without touching each other', (count) => {
  const targets = layoutPanel({ tabs: buttons(8, 't'), items: buttons(count, 'i') })
  expect(targets).toHaveLength(8 + count)
  for (const one of targets) {
    expect(one.x).toBeGreaterThanOrEqual(0)
    expect(one.x + one.width).toBeLessThanOrEqual(PANEL.width)
    expect(one.y + one.height).toBeLessThanOrEqual(PANEL.height)
    expect(targetAt(targets, one.x + one.width / 2, one.y + one.height / 2)?.id).toBe(one.id)
  }
})

test('nothing answers beside the buttons', () => {
  expect(targetAt(layoutPanel({ tabs: buttons(4, 't'), items: [] }), 5, 5)).toBeNull()
})

test('text is at least one degree high at a metre', () => {
  const smallest = 25
  const degrees = (Math.atan((smallest / PANEL.width) * PANEL.metres) * 180) / Math.PI
  expect(degrees).toBeGreaterThanOrEqual(1)
})

test('a pinch runs from open to closed; the dominant hand is hand 0', () => {
  expect(pinchOf(0.1)).toBe(0)
  expect(pinchOf(0.01)).toBe(1)
  expect(pinchOf(0.039)).toBeCloseTo(0.5, 1)
  expect(handIndex('left', 'left')).toBe(0)
  expect(handIndex('left', 'right')).toBe(1)
})
