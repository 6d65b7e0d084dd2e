import type { InstrumentSample } from '../../core/simulation/contract.ts'
import { add, distance, mix, type Turn, turnDegrees, turnMix, type Vec } from './vector.ts'

/** Where a hand holds its tool: tip in mm (body frame), rotation tool → body, jaw 0–1, button bits. */
export type Grip = { at: Vec; turn: Turn; jaw: number; buttons: number }

/** Fastest that a hand moves a tool, mm/s, and turns it, degrees/s. A quick careful reach, not a blow. */
const TOP_SPEED = 500
const TOP_TURN = 180

/**
 * Position along a reach at a share of its time: least jerk from rest to rest.
 * Source: Flash & Hogan 1985, doi:10.1523/JNEUROSCI.05-07-01688.1985
 */
export function leastJerk(share: number): number {
  const s = Math.min(1, Math.max(0, share))
  return s * s * s * (10 - 15 * s + 6 * s * s)
}

/** The shortest time in seconds in which a hand can go from one grip to another. */
export function reachSeconds(from: Grip, at: Vec, turn: Turn): number {
  // A least-jerk reach peaks at 1.875 times its mean speed.
  const travel = (1.875 * distance(from.at, at)) / TOP_SPEED
  const rotation = (1.875 * turnDegrees(from.turn, turn)) / TOP_TURN
  return Math.max(travel, rotation, 0.02)
}

/** The grip at a share of the time of a reach. */
export function alongReach(from: Grip, at: Vec, turn: Turn, share: number): { at: Vec; turn: Turn } {
  const way = leastJerk(share)
  return { at: mix(from.at, at, way), turn: turnMix(from.turn, turn, way) }
}

/** What the device sends of a grip, shaken by `shake` millimetres. */
export function sampleOf(grip: Grip, shake: Vec): InstrumentSample {
  const [x, y, z] = add(grip.at, shake)
  return {
    xUm10: [Math.round(x * 100), Math.round(y * 100), Math.round(z * 100)],
    q: grip.turn.map((part) => Math.round(part * 32767)) as unknown as InstrumentSample['q'],
    jaw: Math.round(grip.jaw * 255),
    buttons: grip.buttons,
  }
}
