/**
 * Breathing: the drive to breathe, its rhythm and depth, how it tires, and how awake the patient is. What the gas does is
 * in `gas.ts`; a machine that breathes for the patient in `ventilator.ts`. Pressures mmHg, volumes mL.
 */
import { clamp, relax } from '../simulation/exactmath.ts'
import { slots } from '../simulation/state.ts'

export const BREATHING = slots([
  'phase', // 0–1 through a breath
  'begins', // 1 in the tick in which a breath begins
  'rate', // breaths/min
  'tidalMl',
  'effort', // 1 quiet
  'oxygen', // 1 when given by mask
  'maskFraction', // of oxygen in what the mask gives
  'airwayOpen', // 1 when gas can pass without a breath
  'strain', // tiring of an overloaded patient, 0–1
  'starved', // want of oxygen in brain and heart: 0.5 breathing fails, 1 the heart stops
  'consciousness', // 3–15
  'inspiration', // 0–1 now
  'expiration', // 0–1 now
] as const)

/** What makes a patient breathe more, less, or not at all; shares are 0–1. */
export type BreathingDrive = {
  /** Expansion of the sick lung 0–1 and static pleural pressure. */
  expansion: number
  staticMmHg: number
  saturation: number
  arterialCo2: number
  meanMmHg: number
  pain: number
  fitting: 0 | 1
  timeScale: number
  /** 1 while a machine breathes, with its rate, last breath and share of the present one. */
  machine: 0 | 1
  machineRate: number
  machineTidalMl: number
  machineShare: number
  machineBegins: number
  restRate: number
  restTidalMl: number
  /** Breaths/min that a loss of blood adds. */
  addedBreaths: number
  /** Share of the drive that drugs take, of the muscles that are paralysed, and depth of sleep. */
  depression: number
  paralysis: number
  hypnosis: number
  /** Multiplier of the airway's resistance. */
  obstruction: number
  beating: number
}

/** Part of the dead space shrinks with the breath. */
const FIXED_DEAD_SPACE = 0.35
const INSPIRATION_SHARE = 0.38
/** Fraction of oxygen by a reservoir mask. */
export const RESERVOIR_MASK = 0.7

/** Breathing at rest. */
export function startBreathing(b: Float64Array, rate: number, tidalMl: number, oxygen: number): void {
  b[BREATHING.rate] = rate
  b[BREATHING.tidalMl] = tidalMl
  b[BREATHING.effort] = 1
  b[BREATHING.oxygen] = oxygen
  b[BREATHING.maskFraction] = RESERVOIR_MASK
  b[BREATHING.airwayOpen] = 1
  b[BREATHING.consciousness] = 15
}

/** Dead space in mL with which a patient at rest who makes `dioxideMade` mL/min holds an arterial CO₂ of 40 mmHg. */
export function restingDeadSpace(rate: number, tidalMl: number, dioxideMade: number): number {
  const alveolarMl = ((0.863 * dioxideMade) / 40 / rate) * 1000
  return clamp(tidalMl - alveolarMl, 0.2 * tidalMl, 0.65 * tidalMl)
}

/** Alveolar ventilation in L/min. */
export function alveolarVentilation(b: Float64Array, deadSpaceMl: number, restTidalMl: number): number {
  const moving = b[BREATHING.rate]! < 1 ? 0 : b[BREATHING.rate]!
  const dead = deadSpaceMl * (FIXED_DEAD_SPACE + ((1 - FIXED_DEAD_SPACE) * b[BREATHING.tidalMl]!) / restTidalMl)
  return (moving * Math.max(0, b[BREATHING.tidalMl]! - dead)) / 1000
}

/** Advances breathing by `seconds`. */
export function stepBreathing(b: Float64Array, d: BreathingDrive, seconds: number): void {
  if (d.machine === 1) followMachine(b, d)
  else {
    advanceBreath(b, seconds)
    driveBreathing(b, d, seconds)
  }
  suffer(b, d, seconds)
}

