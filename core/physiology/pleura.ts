/**
 * Air in the pleural space: its pressure from the elasticity of lung and chest wall, what leaks in from the lung, what
 * passes openings, needles and drains, and how far the lung is open. Volumes mL, pressures mmHg.
 *
 * Static pressure: −4 mmHg with no air, 0 when the lung has fully recoiled (`capacity`), above that the chest wall and
 * mediastinum give about 90 mL per mmHg (half a chest wall of 200 mL/cmH₂O; design estimate).
 */
import { clamp, relax } from '../simulation/exactmath.ts'
import { slots } from '../simulation/state.ts'

export const PLEURA = slots([
  'airMl',
  'bloodMl',
  'pressure', // now, mmHg
  'staticMmHg', // at rest between breaths
  'leakMlMin', // of the torn lung at 5 mmHg across it
  'inflowMlMin', // smoothed, lung → pleura
  'ventMlMin', // smoothed, out through openings
  'suckingMlMin', // smoothed, in through the wall
  'expansion', // 0 collapsed … 1
  'swing', // cmH2O seen in the seal
  'bubbling', // 0–1
  'highest', // of this breath, for the swing
  'lowest',
  'released', // mL let out so far
] as const)

/** Openings and breath acting on the pleural space in a tick. */
export type PleuraDrive = {
  /** Free opening of the wall, mm². */
  wallMm2: number
  /** Bore of a cannula that reaches the pleura, mm². */
  cannulaMm2: number
  /** Bore of an open drain with a hole inside, mm². */
  drainMm2: number
  /** What the drain ends in. */
  drainEnd: 'open' | 'seal' | 'suction'
  /** Share of the breath: inspiration 0–1, forced expiration 0–1. */
  inspiration: number
  expiration: number
  /** Depth of a breath's pressure swing, mmHg (negative pressure breathing), or airway pressure when ventilated. */
  swingMmHg: number
  ventilated: 0 | 1
  /** Seconds of illness per second while nothing drains it. */
  timeScale: number
  breathBegins: 0 | 1
}

/** Pressure of the seal's 2 cm of water, and of suction at −20 cm, mmHg. */
const SEAL_MMHG = 1.47
const SUCTION_MMHG = -14.7
const CM_PER_MMHG = 1.36
/** mL/s per mm² and root mmHg through a sharp opening: 0.6·√(2ΔP/ρ) of air. */
const ORIFICE = 8.9
/** A long tube passes this share. */
const TUBE = 0.3
const FASTEST_ML_S = 450
/** mL that raise the pressure of a chest with a collapsed lung by 1 mmHg. */
const DISTENSION = 90
/** Capacity of the space in the adult for whom the figures of a start are written, mL; others scale with theirs. */
export const REFERENCE_CAPACITY = 1400

/** Sets the air at the start. */
export function startPleura(p: Float64Array, airMl: number, leakMlMin: number, capacity: number): void {
  p[PLEURA.airMl] = airMl
  p[PLEURA.leakMlMin] = leakMlMin
  p[PLEURA.staticMmHg] = staticPressure(airMl, capacity)
  p[PLEURA.pressure] = p[PLEURA.staticMmHg]!
  p[PLEURA.expansion] = expansionFor(airMl, capacity)
}

/** Static pressure of `volumeMl` of air and blood in a space of `capacity`, mmHg. */
export function staticPressure(volumeMl: number, capacity: number): number {
  if (volumeMl < capacity) return -4 + (4 * volumeMl) / capacity
  const x = ((volumeMl - capacity) * REFERENCE_CAPACITY) / (DISTENSION * capacity)
  return x + 0.012 * x * x
}

/** How far the lung is open, 1 full … 0.05, for a volume of air and blood. */
export function expansionFor(volumeMl: number, capacity: number): number {
  if (volumeMl < capacity) return 1 - (0.75 * volumeMl) / capacity
  return Math.max(0.05, 0.25 - ((volumeMl - capacity) * REFERENCE_CAPACITY) / (6000 * capacity))
}

