import { expect, test } from 'vitest'
import { readPad, stick } from '../../../../renderer/views/theatre/control/gamepad.ts'

test('a resting stick with its wobble asks for nothing; a full one for everything', () => {
  for (const wobble of [0, 0.05, -0.13]) expect(stick(wobble)).toBe(0)
  expect(stick(1)).toBe(1)
  expect(stick(-1)).toBe(-1)
  expect(stick(0.5)).toBeLessThan(0.25)
})

test('bumpers push and draw, the right trigger uses, the left slows', () => {
  const buttons = Array.from({ length: 16 }, () => ({ value: 0, pressed: false }))
  buttons[5] = { value: 1, pressed: true }
  buttons[7] = { value: 0.8, pressed: true }
  buttons[6] = { value: 1, pressed: true }
  const reading = readPad({ axes: [0, 0, 0, -1], buttons })
  expect(reading.depth).toBe(1)
  expect(reading.use).toBe(0.8)
  expect(reading.fine).toBe('held')
  expect(reading.leanUp).toBe(1)
})
