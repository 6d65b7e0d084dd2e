import { describe, expect, test } from 'vitest'
import { cusumCurve, cusumLimits, LC_THRESHOLDS, learningCusum } from '../../../core/scoring/cusum.ts'
import { learningCurve } from '../../../core/scoring/learningcurve.ts'
import { type Attempt, proficiencyOf } from '../../../core/scoring/proficiency.ts'

const HOUR = 3_600_000

describe('CUSUM', () => {
  test('the published vector', () => {
    const { s, h } = cusumLimits({ acceptable: 0.05, unacceptable: 0.15, alpha: 0.1, beta: 0.1 })
    expect(s).toBeCloseTo(0.0919, 4)
    expect(h).toBeCloseTo(1.816, 3)
  })

  test('rises by 1 − s on failure and falls by s on success', () => {
    const limits = { s: 0.1, h: 2 }
    expect(cusumCurve([true, false, false], limits)).toEqual([-0.1, 0.8, 1.7000000000000002])
  })

  test('LC-CUSUM never falls below zero and reaches its threshold only by successes', () => {
    const plan = { adequate: 0.1, deviation: 0.1, threshold: 1.25 }
    expect(learningCusum(Array(20).fill(false), plan)).toMatchObject({ reachedAt: null, curve: Array(20).fill(0) })
    expect(learningCusum(Array(20).fill(true), plan).reachedAt).toBe(11)
  })

  test('the low threshold certifies the incompetent, as simulated', () => {
    let state = 12345
    const chance = () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return state / 2 ** 32
    }
    const share = (failures: number, threshold: number) => {
      let reached = 0
      for (let run = 0; run < 2000; run++) {
        const tries = Array.from({ length: 50 }, () => chance() >= failures)
        if (learningCusum(tries, { adequate: 0.1, deviation: 0.1, threshold }).reachedAt !== null) reached++
      }
      return reached / 2000
    }
    for (const { h, incompetent, competent } of LC_THRESHOLDS) {
      expect(Math.abs(share(0.2, h) - incompetent)).toBeLessThan(0.06)
      expect(Math.abs(share(0.1, h) - competent)).toBeLessThan(0.06)
    }
  })
})

describe('proficiency', () => {
  const pass = (seed: number, hours: number, more: Partial<Attempt> = {}): Attempt => ({
    seed,
    deviceClass: 'mouse',
    isProficientRun: true,
    endedAtMs: hours * HOUR,
    ...more,
  })

  test('one pass is not proficiency', () =>
    expect(proficiencyOf([pass(1, 0)], 'mouse')).toEqual({ state: 'once', needs: 'another-patient' }))
  test('nor are two on one day', () =>
    expect(proficiencyOf([pass(1, 0), pass(2, 2)], 'mouse')).toEqual({ state: 'once', needs: 'another-day' }))
  test('nor two on one patient', () =>
    expect(proficiencyOf([pass(1, 0), pass(1, 30)], 'mouse')).toEqual({ state: 'once', needs: 'another-patient' }))
  test('nor with another device', () =>
    expect(proficiencyOf([pass(1, 0), pass(2, 30, { deviceClass: 'xr-hands' })], 'mouse').state).toBe('once'))
  test('two patients a day apart are', () =>
    expect(proficiencyOf([pass(2, 30), pass(1, 0), pass(3, 40)], 'mouse')).toEqual({
      state: 'proficient',
      sinceMs: 30 * HOUR,
    }))
  test('runs below a bar do not count', () =>
    expect(proficiencyOf([pass(1, 0, { isProficientRun: false }), pass(2, 30)], 'mouse').state).toBe('once'))
})

test('the curve keeps every scored try, worse ones too, and leaves out what has no figure', () => {
  const attempt = (score: number | null, deviceClass: 'mouse' | 'gamepad' = 'mouse') => ({
    deviceClass,
    score,
    passed: null,
    metrics: { time: score },
  })
  const attempts = [attempt(60), attempt(null), attempt(90, 'gamepad'), attempt(80), attempt(40), attempt(90)]
  expect(learningCurve(attempts, 'mouse', 'score')).toEqual([
    { attempt: 1, value: 60, mean: 60 },
    { attempt: 2, value: 80, mean: 70 },
    { attempt: 3, value: 40, mean: 60 },
    { attempt: 4, value: 90, mean: 70 },
  ])
  expect(learningCurve(attempts, 'gamepad', { metric: 'time' })).toEqual([{ attempt: 1, value: 90, mean: 90 }])
})
