import type { Operator } from '../run.ts'
import { EXPERT } from './expert.ts'
import { WELL_READ } from './talk.ts'
import { type Style, treat } from './treat.ts'

/** Knows the steps but not all the rules: leaves checks out, answers from habit, cuts long, works slowly. */
const NOVICE: Style = {
  ...EXPERT,
  cutMm: 43,
  share: 0.55,
  tubeMm: 95,
  forgets: ['allergy', 'bleeding-risk', 'kit-ready', 'draped', 'water-swings', 'tube-fogs'],
  beliefs: {
    answers: { ...WELL_READ.answers, 'not-required': 'absent-sounds', 'space-rule': 'nipple', suction: 'always' },
    plan: 'clamp',
  },
}

export const novice: Operator = (duty) => treat(duty, NOVICE)
