import { expect, test } from 'vitest'
import { DrawPace } from '../../../../renderer/views/theatre/stage/drawpace.ts'

/** Runs a screen whose every drawing takes `drawMs` and whose other frames take 16 ms. */
function screen(pace: DrawPace, drawMs: number, totalMs: number, from = 0) {
  let now = from
  let drawings = 0
  let frames = 0
  const ratios: number[] = []
  while (now < from + totalMs) {
    const { draw, ratio } = pace.due(now)
    if (ratio !== null) {
      ratios.push(ratio)
      // A canvas of a new size is empty until it is drawn.
      expect(draw).toBe('now')
    }
    if (draw === 'now') drawings++
    frames++
    now += draw === 'now' ? drawMs : 16
  }
  return { drawings, frames, ratios }
}

test('a fast machine draws with every frame and keeps all its pixels', () => {
  const { drawings, frames, ratios } = screen(new DrawPace(1), 16, 2000)
  expect(drawings).toBe(frames)
  expect(ratios).toEqual([])
})

test('a slow machine gives up pixels, then leaves half the time to the hands', () => {
  const { drawings, frames, ratios } = screen(new DrawPace(1), 300, 12_000)
  expect(Math.min(...ratios)).toBe(0.5)
  expect(frames).toBeGreaterThan(drawings * 10)
  expect(drawings * 300).toBeLessThan(12_000 * 0.6)
  expect(drawings * 300).toBeGreaterThan(12_000 * 0.4)
})

test('pixels come back when drawing is quick again', () => {
  const pace = new DrawPace(1)
  screen(pace, 200, 4000)
  const { ratios } = screen(pace, 16, 4000, 10_000)
  expect(ratios.at(-1)).toBe(1)
})
