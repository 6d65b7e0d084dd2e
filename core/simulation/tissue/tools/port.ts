/**
 * The port of a laparoscopic instrument: how far its shaft goes through the trocar's tube, and how the tube slides in the
 * wall, which holds it by friction.
 */
import { INSTRUMENTS } from './catalogue.ts'
import { HOLD_N_M, TOOL } from './tool.ts'

/** A trocar's tube: its radius, and how far it reaches into the body and out of it from where it turns when it is set, m (a 10 mm one). */
export const TROCAR = { radius: 0.0055, inside: 0.02, outside: 0.02 } as const

/** Force with which the valve of a trocar holds a shaft back along its axis, N (for review; 0.25–3 N are reported). */
export const VALVE_N = 0.6

/**
 * Force along its axis that moves a tube in the wall, N: 6.3 N for 10 mm ports set with a cutting trocar, as the operation
 * began (15.5 N with a blunt one; doi:10.1007/s00464-006-9142-3).
 */
export const FIXITY_N = 6.3

/** How far a tube slides in at most, m: then its head lies on the skin. */
const INWARDS = 0.018
/** Least depth of a tip behind the point about which its trocar turns, and the part of it that stays outside, m. */
export const LEAST_DEPTH = 0.005
const HANDLE = 0.04

/** The greatest depth of a tip behind the point about which its trocar turns, m: then its handle lies on the tube. */
export const deepest = (tool: Float64Array): number => INSTRUMENTS[tool[TOOL.kind]].length - HANDLE + tool[TOOL.slid]

/**
 * Slides the tube in a substep, where the hand's spring pulls by more than what the wall's friction bears: the hand pushes
 * it in by the handle, and draws it out by a tip that does not leave it, no farther than it was set. @param pull share of
 * its lag that a tool makes up in a substep
 */
export function slideTube(tool: Float64Array, pull: number): void {
  let shaft2 = 0
  let along = 0
  for (let i = 0; i < 3; i++) {
    const shaft = tool[TOOL.pivotX + i] - tool[TOOL.bx + i]
    shaft2 += shaft * shaft
    along += shaft * (tool[TOOL.gax + i] - tool[TOOL.pivotX + i])
  }
  if (!(shaft2 > 1e-12)) return
  const wanted = along / Math.sqrt(shaft2)
  const bears = FIXITY_N / HOLD_N_M
  const inwards = Math.max(0, wanted - deepest(tool) - bears)
  const outwards = Math.max(0, LEAST_DEPTH - wanted - bears)
  tool[TOOL.slid] = Math.max(0, Math.min(INWARDS, tool[TOOL.slid] + pull * (inwards - outwards)))
}
