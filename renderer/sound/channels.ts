/** What a person may hear or mute apart, and how loud it is. */

export const SOUND_CHANNELS = ['pulse', 'alarms', 'instruments', 'room'] as const
export type SoundChannel = (typeof SOUND_CHANNELS)[number]

export type SoundSettings = {
  readonly sound: 'on' | 'off'
  /** 0–1, as the slider stands. */
  readonly volume: number
  /** Channels that are muted. */
  readonly muted: readonly SoundChannel[]
}

/** Decibels between the loudest and the softest audible place of the slider. */
const SLIDER_DB = 30

/**
 * Amplitude of a channel, 0–1. The slider runs in decibels, as loudness is heard; its end is silence. Volumes outside
 * 0–1 (a preference from elsewhere) count as the nearest end.
 */
export function channelGain({ sound, volume, muted }: SoundSettings, channel: SoundChannel): number {
  if (sound === 'off' || !(volume > 0) || muted.includes(channel)) return 0
  return 10 ** ((-SLIDER_DB * (1 - Math.min(1, volume))) / 20)
}
