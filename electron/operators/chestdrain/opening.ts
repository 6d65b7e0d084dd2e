import { BUTTON } from '../../../core/simulation/contract.ts'
import type { Surgeon, Work } from '../surgeon.ts'
import type { Vec } from '../vector.ts'
import { above, middleOf, type Site } from './site.ts'

const INWARD: Vec = [0, 0, -1]

/** Marks the skin over the middle of the space. */
export function* markSite(s: Surgeon, site: Site): Work {
  const v = middleOf(site)
  yield* s.pick('marker')
  yield* s.reach(0, above(s, site.u, v, 10), s.turn(INWARD, [1, 0, 0]))
  yield* s.reach(0, above(s, site.u, v, -2))
  s.press(0, BUTTON.use)
  yield* s.until(() => s.eyes.see('mark.placed') > 0, 2)
  s.press(0, 0)
  yield* s.reach(0, above(s, site.u, v, 40))
}

/** How a cut is made: along the rib, centred on a point of the skin. */
export type Cut = { readonly u: number; readonly v: number; readonly slope: number; readonly lengthMm: number }

/** Cuts through the skin, parallel to the rib, in one stroke. */
export function* incise(s: Surgeon, cut: Cut): Work {
  const run = 1 / Math.hypot(1, cut.slope)
  const at = (along: number, height: number): Vec =>
    above(s, cut.u + along * run, cut.v + along * run * cut.slope, height)
  const half = cut.lengthMm / 2
  yield* s.pick('scalpel')
  yield* s.reach(0, at(-half, 12), s.turn(INWARD, [run, run * cut.slope, 0]))
  yield* s.reach(0, at(-half, -CUT_DEPTH_MM), undefined, 0.5)
  const steps = Math.ceil((cut.lengthMm / CUT_MM_S) * 100)
  for (let i = 1; i <= steps; i++) {
    s.place(0, at(-half + (cut.lengthMm * i) / steps, -CUT_DEPTH_MM))
    yield
  }
  yield* s.reach(0, at(half, 12), undefined, 0.5)
  yield* s.reach(0, at(half, 40))
}

/** How deep below the skin the hand leads the blade, mm, and how fast, mm/s. */
const CUT_DEPTH_MM = 6
const CUT_MM_S = 12

/** How the artery forceps go in. `pushN`: force at which the jaws are spread. */
export type Dissection = {
  readonly u: number
  readonly v: number
  readonly slope: number
  readonly pushN: number
  readonly brace: 'braced' | 'free'
}

/** How far the forceps go at a bite, mm, how fast, mm/s, how wide they spread, and when there is no getting through. */
const BITE_MM = 6
const PUSH_MM_S = 10
const SPREAD = 0.75
const MOST_BITES = 120

/**
 * Works the closed forceps inward, spreading along the rib again and again, until air hisses; answers the depth of the
 * pleura as read off the shaft, mm.
 */
export function* dissect(s: Surgeon, how: Dissection): Work<number> {
  yield* s.pick('forceps')
  const turn = s.turn(INWARD, [-how.slope, 1, 0])
  yield* s.reach(0, above(s, how.u, how.v, 12), turn)
  s.press(0, how.brace === 'braced' ? BUTTON.brace : 0)
  yield* s.reach(0, above(s, how.u, how.v, 1))
  const isThrough = () => s.eyes.see('wall.pleuraOpen') > 0
  const feelsFirm = () => isThrough() || s.eyes.see('hand0.forceN') >= how.pushN
  let pleura = 0
  for (let bite = 0; bite < MOST_BITES && !isThrough(); bite++) {
    // The last depth before it gives is the pleura's: what follows is how far the tip ran on.
    pleura = Math.max(pleura, s.eyes.see('hand0.depthMm'))
    yield* s.advance(0, above(s, how.u, how.v, s.heightOf(0) - BITE_MM), PUSH_MM_S, feelsFirm)
    if (isThrough()) break
    yield* s.squeeze(0, SPREAD, 0.25)
    yield* s.wait(0.05)
    yield* s.squeeze(0, 0, 0.2)
  }
  yield* s.squeeze(0, 1, 0.6)
  yield* s.reach(0, above(s, how.u, how.v, 12), undefined, 1)
  yield* s.squeeze(0, 0, 0.3)
  s.press(0, 0)
  yield* s.reach(0, above(s, how.u, how.v, 40))
  return pleura + 1
}

/** Where the forceps go on from: the tract, and how far past what the lung bears. */
export type PressOn = { readonly u: number; readonly v: number; readonly pleuraMm: number; readonly marginMm: number }

/** How far blunt forceps may dent the lung before it tears, mm, and force that tells the lung from air, N. */
const LUNG_GIVE_MM = 2
const TOUCH_N = 0.02
/** The lung rises and falls: it is felt for this long, seconds, and then held against through whole breaths. */
const FEEL_SECONDS = 9
const HOLD_SECONDS = 6
const BACK_OFF_MM = 4

/** Goes on through the tract with closed forceps and stands `marginMm` past what the lung bears when it comes highest. */
export function* pressOn(s: Surgeon, on: PressOn): Work {
  const at = (height: number): Vec => above(s, on.u, on.v, height)
  yield* s.pick('forceps')
  yield* s.reach(0, at(12), s.turn(INWARD, [0, 1, 0]))
  yield* s.reach(0, at(-(on.pleuraMm + 1)))
  let highest = Number.NEGATIVE_INFINITY
  for (let felt = 0; felt < FEEL_SECONDS * 3; felt++) {
    const touches = () => s.eyes.see('hand0.forceN') > TOUCH_N
    const way = yield* s.advance(0, at(-(on.pleuraMm + 80)), 40, touches)
    if (way === 'arrived') break
    highest = Math.max(highest, s.heightOf(0))
    yield* s.reach(0, at(s.heightOf(0) + BACK_OFF_MM), undefined, 0.1)
    yield* s.wait(0.1)
  }
  yield* s.reach(0, at(highest - LUNG_GIVE_MM - on.marginMm), undefined, 0.4)
  yield* s.wait(HOLD_SECONDS)
  yield* s.reach(0, at(12), undefined, 0.8)
  yield* s.reach(0, at(40))
}
