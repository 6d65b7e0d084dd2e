/** Two hands that draw a slip knot: one closes it by its tail, the other slides it down by its post until it is set. */
import { z } from 'zod'
import { draws, type Handling, handsShape, type Motion, type Step } from './hands.ts'
import { backwards, isDrawnDown, knotFrom, type Sight } from './handsight.ts'
import { unit } from './vectors.ts'

const vector = z.tuple([z.number(), z.number(), z.number()])

export const slidingSchema = z.strictObject({
  kind: z.literal('slip-knot'),
  /** The driver has the post in its jaws, the holder the tail. */
  ...handsShape,
  /** Directions in which each is drawn. */
  post: vector,
  tail: vector,
  /** Middle of what the loop lies round, and how near to it the knot comes. */
  aroundMm: vector,
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
  const slacken: Motion = { way: { by: () => unit(sliding.post).map((x) => -SLACK * x) } }
  const isDown = (see: Sight) => knotFrom(see, sliding.aroundMm) < sliding.downMm
  const isSet = (see: Sight) => isDrawnDown(see, 0)
  const steps: Step[] = [
    { seconds: 2.5, holder: draws(sliding.tail, CLOSES, DRAWN) },
    { seconds: 0.1, holder: { jaw: 1 } },
    { seconds: 0.5, holder: { way: { by: backwards('holder', AWAY) } } },
    { seconds: 5, driver: draws(sliding.post, SLIDES, SMOOTH), until: isDown },
    ...Array.from({ length: TUGS }, (): Step[] => [
      { seconds: 0.3, driver: draws(sliding.post, FIRM, QUICK), until: isSet },
      { seconds: 0.2, driver: slacken, until: isSet },
    ]).flat(),
    { seconds: 0.3, driver: slacken },
    { seconds: 0.1, driver: { jaw: 1 } },
    { seconds: 0.5, driver: { way: { by: backwards('driver', AWAY) } } },
  ]
  return { hands: sliding, steps }
}

/** How far the post is slackened, and how far a tool is drawn back that has let go, mm. */
const SLACK = 3
const AWAY = 40
