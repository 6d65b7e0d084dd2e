import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  ACTIONS_PER_TICK,
  admitActions,
  admitSample,
  CHANNEL,
  REACH_UM10,
  restFrame,
} from '../../../core/session/gate.ts'
import { sampleAt } from '../../../core/session/replay.ts'
import type { Action, InstrumentSample } from '../../../core/simulation/contract.ts'

const anything = fc.double()
const samples: fc.Arbitrary<InstrumentSample> = fc.record({
  xUm10: fc.tuple(anything, anything, anything),
  q: fc.tuple(anything, anything, anything, anything),
  jaw: anything,
  buttons: anything,
})

test('whatever a device sends, whole numbers within a person’s reach come through', () => {
  fc.assert(
    fc.property(samples, fc.constantFrom(0 as const, 1 as const), (sample, hand) => {
      const frame = restFrame()
      admitSample(sample, hand, frame)
      const admitted = sampleAt(frame, 0, hand)
      for (const x of admitted.xUm10) expect(Math.abs(x)).toBeLessThanOrEqual(REACH_UM10)
      expect(Math.hypot(...admitted.q)).toBeGreaterThan(0)
      for (const part of admitted.q) expect(Math.abs(part)).toBeLessThanOrEqual(32767)
      expect(admitted.jaw).toBeGreaterThanOrEqual(0)
      expect(admitted.jaw).toBeLessThanOrEqual(255)
      expect(admitted.buttons & ~0xff).toBe(0)
    }),
  )
})

test('what came through once comes through again unchanged: replay meets the same gate', () => {
  fc.assert(
    fc.property(samples, (sample) => {
      const first = restFrame()
      admitSample(sample, 0, first)
      const second = restFrame()
      admitSample(sampleAt(first, 0, 0), 0, second)
      expect(second).toEqual(first)
    }),
  )
})

test('a value that is not a number holds the one before', () => {
  const frame = restFrame()
  admitSample({ xUm10: [100, 200, 300], q: [0, 0, 0, 32767], jaw: 10, buttons: 1 }, 0, frame)
  admitSample({ xUm10: [Number.NaN, 201, 300], q: [0, 0, 0, 0], jaw: Number.NaN, buttons: 0 }, 0, frame)
  expect(frame[CHANNEL.x]).toBe(100)
  expect(frame[CHANNEL.y]).toBe(201)
  expect(frame[CHANNEL.qw]).toBe(32767)
  expect(frame[CHANNEL.jaw]).toBe(10)
})

test('actions are stamped with the tick in which they come', () => {
  const { actions } = admitActions([{ tick: 99, hand: 0, verb: 'pick', object: 'scalpel' }], 7)
  expect(actions).toEqual([{ tick: 7, hand: 0, verb: 'pick', object: 'scalpel' }])
})

test.each<Partial<Action> | { hand: number }>([
  { verb: 'Pick' },
  { verb: '' },
  { verb: 'a'.repeat(40) },
  { object: '../etc' },
  { object: 'ж' },
  { hand: 2 },
  { value: Number.NaN },
  { value: Number.POSITIVE_INFINITY },
  { value: 1e9 },
])('a malformed action stays outside: %o', (fault) => {
  const action = { tick: 0, hand: 0, verb: 'pick', object: 'scalpel', ...fault } as Action
  expect(admitActions([action], 0)).toEqual({ actions: [], refused: [{ action, reason: 'malformed' }] })
})

test('no more actions in a tick than a person could send', () => {
  const many = Array.from(
    { length: ACTIONS_PER_TICK + 3 },
    (): Action => ({ tick: 0, hand: 0, verb: 'check', object: 'x' }),
  )
  const { actions, refused } = admitActions(many, 0)
  expect(actions.length).toBe(ACTIONS_PER_TICK)
  expect(refused.map(({ reason }) => reason)).toEqual(['too-many', 'too-many', 'too-many'])
})
