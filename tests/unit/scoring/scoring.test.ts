import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Bar } from '../../../core/scenario/measure.ts'
import { Runner } from '../../../core/scenario/runner.ts'
import type { Case } from '../../../core/scenario/schema.ts'
import { barFor, creditOf, reaches } from '../../../core/scoring/credit.ts'
import { attemptOf, gapsOf, nextDrill } from '../../../core/scoring/debrief.ts'
import { resultOf } from '../../../core/scoring/result.ts'
import { Scorer } from '../../../core/scoring/scorer.ts'
import type { Action, InstrumentSample, SimEvent } from '../../../core/simulation/contract.ts'
import type { Observable } from '../../../core/simulation/observables.ts'
import { act, chestDrain, hit, observed, tinyCase } from '../scenario/fixture.ts'

const rest: InstrumentSample = { xUm10: [0, 0, 0], q: [0, 0, 0, 32767], jaw: 0, buttons: 0 }

type Moment = {
  events?: SimEvent[]
  actions?: Action[]
  see?: Partial<Record<Observable, number>>
  hand?: InstrumentSample
}

/** What does all three steps of the tiny case in its first tick. */
const WORK = { see: { 'oxygen.on': 1, 'sweep.degrees': 330 }, actions: [act('examine')] } satisfies Moment

/** A run by somebody who does the steps of the tiny case at once, or with `work` null does nothing unasked. */
function play(source: Case = tinyCase(), start = source.starts[0].id, work: typeof WORK | null = WORK) {
  const runner = new Runner({ case: source, start, mode: 'assessment', side: 'left', history: {} })
  const scorer = new Scorer(runner.ledger)
  let tick = 0
  const step = ({ events = [], actions: asked = [], see = {}, hand = rest }: Moment = {}) => {
    const all = observed({ ...work?.see, ...see })
    const actions = tick === 0 ? [...(work?.actions ?? []), ...asked] : asked
    runner.step(tick, all, events, actions)
    scorer.step(tick, [hand, rest], all, events, actions)
    tick++
  }
  return {
    runner,
    scorer,
    step,
    idle: (seconds: number, moment: Moment = {}) => {
      for (let i = 0; i < seconds * 100; i++) step(moment)
    },
    result: () => resultOf(scorer, 'mouse'),
  }
}

