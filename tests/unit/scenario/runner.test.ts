import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Mode } from '../../../core/contract/values.ts'
import { Runner } from '../../../core/scenario/runner.ts'
import { viewOf } from '../../../core/scenario/runnerview.ts'
import type { Case } from '../../../core/scenario/schema.ts'
import type { Action, SimEvent } from '../../../core/simulation/contract.ts'
import type { Observable } from '../../../core/simulation/observables.ts'
import { act, chestDrain, hit, observed, tinyCase } from './fixture.ts'

type Moment = { events?: SimEvent[]; actions?: Action[]; see?: Partial<Record<Observable, number>> }

function run(source: Case = tinyCase(), mode: Mode = 'practice', history = {}, start = source.starts[0].id) {
  const runner = new Runner({ case: source, start, mode, side: 'left', history })
  let tick = 0
  return {
    runner,
    view: () => viewOf(runner.ledger, mode),
    step({ events = [], actions = [], see = {} }: Moment = {}) {
      runner.step(tick++, observed(see), events, actions)
      return [...runner.events]
    },
  }
}

const stepOf = (view: ReturnType<typeof viewOf>, id: string) =>
  view.phases.flatMap(({ steps }) => steps).find((s) => s.id === id)!

describe('steps', () => {
  test('are satisfied by physical state, in any order that requires allows', () => {
    const game = run()
    expect(game.step({ see: { 'oxygen.on': 1 } })).toContainEqual({ type: 'step', id: 'oxygen', aided: 0 })
    expect(stepOf(game.view(), 'look').state).toBe('open')
  })

  test('wait for what they require, and then count what already holds', () => {
    const game = run()
    expect(game.step({ see: { 'sweep.degrees': 360 } })).not.toContainEqual(expect.objectContaining({ id: 'sweep' }))
    game.step({ see: { 'oxygen.on': 1, 'sweep.degrees': 360 } })
    expect(stepOf(game.view(), 'sweep').state).toBe('done')
  })

  test('no action called next completes anything', () => {
    const game = run()
    game.step({ actions: [act('next'), act('done', 'oxygen')] })
    expect(game.view().phases[0].steps.every(({ state }) => state !== 'done')).toBe(true)
  })

  test('a strict phase makes each wait for the one before', () => {
    const source = tinyCase()
    source.phases[0].order = 'strict'
    const game = run(source)
    game.step({ see: { 'oxygen.on': 1 } })
    expect(stepOf(game.view(), 'oxygen').state).toBe('waiting')
    game.step({ actions: [act('examine')], see: { 'oxygen.on': 1 } })
    expect(stepOf(game.view(), 'oxygen').state).toBe('done')
  })
})

describe('hints', () => {
  test('the first shows by itself to a beginner', () => {
    const game = run()
    expect(game.step()).toContainEqual({ type: 'hint', step: 'look', level: 1, why: 'new' })
  })

  test('fade after two unaided successes', () => {
    expect(
      run(tinyCase(), 'practice', { look: { unaidedInRow: 1 } })
        .step()
        .some(({ type }) => type === 'hint'),
    ).toBe(true)
    expect(
      run(tinyCase(), 'practice', { look: { unaidedInRow: 2 } })
        .step()
        .some(({ type }) => type === 'hint'),
    ).toBe(false)
  })

  test('come back after an error', () => {
    const game = run(tinyCase(), 'practice', {
      look: { unaidedInRow: 5 },
      oxygen: { unaidedInRow: 5 },
      sweep: { unaidedInRow: 5 },
    })
    game.step()
    expect(game.step({ events: [hit('lung')] })).toContainEqual({ type: 'hint', step: 'sweep', level: 1, why: 'back' })
  })

  test('asked for are counted as help and mark the step', () => {
    const game = run()
    game.step()
    expect(game.step({ actions: [act('hint')] })).toContainEqual({ type: 'hint', step: 'look', level: 2, why: 'asked' })
    expect(game.step({ actions: [act('examine')] })).toContainEqual({ type: 'step', id: 'look', aided: 1 })
  })

  test('none reveals the diagnosis before the trainee commits', () => {
    const game = run()
    game.step()
    game.step({ actions: [act('hint', 'look')] })
    expect(game.step({ actions: [act('hint', 'look')] })).toContainEqual(
      expect.objectContaining({ type: 'turned-away', reason: 'no-more-hints' }),
    )
    expect(stepOf(game.view(), 'look').hints.some(({ reveals }) => reveals)).toBe(false)
    game.step({ actions: [act('declare', 'wrong')] })
    game.step({ actions: [act('hint', 'look')] })
    expect(stepOf(game.view(), 'look').hints.some(({ reveals }) => reveals === 'diagnosis')).toBe(true)
  })

  test('assessment has none and hides the way', () => {
    const game = run(tinyCase(), 'assessment')
    expect(game.step()).not.toContainEqual(expect.objectContaining({ type: 'hint' }))
    expect(game.step({ actions: [act('hint')] })).toContainEqual(
      expect.objectContaining({ reason: 'no-hints-in-assessment' }),
    )
    expect(game.view().allows).toEqual({ hints: false, pause: false })
    expect(game.view().phases[0].steps.every(({ title }) => title === null)).toBe(true)
  })

  test('titles that name the diagnosis stay hidden in the chest-drain case', () => {
    const game = run(chestDrain(), 'practice', {}, 'tension')
    game.step()
    expect(game.view().phases.map(({ title }) => title !== null)).toEqual([true, ...Array(5).fill(false)])
    game.step({ actions: [act('declare', 'asthma')] })
    expect(game.view().phases.every(({ title }) => title !== null)).toBe(true)
  })
})

