import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { nextUnit, seedRandom } from '../../../../../core/simulation/random.ts'
import { equal, jones, multiply, torusCode } from '../../../../../core/simulation/tissue/thread/knot/jones.ts'
import { recogniseKnot } from '../../../../../core/simulation/tissue/thread/knot/recognise.ts'
import { roederPath } from '../../../../../core/simulation/tissue/thread/knot/roeder.ts'
import { figureEight, type ThrowPlan, tied, turned } from './curves.ts'

const R: ThrowPlan = { winds: 1, hand: 1 }
const L: ThrowPlan = { winds: 1, hand: -1 }
const R2: ThrowPlan = { winds: 2, hand: 1 }

const PLANS = [
  { kind: 'none', plan: [] },
  { kind: 'overhand', plan: [R] },
  { kind: 'overhand', plan: [L] },
  { kind: 'double-throw', plan: [R2] },
  { kind: 'square', plan: [R, L] },
  { kind: 'square', plan: [L, R, L] },
  { kind: 'square', plan: [R, L, R, L] },
  { kind: 'granny', plan: [R, R] },
  { kind: 'granny', plan: [L, L] },
  { kind: 'granny', plan: [R, L, L] },
  { kind: 'surgeon', plan: [R2, L] },
  { kind: 'surgeon', plan: [R2, L, R] },
] as const

test('Jones polynomial of the right-handed trefoil is t + t³ − t⁴ (t = A⁻⁴); mirror and sum follow', () => {
  const right = jones(torusCode(3, 1))!
  expect(Object.fromEntries(right)).toEqual({ '-4': 1, '-12': 1, '-16': -1 })
  const left = jones(torusCode(3, -1))!
  expect(Object.fromEntries(left)).toEqual({ '4': 1, '12': 1, '16': -1 })
  expect(equal(multiply(right, left), multiply(right, right))).toBe(false)
  expect(Object.fromEntries(jones(torusCode(1, 1))!)).toEqual({ '0': 1 })
})

test.each(PLANS)(
  '$kind of $plan.length throws: kind, order, winds and hands, however it is turned and shaken',
  ({ kind, plan }) => {
    const flat = tied(plan)
    const sign = handOf(recogniseKnot(tied([R])))
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 }),
        fc.nat(),
        (q, seed) => {
          fc.pre(Math.hypot(...q) > 0.1)
          const random = new Uint32Array(4)
          seedRandom(random, seed)
          const knot = recogniseKnot(turned(flat, q, 0.06, () => nextUnit(random)))
          expect(knot.kind).toBe(kind)
          // neighbouring summands may be found joined: then the throws are known, but not their order
          const wanted = plan.map((t) => t.winds * t.hand * sign).sort()
          expect(knot.throws.map((t) => t.winds * t.hand).sort()).toEqual(wanted)
        },
      ),
      { numRuns: 40 },
    )
  },
)

test.each([2, 3, 4].flatMap((winds) => (['post', 'loop'] as const).map((lock) => ({ winds, lock }))))(
  'a Roeder knot of $winds winds locked about the $lock, however it is turned, shaken and mirrored',
  ({ winds, lock }) => {
    const path = roederPath(winds, lock)
    // with corners half-way, so that shaking moves more than the corners of the path
    const points = path.flatMap((a, i) => {
      const b = path[i + 1] ?? a
      return [...a, ...a.map((v, k) => (v + b[k]!) / 2)]
    })
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 }),
        fc.nat(),
        fc.boolean(),
        (q, seed, mirror) => {
          fc.pre(Math.hypot(...q) > 0.1)
          const random = new Uint32Array(4)
          seedRandom(random, seed)
          const given = points.map((v, i) => (mirror && i % 3 === 0 ? -v : v))
          const knot = recogniseKnot(turned(given, q, 0.1, () => nextUnit(random)))
          expect(knot.kind).toBe('roeder')
          expect(knot.throws.map((t) => [t.winds, t.hand])).toEqual([[winds, mirror ? -1 : 1]])
        },
      ),
      { numRuns: 20 },
    )
  },
)

test('a Roeder knot without its locking hitch, or with it drawn out, is another knot', () => {
  const path = roederPath(3, 'loop')
  const kinds = Array.from({ length: 10 }, (_, i) => recogniseKnot(path.slice(0, path.length - i).flat()).kind)
  expect(kinds[0]).toBe('roeder')
  expect(kinds.at(-1)).not.toBe('roeder')
})

test('throws come in the order in which they were tied, and the loop lies between the strands', () => {
  const points = tied([R2, L, R])
  const knot = recogniseKnot(points)
  expect(knot.throws.map((t) => t.winds)).toEqual([2, 1, 1])
  expect(knot.throws[1]!.hand).toBe(-knot.throws[0]!.hand)
  const middle = points.length / 6
  expect(knot.loop![0]).toBeLessThan(middle)
  expect(knot.loop![1]).toBeGreaterThan(middle)
})

test('the mirror image has the other hands', () => {
  const points = tied([R, L, L])
  const mirror = points.map((v, i) => (i % 3 === 0 ? -v : v))
  expect(recogniseKnot(mirror).throws.map((t) => -t.hand)).toEqual(recogniseKnot(points).throws.map((t) => t.hand))
})

test('a figure of eight is a knot, but none of throws', () => {
  expect(recogniseKnot(figureEight()).kind).toBe('other')
})

test('coils, kinks and a bight drawn through a loop are no knots', () => {
  const coil = Array.from({ length: 120 }, (_, i) => [Math.cos(i / 4), Math.sin(i / 4), i / 60]).flat()
  expect(recogniseKnot(coil).kind).toBe('none')
  // the first throw with its own end led back through: pulling the end draws it out
  expect(recogniseKnot(tied([R]).slice(0, 60)).kind).toBe('none')
})

test('throws about one straight strand are half hitches, whatever their hands', () => {
  expect(recogniseKnot(tied([R, L], [0, 0.5])).kind).toBe('half-hitches')
  expect(recogniseKnot(tied([R, R, L], [0.5, 0])).kind).toBe('half-hitches')
  expect(recogniseKnot(tied([R, L], [0.3, 0.3])).throws.map((t) => t.post)).toEqual([undefined, undefined])
})

function handOf(knot: ReturnType<typeof recogniseKnot>): number {
  return knot.throws[0]!.hand
}
