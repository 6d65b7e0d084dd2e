/** Reports that a tool begins to touch something, or presses harder by another 5 N. */
import { type Hand, STRUCTURES, TOOLS } from './contract.ts'
import { type Context, HAND } from './worldstate.ts'

const STEP_N = 5

/** Compares this tick's contact of a hand with what it touched before (a STRUCTURES code). */
export function reportContact(ctx: Context, hand: Hand, before: number): void {
  const h = ctx.hands[hand]
  const structure = h[HAND.structure]!
  if (structure === 0) {
    h[HAND.contactStep] = 0
    return
  }
  const step = Math.floor(h[HAND.force]! / STEP_N)
  const isNew = structure !== before
  if (!isNew && step <= h[HAND.contactStep]!) return
  h[HAND.contactStep] = isNew ? step : Math.max(step, h[HAND.contactStep]!)
  ctx.events.push({
    type: 'contact',
    hand,
    tool: TOOLS[h[HAND.tool]!]!,
    structure: STRUCTURES[structure]!,
    forceN: h[HAND.force]!,
    uMm: h[HAND.u]!,
    vMm: h[HAND.v]!,
  })
}
