/**
 * Two hands at a thread: steps that they take, going by where thread and tools are and what pulls, as people do; places
 * alone would hold for one thread and one run of the solver. Where they are with it is state of the field.
 */
import { z } from 'zod'
import { TICK_S } from '../tissue/clock.ts'
import { CLOCK, type TissueField } from '../tissue/fieldtype.ts'
import { INSTRUMENTS } from '../tissue/tools/catalogue.ts'
import { TOOL } from '../tissue/tools/tool.ts'
import { axisOf, handOf, type Sight, tugAt } from './handsight.ts'
import { add, minus, unit, type Vector } from './vectors.ts'

/** Fields of a scene that say who they are. */
export const handsShape = {
  /** The thread that they handle. */
  thread: z.int().min(0).max(7),
  driver: z.int().min(0).max(3),
  holder: z.int().min(0).max(3),
  /** When they begin. */
  fromS: z.number().min(0).max(600),
}

export type Hands = z.infer<z.ZodObject<typeof handsShape>>

/** How a tip goes in a step: to a place by its end, by a way, or along a direction until the thread pulls so much, N. */
export type Way =
  | { readonly to: (see: Sight) => Vector }
  | { readonly by: (see: Sight) => Vector }
  | { readonly along: Vector; readonly newtons: number; readonly mmS: number }

export type Motion = {
  readonly way?: Way
  /** It waits while the thread pulls more than that, N. */
  readonly gently?: number
  readonly jaw?: number
  /** Direction in which jaws open. */
  readonly up?: (see: Sight) => Vector
}

/** Draws along a direction, of any length, until the thread pulls so much, N. */
export const draws = (along: Vector, newtons: number, mmS: number): Motion => ({
  way: { along: unit(along), newtons, mmS },
})

export type Step = {
  readonly seconds: number
  readonly driver?: Motion
  readonly holder?: Motion
  /** It is over as soon as this holds. */
  readonly until?: (see: Sight) => boolean
  /** What must hold at its end, or the hands go so many steps back. */
  readonly check?: { readonly that: (see: Sight) => boolean; readonly back: number }
}

/** What two hands do, from `fromS` on. */
export type Handling = { readonly hands: Hands; readonly steps: readonly Step[] }

/** Whether a tool is in one of these hands, now. */
export const isInHand = ({ hands }: Handling, field: TissueField, t: number): boolean =>
  (t === hands.driver || t === hands.holder) && field.clock[CLOCK.tick] >= hands.fromS / TICK_S

/** Moves the two hands for the tick that comes. @param free number of a tool that someone else moves */
export function playHands({ hands, steps }: Handling, field: TissueField, free: number): void {
  const { threads, clock } = field
  if (!threads || clock[CLOCK.tick] < hands.fromS / TICK_S || clock[CLOCK.step] >= steps.length) return
  const see = { field, threads, hands }
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
    if (motion && hands[who] !== free) move(see, hands[who], motion, ticks, left)
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
