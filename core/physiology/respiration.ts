/**
 * Breathing and gas exchange: two alveolar stores, a shunt through the collapsed lung, oxygen content of blood, and the
 * drive to breathe. Saturation after Severinghaus (1979, doi:10.1152/jappl.1979.46.3.599); alveolar gas equation with
 * 863 mmHg·L(BTPS)/L(STPD); shunt mixing by content (Riley & Cournand). Pressures mmHg, volumes mL.
 */
import { clamp, relax } from '../simulation/exactmath.ts'
import { slots } from '../simulation/state.ts'

export const BREATHING = slots([
  'phase', // 0–1 through a breath
  'begins', // 1 in the tick in which a breath begins
  'rate', // breaths/min
  'tidalMl',
  'effort', // 1 quiet
  'alveolarO2',
  'arterialCo2',
  'saturation', // arterial, 0–1
  'venous', // mixed venous, 0–1
  'shown', // SpO2 as the monitor shows it, 0–1
  'etco2',
  'oxygen', // 1 when given
  'strain', // tiring of an overloaded patient, 0–1
  'starved', // want of oxygen in brain and heart: 0.5 breathing fails, 1 the heart stops
  'consciousness', // 3–15
  'inspiration', // 0–1 now
  'expiration', // 0–1 now
] as const)

export type BreathingDrive = {
  /** Expansion of the sick lung 0–1 and static pleural pressure. */
  expansion: number
  staticMmHg: number
  outputLMin: number
  meanMmHg: number
  /** 0–1. */
  pain: number
  fitting: 0 | 1
  timeScale: number
  ventilated: 0 | 1
  restRate: number
  restTidalMl: number
  /** mL of a breath at rest that take no part in gas exchange. */
  deadSpaceMl: number
  massKg: number
  beating: number
}

const ROOM_O2 = 150 // 0.21 × 713 mmHg
const MASK_O2 = 500 // reservoir mask, FiO2 about 0.7
const HAEMOGLOBIN = 14 // g/dL
/** Oxygen used at rest, mL/min per kg, and CO₂ made per oxygen. */
const OXYGEN_ML_KG = 3.4
const QUOTIENT = 0.8
const INSPIRATION_SHARE = 0.38

/** Breathing at rest. */
export function startBreathing(b: Float64Array, rate: number, tidalMl: number, oxygen: number): void {
  b[BREATHING.rate] = rate
  b[BREATHING.tidalMl] = tidalMl
  b[BREATHING.effort] = 1
  b[BREATHING.alveolarO2] = 100
  b[BREATHING.arterialCo2] = 40
  b[BREATHING.saturation] = 0.97
  b[BREATHING.venous] = 0.72
  b[BREATHING.shown] = 0.97
  b[BREATHING.etco2] = 38
  b[BREATHING.oxygen] = oxygen
  b[BREATHING.consciousness] = 15
}

/** Dead space in mL with which a patient at rest holds an arterial CO₂ of 40 mmHg. */
export function restingDeadSpace(rate: number, tidalMl: number, massKg: number): number {
  const alveolarMl = ((QUOTIENT * 0.863 * OXYGEN_ML_KG * massKg) / 40 / rate) * 1000
  return clamp(tidalMl - alveolarMl, 0.2 * tidalMl, 0.65 * tidalMl)
}

/** Advances breathing by `seconds`. */
export function stepBreathing(b: Float64Array, d: BreathingDrive, seconds: number): void {
  advanceBreath(b, seconds)
  driveBreathing(b, d, seconds)
  exchange(b, d, seconds)
  suffer(b, d, seconds)
}

/** Share of haemoglobin that is saturated at a partial pressure of oxygen in mmHg. */
export function saturationAt(pO2: number): number {
  const p = Math.max(0.1, pO2)
  return 1 / (1 + 23400 / (p * p * p + 150 * p))
}

function advanceBreath(b: Float64Array, seconds: number): void {
  const rate = b[BREATHING.rate]!
  b[BREATHING.begins] = 0
  if (rate < 0.5) {
    b[BREATHING.inspiration] = relax(b[BREATHING.inspiration]!, 0, seconds, 0.5)
    b[BREATHING.expiration] = 0
    return
  }
  b[BREATHING.phase] = b[BREATHING.phase]! + (seconds * rate) / 60
  if (b[BREATHING.phase]! >= 1) {
    b[BREATHING.phase] = b[BREATHING.phase]! - 1
    b[BREATHING.begins] = 1
  }
  const t = b[BREATHING.phase]!
  const within = t / INSPIRATION_SHARE
  const after = (t - INSPIRATION_SHARE) / (1 - INSPIRATION_SHARE)
  // parabola in, then a fall that reaches zero before the next breath
  b[BREATHING.inspiration] = t < INSPIRATION_SHARE ? within * (2 - within) : Math.max(0, 1 - 1.6 * after) * (1 - after)
  b[BREATHING.expiration] = after > 0.1 && after < 0.7 ? 1 - (after - 0.4) * (after - 0.4) * 11.1 : 0
}

