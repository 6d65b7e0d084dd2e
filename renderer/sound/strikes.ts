/**
 * Sounds that begin and end by themselves, as data: the pulse tone, a pulse of an alarm, the clicks of instruments.
 * A strike is a tone and a band of noise under one envelope. Times s, frequencies Hz, gains as amplitude 0–1.
 */
import type { SoundChannel } from './channels.ts'
import type { WaveName } from './waves.ts'

export type Strike = {
  readonly channel: SoundChannel
  readonly wave: WaveName
  readonly hertz: number
  /** Frequency at the end over that at the start. */
  readonly glide: number
  readonly attackS: number
  readonly holdS: number
  readonly fallS: number
  readonly gain: number
  readonly hiss: { readonly hertz: number; readonly q: number; readonly gain: number }
}

const NO_HISS = { hertz: 1000, q: 1, gain: 0 } as const

/** Pitch of the pulse tone at full saturation, Hz, the fall for a percent, and the saturation below which it stays. */
export const PULSE_TONE = { fullHz: 880, perPercent: 1.04, lowest: 60 } as const

/**
 * Pitch of the pulse tone, Hz: a fixed ratio of 4 % for a percent of saturation, so that each percent is heard as the
 * same interval (0.7 semitone). Oximeters map saturation by fixed steps or by fixed ratios, and no two makers alike
 * (Santamore & Cleaver 2004, doi:10.1023/b:jocm.0000032698.47717.06); the ratio and 880 Hz are ours, at the low end of
 * what makers use, so that 60 % still sounds on a laptop (183 Hz and its harmonics). Saturation is read in whole percent.
 */
export function pulseHertz(spo2: number): number {
  const percent = Math.round(Math.max(PULSE_TONE.lowest, Math.min(100, spo2)))
  return PULSE_TONE.fullHz / PULSE_TONE.perPercent ** (100 - percent)
}

export const PULSE: Strike = {
  channel: 'pulse',
  wave: 'mellow',
  hertz: PULSE_TONE.fullHz,
  glide: 1,
  attackS: 0.008,
  holdS: 0.05,
  fallS: 0.03,
  gain: 0.09,
  hiss: NO_HISS,
}

/** Sounds of instruments that happen at once. */
export const CUES = ['clip', 'snip', 'ratchet', 'sealed', 'tap', 'inner-table', 'breach'] as const
export type Cue = (typeof CUES)[number]

const click = (
  hertz: number,
  fallS: number,
  gain: number,
  hiss: Strike['hiss'],
  wave: WaveName = 'mellow',
  glide = 1,
): Strike => ({ channel: 'instruments', wave, hertz, glide, attackS: 0.001, holdS: 0.002, fallS, gain, hiss })

export const CUE_STRIKES: Readonly<Record<Cue, Strike>> = {
  /** A titanium clip closing: a hard tick with a short ring. */
  clip: click(2600, 0.06, 0.07, { hertz: 4200, q: 1.2, gain: 0.22 }),
  /** Blades of scissors over each other. */
  snip: click(5200, 0.05, 0.015, { hertz: 6200, q: 0.9, gain: 0.2 }, 'mellow', 1.35),
  /** One tooth of a box lock. */
  ratchet: click(1900, 0.02, 0.05, { hertz: 3300, q: 2, gain: 0.2 }),
  /** A generator says that a seal is done. */
  sealed: {
    channel: 'instruments',
    wave: 'mellow',
    hertz: 1050,
    glide: 1.26,
    attackS: 0.01,
    holdS: 0.22,
    fallS: 0.1,
    gain: 0.06,
    hiss: NO_HISS,
  },
  /** Bone under a finger or a needle. */
  tap: click(190, 0.05, 0.16, { hertz: 700, q: 1, gain: 0.05 }),
  /** The burr comes from soft diploë onto the hard inner table. */
  'inner-table': click(1150, 0.12, 0.08, { hertz: 2600, q: 3, gain: 0.12 }),
  /** It is through: what held it gives way. */
  breach: click(260, 0.2, 0.22, { hertz: 500, q: 0.8, gain: 0.2 }, 'mellow', 0.5),
}
