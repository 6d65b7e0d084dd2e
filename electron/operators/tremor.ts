import type { Vec } from './vector.ts'

/** Uniform numbers in [0, 1) from a seed. Mulberry32. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/**
 * Physiological tremor: three waves of 8–12 Hz an axis whose sum never passes `amplitudeMm` from the middle.
 * Source: Elble & Koller, Tremor, 1990 (8–12 Hz band); amplitude is the caller's.
 */
export function createTremor(amplitudeMm: number, random: () => number): (tick: number) => Vec {
  const waves = Array.from({ length: 9 }, () => ({ hertz: 8 + 4 * random(), phase: 2 * Math.PI * random() }))
  const share = amplitudeMm / Math.sqrt(3) / 3
  return (tick) => {
    const seconds = tick / 100
    const axis = (from: number): number => {
      let sum = 0
      for (let i = from; i < from + 3; i++) sum += Math.sin(2 * Math.PI * waves[i].hertz * seconds + waves[i].phase)
      return sum * share
    }
    return [axis(0), axis(3), axis(6)]
  }
}
