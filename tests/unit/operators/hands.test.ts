import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Eyes } from '../../../electron/operators/eyes.ts'
import { alongReach, leastJerk, reachSeconds } from '../../../electron/operators/hand.ts'
import { Surgeon } from '../../../electron/operators/surgeon.ts'
import { createTremor, randomFrom } from '../../../electron/operators/tremor.ts'
import { cross, distance, dot, length, turnToward, unit, type Vec } from '../../../electron/operators/vector.ts'
import { drainPatient } from '../session/drainsetup.ts'

const number = fc.double({ min: -400, max: 400, noNaN: true })
const vec: fc.Arbitrary<Vec> = fc.tuple(number, number, number)
const calm = { seed: 1, tremorMm: 0, delayMs: 0, actSeconds: 0.5, slowness: 1 }

test('a reach starts and ends at rest', () => {
  expect(leastJerk(0)).toBe(0)
  expect(leastJerk(1)).toBe(1)
  expect(leastJerk(0.001)).toBeLessThan(1e-7)
  expect(1 - leastJerk(0.999)).toBeLessThan(1e-7)
})

test('no reach is faster than half a metre a second', () => {
  fc.assert(
    fc.property(vec, vec, (from, to) => {
      const grip = { at: from, turn: turnToward([0, 0, -1], [1, 0, 0]), jaw: 0, buttons: 0 }
      const ticks = Math.ceil(reachSeconds(grip, to, grip.turn) * 100)
      let before = from
      for (let i = 1; i <= ticks; i++) {
        const { at } = alongReach(grip, to, grip.turn, i / ticks)
        expect(distance(before, at)).toBeLessThan(5.01)
        before = at
      }
      expect(distance(before, to)).toBeLessThan(1e-6)
    }),
  )
})

test('a tool is turned to point where it is aimed, edge as asked', () => {
  fc.assert(
    fc.property(vec, vec, (point, edge) => {
      fc.pre(length(point) > 1 && length(cross(unit(point), edge)) > 1)
      const [x, y, z, w] = turnToward(point, edge)
      const zAxis: Vec = [2 * (x * z + w * y), 2 * (y * z - w * x), 1 - 2 * (x * x + y * y)]
      const yAxis: Vec = [2 * (x * y - w * z), 1 - 2 * (x * x + z * z), 2 * (y * z + w * x)]
      expect(dot(zAxis, unit(point))).toBeCloseTo(-1, 6)
      expect(dot(yAxis, unit(point))).toBeCloseTo(0, 6)
      expect(dot(yAxis, edge)).toBeLessThan(0)
    }),
  )
})

test('tremor stays within its amplitude and comes close to it', () => {
  const tremor = createTremor(2, randomFrom(5))
  const sizes = Array.from({ length: 20_000 }, (_, tick) => length(tremor(tick)))
  expect(Math.max(...sizes)).toBeLessThanOrEqual(2)
  expect(Math.max(...sizes)).toBeGreaterThan(1.2)
})

test('what is felt arrives late by the delay', () => {
  const eyes = new Eyes(drainPatient(1), 20)
  const observed = new Float64Array(200)
  for (let tick = 1; tick <= 40; tick++) {
    observed[0] = tick / 100
    eyes.look(tick, observed, tick === 10 ? [{ type: 'dressed' }] : [])
    if (tick > 20) expect(eyes.see('time.seconds')).toBeCloseTo((tick - 20) / 100)
    expect(eyes.noticed.length).toBe(tick === 30 ? 1 : 0)
  }
})

test('what nobody can see does not arrive at all', () => {
  const eyes = new Eyes(drainPatient(1), 0)
  eyes.look(1, new Float64Array(200), [{ type: 'near', structure: 'bundle', tool: 'forceps', marginMm: 1 }])
  expect(eyes.noticed).toEqual([])
  expect(() => eyes.landmark('sternal-angle')).toThrow(RangeError)
})

test('hands send whole samples, and menu acts take their time', () => {
  const surgeon = new Surgeon(new Eyes(drainPatient(1), 0), calm)
  const work = surgeon.pick('scalpel')
  let tick = 0
  let actions = surgeon.send(tick).actions
  while (actions.length === 0) {
    work.next()
    actions = surgeon.send(++tick).actions
  }
  expect(tick).toBeGreaterThanOrEqual(50)
  expect(actions).toEqual([{ tick, hand: 0, verb: 'pick', object: 'scalpel' }])
  const { samples } = surgeon.send(tick)
  for (const { xUm10, q } of samples) for (const value of [...xUm10, ...q]) expect(Number.isInteger(value)).toBe(true)
})
