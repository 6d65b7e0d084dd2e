/** Alarm limits of the monitor and their priority (limits of the project's facts sheet; airway as
 * anaesthetic machines ship it; priorities as in IEC 60601-1-8). */
import type { Observable } from '../simulation/observables.ts'

/** Priority codes: 0 none, 1 low, 2 medium, 3 high. */
export type AlarmLevel = 0 | 1 | 2 | 3

export type AlarmLimit = {
  readonly observable: Observable
  readonly low: number
  readonly high: number
  /** Beyond these the priority is high. */
  readonly veryLow: number
  readonly veryHigh: number
}

/** One row per channel, in the order of `ALARM_CHANNELS` less the arrest. */
export const ALARM_LIMITS: readonly AlarmLimit[] = [
  { observable: 'vitals.heartRate', low: 50, high: 120, veryLow: 40, veryHigh: 150 },
  { observable: 'vitals.systolicMmHg', low: 90, high: 160, veryLow: 70, veryHigh: 220 },
  { observable: 'vitals.diastolicMmHg', low: 50, high: 90, veryLow: 35, veryHigh: 120 },
  { observable: 'vitals.meanMmHg', low: 60, high: 110, veryLow: 50, veryHigh: 150 },
  { observable: 'vitals.spo2', low: 90, high: 101, veryLow: 80, veryHigh: 101 },
  { observable: 'vitals.breaths', low: 5, high: 30, veryLow: 4, veryHigh: 45 },
  { observable: 'vitals.etco2MmHg', low: 15, high: 50, veryLow: 8, veryHigh: 80 },
  // the ventilator stops a breath at 40 cmH₂O; without one there is no pressure to watch
  { observable: 'vitals.airwayPeakCmH2O', low: -1, high: 35, veryLow: -1, veryHigh: 39 },
]

/** Level for a value; `now` gives hysteresis of 2 %, so that a value on the limit does not flutter. */
export function alarmLevel(limit: AlarmLimit, value: number, now: number): AlarmLevel {
  const slack = now > 0 ? 0.02 : 0
  if (value < limit.veryLow || value > limit.veryHigh) return 3
  if (value < limit.low * (1 + slack) || value > limit.high * (1 - slack)) return 2
  return 0
}
