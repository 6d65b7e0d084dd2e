/** Raw material of all sounds: harmonics of tones, a stretch of noise and one of crackle. No files. */
import { nextUnit, seedRandom } from '../../core/simulation/random.ts'

/** Amplitudes of the harmonics, the fundamental first. */
export const WAVES = {
  /** Soft, near a sine, heard on small loudspeakers. */
  mellow: [1, 0.25, 0.12, 0.05],
  /** Four more harmonics within 15 dB of the fundamental, as IEC 60601-1-8 asks of alarm pulses. */
  alarm: [1, 0.6, 0.5, 0.4, 0.3],
  /** Plain annunciator of a generator. */
  plain: [1],
  /** Motor and bearings. */
  motor: [1, 0.5, 0.15, 0.3, 0.1, 0.15],
} as const satisfies Record<string, readonly number[]>
export type WaveName = keyof typeof WAVES

/** Even noise, −1 … 1; the same each time for the same seed. */
export function whiteNoise(samples: number, seed: number): Float32Array<ArrayBuffer> {
  const state = new Uint32Array(4)
  seedRandom(state, seed)
  const out = new Float32Array(samples)
  for (let i = 0; i < samples; i++) out[i] = 2 * nextUnit(state) - 1
  return out
}

/** Pops a second, and how fast one dies, s. */
const POPS_S = 110
const POP_FALL_S = 0.0012

/** Boiling: pops at random times with random strength, each a burst of noise that dies within a few milliseconds. */
export function crackle(samples: number, rate: number, seed: number): Float32Array<ArrayBuffer> {
  const state = new Uint32Array(4)
  seedRandom(state, seed)
  const out = new Float32Array(samples)
  const keeps = Math.exp(-1 / (POP_FALL_S * rate))
  let strength = 0
  for (let i = 0; i < samples; i++) {
    if (nextUnit(state) < POPS_S / rate) strength = Math.max(strength, nextUnit(state) ** 2)
    out[i] = strength * (2 * nextUnit(state) - 1)
    strength *= keeps
  }
  return out
}
