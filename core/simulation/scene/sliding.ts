/** Two hands that draw a slip knot: one closes it by its tail, the other slides it down by its post until it is set. */
import { z } from 'zod'
import { type Handling, handsShape, type Motion, type Step } from './hands.ts'
import { axisOf, isDrawnDown, knotFrom, type Sight, toolOf } from './handsight.ts'
import { unit, type Vector } from './vectors.ts'

const direction = z.tuple([z.number(), z.number(), z.number()])

export const slidingSchema = z.strictObject({
  kind: z.literal('slip-knot'),
  /** The driver has the post in its jaws, the holder the tail. */
  ...handsShape,
  /** Directions in which each is drawn. */
  post: direction,
  tail: direction,
  /** Middle of what the loop lies round, and how near to it the knot comes. */
  aroundMm: direction,
  downMm: z.number().min(1).max(50),
})

export type Sliding = z.infer<typeof slidingSchema>

/** Pull that closes the knot, one at which it slides, and a firm one, N. */
const CLOSES = 2.5
const SLIDES = 1.5
const FIRM = 6
/** How fast the tail is drawn, a knot slides smoothly, and a tug is, mm/s. */
const DRAWN = 60
const SMOOTH = 25
const QUICK = 120
/** Tugs at most that set it. */
const TUGS = 5

/** Plans how a slip knot is drawn. */
export function planSlide(sliding: Sliding): Handling {
  const draw = (along: Vector, newtons: number, mmS: number): Motion => ({ way: { along: unit(along), newtons, mmS } })
  const slacken: Motion = { way: { by: () => unit(sliding.post).map((x) => -SLACK * x) } }
  const away = (who: 'driver' | 'holder'): Motion => ({
    way: { by: (see) => axisOf(toolOf(see, who)).map((x) => AWAY * x) },
  })
  const isDown = (see: Sight) => knotFrom(see, sliding.aroundMm) < sliding.downMm
  const isSet = (see: Sight) => isDrawnDown(see, 0)
  const steps: Step[] = [
    { seconds: 2.5, holder: draw(sliding.tail, CLOSES, DRAWN) },
    { seconds: 0.1, holder: { jaw: 1 } },
    { seconds: 0.5, holder: away('holder') },
    { seconds: 5, driver: draw(sliding.post, SLIDES, SMOOTH), until: isDown },
    ...Array.from({ length: TUGS }, (): Step[] => [
      { seconds: 0.3, driver: draw(sliding.post, FIRM, QUICK), until: isSet },
      { seconds: 0.2, driver: slacken, until: isSet },
    ]).flat(),
    { seconds: 0.3, driver: slacken },
    { seconds: 0.1, driver: { jaw: 1 } },
    { seconds: 0.5, driver: away('driver') },
  ]
  return { hands: sliding, steps }
}

/** How far the post is slackened, and how far a tool is drawn back that has let go, mm. */
const SLACK = 3
const AWAY = 40
