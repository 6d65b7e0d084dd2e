/** Which instrument sound an instant makes: decided from the state before and after it. */
import type { JawKind } from '../../core/simulation/tissue/tools/catalogue.ts'
import type { Bone } from './steady.ts'
import type { Cue } from './strikes.ts'

/** Share of opening under which a box lock meets its teeth, and how many it has. */
const LOCK_FROM = 0.36
const TEETH = 3
/** Openings under which blades have met and a clip is shut. */
const SNIPPED = 0.12
const SHUT = 0.04

/** Teeth of a box lock that are passed at this opening (0 closed … 1 open). */
function teeth(jaw: number): number {
  return jaw >= LOCK_FROM ? 0 : Math.ceil(((LOCK_FROM - jaw) / LOCK_FROM) * TEETH)
}

const closedPast = (limit: number, before: number, now: number) => before > limit && now <= limit

/** Sound of jaws that move from one opening to another; null when they make none. Opening is silent. */
export function jawCue(kind: JawKind, before: number, now: number): Cue | null {
  switch (kind) {
    case 'needle-driver':
      return teeth(now) > teeth(before) ? 'ratchet' : null
    case 'scissors':
      return closedPast(SNIPPED, before, now) ? 'snip' : null
    case 'clip':
      return closedPast(SHUT, before, now) ? 'clip' : null
    default:
      return null
  }
}

/** Sound of a burr that passes from one thing into another. */
export function boneCue(before: Bone, now: Bone): Cue | null {
  if (now === 'inner-table' && before !== 'inner-table' && before !== 'none') return 'inner-table'
  return before === 'inner-table' && (now === 'none' || now === 'soft') ? 'breach' : null
}
