import { expect, test, vi } from 'vitest'
import { simulateWith } from '../../../electron/commands/simulate.ts'
import { operatorNames, operatorOf, UnknownOperator } from '../../../electron/operators/operators.ts'
import { kernel } from '../kernel.ts'
import { drainSetup } from '../session/drainsetup.ts'

// Whole cases are played: seconds on a quiet machine, a minute on a crowded one.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

// A sample of the seeds; `sina bench operators` runs them all. A play costs seconds: each is played once, as far as it tells.

type Hands = Partial<Omit<Parameters<typeof simulateWith>[1], 'operator' | 'seed'>>
type Report = ReturnType<typeof simulateWith>['report']

const play = (operator: string, start: string, seed: number, hands: Hands = {}): Report =>
  simulateWith(drainSetup({ start, seed }), { operator, seed, ...hands }, kernel).report

const played = new Map<string, Report>()

/** A whole play by steady hands, played once for all tests that look at it. */
function run(operator: string, start: string, seed: number): Report {
  const key = `${operator} ${start} ${seed}`
  const report = played.get(key) ?? play(operator, start, seed)
  played.set(key, report)
  return report
}

/** Each of these errors is made, or not, before the tube is in. */
const isTold =
  (error: string): Hands['isEnough'] =>
  ({ world, runner }) =>
    world.some((event) => event.type === 'drain') ||
    runner.some((event) => event.type === 'error' && event.id === error)

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
  ['stable', 2],
  ['tension', 1],
])('%s: the expert passes with 85 and more', (start, seed) => {
  const report = run('expert', start, seed)
  expect(report, JSON.stringify(report)).toMatchObject({ passed: true, errors: [] })
  expect(report.score).toBeGreaterThanOrEqual(85)
})

test.each(['stable', 'tension'])('%s: so does the expert with 2 mm of tremor and 200 ms of delay', (start) => {
  const report = play('expert', start, 3, { tremorMm: 2, delayMs: 200 })
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
  ['below-the-rib', 'stable', 2, 'below-the-rib'],
  ['too-deep', 'stable', 7, 'too-deep-lung'],
  ['no-sweep', 'stable', 7, 'no-sweep'],
  ['image-first', 'tension', 2, 'image-first'],
])('%s: three millimetres past the limit always fails by name, three inside never', (operator, start, seed, error) => {
  const isEnough = isTold(error)
  const past = play(operator, start, seed, { marginMm: 3, isEnough })
  expect(past.errors).toContain(error)
  expect(past.passed).toBe(false)
  expect(play(operator, start, seed, { marginMm: -3, isEnough }).errors).not.toContain(error)
})

test('the same seed is the same run, another seed another', () => {
  const isCut: Hands['isEnough'] = ({ world }) => world.some((event) => event.type === 'cut')
  const first = play('expert', 'tension', 4, { isEnough: isCut })
  expect(play('expert', 'tension', 4, { isEnough: isCut })).toEqual(first)
  expect(play('expert', 'tension', 6, { isEnough: isCut }).stateHash).not.toBe(first.stateHash)
})
