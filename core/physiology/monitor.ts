/**
 * Signals of the patient monitor at 100 Hz: ECG, arterial pressure from the model, pleth as its lagged echo, CO₂, chest
 * impedance and airway pressure; and the figures beside them, smoothed as monitors do.
 */
import { clamp, relax } from '../simulation/exactmath.ts'
import { WAVE_LENGTH } from '../simulation/snapshot.ts'
import { slots } from '../simulation/state.ts'
import type { BodyState } from './body.ts'
import { CIRCULATION } from './circulation.ts'
import { ecgOf } from './ecg.ts'
import { GAS } from './gas.ts'
import { BREATHING } from './respiration.ts'
import { compressionOf, RHYTHM, RHYTHM_CODE } from './rhythm.ts'
import { VENTILATOR } from './ventilator.ts'

export const MONITOR = slots([
  'pleth',
  'co2',
  'airwayCm',
  'heartRate', // as shown, beats/min
  'systolic',
  'diastolic',
  'mean',
  'breaths',
  'flat', // wander of a flat line
] as const)

/** Pressure at the mouth of someone who breathes on their own, cmH₂O. */
const MOUTH_CM = 1.2

/** Advances the displayed figures and writes one sample of each wave at `head`. */
export function stepMonitor(state: BodyState, head: number, seconds: number): void {
  const { monitor: m, circulation: c, breathing: b, rhythm, waves, gas, ventilator } = state
  const period = c[CIRCULATION.period]!
  const electric = rhythm[RHYTHM.code] !== RHYTHM_CODE.asystole && rhythm[RHYTHM.code] !== RHYTHM_CODE.vf
  const pulse = c[CIRCULATION.beating] === 1 || compressionOf(rhythm) > 0
  const now = c[CIRCULATION.arterialMmHg]!
  const systolic = pulse ? c[CIRCULATION.systolic]! : now
  const diastolic = pulse ? c[CIRCULATION.diastolic]! : now
  m[MONITOR.heartRate] = relax(m[MONITOR.heartRate]!, electric ? 60 / period : 0, seconds, 2)
  m[MONITOR.systolic] = relax(m[MONITOR.systolic]!, systolic, seconds, 1.5)
  m[MONITOR.diastolic] = relax(m[MONITOR.diastolic]!, diastolic, seconds, 1.5)
  // as monitors reckon it; the model's wave is rounder than a real one, so its own average would lie too high
  m[MONITOR.mean] = relax(m[MONITOR.mean]!, (systolic + 2 * diastolic) / 3, seconds, 1.5)
  m[MONITOR.breaths] = relax(m[MONITOR.breaths]!, b[BREATHING.rate]!, seconds, 4)
  const filled = clamp((now - c[CIRCULATION.diastolic]!) / 45, 0, 1.2)
  m[MONITOR.pleth] = relax(m[MONITOR.pleth]!, pulse ? filled : 0, seconds, 0.07)
  const exhaled = exhaledCo2(b, gas)
  m[MONITOR.co2] = relax(m[MONITOR.co2]!, exhaled, seconds, exhaled > m[MONITOR.co2]! ? 0.12 : 0.06)
  m[MONITOR.airwayCm] = ventilator[VENTILATOR.on] === 1 ? ventilator[VENTILATOR.airwayCm]! : mouthPressure(b)
  m[MONITOR.flat] = (m[MONITOR.flat]! * 0.98 + 0.01) % 1
  waves[head] = ecgOf(rhythm, c[CIRCULATION.phase]!, period, m[MONITOR.flat]!)
  waves[WAVE_LENGTH + head] = now
  waves[2 * WAVE_LENGTH + head] = m[MONITOR.pleth]!
  waves[3 * WAVE_LENGTH + head] = m[MONITOR.co2]!
  waves[4 * WAVE_LENGTH + head] = b[BREATHING.inspiration]! * clamp(b[BREATHING.tidalMl]! / 600, 0, 1)
  waves[5 * WAVE_LENGTH + head] = m[MONITOR.airwayCm]!
}

/** The plateau rises a little; when it is reached depends on the breath alone. */
function exhaledCo2(b: Float64Array, gas: Float64Array): number {
  if (b[BREATHING.rate]! < 0.5) return 0
  const t = b[BREATHING.phase]!
  return t > 0.48 && t < 0.97 ? gas[GAS.etco2]! * (0.94 + 0.1 * (t - 0.48)) : 0
}

function mouthPressure(b: Float64Array): number {
  if (b[BREATHING.rate]! < 0.5) return 0
  const effort = clamp(b[BREATHING.effort]!, 0, 3)
  return MOUTH_CM * effort * (0.8 * b[BREATHING.expiration]! - b[BREATHING.inspiration]!)
}
