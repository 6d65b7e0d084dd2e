/**
 * How the parts of the body act on each other: each function reads the state and fills the drive of one part. Multipliers
 * unless named otherwise; shares are 0–1.
 */
import type { Person } from '../anatomy/patient.ts'
import { clamp } from '../simulation/exactmath.ts'
import type { Body } from './body.ts'
import { CIRCULATION, type CirculationDrive } from './circulation.ts'
import { EFFECT } from './drugs/effects.ts'
import { haemoglobinOf } from './fluids.ts'
import { GAS, type GasDrive } from './gas.ts'
import { bellyOf, embolismOf, ILLNESS } from './illness.ts'
import { MONITOR } from './monitor.ts'
import { PLEURA } from './pleura.ts'
import { breathsAdded, heartRateChange, REFLEX, REFLEX_PROFILES, type ReflexProfile } from './reflex.ts'
import { alveolarVentilation, BREATHING } from './respiration.ts'
import { compressionOf, RHYTHM, RHYTHM_CODE, squeezeOf, VT_RATE } from './rhythm.ts'
import { VENTILATOR } from './ventilator.ts'

const CM_PER_MMHG = 1.36
/** Inspiratory swing of quiet breathing in the pleura and of that round the heart, mmHg. */
const QUIET_SWING = 4
const HEART_SWING = 3
/** Oxygen used at rest, mL/min per kg (lean-adjusted), and CO₂ made per oxygen. */
const OXYGEN_ML_KG = 3.4
const QUOTIENT = 0.8
/** Volume of the lungs at rest lying half up, mL per kg of dosing weight, and how much of it fat takes. */
const REST_ML_KG = 34
/** Lungs and chest wall of 70 kg, mL/cmH₂O; airway and tube, cmH₂O·s/L. */
const COMPLIANCE = 52
const AIRWAY_CM = 9
const ROOM = 0.21
const PEA_RATE_SHARE = 0.55

/** kg that use oxygen: a quarter of the excess counts. */
function metabolicKg({ massKg, dosingMassKg }: Person): number {
  return dosingMassKg + 0.25 * (massKg - dosingMassKg)
}

/** Oxygen at rest, mL/min, and carbon dioxide made of it. */
const oxygenAtRest = (patient: Person): number => OXYGEN_ML_KG * metabolicKg(patient)
export const dioxideAtRest = (patient: Person): number => QUOTIENT * oxygenAtRest(patient)

/** Volume of the lungs at rest, mL: belly fat pushes the diaphragm up (Jones & Nzekwu 2006, doi:10.1378/chest.130.3.827). */
export function lungsAtRest({ massKg, dosingMassKg }: Person): number {
  return REST_ML_KG * dosingMassKg * clamp(1 - 0.7 * (massKg / dosingMassKg - 1), 0.45, 1)
}

function reflexOf({ patient }: Body): ReflexProfile {
  return REFLEX_PROFILES[patient.physiology.reflexProfile ?? 'observed']
}

/** 1 while the patient fits. */
function isFitting(effects: Float64Array): 0 | 1 {
  return effects[EFFECT.fit]! > 0.5 ? 1 : 0
}

/** Depth of sleep by drugs, or by the sedation under which a ventilated case begins. */
function sleepOf({ state, start }: Body): number {
  return start.ventilation === 'ventilated' ? 1 : state.effects[EFFECT.hypnosis]!
}

/** What reaches a patient of the pain at the wound. */
function feltPain(body: Body): number {
  return body.input.pain * (1 - sleepOf(body)) * (1 - clamp(body.state.effects[EFFECT.analgesia]!, 0, 1))
}

export function fillVentilator({ state, patient, mechanics }: Body): void {
  const { pleura, illness } = state
  const size = patient.dosingMassKg / 70
  const open = 0.45 + 0.55 * pleura[PLEURA.expansion]!
  mechanics.complianceMlCm = (COMPLIANCE * size * open) / (1 + 0.55 * bellyOf(illness))
  mechanics.resistanceCm = AIRWAY_CM * narrowing(state)
  mechanics.outsideCm = 0.5 * CM_PER_MMHG * Math.max(0, pleura[PLEURA.staticMmHg]!)
}

function narrowing({ illness, effects }: Body['state']): number {
  return 1 + 7 * illness[ILLNESS.allergy]! * (1 - clamp(effects[EFFECT.bronchi]!, 0, 1))
}

