/**
 * Signals of the patient monitor at 100 Hz: an ECG from the phase of the beat as a sum of bumps (McSharry et al. 2003,
 * doi:10.1109/TBME.2003.808805), arterial pressure from the model, pleth as its lagged echo, CO₂ and chest impedance.
 */
import { clamp, exp, relax } from '../simulation/exactmath.ts'
import { WAVE_LENGTH } from '../simulation/snapshot.ts'
import { slots } from '../simulation/state.ts'
import { CIRCULATION } from './circulation.ts'
import { BREATHING } from './respiration.ts'

export const MONITOR = slots([
  'pleth',
  'co2',
  'heartRate', // as shown, beats/min
  'systolic',
  'diastolic',
  'mean',
  'breaths',
  'flat', // wander of a flat line
] as const)

/** P, Q, R, S, T: place in the beat in s from R (T scales with the beat's length), width in s, height in mV. */
const P = { at: -0.17, width: 0.028, height: 0.14 }
const Q = { at: -0.028, width: 0.009, height: -0.11 }
const R_WAVE = { at: 0, width: 0.011, height: 1.15 }
const S = { at: 0.03, width: 0.011, height: -0.22 }
const T = { at: 0.27, width: 0.055, height: 0.3 }
/** The R wave leads the squeeze of the ventricle by this, s. */
const ELECTRIC_LEAD = 0.05

/** Advances the displayed figures and writes one sample of each wave at `head`. */
export function stepMonitor(
  m: Float64Array,
  waves: Float64Array,
  head: number,
  c: Float64Array,
  b: Float64Array,
  seconds: number,
): void {
  const beating = c[CIRCULATION.beating]!
  const period = c[CIRCULATION.period]!
  m[MONITOR.heartRate] = relax(m[MONITOR.heartRate]!, beating === 1 ? 60 / period : 0, seconds, 2)
  m[MONITOR.systolic] = relax(
    m[MONITOR.systolic]!,
    beating === 1 ? c[CIRCULATION.systolic]! : c[CIRCULATION.arterialMmHg]!,
    seconds,
    1.5,
  )
  m[MONITOR.diastolic] = relax(
    m[MONITOR.diastolic]!,
    beating === 1 ? c[CIRCULATION.diastolic]! : c[CIRCULATION.arterialMmHg]!,
    seconds,
    1.5,
  )
  // as monitors reckon it; the model's wave is rounder than a real one, so its own average would lie too high
  const mean = (c[CIRCULATION.systolic]! + 2 * c[CIRCULATION.diastolic]!) / 3
  m[MONITOR.mean] = relax(m[MONITOR.mean]!, beating === 1 ? mean : c[CIRCULATION.arterialMmHg]!, seconds, 1.5)
  m[MONITOR.breaths] = relax(m[MONITOR.breaths]!, b[BREATHING.rate]!, seconds, 4)
  const pulse = clamp((c[CIRCULATION.arterialMmHg]! - c[CIRCULATION.diastolic]!) / 45, 0, 1.2)
  m[MONITOR.pleth] = relax(m[MONITOR.pleth]!, pulse, seconds, 0.07)
  m[MONITOR.co2] = relax(m[MONITOR.co2]!, exhaled(b), seconds, exhaled(b) > m[MONITOR.co2]! ? 0.12 : 0.06)
  waves[head] = beating === 1 ? ecg(c[CIRCULATION.phase]!, period) : 0.02 * (m[MONITOR.flat]! - 0.5)
  m[MONITOR.flat] = (m[MONITOR.flat]! * 0.98 + 0.01) % 1
  waves[WAVE_LENGTH + head] = c[CIRCULATION.arterialMmHg]!
  waves[2 * WAVE_LENGTH + head] = m[MONITOR.pleth]!
  waves[3 * WAVE_LENGTH + head] = m[MONITOR.co2]!
  waves[4 * WAVE_LENGTH + head] = b[BREATHING.inspiration]! * clamp(b[BREATHING.tidalMl]! / 600, 0, 1)
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

function exhaled(b: Float64Array): number {
  if (b[BREATHING.rate]! < 0.5) return 0
  const t = b[BREATHING.phase]!
  return t > 0.48 && t < 0.97 ? b[BREATHING.etco2]! * (0.94 + 0.1 * (t - 0.48)) : 0
}
