/**
 * What a hand feels of a tool, as pulses of a vibrating controller. A vibration cannot carry a steady force, so it tells
 * changes: touching, pressing harder, giving way, sliding over a surface. Bad haptics are worse than none: nine in ten
 * surgeons preferred handles without (Våpenstad et al. 2013, PubMed 23355154), so pulses are short, faint and rare,
 * and a person can turn them off. Newtons, millimetres, milliseconds; amplitudes 0–1. Nothing here allocates.
 */
import type { Cue } from '../sound/strikes.ts'

export type Strength = 'off' | 'low' | 'medium' | 'high'

/** Share of a pulse's full amplitude. */
export const STRENGTHS: Readonly<Record<Strength, number>> = { off: 0, low: 0.35, medium: 0.65, high: 1 }

/** What happened to a hand since the last call. */
export type Touch = {
  forceN: number
  /** Way of the tip along what it touches, mm. */
  slidMm: number
  /** 0 smooth … 1 as rough as bone. */
  grain: number
  /** Shaking of a driven tool at work (drill, burr), 0–1. */
  buzz: number
  cue: Cue | null
}

export type Pulse = { amplitude: number; ms: number }

/** What was last felt. */
export type Feeling = {
  /** Force at the last pulse that told of force; and of the last call. */
  toldN: number
  lastN: number
  sinceTickMm: number
  freeFromMs: number
}

export const noFeeling = (): Feeling => ({ toldN: 0, lastN: 0, sinceTickMm: 0, freeFromMs: Number.NEGATIVE_INFINITY })

/** Force below which nothing is touched, and from which a pulse grows no more, N. */
const TOUCH_N = 0.3
const FULL_N = 10
/** Change of force worth telling, as a share of what was told: well above what a hand itself tells apart (an estimate). */
const TOLD_CHANGE = 0.25
/** Loss of force within one call that is a give: share, and force that must have been there, N. */
const GIVE_SHARE = 0.5
const GIVE_N = 1.5
/** Slide between two ticks of a surface, mm. */
const TICK_MM = 1.5
/** Rest after a pulse, ms: pulses that run together are a hum, not a touch. */
const REST_MS = 25
/** Pulses of a driven tool follow on each other. */
const BUZZ_MS = 40

/** Clicks of instruments that hands feel. */
const CUE_PULSES: Readonly<Record<Cue, Pulse>> = {
  clip: { amplitude: 0.7, ms: 18 },
  snip: { amplitude: 0.35, ms: 10 },
  ratchet: { amplitude: 0.45, ms: 10 },
  sealed: { amplitude: 0.25, ms: 30 },
  tap: { amplitude: 0.5, ms: 14 },
  'inner-table': { amplitude: 0.6, ms: 22 },
  breach: { amplitude: 0.9, ms: 35 },
}

/** Full amplitude of the pulse that tells of a force: rises with its square root, so that light touch is not lost. */
export function forceAmplitude(forceN: number): number {
  if (!(forceN > TOUCH_N)) return 0
  return 0.08 + 0.42 * Math.sqrt(Math.min(1, (forceN - TOUCH_N) / (FULL_N - TOUCH_N)))
}

/**
 * Moves on to `nowMs` and writes the pulse to be given into `out`; amplitude 0 for none. The most telling thing wins:
 * a click, a give, a driven tool, force, texture. During a pulse and its rest only clicks and gives are let through.
 */
export function feel(state: Feeling, touch: Touch, nowMs: number, strength: Strength, out: Pulse): Pulse {
  out.amplitude = 0
  out.ms = 0
  const { forceN } = touch
  const gave = state.lastN > GIVE_N && forceN < state.lastN * GIVE_SHARE
  const lostN = state.lastN - forceN
  state.lastN = forceN
  state.sinceTickMm = forceN > TOUCH_N ? state.sinceTickMm + touch.slidMm : 0
  if (forceN <= TOUCH_N) state.toldN = 0
  if (strength === 'off') return out
  if (touch.cue) set(out, CUE_PULSES[touch.cue].amplitude, CUE_PULSES[touch.cue].ms)
  else if (gave) set(out, forceAmplitude(lostN) + 0.2, 20)
  else if (nowMs >= state.freeFromMs) calm(state, touch, out)
  if (out.amplitude === 0) return out
  state.freeFromMs = nowMs + out.ms + (touch.buzz > 0 ? 0 : REST_MS)
  out.amplitude = Math.min(1, out.amplitude) * STRENGTHS[strength]
  return out
}

function calm(state: Feeling, { forceN, grain, buzz }: Touch, out: Pulse): void {
  if (buzz > 0) set(out, 0.1 + 0.3 * Math.min(1, buzz), BUZZ_MS)
  else if (forceN > TOUCH_N && Math.abs(forceN - state.toldN) > TOLD_CHANGE * Math.max(state.toldN, TOUCH_N)) {
    state.toldN = forceN
    set(out, forceAmplitude(forceN), 12)
  } else if (grain > 0 && state.sinceTickMm >= TICK_MM) {
    state.sinceTickMm = 0
    set(out, 0.05 + 0.2 * Math.min(1, grain), 6)
  }
}

function set(out: Pulse, amplitude: number, ms: number): void {
  out.amplitude = amplitude
  out.ms = ms
}