describe('the law of the score', () => {
  test('a clean fast run has full marks', () => {
    const game = play()
    game.idle(10)
    game.step({ actions: [act('finish')] })
    expect(game.result()).toMatchObject({ passed: true, score: 100, safetyPassed: true, isProficientRun: true })
  })

  test('whoever does nothing harms nobody, and earns nothing', () => {
    const game = play(tinyCase(), 'one', null)
    game.idle(10)
    game.step({ actions: [act('finish')] })
    expect(game.result()).toMatchObject({ passed: false, score: 0, workDone: 0, safetyPassed: true })
  })

  test('harm avoided and time count as far as the work was done', () => {
    const game = play(tinyCase(), 'one', null)
    game.step({ actions: [act('examine')], see: { 'oxygen.on': 1 } })
    game.step({ actions: [act('finish')] })
    expect(game.result()).toMatchObject({ passed: false, score: 66.7 })
    expect(game.result().workDone).toBeCloseTo(2 / 3, 9)
  })

  test.each(['stable', 'tension'])('the chest drain, %s: a run with next to nothing done scores near zero', (start) => {
    const game = play(chestDrain(), start, null)
    const see = { 'vitals.spo2': 95 }
    game.step({ see, actions: [act('declare', 'simple-pneumothorax'), act('give', 'oxygen')] })
    game.idle(30, { see })
    game.step({ see, actions: [act('finish', 'case')] })
    expect(game.result().ending.kind).toBe('finished')
    expect(game.result().score).toBeLessThan(8)
    expect(game.result().passed).toBe(false)
  })

  test('the work and the score only grow with each step done', () => {
    const scoreAfter = (steps: number) => {
      const game = play(tinyCase(), 'one', null)
      const see = { 'oxygen.on': Number(steps > 1), 'sweep.degrees': steps > 2 ? 330 : 0 }
      game.step({ see, actions: steps > 0 ? [act('examine')] : [] })
      game.step({ see, actions: [act('finish')] })
      return game.result().score
    }
    expect([0, 1, 2, 3].map(scoreAfter)).toEqual([0, 33.3, 66.7, 100])
  })

  test('a critical error fails the run whatever the score, and time earns nothing', () => {
    const game = play()
    game.step({ events: [hit('lung')] })
    game.step({ actions: [act('finish')] })
    expect(game.result()).toMatchObject({ passed: false, score: 0, safetyPassed: false })
    expect(game.result().metrics.find(({ id }) => id === 'time')).toMatchObject({ passed: true, credit: 0 })
  })

  test('a critical error fails even where no metric watches it', () => {
    const source = tinyCase()
    source.metrics = source.metrics.filter(({ id }) => id !== 'critical')
    const game = play(source)
    game.step({ events: [hit('lung')] })
    game.step({ actions: [act('finish')] })
    expect(game.result()).toMatchObject({ passed: false, score: 100 })
  })

  test('a safety metric below its bar fails the run though the points would do', () => {
    const source = tinyCase()
    source.metrics[0].measure = { of: 'observable', name: 'blood.lostMl', what: 'last' }
    source.metrics[0].weight = 1
    source.metrics[1].group = 'knowledge'
    const game = play(source)
    game.step({ see: { 'blood.lostMl': 5 } })
    game.step({ actions: [act('finish')], see: { 'blood.lostMl': 5 } })
    expect(game.result().score).toBeGreaterThan(90)
    expect(game.result().passed).toBe(false)
  })

  test('major and minor errors take off points', () => {
    const game = play()
    game.step({ see: { 'vitals.spo2': 70 } })
    game.step({ actions: [act('finish')], see: { 'vitals.spo2': 95 } })
    expect(game.result()).toMatchObject({ score: 90, penalty: 10, passed: true })
  })

  test('slow runs lose credit in a straight line', () => {
    const game = play()
    game.idle(150)
    game.step({ actions: [act('finish')] })
    expect(game.result().metrics[1]).toMatchObject({ value: 150, passed: false })
    expect(game.result().metrics[1].credit).toBeCloseTo(0.4, 6)
    expect(game.result().isProficientRun).toBe(false)
  })

  test('what never happened is a missed metric, not a good one', () => {
    const game = play(
      tinyCase({ outcomes: [{ id: 'o', title: '@a.b', text: '@a.b', when: { is: 'arrest' }, kind: 'died' }] }),
    )
    game.step({ events: [{ type: 'arrest' }] })
    expect(game.result().metrics[1]).toMatchObject({ value: null, credit: 0, passed: false })
    expect(game.result()).toMatchObject({ passed: false, ending: { kind: 'died' } })
  })

  test('a stopped run has no score', () => {
    const game = play()
    game.step({ actions: [act('stop', 'fault')] })
    expect(game.result()).toMatchObject({ passed: false, score: null, ending: { kind: 'void', reason: 'fault' } })
  })

  test('a bar of another class of input is shown, not scored', () => {
    const source = tinyCase()
    source.metrics[1].bars[0].deviceClass = 'xr-hands'
    const game = play(source)
    game.step({ actions: [act('finish')] })
    expect(game.result().metrics[1]).toMatchObject({ bar: null, passed: null, weight: 0, credit: null })
    expect(game.result().score).toBe(100)
  })
})

describe('bars', () => {
  const bar = (more: Partial<Bar>): Bar => ({
    value: 100,
    direction: 'at-most',
    best: 50,
    worst: 300,
    source: { cite: 'x' },
    n: 0,
    deviceClass: 'any',
    date: '2026-01-01',
    provisional: true,
    ...more,
  })

  test('credit: worst 0, bar 0.8, best 1', () => {
    expect([400, 300, 200, 100, 75, 50, 10].map((value) => creditOf(bar({}), value))).toEqual([
      0, 0, 0.4, 0.8, 0.9, 1, 1,
    ])
    const rising = bar({ direction: 'at-least', value: 80, best: 100, worst: 40 })
    expect([30, 40, 60, 80, 90, 120].map((value) => creditOf(rising, value))).toEqual([0, 0, 0.4, 0.8, 0.9, 1])
  })

  test('credit never falls as the figure gets better, and passes exactly at the bar', () =>
    fc.assert(
      fc.property(
        fc.double({ min: -10, max: 500, noNaN: true }),
        fc.double({ min: -10, max: 500, noNaN: true }),
        (a, b) => {
          const [better, worse] = a < b ? [a, b] : [b, a]
          expect(creditOf(bar({}), better)).toBeGreaterThanOrEqual(creditOf(bar({}), worse))
          expect(reaches(bar({}), a)).toBe(creditOf(bar({}), a) >= 0.8)
        },
      ),
    ))

  test('the own class comes before any', () => {
    const bars = [bar({}), bar({ deviceClass: 'mouse', value: 7 })]
    expect(barFor(bars, 'mouse')?.value).toBe(7)
    expect(barFor(bars, 'gamepad')?.value).toBe(100)
    expect(barFor(bars.slice(1), 'gamepad')).toBeNull()
  })
})

