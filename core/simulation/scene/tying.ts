/** Two hands that tie an instrument tie: the holder winds the long end about the driver, which draws the short end through. */
import { z } from 'zod'
import { draws, type Handling, handsShape, type Motion, type Step } from './hands.ts'
import {
  acrossTail,
  backwards,
  beforeTail,
  handOf,
  holdsTail,
  isDrawnDown,
  type Sight,
  throwsIn,
  toolOf,
  tugAt,
  windsOn,
} from './handsight.ts'
import { add, type Vector } from './vectors.ts'

const point = z.tuple([z.number(), z.number(), z.number()])

export const tyingSchema = z.strictObject({
  kind: z.literal('instrument-tie'),
  /** The ends of the thread stand out of the tissue: its first end is the short one, its last is in the holder's jaws. */
  ...handsShape,
  /** The wound's middle on the surface. It runs along z; the short end stands out at its right, the long one at its left. */
  atMm: point,
  /** Winds of each throw, innermost first; each is laid against the one before. */
  winds: z.array(z.int().min(1).max(3)).min(1).max(4),
})

export type Tying = z.infer<typeof tyingSchema>

/** Way of the holder about the driver's tip, and seconds of each part: over it, down behind, back under it. */
const ROUND: readonly (readonly [number, Vector])[] = [
  [0.35, [-2, 18, 30]],
  [0.35, [22, 10, 28]],
  [0.3, [20, -5, 10]],
  [0.3, [6, -13, -18]],
  [0.3, [-18, -10, 6]],
  [0.25, [-18, 0, 30]],
]
/** Winds that the thread has lost, or not yet slipped off, count as such from there on. */
const LOST = 0.6
const LEFT = 0.7
/** Pull of a hand that feels its way, N. */
const GENTLE = 0.5
/** Pull that draws a throw down, one that sets it, and the last, N. */
const DRAWN = 1.2
const SET = 2.2
const FIRM = 3.6

