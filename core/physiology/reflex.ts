/**
 * Baroreflex: a firing rate of 0.5 at the set point, lagged on its way to heart rate, vessels, veins and contractility
 * (form of Heldt et al., PMC3178445). Gains follow the `observed` profile of haemorrhage: the heart rate reaches about
 * 114 in the worst class (TARN; Guly et al. 2011, doi:10.1016/j.resuscitation.2011.01.013).
 */
import { exp, relax } from '../simulation/exactmath.ts'
import { slots } from '../simulation/state.ts'

export const REFLEX = slots([
  'sensed', // mean pressure as the receptors see it, mmHg
  'setPoint', // mmHg, found while settling
  'heart', // −1 … 1
  'vessels',
  'veins',
] as const)

/** Width of the response round the set point, mmHg. */
const WIDTH_MMHG = 14

/** Advances the reflex by `seconds` at mean pressure `meanMmHg`. */
export function stepReflex(r: Float64Array, meanMmHg: number, seconds: number): void {
  r[REFLEX.sensed] = relax(r[REFLEX.sensed]!, meanMmHg, seconds, 1.5)
  const firing = 1 / (1 + exp((r[REFLEX.sensed]! - r[REFLEX.setPoint]!) / WIDTH_MMHG))
  const outflow = 2 * (firing - 0.5)
  r[REFLEX.heart] = relax(r[REFLEX.heart]!, outflow, seconds, 3)
  r[REFLEX.vessels] = relax(r[REFLEX.vessels]!, outflow, seconds, 8)
  r[REFLEX.veins] = relax(r[REFLEX.veins]!, outflow, seconds, 15)
}

/** Change of heart rate in beats/min for a patient whose reflex gives `percent` of the usual. */
export function heartRateChange(r: Float64Array, percent: number): number {
  const outflow = r[REFLEX.heart]!
  return (outflow > 0 ? 42 * outflow : 22 * outflow) * (percent / 100)
}
