/**
 * What runs into the veins and what leaves them for the tissue. Crystalloid follows two-volume kinetics (Hahn 2010,
 * doi:10.1097/ALN.0b013e3181dcd88f; 2020, doi:10.1111/aas.13533): it spreads with a half-life of eight minutes, and about a
 * quarter stays in the vessels then. What kidneys take, much of it awake and little asleep, is left out. Volumes mL,
 * haemoglobin g.
 */
import { slots } from '../simulation/state.ts'
import { bloodMl } from './circulation.ts'

export const FLUIDS = slots([
  'crystalloidMl', // still to run in
  'bloodMl', // red cells in additive, still to run in
  'givenMl', // run in so far
  'freshMl', // crystalloid that is still in the vessels
  'tissueMl', // what has left the vessels
  'haemoglobinG',
] as const)

/** A pressure infusion through a wide cannula, mL/s. */
const RUN_ML_S = 500 / 300
/** Share of the fresh crystalloid that leaves a minute, and of what has left that comes back. */
const LEAVES = 0.0866
const RETURNS = 0.0289
/** Haemoglobin of a patient at rest, and of a unit of red cells, g/dL. */
const REST_HAEMOGLOBIN = 14
const UNIT_HAEMOGLOBIN = 19
/** The most that may wait, mL. */
const MOST_WAITING_ML = 4000

/** Starts with the patient's own blood. */
export function startFluids(f: Float64Array, bloodVolumeMl: number): void {
  f[FLUIDS.haemoglobinG] = (REST_HAEMOGLOBIN * bloodVolumeMl) / 100
}

/** Hangs up `ml` more. */
export function hangFluid(f: Float64Array, what: 'crystalloid' | 'blood', ml: number): void {
  const slot = what === 'blood' ? FLUIDS.bloodMl : FLUIDS.crystalloidMl
  f[slot] = Math.min(MOST_WAITING_ML, f[slot]! + ml)
}

/** g/dL now. */
export function haemoglobinOf(f: Float64Array, c: Float64Array): number {
  return (100 * f[FLUIDS.haemoglobinG]!) / Math.max(100, bloodMl(c))
}

/**
 * Advances by `seconds` while `bledMl` leave the body and capillaries leak `leakMlMin`; answers the mL that the veins
 * gain (negative: lose) in this tick.
 */
export function stepFluids(
  f: Float64Array,
  c: Float64Array,
  bledMl: number,
  leakMlMin: number,
  seconds: number,
): number {
  const volume = Math.max(100, bloodMl(c))
  const minutes = seconds / 60
  f[FLUIDS.haemoglobinG] = f[FLUIDS.haemoglobinG]! * (1 - bledMl / volume)
  f[FLUIDS.freshMl] = f[FLUIDS.freshMl]! * (1 - bledMl / volume)
  const clear = Math.min(f[FLUIDS.crystalloidMl]!, RUN_ML_S * seconds)
  const cells = Math.min(f[FLUIDS.bloodMl]!, RUN_ML_S * seconds)
  f[FLUIDS.crystalloidMl] = f[FLUIDS.crystalloidMl]! - clear
  f[FLUIDS.bloodMl] = f[FLUIDS.bloodMl]! - cells
  f[FLUIDS.givenMl] = f[FLUIDS.givenMl]! + clear + cells
  f[FLUIDS.haemoglobinG] = f[FLUIDS.haemoglobinG]! + (cells * UNIT_HAEMOGLOBIN) / 100
  const spread = (LEAVES * f[FLUIDS.freshMl]! - RETURNS * Math.max(0, f[FLUIDS.tissueMl]!)) * minutes
  const leaked = leakMlMin * minutes
  f[FLUIDS.freshMl] = f[FLUIDS.freshMl]! + clear - spread
  f[FLUIDS.tissueMl] = f[FLUIDS.tissueMl]! + spread + leaked
  return clear + cells - spread - leaked
}