/** One throw. @param side 1 where the short end is at the right, −1 where it is at the left */
function throwOf(at: Vector, winds: number, side: number, nth: number): Step[] {
  const here = (x: number, y: number, z: number) => (): Vector => [at[0] + side * x, at[1] + y, at[2] + z]
  const about = (p: Vector) => (see: Sight) => add(handOf(toolOf(see, 'driver')), [side * p[0], p[1], p[2]])
  const waits = (see: Sight): Vector => [at[0] - 12 * side, at[1] + 23, Math.min(beforeTail(7)(see)[2], at[2])]
  const beside = (mm: number): Motion => ({
    way: { to: (see) => add(beforeTail(mm)(see), [-8 * side, 4, 14]) },
  })
  const pull = (x: number, y: number, z: number, newtons: number, mmS: number) => draws([side * x, y, z], newtons, mmS)
  /** Both ends away from each other, the long one so much to the front. */
  const draw = (newtons: number, mmS: number, y: number, front: number) => ({
    driver: pull(-1, y, -front, newtons, mmS),
    holder: pull(1, y, front, newtons, mmS),
  })
  /** Onto the tissue, on the line along which it is drawn. */
  const down = (who: 'driver' | 'holder', front: number): Motion => ({
    way: {
      to: (see) => {
        const [x] = handOf(toolOf(see, who))
        return [x, at[1] + 0.4, at[2] + front * Math.abs(x - at[0])]
      },
    },
  })
  const isOff = (see: Sight) => windsOn(see) < LEFT
  const isSet = (see: Sight) => isDrawnDown(see, nth)
  const front = nth % 2 === 0 ? 0.5 : -0.3
  const winding: Step[] = [
    { seconds: 0.2, driver: { jaw: 0.6 } },
    { seconds: 0.4, driver: { way: { by: backwards('driver', 50) } } },
    { seconds: 0.6, driver: { way: { to: waits }, jaw: 0 } },
    { seconds: 0.4, holder: { way: { to: about([-28, 12, 28]) } } },
    ...Array.from({ length: winds }, () =>
      ROUND.map(([seconds, p]): Step => ({ seconds, holder: { way: { to: about(p) } } })),
    ).flat(),
  ]
  const taking: Step[] = [
    { seconds: 0.6, driver: { way: { to: beforeTail(7) } }, holder: beside(7) },
    { seconds: 0.2, driver: { way: { to: beforeTail(7) }, jaw: 0.6, up: acrossTail }, holder: beside(7) },
    { seconds: 0.3, driver: { way: { to: beforeTail(-3) }, up: acrossTail }, holder: beside(-3) },
    { seconds: 0.2, driver: { jaw: 0 }, check: { that: holdsTail, back: 2 } },
  ]
  const passing: Step[] = [
    { seconds: 0.7, driver: { way: { to: nth === 0 ? here(9, 18, 12) : here(7, 13, 20) }, gently: GENTLE } },
    { seconds: 0.3, holder: { way: { to: here(6, 29, -25) } } },
    { seconds: 0.3, holder: { way: { to: here(25, 17, -35) } } },
    {
      seconds: 2,
      driver: { way: { by: backwards('driver', 20) }, gently: GENTLE },
      holder: pull(1, -0.12, -1, 0.8, 120),
      until: (see) => isOff(see) && tugAt(see, see.hands.holder) > LEFT,
      check: { that: isOff, back: 0 },
    },
    { seconds: 0.2, driver: { way: { to: here(0, 14, 14) }, gently: GENTLE }, holder: pull(1, 0, -0.6, 0.35, 60) },
    { seconds: 0.5, driver: { way: { to: here(-12, 7, 12) }, gently: GENTLE }, holder: pull(1, 0, -0.6, 0.35, 60) },
  ]
  const drawing: Step[] = [
    { seconds: 2.2, ...draw(DRAWN, 60, -0.15, -0.5) },
    { seconds: 0.5, driver: down('driver', -front), holder: down('holder', front) },
    ...[1, 2, 3].flatMap((): Step[] => [
      { seconds: 1.6, ...draw(SET, 60, 0, front), until: isSet },
      { seconds: 0.3, ...slacken(3 * side, 3 * side), until: isSet },
    ]),
  ]
  const wound = winding.length + taking.length
  const again = (that: (see: Sight) => boolean, back: number): Step => ({ seconds: 0.05, check: { that, back } })
  return [
    ...winding,
    ...taking,
    again((see) => windsOn(see) > winds - LOST, wound),
    ...passing,
    again((see) => throwsIn(see) > nth, wound + 1 + passing.length),
    ...drawing,
  ]
}

/** Brings the ends nearer to each other, mm. */
const slacken = (driver: number, holder: number): Pick<Step, 'driver' | 'holder'> => ({
  driver: { way: { by: () => [driver, 0, 0] } },
  holder: { way: { by: () => [-holder, 0, 0] } },
})

/** The short end is left where it lies. */
const between = (side: number): Step[] => [
  { seconds: 0.3, ...slacken(3 * side, 5 * side) },
  { seconds: 0.2, driver: { jaw: 1 } },
  { seconds: 0.4, driver: { way: { by: backwards('driver', 40) } } },
]

const LEAVE: readonly Step[] = [
  { seconds: 0.2, driver: { jaw: 1 }, holder: { jaw: 1 } },
  { seconds: 0.6, driver: { way: { by: () => [4, 20, 40] } }, holder: { way: { by: () => [-20, 40, -10] } } },
]

/** The last pull. */
function firm(side: number): Step {
  return { seconds: 0.3, driver: draws([-side, 0, 0.3], FIRM, 60), holder: draws([side, 0, -0.3], FIRM, 60) }
}

/** Plans a tie. */
export function planTie(tying: Tying): Handling {
  const last = tying.winds.length - 1
  const steps = tying.winds.flatMap((winds, n) => {
    const side = n % 2 === 0 ? 1 : -1
    return [...throwOf(tying.atMm, winds, side, n), ...(n < last ? between(side) : [firm(side), ...LEAVE])]
  })
  return { hands: tying, steps }
}