export function fillPleura({ state, start, input, pleuraDrive: drive }: Body): void {
  const { breathing, ventilator } = state
  drive.wallMm2 = input.wallMm2
  drive.cannulaMm2 = input.cannulaMm2
  drive.drainMm2 = input.drainMm2
  drive.drainEnd = input.drainEnd
  drive.inspiration = breathing[BREATHING.inspiration]!
  drive.expiration = breathing[BREATHING.expiration]! * clamp(breathing[BREATHING.effort]!, 0, 1)
  drive.ventilated = ventilator[VENTILATOR.on] === 1 ? 1 : 0
  drive.swingMmHg =
    drive.ventilated === 1
      ? ventilator[VENTILATOR.peakCm]! / CM_PER_MMHG
      : QUIET_SWING * clamp(2.2 * breathing[BREATHING.effort]! - 1.2, 0, 5)
  drive.breathBegins = breathing[BREATHING.begins] === 1 ? 1 : 0
  drive.timeScale = start.timeScale
}

export function fillBreathing(body: Body): void {
  const { state, breathingDrive: drive } = body
  const { pleura, gas, effects, ventilator } = state
  drive.expansion = pleura[PLEURA.expansion]!
  drive.staticMmHg = pleura[PLEURA.staticMmHg]!
  drive.saturation = gas[GAS.saturation]!
  drive.arterialCo2 = gas[GAS.arterialCo2]!
  drive.meanMmHg = state.monitor[MONITOR.mean]!
  drive.pain = feltPain(body)
  drive.fitting = isFitting(effects)
  drive.timeScale = body.start.timeScale
  drive.machine = ventilator[VENTILATOR.on] === 1 ? 1 : 0
  drive.machineRate = ventilator[VENTILATOR.rate]!
  drive.machineTidalMl = ventilator[VENTILATOR.deliveredMl]!
  drive.machineShare = ventilator[VENTILATOR.share]!
  drive.machineBegins = ventilator[VENTILATOR.begins]!
  drive.addedBreaths = breathsAdded(state.reflex, reflexOf(body))
  drive.depression = effects[EFFECT.ventilation]!
  drive.paralysis = effects[EFFECT.paralysis]!
  drive.hypnosis = sleepOf(body)
  drive.obstruction = narrowing(state)
  drive.beating = state.circulation[CIRCULATION.beating]!
}

export function fillGas(body: Body): void {
  const { state, patient } = body
  const { breathing, pleura, circulation, illness, ventilator } = state
  const drive: GasDrive = body.gasDrive
  const expansion = pleura[PLEURA.expansion]!
  const machine = ventilator[VENTILATOR.on] === 1
  const asleep = sleepOf(body)
  const belly = bellyOf(illness)
  const embolism = embolismOf(illness)
  const allergy = illness[ILLNESS.allergy]!
  const flowing = circulation[CIRCULATION.beating] === 1 || compressionOf(state.rhythm) > 0
  drive.moving = breathing[BREATHING.rate]! >= 1 && breathing[BREATHING.tidalMl]! > 20 ? 1 : 0
  drive.unperfused = 0.05 + 0.5 * embolism + 0.5 * allergy
  const reached = 1 - 0.5 * embolism
  drive.alveolarLMin = reached * alveolarVentilation(breathing, body.deadSpaceMl, patient.physiology.tidalMl)
  const mask = breathing[BREATHING.oxygen] === 1 ? breathing[BREATHING.maskFraction]! : ROOM
  drive.inspired = machine ? ventilator[VENTILATOR.inspired]! : mask
  drive.restMl = body.lungsMl * (0.5 + 0.5 * expansion) * (1 - 0.1 * asleep) * (1 - 0.2 * belly)
  drive.airwayOpen = breathing[BREATHING.airwayOpen]!
  const squeezed = clamp((pleura[PLEURA.staticMmHg]! - 8) / 50, 0, 0.3)
  const collapsed = 0.3 * (1 - expansion) + squeezed
  drive.shunt = clamp(0.025 + collapsed + 0.12 * allergy + 0.03 * belly, 0, 0.7)
  drive.outputLMin = flowing ? Math.max(0, circulation[CIRCULATION.outputLMin]!) : 0
  drive.haemoglobinGDl = haemoglobinOf(state.fluids, circulation)
  drive.oxygenUse = oxygenAtRest(patient) * (1 - 0.15 * asleep) * (flowing ? 1 : 0.2)
  drive.dioxideMade = QUOTIENT * drive.oxygenUse + illness[ILLNESS.absorbedMlMin]!
}

export function fillRhythm({ state, rhythmDrive: drive }: Body): void {
  const { circulation, breathing, effects, gas, pleura, illness, reflex } = state
  drive.starved = breathing[BREATHING.starved]!
  drive.poison = effects[EFFECT.arrhythmia]!
  drive.coronaryMmHg = circulation[CIRCULATION.diastolic]! - circulation[CIRCULATION.cvp]!
  drive.saturation = gas[GAS.saturation]!
  const standing =
    pleura[PLEURA.staticMmHg]! > 10 ||
    reflex[REFLEX.missing]! > 0.42 ||
    illness[ILLNESS.effusionMl]! > 150 ||
    embolismOf(illness) > 0.6 ||
    drive.poison > 0.5 ||
    drive.saturation < 0.6
  drive.cause = standing ? 1 : 0
}