test('save and restore at any tick change no figure', () => {
  const moment = fc.record({
    see: fc.record({
      'vitals.spo2': fc.constantFrom(70, 95),
      'hand0.tool': fc.constantFrom(0, 1),
      'hand0.forceN': fc.double({ min: 0, max: 60, noNaN: true }),
      'blood.lostMl': fc.double({ min: 0, max: 60, noNaN: true }),
    }),
    events: fc.array(fc.constantFrom(hit('lung'), hit('bundle')), { maxLength: 1 }),
    hand: fc
      .tuple(fc.integer({ min: -9000, max: 9000 }), fc.integer({ min: -9000, max: 9000 }))
      .map(([x, y]): InstrumentSample => ({ ...rest, xUm10: [x, y, 0] })),
  })
  const source = chestDrain()
  fc.assert(
    fc.property(fc.array(moment, { minLength: 5, maxLength: 60 }), fc.nat(), (story, cut) => {
      const whole = play(source, 'tension')
      for (const each of story) whole.step(each)
      const first = play(source, 'tension')
      const at = cut % story.length
      for (const each of story.slice(0, at)) first.step(each)
      const second = play(source, 'tension')
      for (let i = 0; i < at; i++) second.step()
      second.runner.restore(first.runner.save())
      second.scorer.restore(first.scorer.save())
      for (const each of story.slice(at)) second.step(each)
      expect(second.scorer.save()).toEqual(whole.scorer.save())
      expect(second.result()).toEqual(whole.result())
    }),
    { numRuns: 20 },
  )
})

describe('the debrief', () => {
  test('says when an error was made, what it did, and one drill', () => {
    const game = play()
    game.step({ see: { 'vitals.systolicMmHg': 120, 'blood.lostMl': 0 } })
    game.step({ events: [hit('lung')], see: { 'vitals.systolicMmHg': 120, 'blood.lostMl': 0 } })
    game.idle(1, { see: { 'vitals.systolicMmHg': 80, 'blood.lostMl': 300 } })
    game.step({ actions: [act('finish')], see: { 'vitals.systolicMmHg': 90, 'blood.lostMl': 310 } })
    const result = game.result()
    const effects = game.scorer.effectOf('lung')
    expect(effects).toContainEqual({ observable: 'vitals.systolicMmHg', before: 120, worst: 80 })
    expect(effects).toContainEqual({ observable: 'blood.lostMl', before: 0, worst: 310 })
    expect(nextDrill(tinyCase(), result.errors, result.metrics)?.id).toBe('hands')
    expect(gapsOf(result.metrics)[0]).toMatchObject({ metric: { id: 'critical' }, by: 1, lost: 50 })
  })

  test('the drill is that of the worst error, without one that of the costliest metric', () => {
    const source = chestDrain()
    const errors = [
      { id: 'no-timeout', severity: 'major' as const, tick: 5 },
      { id: 'too-deep-lung', severity: 'critical' as const, tick: 900 },
    ]
    expect(nextDrill(source, errors, [])?.id).toBe('depth')
    expect(nextDrill(source, errors.slice(0, 1), [])?.id).toBe('preparation')
    const game = play(source, 'stable')
    game.step({ actions: [act('finish', 'case')] })
    expect(nextDrill(source, [], game.result().metrics)?.id).toBe('preparation')
    expect(nextDrill(source, [], [])).toBeNull()
  })

  test('kept figures are judged as they were in the run', () => {
    const game = play()
    game.idle(150)
    game.step({ actions: [act('finish')] })
    const { metrics, passed } = game.result()
    const figures = Object.fromEntries(metrics.map(({ id, value }) => [id, value]))
    const run = { start: 'one', seed: 3, deviceClass: 'mouse' as const, passed, metrics: figures, endedAtMs: 7 }
    expect(attemptOf(tinyCase(), run)).toEqual({ seed: 3, deviceClass: 'mouse', isProficientRun: false, endedAtMs: 7 })
    expect(attemptOf(tinyCase(), { ...run, metrics: { critical: 0, time: 90 } }).isProficientRun).toBe(true)
  })

  test('OSATS is marked as an estimate and stays between one and five', () => {
    const game = play(chestDrain(), 'stable')
    game.step({ actions: [act('finish', 'case')] })
    const { osats } = game.result()
    expect(osats.isEstimate).toBe(true)
    for (const value of Object.values(osats.items)) {
      if (value === null) continue
      expect(value).toBeGreaterThanOrEqual(1)
      expect(value).toBeLessThanOrEqual(5)
    }
  })
})
