import { ALARM_CHANNELS, HEADER, type SnapshotBuffer } from '../../../../core/simulation/snapshot.ts'

export type AlarmLevel = 'none' | 'low' | 'medium' | 'high'
export type AlarmChannel = (typeof ALARM_CHANNELS)[number]
const LEVELS: readonly AlarmLevel[] = ['none', 'low', 'medium', 'high']

/** Level of each alarm of a snapshot. */
export function alarmsOf(snapshot: SnapshotBuffer): Record<AlarmChannel, AlarmLevel> {
  const bits = snapshot.header[HEADER.alarms]
  const levels = {} as Record<AlarmChannel, AlarmLevel>
  ALARM_CHANNELS.forEach((channel, i) => {
    levels[channel] = LEVELS[(bits >> (2 * i)) & 3]
  })
  return levels
}

/** The worst of all. */
export function worstAlarm(levels: Record<AlarmChannel, AlarmLevel>): AlarmLevel {
  let worst = 0
  for (const channel of ALARM_CHANNELS) worst = Math.max(worst, LEVELS.indexOf(levels[channel]))
  return LEVELS[worst]
}

/** Pulses of one burst after IEC 60601-1-8: start and length in seconds, and when the burst comes again. */
export type Burst = { pulses: readonly (readonly [start: number, length: number])[]; everyS: number; hertz: number }

const pulses = (starts: readonly number[], length: number) => starts.map((start) => [start, length] as const)

/** High: two sets of five; medium: three; low: one. */
export const bursts: Record<Exclude<AlarmLevel, 'none'>, Burst> = {
  high: {
    pulses: pulses([0, 0.18, 0.36, 0.72, 0.9, 1.7, 1.88, 2.06, 2.42, 2.6], 0.13),
    everyS: 7,
    hertz: 660,
  },
  medium: { pulses: pulses([0, 0.3, 0.6], 0.19), everyS: 12, hertz: 520 },
  low: { pulses: pulses([0], 0.22), everyS: 24, hertz: 440 },
}
