import { expect, test } from 'vitest'
import { acos, atan2, cos, exp, log, round, sin } from '../../../core/simulation/exactmath.ts'
import { nextNormal, nextUnit, seedRandom } from '../../../core/simulation/random.ts'

const random = new Uint32Array(4)
seedRandom(random, 1)
const between = (low: number, high: number) => low + (high - low) * nextUnit(random)

test('functions agree with the library to 1e-12', () => {
  for (let i = 0; i < 20_000; i++) {
    const x = between(-50, 50)
    expect(Math.abs(sin(x) - Math.sin(x))).toBeLessThan(1e-12)
    expect(Math.abs(cos(x) - Math.cos(x))).toBeLessThan(1e-12)
    expect(Math.abs(exp(x) / Math.exp(x) - 1)).toBeLessThan(1e-12)
    const positive = between(1e-9, 1e9)
    expect(Math.abs(log(positive) - Math.log(positive))).toBeLessThan(1e-12 * Math.max(1, Math.abs(Math.log(positive))))
    const y = between(-3, 3)
    expect(Math.abs(atan2(y, x) - Math.atan2(y, x))).toBeLessThan(1e-12)
    const c = between(-1, 1)
    expect(Math.abs(acos(c) - Math.acos(c))).toBeLessThan(1e-10)
  }
})

test('edges: rounding halves up, extremes stay finite, the origin has angle 0', () => {
  expect([round(0.5), round(-0.5), round(2.4), round(-2.6)]).toEqual([1, 0, 2, -3])
  expect(Number.isFinite(exp(1e9))).toBe(true)
  expect(exp(-1e9)).toBe(0)
  expect(log(0)).toBeLessThan(-700)
  expect(atan2(0, 0)).toBe(0)
  expect(atan2(0, -1)).toBeCloseTo(Math.PI, 12)
})

test('the generator: same seed same numbers, streams differ, mean and spread as they should be', () => {
  const draw = (seed: number, stream: number) => {
    const state = new Uint32Array(4)
    seedRandom(state, seed, stream)
    return Array.from({ length: 4000 }, () => nextNormal(state))
  }
  expect(draw(5, 0)).toEqual(draw(5, 0))
  expect(draw(5, 0)).not.toEqual(draw(5, 1))
  expect(draw(5, 0)).not.toEqual(draw(6, 0))
  const values = draw(5, 0)
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length
  expect(Math.abs(mean)).toBeLessThan(0.05)
  expect(Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length)).toBeCloseTo(1, 1)
})