/** Advances the pleural space by `seconds`; `bledMl` of blood runs into it. */
export function stepPleura(
  p: Float64Array,
  drive: PleuraDrive,
  capacity: number,
  bledMl: number,
  seconds: number,
): void {
  p[PLEURA.bloodMl] = p[PLEURA.bloodMl]! + bledMl
  const rest = staticPressure(p[PLEURA.airMl]! + p[PLEURA.bloodMl]!, capacity)
  p[PLEURA.staticMmHg] = rest
  const pressure =
    drive.ventilated === 1
      ? rest + 0.3 * drive.swingMmHg * drive.inspiration
      : rest - drive.swingMmHg * drive.inspiration + 7 * drive.expiration
  p[PLEURA.pressure] = pressure
  const vents = drive.wallMm2 + drive.cannulaMm2 + drive.drainMm2 > 0.01
  const airway = drive.ventilated === 1 ? drive.swingMmHg * drive.inspiration : 0
  const into = leak(p, airway - pressure, vents ? 1 : drive.timeScale)
  // air passes outward through every opening, inward only where nothing stops it
  const twoWay =
    ORIFICE * (drive.wallMm2 + drive.cannulaMm2) + (drive.drainEnd === 'open' ? ORIFICE * TUBE * drive.drainMm2 : 0)
  const through = twoWay * root(pressure)
  const backPressure = drive.drainEnd === 'suction' ? SUCTION_MMHG : SEAL_MMHG
  const sealed =
    drive.drainEnd === 'open' ? 0 : ORIFICE * TUBE * drive.drainMm2 * Math.max(0, root(pressure - backPressure))
  const outward = Math.min(FASTEST_ML_S, Math.max(0, through) + sealed)
  const inward = p[PLEURA.airMl]! > capacity ? 0 : Math.min(FASTEST_ML_S, Math.max(0, -through))
  const out = Math.min(p[PLEURA.airMl]!, outward * seconds)
  p[PLEURA.airMl] = Math.max(0, p[PLEURA.airMl]! - out + (into + inward) * seconds)
  p[PLEURA.released] = p[PLEURA.released]! + out
  p[PLEURA.inflowMlMin] = relax(p[PLEURA.inflowMlMin]!, into * 60, seconds, 1)
  p[PLEURA.ventMlMin] = relax(p[PLEURA.ventMlMin]!, (out / seconds) * 60, seconds, 1)
  p[PLEURA.suckingMlMin] = relax(p[PLEURA.suckingMlMin]!, inward * 60, seconds, 1)
  p[PLEURA.bubbling] = relax(
    p[PLEURA.bubbling]!,
    sealed > 0.5 && out > 0 ? clamp(sealed / 15, 0.15, 1) : 0,
    seconds,
    0.8,
  )
  const open = expansionFor(p[PLEURA.airMl]! + p[PLEURA.bloodMl]!, capacity)
  p[PLEURA.expansion] = relax(p[PLEURA.expansion]!, open, seconds, open > p[PLEURA.expansion]! ? 5 : 1.5)
  // a lung that lies against the wall seals its own tear
  if (p[PLEURA.expansion]! > 0.85) p[PLEURA.leakMlMin] = relax(p[PLEURA.leakMlMin]!, 0, seconds, 40)
  swing(p, drive, seconds)
}

function leak(p: Float64Array, drop: number, timeScale: number): number {
  if (drop <= 0) return 0
  return (p[PLEURA.leakMlMin]! / 60) * (drop / 5) * timeScale
}

function swing(p: Float64Array, drive: PleuraDrive, seconds: number): void {
  const shown = drive.drainMm2 > 0 && drive.drainEnd !== 'open'
  if (!shown) {
    p[PLEURA.swing] = relax(p[PLEURA.swing]!, 0, seconds, 1)
    p[PLEURA.highest] = p[PLEURA.pressure]!
    p[PLEURA.lowest] = p[PLEURA.pressure]!
    return
  }
  p[PLEURA.highest] = Math.max(p[PLEURA.highest]!, p[PLEURA.pressure]!)
  p[PLEURA.lowest] = Math.min(p[PLEURA.lowest]!, p[PLEURA.pressure]!)
  if (drive.breathBegins === 1) {
    p[PLEURA.swing] = (p[PLEURA.highest]! - p[PLEURA.lowest]!) * CM_PER_MMHG
    p[PLEURA.highest] = p[PLEURA.pressure]!
    p[PLEURA.lowest] = p[PLEURA.pressure]!
  }
}

function root(x: number): number {
  return x < 0 ? -Math.sqrt(-x) : Math.sqrt(x)
}