function driveBreathing(b: Float64Array, d: BreathingDrive, seconds: number): void {
  if (d.ventilated === 1) {
    b[BREATHING.rate] = d.beating === 1 ? d.restRate : 14
    b[BREATHING.tidalMl] = d.restTidalMl * (0.8 + 0.2 * d.expansion) * clamp(1.2 - d.staticMmHg / 60, 0.5, 1)
    b[BREATHING.effort] = 1
    return
  }
  const lack = clamp((0.93 - b[BREATHING.saturation]!) * 2.2, 0, 0.8)
  const excess = clamp((b[BREATHING.arterialCo2]! - 41) / 25, 0, 0.8)
  const stretch = 0.35 * (1 - d.expansion) + clamp(d.staticMmHg / 25, 0, 0.5)
  const call = 1 + lack + excess + stretch + 0.35 * d.pain
  const strength = clamp(1.8 - 1.8 * b[BREATHING.starved]!, 0, 1) * d.beating * (d.fitting === 1 ? 0.15 : 1)
  const rate = strength < 0.05 ? 0 : Math.min(38, d.restRate * call) * (0.35 + 0.65 * strength)
  b[BREATHING.rate] = relax(b[BREATHING.rate]!, rate, seconds, rate < 1 ? 3 : 6)
  const room = clamp(1 - 0.22 * (1 - d.expansion) - clamp(d.staticMmHg / 60, 0, 0.35), 0.3, 1)
  b[BREATHING.tidalMl] = relax(b[BREATHING.tidalMl]!, d.restTidalMl * room * strength, seconds, 4)
  b[BREATHING.effort] = relax(b[BREATHING.effort]!, call * strength, seconds, 4)
}

function exchange(b: Float64Array, d: BreathingDrive, seconds: number): void {
  const minutes = seconds / 60
  const moving = b[BREATHING.rate]! < 1 ? 0 : b[BREATHING.rate]!
  // part of the dead space shrinks with the breath
  const dead = d.deadSpaceMl * (0.35 + (0.65 * b[BREATHING.tidalMl]!) / d.restTidalMl)
  const alveolar = (moving * Math.max(0, b[BREATHING.tidalMl]! - dead)) / 1000
  const open = 0.5 + 0.5 * d.expansion
  const oxygenUse = OXYGEN_ML_KG * d.massKg * (d.beating === 1 ? 1 : 0.2)
  const store = 2.4 * open
  const inspired = b[BREATHING.oxygen] === 1 || d.ventilated === 1 ? MASK_O2 : ROOM_O2
  const change = (alveolar * (inspired - b[BREATHING.alveolarO2]!) - 0.863 * oxygenUse) / store
  b[BREATHING.alveolarO2] = clamp(b[BREATHING.alveolarO2]! + change * minutes, 12, 600)
  const made = QUOTIENT * 0.863 * oxygenUse
  const level = made / Math.max(0.4, alveolar)
  b[BREATHING.arterialCo2] = relax(b[BREATHING.arterialCo2]!, clamp(level, 18, 140), seconds, alveolar < 0.5 ? 240 : 70)
  const shunt = clamp(0.04 + 0.24 * (1 - d.expansion) + clamp((d.staticMmHg - 8) / 70, 0, 0.25), 0, 0.7)
  const ending = saturationAt(b[BREATHING.alveolarO2]! - 6)
  const arterial = (1 - shunt) * ending + shunt * b[BREATHING.venous]!
  b[BREATHING.saturation] = relax(b[BREATHING.saturation]!, clamp(arterial, 0, 0.995), seconds, 6)
  const carried = Math.max(0.6, d.outputLMin) * 13.4 * HAEMOGLOBIN
  const venous = b[BREATHING.saturation]! - (Math.min(1, d.outputLMin) * oxygenUse) / carried
  b[BREATHING.venous] = relax(b[BREATHING.venous]!, clamp(venous, 0.05, 0.85), seconds, 10)
  b[BREATHING.shown] = relax(b[BREATHING.shown]!, b[BREATHING.saturation]!, seconds, 5)
  const perfused = (1.24 * d.outputLMin) / (d.outputLMin + 1.2)
  const ended = moving === 0 ? 0 : b[BREATHING.arterialCo2]! * 0.95 * Math.min(1, perfused)
  b[BREATHING.etco2] = relax(b[BREATHING.etco2]!, ended, seconds, 5)
}

function suffer(b: Float64Array, d: BreathingDrive, seconds: number): void {
  const lack = clamp((0.62 - b[BREATHING.saturation]!) / 0.2, 0, 1.5)
  const low = clamp((45 - d.meanMmHg) / 20, 0, 1.5)
  // an overloaded patient tires over the illness' own time and recovers only once the chest is let down
  const load = d.ventilated === 1 ? 0 : clamp(b[BREATHING.effort]! - 1.7, 0, 1)
  const strain = b[BREATHING.strain]! + ((load > 0 ? load * d.timeScale : d.staticMmHg < 3 ? -4 : 0) * seconds) / 900
  b[BREATHING.strain] = clamp(strain, 0, 1)
  const worse = lack + low + (b[BREATHING.strain]! > 0.95 ? 0.4 : 0)
  const starved = b[BREATHING.starved]! + (worse > 0 ? worse * seconds : -2 * seconds) / 90
  b[BREATHING.starved] = clamp(starved, 0, 1)
  const dim = clamp((0.8 - b[BREATHING.saturation]!) / 0.35, 0, 1) + clamp((55 - d.meanMmHg) / 30, 0, 1)
  const alert = d.ventilated === 1 ? 3 : 15 - 12 * clamp(dim + b[BREATHING.starved]! + 0.8 * d.fitting, 0, 1)
  b[BREATHING.consciousness] = relax(b[BREATHING.consciousness]!, alert, seconds, 4)
}
