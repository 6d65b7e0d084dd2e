/**
 * The ECG of each rhythm in mV: a sum of bumps over the phase of a beat (McSharry et al. 2003,
 * doi:10.1109/TBME.2003.808805) in sinus and without a pulse, broad waves in VT, three that never meet in VF.
 */
import { exp } from '../simulation/exactmath.ts'
import { fibrillation, RHYTHM, RHYTHM_CODE, tachycardia } from './rhythm.ts'

/** P, Q, R, S, T: place in the beat in s from R (T scales with the beat's length), width in s, height in mV. */
const P = { at: -0.17, width: 0.028, height: 0.14 }
const Q = { at: -0.028, width: 0.009, height: -0.11 }
const R_WAVE = { at: 0, width: 0.011, height: 1.15 }
const S = { at: 0.03, width: 0.011, height: -0.22 }
const T = { at: 0.27, width: 0.055, height: 0.3 }
/** The R wave leads the squeeze of the ventricle by this, s. */
const ELECTRIC_LEAD = 0.05

/** ECG in mV of the rhythm in `r`, at `phase` s into a beat of `period` s; `wander` 0–1 moves a flat line. */
export function ecgOf(r: Float64Array, phase: number, period: number, wander: number): number {
  const code = r[RHYTHM.code]!
  if (code === RHYTHM_CODE.vt) return tachycardia(phase / period)
  if (code === RHYTHM_CODE.vf) return fibrillation(r[RHYTHM.since]!)
  if (code === RHYTHM_CODE.asystole) return 0.02 * (wander - 0.5)
  return ecg(phase, period)
}

/** ECG in mV at `phase` s into a beat of `period` s. */
export function ecg(phase: number, period: number): number {
  let t = phase + ELECTRIC_LEAD
  if (t > period * 0.62) t -= period
  const slow = Math.sqrt(period)
  return (
    bump(t, P.at * (0.5 + 0.5 * slow), P.width, P.height) +
    bump(t, Q.at, Q.width, Q.height) +
    bump(t, R_WAVE.at, R_WAVE.width, R_WAVE.height) +
    bump(t, S.at, S.width, S.height) +
    bump(t, T.at * slow, T.width * slow, T.height)
  )
}

function bump(t: number, at: number, width: number, height: number): number {
  const x = (t - at) / width
  return x * x > 30 ? 0 : height * exp(-0.5 * x * x)
}
