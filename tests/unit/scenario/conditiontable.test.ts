import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Condition, conditionSchema } from '../../../core/scenario/condition.ts'
import { ConditionTable } from '../../../core/scenario/conditiontable.ts'
import { CaseLedger } from '../../../core/scenario/ledger.ts'
import { planCase } from '../../../core/scenario/plan.ts'
import type { Action, SimEvent } from '../../../core/simulation/contract.ts'
import { act, hit, observed, tinyCase } from './fixture.ts'

const source = tinyCase()

function tableOf(...conditions: Condition[]) {
  const table = new ConditionTable(conditions, new CaseLedger(planCase(source, 'one'), 'left'))
  let tick = 0
  return {
    table,
    isTrue: (index = 0) => table.isTrue(table.roots[index]),
    step({ events = [], actions = [], spo2 = 98 }: { events?: SimEvent[]; actions?: Action[]; spo2?: number } = {}) {
      for (const event of events) table.noteEvent(event, tick)
      for (const action of actions) table.noteAction(action, tick)
      table.settle(tick, observed({ 'vitals.spo2': spo2 }))
      tick++
    },
  }
}

const lungHit: Condition = { is: 'hit', structure: 'lung' }
const low: Condition = { is: 'observe', name: 'vitals.spo2', atMost: 90 }
const oxygen: Condition = { is: 'action', verb: 'order', object: 'oxygen' }
const film: Condition = { is: 'action', verb: 'order', object: ['film', 'scan'] }

describe('conditions', () => {
  test('an event is a mark: it stays true', () => {
    const run = tableOf(lungHit)
    run.step()
    expect(run.isTrue()).toBe(false)
    run.step({ events: [hit('lung')] })
    run.step()
    expect(run.isTrue()).toBe(true)
  })

  test('an event must match every field named', () => {
    const run = tableOf(
      { is: 'hit', structure: ['lung', 'heart'], byMm: { atLeast: 2 } },
      { is: 'hit', tool: 'scalpel' },
    )
    run.step({ events: [hit('lung', 1.9), hit('bundle', 5)] })
    expect([run.isTrue(0), run.isTrue(1)]).toEqual([false, false])
    run.step({ events: [hit('lung', 2)] })
    expect([run.isTrue(0), run.isTrue(1)]).toEqual([true, false])
  })

  test('times counts events', () => {
    const run = tableOf({ ...lungHit, times: 3 } as Condition)
    run.step({ events: [hit('lung'), hit('lung')] })
    expect(run.isTrue()).toBe(false)
    run.step({ events: [hit('lung')] })
    expect(run.isTrue()).toBe(true)
  })

  test('an observed figure is a level', () => {
    const run = tableOf(low)
    run.step({ spo2: 85 })
    expect(run.isTrue()).toBe(true)
    run.step({ spo2: 95 })
    expect(run.isTrue()).toBe(false)
  })

  test('before: the first came while the second never had', () => {
    const first = tableOf({ is: 'before', first: film, second: oxygen })
    first.step({ actions: [act('order', 'film')] })
    first.step({ actions: [act('order', 'oxygen')] })
    expect(first.isTrue()).toBe(true)
    const second = tableOf({ is: 'before', first: film, second: oxygen })
    second.step({ actions: [act('order', 'oxygen')] })
    second.step({ actions: [act('order', 'scan')] })
    expect(second.isTrue()).toBe(false)
  })

  test('held needs an unbroken time', () => {
    const run = tableOf({ is: 'held', seconds: 0.05, of: low })
    for (let i = 0; i < 4; i++) run.step({ spo2: 85 })
    run.step({ spo2: 95 })
    for (let i = 0; i < 5; i++) run.step({ spo2: 85 })
    expect(run.isTrue()).toBe(false)
    run.step({ spo2: 85 })
    expect(run.isTrue()).toBe(true)
  })

  test('within counts from its start', () => {
    const late = tableOf({ is: 'within', seconds: 0.02, of: oxygen, after: film })
    late.step({ actions: [act('order', 'film')] })
    for (let i = 0; i < 2; i++) late.step()
    late.step({ actions: [act('order', 'oxygen')] })
    expect(late.isTrue()).toBe(false)
    const timely = tableOf({ is: 'within', seconds: 0.02, of: oxygen, after: film })
    timely.step({ actions: [act('order', 'film')] })
    timely.step({ actions: [act('order', 'oxygen')] })
    expect(timely.isTrue()).toBe(true)
  })

  test('last follows the last choice, both ways', () => {
    const run = tableOf({ is: 'last', verb: 'side', object: 'well-side' })
    run.step({ actions: [act('side', 'well-side')] })
    expect(run.isTrue()).toBe(true)
    run.step({ actions: [act('side', 'sick-side')] })
    expect(run.isTrue()).toBe(false)
    run.step({ actions: [act('order', 'well-side')] })
    expect(run.isTrue()).toBe(false)
  })

  test('unknown keys, kinds and structures are refused', () => {
    expect(conditionSchema.safeParse({ is: 'hit', structure: 'lung', hard: true }).success).toBe(false)
    expect(conditionSchema.safeParse({ is: 'hit', structure: 'soul' }).success).toBe(false)
    expect(conditionSchema.safeParse({ is: 'next' }).success).toBe(false)
    expect(conditionSchema.safeParse({ is: 'observe', name: 'vitals.mood' }).success).toBe(false)
  })
})

