/**
 * Reflexes of the circulation: arterial baroreceptors (a firing rate of 0.5 at the set point, lagged on its way to heart
 * rate, vessels, veins and contractility; form of Heldt et al. 2010, PMC3178445) and the receptors that feel how full the
 * great veins are. How far the second move the pulse and the breath is a profile of the patient.
 */
import { exp, relax } from '../simulation/exactmath.ts'
import { slots } from '../simulation/state.ts'

export const REFLEX = slots([
  'sensed', // mean pressure as the receptors see it, mmHg
  'setPoint', // mmHg, found while settling
  'heart', // −1 … 1
  'vessels',
  'veins',
  'missing', // share of the blood volume that is felt to be missing
] as const)

/** Points of a curve over the share of blood volume that is missing: [share, value]. */
type Curve = readonly (readonly [share: number, value: number])[]

/** How a patient answers a loss of blood. */
export type ReflexProfile = {
  /** Beats/min at the full outflow of the baroreflex, up and down. */
  readonly heartUp: number
  readonly heartDown: number
  /** Rise of resistance at full outflow. */
  readonly vesselsUp: number
  /** mL that the veins give at full outflow, for 5 L of blood. */
  readonly veinsMl: number
  /** Beats/min and breaths/min that the felt loss adds. */
  readonly heart: Curve
  readonly breaths: Curve
}

/**
 * `textbook`: the table of ATLS (10th ed., table 3-1): < 15, 15–30, 30–40, > 40 % → heart < 100, 100–120, 120–140, > 140.
 * `observed`: what trauma patients show (TARN; Guly et al. 2011, doi:10.1016/j.resuscitation.2011.01.013): heart about
 * 114 in the worst class, a small rise of breathing.
 */
export const REFLEX_PROFILES = {
  textbook: {
    heartUp: 42,
    heartDown: 22,
    vesselsUp: 1.1,
    veinsMl: 1650,
    heart: [
      [0, 0],
      [0.15, 15],
      [0.3, 27],
      [0.4, 37],
      [0.5, 54],
    ],
    breaths: [
      [0, 0],
      [0.15, 4],
      [0.3, 14],
      [0.4, 20],
      [0.5, 23],
    ],
  },
  observed: {
    heartUp: 42,
    heartDown: 22,
    vesselsUp: 0.75,
    veinsMl: 1350,
    heart: [
      [0, 0],
      [0.15, 3],
      [0.3, 5],
      [0.5, 5],
    ],
    breaths: [
      [0, 0],
      [0.15, 1],
      [0.4, 5],
    ],
  },
} as const satisfies Record<string, ReflexProfile>
export type ReflexProfileId = keyof typeof REFLEX_PROFILES

/** Width of the response round the set point, mmHg. */
const WIDTH_MMHG = 14

/** Advances the reflexes by `seconds` at mean pressure `meanMmHg` with a share `missing` of the blood gone. */
export function stepReflex(r: Float64Array, meanMmHg: number, missing: number, seconds: number): void {
  r[REFLEX.sensed] = relax(r[REFLEX.sensed]!, meanMmHg, seconds, 1.5)
  const firing = 1 / (1 + exp((r[REFLEX.sensed]! - r[REFLEX.setPoint]!) / WIDTH_MMHG))
  const outflow = 2 * (firing - 0.5)
  r[REFLEX.heart] = relax(r[REFLEX.heart]!, outflow, seconds, 3)
  r[REFLEX.vessels] = relax(r[REFLEX.vessels]!, outflow, seconds, 8)
  r[REFLEX.veins] = relax(r[REFLEX.veins]!, outflow, seconds, 15)
  r[REFLEX.missing] = relax(r[REFLEX.missing]!, Math.max(0, missing), seconds, 20)
}

/** Change of heart rate in beats/min for a patient whose reflex gives `percent` of the usual. */
export function heartRateChange(r: Float64Array, profile: ReflexProfile, percent: number): number {
  const outflow = r[REFLEX.heart]!
  const pressed = (outflow > 0 ? profile.heartUp : profile.heartDown) * outflow
  return (pressed + along(profile.heart, r[REFLEX.missing]!)) * (percent / 100)
}

/** Breaths/min that a loss of blood adds. */
export function breathsAdded(r: Float64Array, profile: ReflexProfile): number {
  return along(profile.breaths, r[REFLEX.missing]!)
}

/** Value of a curve of straight pieces, held beyond its last point. */
function along(curve: Curve, x: number): number {
  for (let i = 1; i < curve.length; i++) {
    const [to, high] = curve[i]!
    if (x > to) continue
    const [from, low] = curve[i - 1]!
    return low + ((high - low) * (x - from)) / (to - from)
  }
  return curve[curve.length - 1]![1]
}
