/**
 * The sound of alarms after IEC 60601-1-8 (tables 3 and 4): which burst, when, and how a person pauses it.
 * Melodies by cause (its annex F) are not used: one general signal a priority, told apart by rhythm.
 */
import type { Strike } from './strikes.ts'

/** Priorities from the least to the most urgent; the place in the list is the code in snapshots. */
export const ALARM_LEVELS = ['none', 'low', 'medium', 'high'] as const
export type AlarmLevel = (typeof ALARM_LEVELS)[number]

/** Pulses of a burst: start and length in seconds; when the burst comes again, start to start; pitch. */
export type Burst = {
  readonly pulses: readonly (readonly [startS: number, lengthS: number])[]
  readonly everyS: number
  readonly hertz: number
}

const pulses = (starts: readonly number[], length: number) => starts.map((start) => [start, length] as const)

/** High: two times five; medium: three; low: one. */
export const BURSTS: Readonly<Record<Exclude<AlarmLevel, 'none'>, Burst>> = {
  high: { pulses: pulses([0, 0.18, 0.36, 0.72, 0.9, 1.7, 1.88, 2.06, 2.42, 2.6], 0.13), everyS: 7, hertz: 660 },
  medium: { pulses: pulses([0, 0.38, 0.76], 0.19), everyS: 12, hertz: 520 },
  low: { pulses: pulses([0], 0.2), everyS: 24, hertz: 440 },
}

/** A pulse: rise and fall are 20 % of its length. */
export function alarmStrike({ hertz }: Burst, lengthS: number): Strike {
  return {
    channel: 'alarms',
    wave: 'alarm',
    hertz,
    glide: 1,
    attackS: lengthS * 0.2,
    holdS: lengthS * 0.6,
    fallS: lengthS * 0.2,
    gain: 0.16,
    hiss: { hertz: 1000, q: 1, gain: 0 },
  }
}

/** How long a pause of the sound lasts, s. */
export const PAUSE_S = 120

/** Times in seconds of one clock. */
export type AlarmSound = {
  level: AlarmLevel
  nextBurstS: number
  pausedUntilS: number
  /** The level whose sound was paused: a higher one is heard all the same. */
  pausedLevel: AlarmLevel
}

export const quietAlarm = (): AlarmSound => ({
  level: 'none',
  nextBurstS: 0,
  pausedUntilS: Number.NEGATIVE_INFINITY,
  pausedLevel: 'none',
})

const rank = (level: AlarmLevel) => ALARM_LEVELS.indexOf(level)

/** Seconds until the sound comes back; 0 when it is not paused. */
export function pauseLeft({ pausedUntilS }: AlarmSound, nowS: number): number {
  return Math.max(0, pausedUntilS - nowS)
}

/** Pauses the sound of the present level for two minutes, or ends the pause. */
export function togglePause(alarm: AlarmSound, nowS: number): void {
  const paused = pauseLeft(alarm, nowS) > 0
  alarm.pausedUntilS = paused ? Number.NEGATIVE_INFINITY : nowS + PAUSE_S
  alarm.pausedLevel = alarm.level
  if (paused) alarm.nextBurstS = nowS
}

/**
 * Moves on to `nowS` with the worst level of all alarms: answers the level whose burst begins now, or 'none'. Only the
 * worst sounds; a rise is heard at once, a fall waits for its own next burst. A rise above what was paused ends the pause.
 */
export function stepAlarm(alarm: AlarmSound, level: AlarmLevel, nowS: number): AlarmLevel {
  const rose = rank(level) > rank(alarm.level)
  alarm.level = level
  if (rose) alarm.nextBurstS = nowS
  if (pauseLeft(alarm, nowS) > 0) {
    if (rank(level) <= rank(alarm.pausedLevel)) return 'none'
    alarm.pausedUntilS = Number.NEGATIVE_INFINITY
  }
  if (level === 'none' || nowS < alarm.nextBurstS) return 'none'
  alarm.nextBurstS = nowS + BURSTS[level].everyS
  return level
}
