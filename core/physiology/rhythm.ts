/**
 * The rhythm of the heart, how it is lost and how it comes back, in a few documented rules rather than by chance:
 *
 * - a heart starved of oxygen or blood stops with a rhythm on the ECG and no pulse (PEA), after 3 min without help it is flat;
 * - poisoned muscle fibrillates; fibrillation grows fine and is flat after 10 min (AHA 2020, doi:10.1161/CIR.0000000000000916);
 * - compressions and adrenaline fill a *readiness* by coronary perfusion pressure, aortic diastolic less venous: above
 *   15 mmHg a heart can come back (Paradis et al. 1990, doi:10.1001/jama.1990.03440080084029);
 * - a shock of 120 J or more ends VT and VF if the heart is ready for it; PEA and asystole come back when the heart is
 *   ready and the cause is gone. A shock does nothing to a flat line.
 */
import { clamp, sin } from '../simulation/exactmath.ts'
import { slots } from '../simulation/state.ts'

/** Rhythms in the order of their code in the state. */
export const RHYTHMS = ['sinus', 'pea', 'vt', 'vf', 'asystole'] as const
export type Rhythm = (typeof RHYTHMS)[number]
export const RHYTHM_CODE = Object.freeze(Object.fromEntries(RHYTHMS.map((name, index) => [name, index]))) as Readonly<
  Record<Rhythm, number>
>

export const RHYTHM = slots([
  'code', // index in RHYTHMS
  'since', // s in this rhythm
  'readiness', // 0–1 of a heart that could beat again
  'compressing', // 1 while hands are on the chest
  'shocks',
  'returned', // 1 in the tick in which a pulse came back
] as const)

export type RhythmDrive = {
  /** Want of oxygen and blood, 1 stops the heart. */
  starved: number
  /** Poisoning of the muscle, 0–1; above 0.9 it fibrillates. */
  poison: number
  /** Aortic diastolic less central venous pressure, mmHg. */
  coronaryMmHg: number
  saturation: number
  /** 1 while what stopped the heart is still there. */
  cause: 0 | 1
}

const FLAT_AFTER_PEA_S = 180
const FLAT_AFTER_VF_S = 600
const PULSELESS_VT_S = 90
const SHOCK_LEAST_J = 120
const READY_FOR_SHOCK = 0.35
const LEAST_CORONARY_MMHG = 15
/** s in which a readiness is filled by good compressions, and lost without any. */
const FILLS_S = 90
const EMPTIES_S = 420
/** Muscle work of each rhythm against sinus, in the order of RHYTHMS. */
const SQUEEZE = [1, 0.05, 0.17, 0, 0] as const
/** A full beat's share that good compressions give (about a quarter of the output). */
const COMPRESSION = 0.09
export const VT_RATE = 180

/** Starts in sinus rhythm. */
export function startRhythm(r: Float64Array): void {
  r[RHYTHM.code] = RHYTHM_CODE.sinus
  r[RHYTHM.readiness] = 1
}

/** Puts another rhythm on. */
export function setRhythm(r: Float64Array, rhythm: Rhythm): void {
  if (r[RHYTHM.code] === RHYTHM_CODE[rhythm]) return
  r[RHYTHM.code] = RHYTHM_CODE[rhythm]
  r[RHYTHM.since] = 0
}

/** Muscle work of the rhythm, 0–1. */
export function squeezeOf(r: Float64Array): number {
  return SQUEEZE[r[RHYTHM.code]!]!
}

/** Share of a beat that hands give now. */
export function compressionOf(r: Float64Array): number {
  return r[RHYTHM.compressing] === 1 && squeezeOf(r) < 0.9 ? COMPRESSION : 0
}

/** A shock of `joules`. */
export function shock(r: Float64Array, joules: number): void {
  r[RHYTHM.shocks] = r[RHYTHM.shocks]! + 1
  const code = r[RHYTHM.code]!
  if (joules < SHOCK_LEAST_J || (code !== RHYTHM_CODE.vt && code !== RHYTHM_CODE.vf)) return
  if (r[RHYTHM.readiness]! >= READY_FOR_SHOCK) comeBack(r)
  else setRhythm(r, 'asystole')
}

/** Advances the rhythm by `seconds`. */
export function stepRhythm(r: Float64Array, d: RhythmDrive, seconds: number): void {
  r[RHYTHM.returned] = 0
  r[RHYTHM.since] = r[RHYTHM.since]! + seconds
  const code = r[RHYTHM.code]!
  const since = r[RHYTHM.since]!
  if (code === RHYTHM_CODE.sinus) {
    r[RHYTHM.readiness] = 1
    if (d.poison > 0.9) setRhythm(r, 'vf')
    else if (d.starved >= 1) setRhythm(r, 'pea')
    return
  }
  const helped = d.coronaryMmHg > LEAST_CORONARY_MMHG && r[RHYTHM.compressing] === 1
  const fills = (clamp((d.coronaryMmHg - LEAST_CORONARY_MMHG) / 15, 0.2, 1) * clamp(2 * d.saturation, 0, 1)) / FILLS_S
  r[RHYTHM.readiness] = clamp(r[RHYTHM.readiness]! + seconds * (helped ? fills : -1 / EMPTIES_S), 0, 1)
  if (code === RHYTHM_CODE.vt && (since > PULSELESS_VT_S || d.starved >= 1)) setRhythm(r, 'vf')
  else if (code === RHYTHM_CODE.vf && since > FLAT_AFTER_VF_S && r[RHYTHM.compressing] === 0) setRhythm(r, 'asystole')
  else if (code === RHYTHM_CODE.pea && since > FLAT_AFTER_PEA_S && r[RHYTHM.compressing] === 0) setRhythm(r, 'asystole')
  else if ((code === RHYTHM_CODE.pea || code === RHYTHM_CODE.asystole) && since > 30 && helped && d.cause === 0)
    if (r[RHYTHM.readiness]! >= 1) comeBack(r)
}

function comeBack(r: Float64Array): void {
  setRhythm(r, 'sinus')
  r[RHYTHM.returned] = 1
}

/** ECG of fibrillation in mV, `since` s into it: three waves that never meet, sinking from coarse to fine. */
export function fibrillation(since: number): number {
  const height = 0.12 + 0.3 * clamp(1 - since / 300, 0, 1)
  return height * (sin(27.3 * since) + 0.7 * sin(37.1 * since + 1.3) + 0.4 * sin(18.7 * since + 0.4))
}

/** ECG of ventricular tachycardia in mV at `share` 0–1 of a beat: one broad wave up and down. */
export function tachycardia(share: number): number {
  return 1.1 * sin(6.283185307179586 * share) + 0.25 * sin(12.566370614359172 * share)
}