describe('errors', () => {
  test('a mark counts once, a level each time it comes true', () => {
    const game = run()
    game.step({ events: [hit('lung')], see: { 'vitals.spo2': 70 } })
    game.step({ events: [hit('lung')], see: { 'vitals.spo2': 70 } })
    game.step({ see: { 'vitals.spo2': 95 } })
    game.step({ see: { 'vitals.spo2': 75 } })
    expect(game.view().errors.map(({ id, count, tick }) => [id, count, tick])).toEqual([
      ['lung', 1, 0],
      ['hypoxia', 2, 0],
    ])
  })

  test('are not told during an assessment', () => {
    const game = run(tinyCase(), 'assessment')
    game.step({ events: [hit('lung')] })
    expect(game.view().errors).toEqual([])
    game.step({ actions: [act('finish')] })
    expect(game.view().errors).toHaveLength(1)
  })
})

describe('answers, checks, orders and the note', () => {
  test('the first answer stands', () => {
    const game = run()
    game.step()
    expect(game.step({ actions: [act('answer', 'ask', 0)] })).toContainEqual(expect.objectContaining({ right: 0 }))
    expect(game.step({ actions: [act('answer', 'ask', 1)] })).toContainEqual(
      expect.objectContaining({ reason: 'already-answered' }),
    )
    expect(game.view().questions[0].answer).toBe(0)
  })

  test.each([[-1], [2], [0.5], [Number.NaN], [undefined]])('option %s is turned away', (option) => {
    const game = run()
    game.step()
    expect(game.step({ actions: [act('answer', 'ask', option)] })).toContainEqual(
      expect.objectContaining({ type: 'turned-away' }),
    )
  })

  test('an image comes back after its delay', () => {
    const game = run()
    game.step({ actions: [act('order', 'film')] })
    for (let i = 0; i < 99; i++) expect(game.step()).not.toContainEqual({ type: 'result', order: 'film' })
    expect(game.step()).toContainEqual({ type: 'result', order: 'film' })
    expect(game.view().orders[0].state).toBe('here')
  })

  test('the note is graded against what was done', () => {
    const game = run()
    game.step({ actions: [act('note', 'side', 0), act('note', 'depth', 95)] })
    game.step({ actions: [act('finish')], see: { 'drain.depthMm': 100 } })
    expect(game.view().note.map(({ value }) => value)).toEqual([0, 95])
    expect([0, 1].map((i) => game.runner.ledger.get('note', i, 2))).toEqual([1, 1])
    const wrong = run()
    wrong.step({ actions: [act('note', 'side', 1), act('note', 'depth', 80)] })
    wrong.step({ actions: [act('finish')], see: { 'drain.depthMm': 100 } })
    expect([0, 1].map((i) => wrong.runner.ledger.get('note', i, 2))).toEqual([0, 0])
  })
})

describe('the end', () => {
  test.each(['practice', 'assessment'] as const)('stop is always there and leaves a void attempt (%s)', (mode) => {
    const game = run(tinyCase(), mode)
    expect(game.step({ actions: [act('stop', 'unwell')] })).toContainEqual({ type: 'void', reason: 'unwell' })
    expect(game.view().ending).toEqual({ kind: 'void', reason: 'unwell', tick: 0 })
  })

  test('after it nothing changes', () => {
    const game = run()
    game.step({ actions: [act('finish')] })
    const state = game.runner.save()
    expect(game.step({ events: [hit('lung')], actions: [act('examine')] })).toEqual([])
    expect(game.runner.save()).toEqual(state)
  })

  test('a side chosen becomes sick or well', () => {
    const source = tinyCase({
      outcomes: [
        { id: 'o', title: '@a.b', text: '@a.b', when: { is: 'last', verb: 'side', object: 'well-side' }, kind: 'died' },
      ],
    })
    const game = run(source)
    game.step({ actions: [act('side', 'left')] })
    expect(game.runner.isRunning).toBe(true)
    game.step({ actions: [act('side', 'right')] })
    expect(game.runner.isRunning).toBe(false)
  })
})

test('save and restore at any tick change nothing', () => {
  const moment = fc.record({
    events: fc.array(fc.constantFrom(hit('lung'), hit('bundle')), { maxLength: 1 }),
    actions: fc.array(
      fc.constantFrom(
        act('examine'),
        act('hint'),
        act('order', 'film'),
        act('check', 'first'),
        act('answer', 'ask', 1),
      ),
      { maxLength: 2 },
    ),
    see: fc.record({ 'vitals.spo2': fc.constantFrom(70, 95), 'oxygen.on': fc.constantFrom(0, 1) }),
  })
  fc.assert(
    fc.property(fc.array(moment, { minLength: 1, maxLength: 30 }), fc.nat(), (story, cut) => {
      const whole = run()
      for (const each of story) whole.step(each)
      const first = run()
      const at = cut % story.length
      story.slice(0, at).forEach((each) => {
        first.step(each)
      })
      const second = new Runner({ case: tinyCase(), start: 'one', mode: 'practice', side: 'left', history: {} })
      second.restore(first.runner.save())
      story.slice(at).forEach(({ events, actions, see }, i) => {
        second.step(at + i, observed(see), events, actions)
      })
      expect(second.save()).toEqual(whole.runner.save())
    }),
    { numRuns: 40 },
  )
})
