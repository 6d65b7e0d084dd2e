import type { Duty, Operator } from '../run.ts'
import type { Work } from '../surgeon.ts'
import { EXPERT } from './expert.ts'
import { dissect, incise, pressOn } from './opening.ts'
import { middleOf, type Site } from './site.ts'
import { type Style, treat } from './treat.ts'
import type { Tract } from './tube.ts'

/**
 * How far below the lower border of the upper rib, as it is felt, closed forceps must stay to spare the bundle in its
 * groove, mm: half the bundle and half the tip.
 */
const BUNDLE_LIMIT_MM = 5
/** Closer to the border than this the tip slips off the bone, mm. */
const BONE_MM = 2
/** mm of the wide finger sweep's circle that one degree stands for: the finger turns on a radius of 8 mm. */
const DEGREES_PER_MM = 360 / (2 * Math.PI * 8)
/** Degrees that count as all the way round. */
const WHOLE_SWEEP = 330

/** Goes in close under the upper rib instead of through the middle of the space. */
export const belowTheRib: Operator = (duty) => treat(duty, { ...EXPERT, enter: enterUnderRib })

/** Lets the forceps run on inward, unbraced, until they stand in the lung. */
export const tooDeep: Operator = (duty) => treat(duty, { ...EXPERT, enter: enterTooDeep })

/** Turns the finger, but not all the way round. */
export const noSweep: Operator = (duty) =>
  treat(duty, { ...EXPERT, sweepDegrees: WHOLE_SWEEP - duty.marginMm * DEGREES_PER_MM })

/** Asks for a film first; within its limit, only after the air is out. */
export const imageFirst: Operator = (duty) =>
  treat(duty, { ...EXPERT, film: duty.marginMm > 0 ? 'before-relief' : 'after-relief' })

function* enterUnderRib({ surgeon, marginMm }: Duty, site: Site, style: Style): Work<Tract> {
  const v = site.upper - Math.max(BONE_MM, BUNDLE_LIMIT_MM - marginMm)
  yield* incise(surgeon, { u: site.u, v, slope: site.slope, lengthMm: style.cutMm })
  const pleuraMm = yield* dissect(surgeon, { ...site, v, pushN: style.pushN, brace: 'braced' })
  return { u: site.u, v, pleuraMm }
}

function* enterTooDeep({ surgeon, marginMm }: Duty, site: Site, style: Style): Work<Tract> {
  const v = middleOf(site)
  yield* incise(surgeon, { u: site.u, v, slope: site.slope, lengthMm: style.cutMm })
  const pleuraMm = yield* dissect(surgeon, { ...site, v, pushN: style.pushN, brace: 'braced' })
  yield* pressOn(surgeon, { u: site.u, v, pleuraMm, marginMm })
  return { u: site.u, v, pleuraMm }
}
