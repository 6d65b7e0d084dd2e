import type { Surgeon, Work } from '../surgeon.ts'
import type { Vec } from '../vector.ts'
import { above } from './site.ts'

const INWARD: Vec = [0, 0, -1]
/** Up towards the apex, back along the wall, and far enough inward to pass the hole. */
const UP_AND_BACK: Vec = [-0.32, 0.62, -0.72]
/** How far past the pleura the finger goes to sweep, and how wide, mm. */
const SWEEP_DEPTH_MM = 16
const SWEEP_RADIUS_MM = 10
const SWEEP_DEGREES_S = 110
/** Whole skin begins so far above the cut, mm. */
const BESIDE_MM = 13
/** How far behind the skin the hand aims when it stitches and dresses, mm, and how often it tries. */
const PRESS_MM = 7
const ATTEMPTS = 5

/** A way through the wall: where it begins on the skin and how deep the pleura lies. */
export type Tract = { readonly u: number; readonly v: number; readonly pleuraMm: number }

/** Puts the finger through the tract and turns it round inside by so many degrees. */
export function* sweepWithFinger(s: Surgeon, tract: Tract, degrees: number): Work {
  yield* s.pick('finger')
  yield* s.reach(0, above(s, tract.u, tract.v, 12), s.turn(INWARD, [1, 0, 0]))
  yield* s.reach(0, above(s, tract.u, tract.v, 0))
  const deep = -(tract.pleuraMm + SWEEP_DEPTH_MM)
  yield* s.advance(0, above(s, tract.u, tract.v, deep), 30, () => false)
  yield* s.until(() => s.eyes.see('finger.inPleura') > 0, 2)
  if (degrees > 0) {
    const middle = s.eyes.toField(s.grip(0).at)
    const at = (turned: number): Vec => {
      const angle = ((turned + 45) * Math.PI) / 180
      return s.eyes.toBody([
        middle[0] + SWEEP_RADIUS_MM * Math.cos(angle),
        middle[1] + SWEEP_RADIUS_MM * Math.sin(angle),
        middle[2],
      ])
    }
    yield* s.reach(0, at(0))
    yield* s.wait(0.3)
    for (let turned = 0; turned < degrees; turned += SWEEP_DEGREES_S / 100) {
      s.place(0, at(Math.min(turned, degrees)))
      yield
    }
    s.place(0, at(degrees))
    yield* s.wait(0.3)
    yield* s.reach(0, s.eyes.toBody(middle))
  }
  yield* s.reach(0, above(s, tract.u, tract.v, 10))
  yield* s.reach(0, above(s, tract.u, tract.v, 40))
}

/** Feeds the tube up and back until all its holes are well inside; answers the depth at the skin mark, mm. */
export function* insertTube(s: Surgeon, tract: Tract, depthMm: number): Work<number> {
  yield* s.pick('drain')
  yield* s.reach(0, above(s, tract.u, tract.v, 12), s.turn(INWARD, [0, 1, 0]))
  yield* s.reach(0, above(s, tract.u, tract.v, 0))
  yield* s.advance(0, above(s, tract.u, tract.v, -(tract.pleuraMm + 8)), 25, () => s.eyes.see('drain.inserted') > 0)
  yield* s.until(() => s.eyes.see('drain.inserted') > 0, 1)
  const entry = s.grip(0).at
  yield* s.reach(0, entry, s.turn(UP_AND_BACK, [0, 1, 0]), 0.8)
  const way = s.eyes.direction(...UP_AND_BACK)
  const reach = depthMm + 30
  const end: Vec = [entry[0] + way[0] * reach, entry[1] + way[1] * reach, entry[2] + way[2] * reach]
  yield* s.advance(0, end, 45, () => s.eyes.see('drain.depthMm') >= depthMm)
  yield* s.wait(0.3)
  yield* s.put()
  return s.eyes.see('drain.depthMm')
}

/** Joins the tube to the seal, below the chest. */
export function* connectSeal(s: Surgeon): Work {
  yield* s.act('connect', 'seal')
  yield* s.act('seal', 'below-chest')
}

/** Stitches the tube to the skin and dresses the wound; looks each time whether it held, and tries again beside it. */
export function* secure(s: Surgeon, tract: Tract): Work {
  const beside = (attempt: number, heightMm: number): Vec =>
    above(s, tract.u, tract.v + BESIDE_MM + 3 * attempt, heightMm)
  yield* s.reach(0, beside(0, 40), s.turn(INWARD, [1, 0, 0]))
  yield* s.pick('needle-driver')
  for (let attempt = 0; attempt < ATTEMPTS && s.eyes.see('fix.done') === 0; attempt++) {
    yield* s.squeeze(0, 1, 0.3)
    yield* s.reach(0, beside(attempt, -PRESS_MM))
    yield* s.squeeze(0, 0, 0.4)
    yield* s.until(() => s.eyes.see('stitches.count') > 0, 1)
    yield* s.act('fix', 'drain')
    yield* s.until(() => s.eyes.see('fix.done') > 0, 0.5)
  }
  yield* s.reach(0, beside(0, 40))
  yield* s.pick('dressing')
  for (let attempt = 0; attempt < ATTEMPTS && s.eyes.see('dressing.done') === 0; attempt++) {
    yield* s.reach(0, beside(attempt, -PRESS_MM))
    yield* s.until(() => s.eyes.see('dressing.done') > 0, 2)
  }
  yield* s.reach(0, beside(0, 40))
  yield* s.put()
}