function followMachine(b: Float64Array, d: BreathingDrive): void {
  b[BREATHING.rate] = d.machineRate
  b[BREATHING.tidalMl] = d.machineTidalMl
  b[BREATHING.effort] = 1
  b[BREATHING.inspiration] = d.machineShare
  b[BREATHING.expiration] = 0
  b[BREATHING.begins] = d.machineBegins
  b[BREATHING.phase] = d.machineBegins === 1 ? 0 : b[BREATHING.phase]! + d.machineRate / 6000
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
  const lack = clamp((0.93 - d.saturation) * 2.2, 0, 0.8)
  const excess = clamp((d.arterialCo2 - 41) / 25, 0, 0.8)
  const stretch = 0.35 * (1 - d.expansion) + clamp(d.staticMmHg / 25, 0, 0.5)
  const call = 1 + lack + excess + stretch + 0.35 * d.pain + d.addedBreaths / d.restRate
  const nerve = clamp(1.8 - 1.8 * b[BREATHING.starved]!, 0, 1) * d.beating * (d.fitting === 1 ? 0.15 : 1)
  // drugs first slow the breath, then stop it; muscles fail after four fifths of the receptors are taken
  const strength = nerve * clamp(1.12 * (1 - d.depression) - 0.06, 0, 1)
  const muscle = clamp(1 - (d.paralysis - 0.3) / 0.6, 0, 1)
  const rate = strength < 0.05 || muscle < 0.05 ? 0 : Math.min(40, d.restRate * call) * (0.35 + 0.65 * strength)
  b[BREATHING.rate] = relax(b[BREATHING.rate]!, rate, seconds, rate < 1 ? 3 : 6)
  const collapsed = 1 - 0.22 * (1 - d.expansion) - clamp(d.staticMmHg / 60, 0, 0.35)
  const room = clamp(collapsed - 0.06 * (d.obstruction - 1), 0.2, 1)
  const deep = (0.5 + 0.5 * strength) * nerve * muscle
  b[BREATHING.tidalMl] = relax(b[BREATHING.tidalMl]!, d.restTidalMl * room * deep, seconds, 4)
  const work = call * strength * (1 + 0.12 * (d.obstruction - 1))
  b[BREATHING.effort] = relax(b[BREATHING.effort]!, work, seconds, 4)
}

function suffer(b: Float64Array, d: BreathingDrive, seconds: number): void {
  const lack = clamp((0.62 - d.saturation) / 0.2, 0, 1.5)
  const low = clamp((45 - d.meanMmHg) / 20, 0, 1.5)
  // an overloaded patient tires over the illness' own time and recovers only once the chest is let down
  const load = d.machine === 1 ? 0 : clamp(b[BREATHING.effort]! - 1.7, 0, 1)
  const strain = b[BREATHING.strain]! + ((load > 0 ? load * d.timeScale : d.staticMmHg < 3 ? -4 : 0) * seconds) / 900
  b[BREATHING.strain] = clamp(strain, 0, 1)
  const worse = lack + low + (b[BREATHING.strain]! > 0.95 ? 0.4 : 0)
  const starved = b[BREATHING.starved]! + (worse > 0 ? worse * seconds : -2 * seconds) / 90
  b[BREATHING.starved] = clamp(starved, 0, 1)
  const dim = clamp((0.8 - d.saturation) / 0.35, 0, 1) + clamp((55 - d.meanMmHg) / 30, 0, 1)
  const narcosis = clamp((d.arterialCo2 - 75) / 40, 0, 1)
  const alert = 15 - 12 * clamp(dim + b[BREATHING.starved]! + 0.8 * d.fitting + d.hypnosis + narcosis, 0, 1)
  b[BREATHING.consciousness] = relax(b[BREATHING.consciousness]!, alert, seconds, 4)
}
