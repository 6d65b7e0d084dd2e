/**
 * A ventilator on a lung of one compartment: P = V/C + R·flow + PEEP (equation of motion; Bates 2009, Lung Mechanics,
 * ch. 3). Volume control gives an even flow and a pause, pressure control an even pressure; air leaves by itself, and what
 * has not left before the next breath stays (trapped gas). Pressures cmH₂O, volumes mL, times s.
 */
import { clamp, exp, relax } from '../simulation/exactmath.ts'
import { slots } from '../simulation/state.ts'

export const VENTILATOR = slots([
  'on',
  'mode', // 0 volume control, 1 pressure control
  'rate', // breaths/min
  'tidalMl', // set
  'drivingCm', // pressure control: above PEEP
  'peepCm',
  'inspired', // fraction of oxygen
  'limitCm', // inspiration goes no higher
  'phase', // s since the breath began
  'lungMl', // above the volume at rest
  'lowestMl', // of this breath
  'highestMl',
  'flow', // mL/s
  'airwayCm', // now
  'highestCm', // of this breath
  'peakCm', // of the last
  'plateauCm',
  'meanCm',
  'deliveredMl', // of the last breath
  'begins', // 1 in the tick in which a breath begins
  'share', // 0–1 through the breath's volume
] as const)

/** Chest and airway that the ventilator meets. */
export type Mechanics = {
  /** mL/cmH₂O of lungs and chest wall. */
  complianceMlCm: number
  /** cmH₂O·s/L of airway and tube. */
  resistanceCm: number
  /** What else presses on the lungs (air in the pleura, gas in the belly), cmH₂O. */
  outsideCm: number
}

/** Inspiration is a third of a breath, and a tenth of the breath is a pause within it. */
const INSPIRATION = 1 / 3
const PAUSE = 0.1
/** High pressure limit, as anaesthetic machines ship it. */
const LIMIT_CM = 40

/** Usual settings for a breath and a rate. */
export function startVentilator(v: Float64Array, rate: number, tidalMl: number): void {
  v[VENTILATOR.rate] = rate
  v[VENTILATOR.tidalMl] = tidalMl
  v[VENTILATOR.drivingCm] = 12
  v[VENTILATOR.peepCm] = 5
  v[VENTILATOR.inspired] = 0.7
  v[VENTILATOR.limitCm] = LIMIT_CM
  v[VENTILATOR.deliveredMl] = tidalMl
}

/** Advances a running ventilator by `seconds`. */
export function stepVentilator(v: Float64Array, m: Mechanics, seconds: number): void {
  const breath = 60 / v[VENTILATOR.rate]!
  v[VENTILATOR.begins] = 0
  v[VENTILATOR.phase] = v[VENTILATOR.phase]! + seconds
  if (v[VENTILATOR.phase]! >= breath) beginBreath(v, breath)
  const blowing = v[VENTILATOR.phase]! < breath * INSPIRATION
  const before = v[VENTILATOR.lungMl]!
  if (!blowing) leave(v, m, seconds)
  else if (v[VENTILATOR.mode] === 1) pressIn(v, m, seconds)
  else flowIn(v, m, breath, seconds)
  v[VENTILATOR.flow] = (v[VENTILATOR.lungMl]! - before) / seconds
  const elastic = v[VENTILATOR.lungMl]! / m.complianceMlCm + m.outsideCm
  const resistive = (m.resistanceCm * v[VENTILATOR.flow]!) / 1000
  v[VENTILATOR.airwayCm] = v[VENTILATOR.peepCm]! + (blowing ? Math.max(0, elastic + resistive) : 0)
  v[VENTILATOR.highestCm] = Math.max(v[VENTILATOR.highestCm]!, v[VENTILATOR.airwayCm]!)
  if (blowing) v[VENTILATOR.plateauCm] = v[VENTILATOR.peepCm]! + Math.max(0, elastic)
  v[VENTILATOR.meanCm] = relax(v[VENTILATOR.meanCm]!, v[VENTILATOR.airwayCm]!, seconds, 4)
  v[VENTILATOR.highestMl] = Math.max(v[VENTILATOR.highestMl]!, v[VENTILATOR.lungMl]!)
  v[VENTILATOR.lowestMl] = Math.min(v[VENTILATOR.lowestMl]!, v[VENTILATOR.lungMl]!)
  v[VENTILATOR.share] = clamp(v[VENTILATOR.lungMl]! / Math.max(50, v[VENTILATOR.deliveredMl]!), 0, 1)
}

function beginBreath(v: Float64Array, breath: number): void {
  v[VENTILATOR.phase] = v[VENTILATOR.phase]! - breath
  v[VENTILATOR.begins] = 1
  v[VENTILATOR.peakCm] = v[VENTILATOR.highestCm]!
  v[VENTILATOR.deliveredMl] = Math.max(0, v[VENTILATOR.highestMl]! - v[VENTILATOR.lowestMl]!)
  v[VENTILATOR.highestCm] = 0
  v[VENTILATOR.highestMl] = v[VENTILATOR.lungMl]!
  v[VENTILATOR.lowestMl] = v[VENTILATOR.lungMl]!
}

function flowIn(v: Float64Array, m: Mechanics, breath: number, seconds: number): void {
  const flowing = breath * (INSPIRATION - PAUSE)
  if (v[VENTILATOR.phase]! > flowing) return
  const flow = v[VENTILATOR.tidalMl]! / flowing
  const elastic = v[VENTILATOR.lungMl]! / m.complianceMlCm + m.outsideCm
  // at the limit the machine goes on with what flow the limit still drives
  const driven = (1000 * (v[VENTILATOR.limitCm]! - v[VENTILATOR.peepCm]! - elastic)) / m.resistanceCm
  v[VENTILATOR.lungMl] = v[VENTILATOR.lungMl]! + clamp(driven, 0, flow) * seconds
}

function pressIn(v: Float64Array, m: Mechanics, seconds: number): void {
  const target = Math.max(0, v[VENTILATOR.drivingCm]! - m.outsideCm) * m.complianceMlCm
  v[VENTILATOR.lungMl] = target + (v[VENTILATOR.lungMl]! - target) * decay(m, seconds)
}

function leave(v: Float64Array, m: Mechanics, seconds: number): void {
  v[VENTILATOR.lungMl] = v[VENTILATOR.lungMl]! * decay(m, seconds)
}

/** Share that is left of a difference after `seconds` at the lung's own time constant R·C. */
function decay(m: Mechanics, seconds: number): number {
  return exp((-1000 * seconds) / (m.resistanceCm * m.complianceMlCm))
}
