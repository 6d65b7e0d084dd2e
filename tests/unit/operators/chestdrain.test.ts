import { expect, test, vi } from 'vitest'
import { simulateWith } from '../../../electron/commands/simulate.ts'
import { operatorNames, operatorOf, UnknownOperator } from '../../../electron/operators/operators.ts'
import { kernel } from '../kernel.ts'
import { drainSetup } from '../session/drainsetup.ts'

// Whole cases are played: seconds on a quiet machine, a minute on a crowded one.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

// A sample of the seeds; `sina bench operators` runs them all.

type Hands = Partial<Omit<Parameters<typeof simulateWith>[1], 'operator' | 'seed'>>

const run = (operator: string, start: string, seed: number, hands: Hands = {}) =>
  simulateWith(drainSetup({ start, seed }), { operator, seed, ...hands }, kernel).report

/** Each of these errors is made, or not, before the tube is in. */
const isTubeIn: Hands['isEnough'] = ({ world }) => world.some((event) => event.type === 'drain')

test('six operators know the chest drain', () => {
  expect(operatorNames('chest-drain')).toEqual([
    'expert',
    'novice',
    'below-the-rib',
    'too-deep',
    'no-sweep',
    'image-first',
  ])
  expect(() => operatorOf('chest-drain', 'constructor')).toThrow(UnknownOperator)
  expect(() => operatorOf('unknown', 'expert')).toThrow(UnknownOperator)
})

test.each([
  ['stable', 5],
  ['tension', 1],
])('%s: the expert passes with 85 and more', (start, seed) => {
  const report = run('expert', start, seed)
  expect(report, JSON.stringify(report)).toMatchObject({ passed: true, errors: [] })
  expect(report.score).toBeGreaterThanOrEqual(85)
})

test.each(['stable', 'tension'])('%s: so does the expert with 2 mm of tremor and 200 ms of delay', (start) => {
  const report = run('expert', start, 3, { tremorMm: 2, delayMs: 200 })
  expect(report.passed, JSON.stringify(report)).toBe(true)
  expect(report.score).toBeGreaterThanOrEqual(85)
})

test('the novice falls between: harms nobody, yet stands below the expert', () => {
  const novice = run('novice', 'stable', 2)
  expect(novice.errors).not.toContain('below-the-rib')
  expect(novice.score).toBeLessThan(run('expert', 'stable', 2).score! - 5)
  expect(novice.score).toBeGreaterThan(run('no-sweep', 'stable', 2).score!)
})

test.each([
  ['below-the-rib', 'stable', 'below-the-rib'],
  ['too-deep', 'stable', 'too-deep-lung'],
  ['no-sweep', 'stable', 'no-sweep'],
  ['image-first', 'tension', 'image-first'],
])(
  '%s: three millimetres past the limit always fails by name, three inside never',
  (operator, start, error) => {
    for (const seed of [2, 7]) {
      const past = run(operator, start, seed, { marginMm: 3, isEnough: isTubeIn })
      expect(past.errors, `seed ${seed}`).toContain(error)
      expect(past.passed).toBe(false)
      expect(run(operator, start, seed, { marginMm: -3, isEnough: isTubeIn }).errors, `seed ${seed}`).not.toContain(
        error,
      )
    }
  },
  180_000,
)

test('the same seed is the same run, another seed another', () => {
  const first = run('expert', 'tension', 4, { isEnough: isTubeIn })
  expect(run('expert', 'tension', 4, { isEnough: isTubeIn })).toEqual(first)
  expect(run('expert', 'tension', 6, { isEnough: isTubeIn }).stateHash).not.toBe(first.stateHash)
})
