import type { Operator } from '../run.ts'
import { WELL_READ } from './talk.ts'
import { enterMiddle, type Style, treat } from './treat.ts'

/** How the case should be done. */
export const EXPERT: Style = {
  share: 0.4,
  cutMm: 30,
  pushN: 2.6,
  sweepDegrees: 370,
  tubeMm: 120,
  localMl: 11,
  beliefs: WELL_READ,
  forgets: [],
  film: 'after-relief',
  enter: enterMiddle,
}

export const expert: Operator = (duty) => treat(duty, EXPERT)