describe('properties of conditions', () => {
  const leaf = fc.constantFrom<Condition>(lungHit, low, oxygen, film, { is: 'elapsed', seconds: 0.03 })
  const tree = fc.letrec<{ tree: Condition }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      leaf,
      fc.record({
        is: fc.constantFrom('all' as const, 'any' as const),
        of: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }),
      }),
      fc.record({ is: fc.constant('not' as const), of: tie('tree') }),
      fc.record({ is: fc.constant('held' as const), seconds: fc.constant(0.02), of: tie('tree') }),
      fc.record({ is: fc.constant('before' as const), first: tie('tree'), second: tie('tree') }),
    ) as fc.Arbitrary<Condition>,
  })).tree
  const moment = fc.record({
    events: fc.array(fc.constantFrom(hit('lung'), hit('bundle')), { maxLength: 2 }),
    actions: fc.array(fc.constantFrom(act('order', 'oxygen'), act('order', 'film')), { maxLength: 2 }),
    spo2: fc.constantFrom(80, 95),
  })
  const story = fc.array(moment, { maxLength: 12 })

  test('not any is all not', () =>
    fc.assert(
      fc.property(tree, tree, story, (a, b, moments) => {
        const run = tableOf(
          { is: 'not', of: { is: 'any', of: [a, b] } },
          {
            is: 'all',
            of: [
              { is: 'not', of: a },
              { is: 'not', of: b },
            ],
          },
        )
        for (const each of moments) {
          run.step(each)
          expect(run.isTrue(0)).toBe(run.isTrue(1))
        }
      }),
    ))

  test('two things cannot each come before the other', () =>
    fc.assert(
      fc.property(tree, tree, story, (a, b, moments) => {
        const run = tableOf({ is: 'before', first: a, second: b }, { is: 'before', first: b, second: a })
        for (const each of moments) run.step(each)
        expect(run.isTrue(0) && run.isTrue(1)).toBe(false)
      }),
    ))

  test('marks never go back', () =>
    fc.assert(
      fc.property(tree, tree, story, (a, b, moments) => {
        const run = tableOf({ is: 'before', first: a, second: b }, { is: 'held', seconds: 0.02, of: a }, lungHit)
        const was = [false, false, false]
        for (const each of moments) {
          run.step(each)
          was.forEach((before, i) => {
            if (before) expect(run.isTrue(i)).toBe(true)
            was[i] = run.isTrue(i)
          })
        }
      }),
    ))

  test('a random tree is valid by its own schema', () =>
    fc.assert(
      fc.property(tree, (condition) => {
        expect(conditionSchema.parse(condition)).toEqual(condition)
      }),
    ))
})