/** Everything that acts on heart and vessels in this tick. */
export function fillHeart(body: Body): void {
  const { state, input } = body
  const { reflex, effects, illness, rhythm } = state
  const drive: CirculationDrive = body.circulationDrive
  const profile = reflexOf(body)
  const scale = state.circulation[CIRCULATION.scale]!
  const dying = state.breathing[BREATHING.starved]!
  const allergy = illness[ILLNESS.allergy]!
  const belly = bellyOf(illness)
  const pain = feltPain(body)
  drive.heartRate = heartRate(body, pain, dying)
  drive.squeeze = squeezeOf(rhythm)
  drive.atria = rhythm[RHYTHM.code] === RHYTHM_CODE.sinus ? 1 : 0
  drive.compression = compressionOf(rhythm)
  const drugs = clamp(1 + effects[EFFECT.contractility]!, 0.1, 2.2)
  drive.contractility = (1 + 0.4 * reflex[REFLEX.heart]!) * (1 - 0.5 * dying) * drugs
  const vessels = reflex[REFLEX.vessels]!
  const narrow = 1 + (vessels > 0 ? profile.vesselsUp : 0.45) * vessels + 0.15 * pain + 0.2 * belly
  drive.resistance = Math.max(0.25, narrow * (1 + effects[EFFECT.resistance]!) * (1 - 0.6 * allergy))
  drive.venousTone = (profile.veinsMl * reflex[REFLEX.veins]! + effects[EFFECT.veins]! - 2000 * allergy) * scale
  // propped up, some blood stays in the legs
  drive.legPoolMl = 4 * input.headUpDegrees * scale
  drive.bellyMmHg = 0.5 * illness[ILLNESS.bellyMmHg]!
  drive.bellyResistance = 1 + 2.5 * belly * belly
  drive.effusionMl = illness[ILLNESS.effusionMl]!
  squeezeChest(body)
}

function heartRate(body: Body, pain: number, dying: number): number {
  const { state, patient } = body
  const { reflex, effects, gas, pleura, rhythm } = state
  if (rhythm[RHYTHM.code] === RHYTHM_CODE.vt) return VT_RATE
  const lack = clamp((0.9 - gas[GAS.saturation]!) / 0.3, 0, 1)
  const tension = clamp(pleura[PLEURA.staticMmHg]! / 12, 0, 1)
  const fit = isFitting(effects) === 1 ? 20 : 0
  // a hypnotic blunts the reflex
  const faster =
    heartRateChange(reflex, reflexOf(body), patient.physiology.reflexPercent) * (1 - 0.4 * effects[EFFECT.hypnosis]!)
  const distress = (22 * lack + 12 * pain + fit + 10 * tension + 20 * state.illness[ILLNESS.allergy]!) * (1 - dying)
  const driven = patient.physiology.heartRate + faster + distress + effects[EFFECT.heartRate]!
  const failing = (1 - 0.65 * clamp(2 * dying - 0.8, 0, 1)) * Math.max(0.2, 1 + effects[EFFECT.rate]!)
  return Math.max(20, driven * failing * (rhythm[RHYTHM.code] === RHYTHM_CODE.pea ? PEA_RATE_SHARE : 1))
}

function squeezeChest({ state, circulationDrive: drive }: Body): void {
  const { pleura, breathing, ventilator, illness } = state
  const pressure = pleura[PLEURA.staticMmHg]!
  const tension = Math.max(0, pressure)
  const machine = ventilator[VENTILATOR.on] === 1
  const breath = breathing[BREATHING.inspiration]! - 0.3
  const deep = machine ? 1 : -clamp(breathing[BREATHING.effort]!, 0, 2)
  // breathing on one's own keeps drawing blood back: the pressure holds late (Roberts 2015, as in the facts sheet)
  const kinking = tension / (machine ? 4 : 7.5)
  const blown = machine ? (0.55 * ventilator[VENTILATOR.meanCm]!) / CM_PER_MMHG : 0
  drive.thoraxMmHg = -4 + (machine ? 0.6 : 0.36) * (pressure + 4) + blown + HEART_SWING * breath * deep
  drive.returnResistance = 1 + kinking * kinking
  const embolism = embolismOf(illness)
  drive.lungResistance =
    1 + 0.6 * (1 - pleura[PLEURA.expansion]!) + tension / (machine ? 20 : 30) + 50 * embolism * embolism
}
