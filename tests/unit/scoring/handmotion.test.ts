import { describe, expect, test } from 'vitest'
import { HAND_CELLS, HandMotion } from '../../../core/scoring/handmotion.ts'

/** Moves a hand along a path given in mm by seconds, at 100 samples a second. */
function move(path: (seconds: number) => readonly [number, number, number], seconds: number, turn = 0) {
  const hand = new HandMotion(new Float64Array(HAND_CELLS))
  for (let tick = 0; tick <= seconds * 100; tick++) {
    const [x, y, z] = path(tick / 100).map((mm) => Math.round(mm * 100))
    const half = ((turn * tick) / (seconds * 100) / 2) * (Math.PI / 180)
    const q = [0, Math.round(Math.sin(half) * 32767), 0, Math.round(Math.cos(half) * 32767)] as const
    hand.step(tick, { xUm10: [x, y, z], q, jaw: 0, buttons: 0 }, true)
  }
  return hand
}

/** Minimum-jerk reach of `mm` in `seconds`, then rest. */
const reach = (mm: number, seconds: number) => (t: number) => {
  const s = Math.min(1, t / seconds)
  return [mm * (10 * s ** 3 - 15 * s ** 4 + 6 * s ** 5), 0, 0] as const
}

describe('hand motion', () => {
  test('a straight reach: path is its length, economy one, one peak of speed', () => {
    const hand = move(reach(200, 1), 2)
    expect(hand.pathMm).toBeCloseTo(200, 0)
    expect(hand.idealMm / hand.actualMm).toBeCloseTo(1, 2)
    expect(hand.speedPeaks).toBe(1)
    expect(hand.seconds).toBeGreaterThan(0.7)
    expect(hand.seconds + hand.idleSeconds).toBeCloseTo(2, 1)
  })

  test('a half circle costs economy: 2/π', () => {
    const hand = move((t) => {
      const angle = Math.PI * Math.min(1, t)
      return [100 * Math.cos(angle), 100 * Math.sin(angle), 0]
    }, 2)
    expect(hand.pathMm).toBeCloseTo(Math.PI * 100, -1)
    expect(hand.idealMm / hand.actualMm).toBeCloseTo(2 / Math.PI, 2)
  })

  test('three separate reaches have three peaks', () => {
    const hand = move((t) => [reach(100, 0.8)(t % 1.5)[0] + 100 * Math.floor(t / 1.5), 0, 0], 4.49)
    expect(hand.speedPeaks).toBe(3)
  })

  test('a jerky hand has more jerk and more peaks than a smooth one', () => {
    const smooth = move(reach(300, 3), 3)
    const jerky = move((t) => [reach(300, 3)(t)[0] + 6 * Math.sin(t * 25), 0, 0], 3)
    expect(jerky.jerk).toBeGreaterThan(3 * smooth.jerk)
    expect(jerky.speedPeaks).toBeGreaterThan(smooth.speedPeaks + 3)
  })

  test('turning is measured in degrees', () => expect(move(() => [0, 0, 0], 2, 90).angleDegrees).toBeCloseTo(90, 0))

  test('an empty hand is not measured', () => {
    const hand = new HandMotion(new Float64Array(HAND_CELLS))
    for (let tick = 0; tick < 200; tick++)
      hand.step(tick, { xUm10: [tick * 100, 0, 0], q: [0, 0, 0, 32767], jaw: 0, buttons: 0 }, false)
    expect([hand.pathMm, hand.seconds, hand.idleSeconds, hand.speedPeaks]).toEqual([0, 0, 0, 0])
  })

  test('a hand at rest is idle and has no path', () => {
    const hand = move(() => [5, 5, 5], 3)
    expect(hand.pathMm).toBe(0)
    expect(hand.idleSeconds).toBeCloseTo(3, 1)
  })
})
