/**
 * Two hands that tie an instrument tie: the holder winds the long end about the driver, which draws the short end through.
 * They look where thread and tools are and go by that, as people do; places alone would hold for one thread and one run
 * of the solver. Where they are with it is state of the field.
 */
import { z } from 'zod'
import { TICK_S } from '../tissue/clock.ts'
import { CLOCK, type TissueField } from '../tissue/fieldtype.ts'
import { INSTRUMENTS } from '../tissue/tools/catalogue.ts'
import { TOOL } from '../tissue/tools/tool.ts'
import {
  acrossTail,
  axisOf,
  beforeTail,
  handOf,
  holdsTail,
  isDrawnDown,
  type Sight,
  throwsIn,
  toolOf,
  tugAt,
  windsOn,
} from './tyingsight.ts'
import { add, minus, unit, type Vector } from './vectors.ts'

const point = z.tuple([z.number(), z.number(), z.number()])

export const tyingSchema = z.strictObject({
  /** The thread whose ends stand out of the tissue: its first end is the short one, its last is in the holder's jaws. */
  thread: z.int().min(0).max(7),
  driver: z.int().min(0).max(3),
  holder: z.int().min(0).max(3),
  /** When they begin. */
  fromS: z.number().min(0).max(600),
  /** The wound's middle on the surface. It runs along z; the short end stands out at its right, the long one at its left. */
  atMm: point,
  /** Winds of each throw, innermost first; each is laid against the one before. */
  winds: z.array(z.int().min(1).max(3)).min(1).max(4),
})

export type Tying = z.infer<typeof tyingSchema>

/** How a tip goes in a step: to a place by its end, by a way, or along a direction until the thread pulls so much, N. */
type Way =
  | { readonly to: (see: Sight) => Vector }
  | { readonly by: (see: Sight) => Vector }
  | { readonly along: Vector; readonly newtons: number; readonly mmS: number }

type Motion = {
  readonly way?: Way
  /** It waits while the thread pulls more than that, N. */
  readonly gently?: number
  readonly jaw?: number
  /** Direction in which jaws open. */
  readonly up?: (see: Sight) => Vector
}

type Step = {
  readonly seconds: number
  readonly driver?: Motion
  readonly holder?: Motion
  /** It is over as soon as this holds. */
  readonly until?: (see: Sight) => boolean
  /** What must hold at its end, or the hands go so many steps back. */
  readonly check?: { readonly that: (see: Sight) => boolean; readonly back: number }
}

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
  const back = (mm: number) => (see: Sight) => axisOf(toolOf(see, 'driver')).map((x) => mm * x)
  const waits = (see: Sight): Vector => [at[0] - 12 * side, at[1] + 23, Math.min(beforeTail(7)(see)[2], at[2])]
  const beside = (mm: number): Motion => ({
    way: { to: (see) => add(beforeTail(mm)(see), [-8 * side, 4, 14]) },
  })
  const pull = (x: number, y: number, z: number, newtons: number, mmS: number): Motion => ({
    way: { along: unit([side * x, y, z]), newtons, mmS },
  })
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
    { seconds: 0.4, driver: { way: { by: back(50) } } },
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
      driver: { way: { by: back(20) }, gently: GENTLE },
      holder: pull(1, -0.12, -1, 0.8, 120),
      until: (see) => isOff(see) && tugAt(see, see.tying.holder) > LEFT,
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
  { seconds: 0.4, driver: { way: { by: (see) => axisOf(toolOf(see, 'driver')).map((x) => 40 * x) } } },
]

const LEAVE: readonly Step[] = [
  { seconds: 0.2, driver: { jaw: 1 }, holder: { jaw: 1 } },
  { seconds: 0.6, driver: { way: { by: () => [4, 20, 40] } }, holder: { way: { by: () => [-20, 40, -10] } } },
]

/** The last pull. */
function firm(side: number): Step {
  const end = (x: number, z: number): Motion => ({ way: { along: unit([x, 0, z]), newtons: FIRM, mmS: 60 } })
  return { seconds: 0.3, driver: end(-side, 0.3), holder: end(side, -0.3) }
}

export type Tie = { readonly tying: Tying; readonly steps: readonly Step[] }

/** Plans a tie. */
export function planTie(tying: Tying): Tie {
  const last = tying.winds.length - 1
  const steps = tying.winds.flatMap((winds, n) => {
    const side = n % 2 === 0 ? 1 : -1
    return [...throwOf(tying.atMm, winds, side, n), ...(n < last ? between(side) : [firm(side), ...LEAVE])]
  })
  return { tying, steps }
}

/** Whether a tool is one of those that tie, now. */
export const isTying = ({ tying }: Tie, field: TissueField, t: number): boolean =>
  (t === tying.driver || t === tying.holder) && field.clock[CLOCK.tick] >= tying.fromS / TICK_S

/** Moves the two hands for the tick that comes. @param free number of a tool that someone else moves */
export function playTie({ tying, steps }: Tie, field: TissueField, free: number): void {
  const { threads, clock } = field
  if (!threads || clock[CLOCK.tick] < tying.fromS / TICK_S || clock[CLOCK.step] >= steps.length) return
  const see = { field, threads, tying }
  let step = steps[clock[CLOCK.step]]
  if (clock[CLOCK.stepTicks] > step.seconds / TICK_S - 0.5 || step.until?.(see)) {
    clock[CLOCK.stepTicks] = 0
    clock[CLOCK.step] += step.check && !step.check.that(see) ? -step.check.back : 1
    step = steps[clock[CLOCK.step]]
    if (step === undefined) return
  }
  const ticks = step.seconds / TICK_S
  const left = Math.max(1, ticks - clock[CLOCK.stepTicks]++)
  for (const who of ['driver', 'holder'] as const) {
    const motion = step[who]
    if (motion && tying[who] !== free) move(see, tying[who], motion, ticks, left)
  }
}

/** Moves a hand by one of a step's ticks, of which so many are left. */
function move(see: Sight, t: number, { way, gently = Infinity, jaw, up }: Motion, ticks: number, left: number): void {
  const row = see.field.each[t]
  const hand = handOf(row)
  const tip = way && tugAt(see, t) <= gently ? add(hand, advance(see, t, way, hand, ticks, left)) : hand
  const shaft = axisOf(row)
  const { length } = INSTRUMENTS[row[TOOL.kind]]
  for (let i = 0; i < 3; i++) {
    row[TOOL.gax + i] = tip[i] * 1e-3
    row[TOOL.gbx + i] = tip[i] * 1e-3 + shaft[i] * length
  }
  if (jaw !== undefined) row[TOOL.jaw] += (jaw - row[TOOL.jaw]) / left
  if (!up) return
  const now = [0, 1, 2].map((i) => row[TOOL.upX + i])
  row.set(unit(add(now, minus(up(see), now), 1 / left)), TOOL.upX)
}

/** How fast a hand gives way when the thread pulls more than it should, as a share of how fast it draws. */
const YIELDS = 0.3

/** How far a tip goes in this tick, mm. */
function advance(see: Sight, t: number, way: Way, hand: Vector, ticks: number, left: number): Vector {
  if ('to' in way) return minus(way.to(see), hand).map((x) => x / left)
  if ('by' in way) return way.by(see).map((x) => x / ticks)
  const lack = Math.max(-YIELDS, 1 - tugAt(see, t) / way.newtons)
  return way.along.map((x) => x * lack * way.mmS * TICK_S)
}
