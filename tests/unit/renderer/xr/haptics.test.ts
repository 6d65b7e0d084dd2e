import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  feel,
  forceAmplitude,
  noFeeling,
  type Pulse,
  type STRENGTHS,
  type Touch,
} from '../../../../renderer/xr/feel.ts'
import { padOf, shake } from '../../../../renderer/xr/haptics.ts'
import { sideOf } from '../../../../renderer/xr/inputs.ts'

const nothing: Touch = { forceN: 0, slidMm: 0, grain: 0, buzz: 0, cue: null }

/** Pulses given while a hand lives through `touchAt`, read at 90 Hz. */
function live(touchAt: (ms: number) => Partial<Touch>, forMs: number, strength: keyof typeof STRENGTHS = 'high') {
  const state = noFeeling()
  const out: Pulse = { amplitude: 0, ms: 0 }
  const given: { at: number; amplitude: number; ms: number }[] = []
  for (let at = 0; at < forMs; at += 1000 / 90) {
    feel(state, { ...nothing, ...touchAt(at) }, at, strength, out)
    if (out.amplitude > 0) given.push({ at, ...out })
  }
  return given
}

test('a force is told by its square root, from a faint pulse to half of full', () => {
  expect(forceAmplitude(0.2)).toBe(0)
  expect(forceAmplitude(0.4)).toBeGreaterThan(0.08)
  expect(forceAmplitude(50)).toBeCloseTo(0.5, 9)
  for (let n = 1; n < 10; n++) expect(forceAmplitude(n + 1)).toBeGreaterThan(forceAmplitude(n))
})

test('a touch is one pulse; a steady force does not hum', () => {
  const given = live(() => ({ forceN: 4 }), 2000)
  expect(given).toHaveLength(1)
  expect(given[0].ms).toBeLessThanOrEqual(15)
})

test('pressing harder is told in steps, the harder the stronger', () => {
  const given = live((ms) => ({ forceN: ms / 200 }), 2000)
  expect(given.length).toBeGreaterThan(5)
  expect(given.length).toBeLessThan(20)
  given.slice(1).forEach(({ amplitude }, i) => {
    expect(amplitude).toBeGreaterThan(given[i].amplitude)
  })
})

test('a sudden give is a pulse of its own, stronger than the press', () => {
  const given = live((ms) => ({ forceN: ms < 500 ? 5 : 0.4 }), 700)
  const gave = given.find(({ at }) => at >= 500)
  expect(gave?.ms).toBe(20)
  expect(gave?.amplitude).toBeGreaterThan(given[0].amplitude)
})

test('texture ticks with the way slid, not with time, and is fainter than touch', () => {
  const steps = 1000 / 90
  const slide = (mmS: number) => live(() => ({ forceN: 2, grain: 1, slidMm: (mmS * steps) / 1000 }), 1000).slice(1)
  expect(slide(15).length).toBeGreaterThanOrEqual(8)
  expect(slide(15).length).toBeLessThanOrEqual(10)
  expect(slide(0)).toEqual([])
  expect(slide(15)[0].amplitude).toBeLessThan(forceAmplitude(2) * 1.2)
  expect(live(() => ({ grain: 1, slidMm: 3 }), 1000)).toEqual([])
})

test('a drill shakes on and on, more under load', () => {
  const [soft, hard] = [0.1, 1].map((buzz) => live(() => ({ buzz, forceN: 3 }), 1000))
  expect(soft.length).toBeGreaterThan(18)
  expect(hard[3].amplitude).toBeGreaterThan(soft[3].amplitude)
})

test('clicks are let through at once, even within another pulse', () => {
  const given = live((ms) => ({ forceN: 2, cue: ms > 5 && ms < 15 ? 'ratchet' : null }), 100)
  expect(given.map(({ amplitude }) => amplitude)).toContain(0.45)
})

test('off gives nothing; low gives little; no pulse is above full or below nothing', () => {
  const busy = (ms: number): Partial<Touch> => ({ forceN: 5 + 5 * Math.sin(ms / 50), grain: 1, slidMm: 4, buzz: 0 })
  expect(live(busy, 2000, 'off')).toEqual([])
  for (const { amplitude } of live(busy, 2000, 'low')) expect(amplitude).toBeLessThanOrEqual(0.35)
  fc.assert(
    fc.property(fc.double({ min: 0, max: 200, noNaN: true }), fc.double({ min: 0, max: 50, noNaN: true }), (n, mm) => {
      for (const { amplitude } of live((ms) => ({ forceN: ms % 70 < 35 ? n : 0, slidMm: mm, grain: 1 }), 300))
        expect(amplitude > 0 && amplitude <= 1).toBe(true)
    }),
  )
})

test('however busy the hand, less than half of the time is vibration', () => {
  const given = live((ms) => ({ forceN: 3 + 2 * Math.sin(ms / 30), grain: 1, slidMm: 9 }), 3000)
  expect(given.length).toBeGreaterThan(20)
  expect(given.reduce((sum, { ms }) => sum + ms, 0)).toBeLessThan(1500)
})

test('controllers pulse, gamepads rumble, others are left alone, and refusal is no fault', async () => {
  const told: unknown[] = []
  const refuse = (...what: unknown[]) => {
    told.push(what)
    return Promise.reject(new Error('busy'))
  }
  const pulse = { amplitude: 0.5, ms: 12 }
  expect(shake({ hapticActuators: [{ pulse: refuse }] }, pulse)).toBe('given')
  expect(shake({ vibrationActuator: { playEffect: refuse } }, pulse)).toBe('given')
  expect(told).toEqual([
    [0.5, 12],
    ['dual-rumble', { duration: 12, weakMagnitude: 0.5, strongMagnitude: 0.25 }],
  ])
  for (const pad of [null, undefined, {}, { hapticActuators: [] }, { vibrationActuator: {} }])
    expect(shake(pad, pulse)).toBe('none')
  expect(shake({ hapticActuators: [{ pulse: refuse }] }, { amplitude: 0, ms: 9 })).toBe('none')
  await new Promise((resolve) => setTimeout(resolve))
})

test('the hand that holds the tool is the one that shakes', () => {
  const sources = [
    { handedness: 'left', gamepad: { id: 'l' } },
    { handedness: 'right', gamepad: { id: 'r' } },
  ] as unknown as XRInputSource[]
  expect(padOf(sources, sideOf(0, 'right'))).toMatchObject({ id: 'r' })
  expect(padOf(sources, sideOf(1, 'right'))).toMatchObject({ id: 'l' })
  expect(padOf(sources, sideOf(0, 'left'))).toMatchObject({ id: 'l' })
  expect(padOf([], 'left')).toBeNull()
})
