/**
 * The patient's body as a whole: its state, how it is made and settled, and the order in which its parts act in a tick.
 */
import type { Person, Start } from '../anatomy/patient.ts'
import { clamp } from '../simulation/exactmath.ts'
import {
  bloodMl,
  CIRCULATION,
  type CirculationDrive,
  startCirculation,
  stepCirculation,
  stretchArteries,
} from './circulation.ts'
import {
  dioxideAtRest,
  fillBreathing,
  fillGas,
  fillHeart,
  fillPleura,
  fillRhythm,
  fillVentilator,
  lungsAtRest,
} from './drives.ts'
import { drugEffects, EFFECT } from './drugs/effects.ts'
import { stepDrugs } from './drugs/kinetics.ts'
import { startFluids, stepFluids } from './fluids.ts'
import { type GasDrive, startGas, stepGas } from './gas.ts'
import { bleedingOf, leakOf, setIllness, stepIllness } from './illness.ts'
import { MONITOR, stepMonitor } from './monitor.ts'
import { type PleuraDrive, REFERENCE_CAPACITY, startPleura, stepPleura } from './pleura.ts'
import { REFLEX, stepReflex } from './reflex.ts'
import { BREATHING, type BreathingDrive, restingDeadSpace, startBreathing, stepBreathing } from './respiration.ts'
import { RHYTHM, type RhythmDrive, startRhythm, stepRhythm } from './rhythm.ts'
import { type Mechanics, startVentilator, stepVentilator, VENTILATOR } from './ventilator.ts'

/** State views of a body. */
export type BodyState = {
  readonly circulation: Float64Array
  readonly reflex: Float64Array
  readonly rhythm: Float64Array
  readonly fluids: Float64Array
  readonly breathing: Float64Array
  readonly gas: Float64Array
  readonly ventilator: Float64Array
  readonly pleura: Float64Array
  readonly drugs: Float64Array
  readonly effects: Float64Array
  readonly illness: Float64Array
  readonly monitor: Float64Array
  readonly waves: Float64Array
}

/** What the operator and the room do to the body in a tick. */
export type BodyInput = {
  wallMm2: number
  cannulaMm2: number
  drainMm2: number
  drainEnd: PleuraDrive['drainEnd']
  bledOutMl: number
  bledInMl: number
  pain: number
  headUpDegrees: number
}

/** A body with its scratch records; the state itself lies in `state`. */
export type Body = {
  readonly state: BodyState
  readonly patient: Person
  readonly start: Start
  readonly input: BodyInput
  /** mL of a breath at rest that take no part in gas exchange, and of the lungs at rest. */
  readonly deadSpaceMl: number
  readonly lungsMl: number
  readonly mechanics: Mechanics
  readonly pleuraDrive: PleuraDrive
  readonly breathingDrive: BreathingDrive
  readonly gasDrive: GasDrive
  readonly rhythmDrive: RhythmDrive
  readonly circulationDrive: CirculationDrive
}

const TICK_S = 0.01
const SETTLE_TICKS = 6500
const ILL_TICKS = 3500
const ROOM = 0.21

/**
 * Builds a body at rest, lets it settle with the patient's own pressure (which finds resistance and set point), then
 * puts the air of the start into the pleura, lets the body answer, and begins the start's illnesses.
 */
export function createBody(state: BodyState, patient: Person, start: Start): Body {
  const body = bodyAtRest(state, patient, start)
  settle(body)
  for (const { kind, percent } of start.illness ?? []) setIllness(state.illness, kind, percent)
  return body
}

/** Advances the body by one tick with `body.input`, writing one sample of each wave at `head`. */
export function stepBody(body: Body, head: number): void {
  const { state, input, patient } = body
  const { circulation, breathing, ventilator, pleura, reflex, drugs, effects, illness, monitor, rhythm } = state
  stepDrugs(drugs, patient.dosingMassKg, Math.max(0, circulation[CIRCULATION.outputLMin]!), TICK_S)
  drugEffects(drugs, effects)
  stepIllness(illness, clamp(effects[EFFECT.allergy]!, 0, 1), TICK_S)
  if (ventilator[VENTILATOR.on] === 1) {
    fillVentilator(body)
    stepVentilator(ventilator, body.mechanics, TICK_S)
  }
  fillPleura(body)
  const kept = 1 - effects[EFFECT.bleeding]!
  stepPleura(pleura, body.pleuraDrive, patient.physiology.pleuralCapacityMl, kept * input.bledInMl, TICK_S)
  fillBreathing(body)
  stepBreathing(breathing, body.breathingDrive, TICK_S)
  fillGas(body)
  stepGas(state.gas, body.gasDrive, TICK_S)
  const missing = 1 - bloodMl(circulation) / circulation[CIRCULATION.restMl]!
  stepReflex(reflex, monitor[MONITOR.mean]!, missing, TICK_S)
  fillRhythm(body)
  stepRhythm(rhythm, body.rhythmDrive, TICK_S)
  if (rhythm[RHYTHM.returned] === 1) recover(breathing)
  fillHeart(body)
  const drive = body.circulationDrive
  drive.bleedMl = kept * (input.bledOutMl + bleedingOf(illness, monitor[MONITOR.mean]!, TICK_S))
  drive.gainMl = stepFluids(state.fluids, circulation, drive.bleedMl, leakOf(illness), TICK_S)
  stepCirculation(circulation, drive, TICK_S)
  stepMonitor(state, head, TICK_S)
}

/** A heart that beats again leaves brain and breath to recover. */
function recover(breathing: Float64Array): void {
  breathing[BREATHING.starved] = Math.min(breathing[BREATHING.starved]!, 0.45)
  breathing[BREATHING.strain] = 0
}

function settle(body: Body): void {
  const { state, patient, start } = body
  const { physiology } = patient
  const { circulation, reflex, monitor, ventilator } = state
  const target = (physiology.systolicMmHg + 2 * physiology.diastolicMmHg) / 3
  startCirculation(circulation, physiology.bloodVolumeMl, physiology.heartRate)
  startRhythm(state.rhythm)
  startFluids(state.fluids, physiology.bloodVolumeMl)
  startBreathing(state.breathing, physiology.breaths, physiology.tidalMl, start.oxygen)
  startVentilator(ventilator, physiology.breaths, physiology.tidalMl)
  ventilator[VENTILATOR.on] = start.ventilation === 'ventilated' ? 1 : 0
  startGas(state.gas, body.lungsMl, ROOM)
  startPleura(state.pleura, 0, 0, physiology.pleuralCapacityMl)
  monitor[MONITOR.mean] = target
  for (let i = 0; i < SETTLE_TICKS; i++) {
    reflex[REFLEX.setPoint] = monitor[MONITOR.mean]!
    reflex[REFLEX.sensed] = monitor[MONITOR.mean]!
    const off = clamp((target - monitor[MONITOR.mean]!) / 20, -1, 1)
    circulation[CIRCULATION.resistance] = circulation[CIRCULATION.resistance]! * (1 + 0.0008 * off)
    const pulse = monitor[MONITOR.systolic]! - monitor[MONITOR.diastolic]!
    const wanted = physiology.systolicMmHg - physiology.diastolicMmHg
    stretchArteries(circulation, 1 + 0.0035 * clamp((pulse - wanted) / 20, -1, 1))
    stepBody(body, 0)
  }
  const share = physiology.pleuralCapacityMl / REFERENCE_CAPACITY
  startPleura(state.pleura, start.airMl * share, 0, physiology.pleuralCapacityMl)
  for (let i = 0; i < ILL_TICKS; i++) stepBody(body, 0)
  startPleura(state.pleura, start.airMl * share, start.leakMlMin * share, physiology.pleuralCapacityMl)
  state.breathing[BREATHING.starved] = 0
  state.breathing[BREATHING.strain] = 0
  state.waves.fill(0)
}

/** A body on state that has come to rest elsewhere. */
export function bodyAtRest(state: BodyState, patient: Person, start: Start): Body {
  const { physiology } = patient
  return {
    state,
    patient,
    start,
    deadSpaceMl: restingDeadSpace(physiology.breaths, physiology.tidalMl, dioxideAtRest(patient)),
    lungsMl: lungsAtRest(patient),
    input: {
      wallMm2: 0,
      cannulaMm2: 0,
      drainMm2: 0,
      drainEnd: 'open',
      bledOutMl: 0,
      bledInMl: 0,
      pain: 0,
      headUpDegrees: start.bedHeadUpDegrees,
    },
    mechanics: { complianceMlCm: 50, resistanceCm: 10, outsideCm: 0 },
    pleuraDrive: {
      wallMm2: 0,
      cannulaMm2: 0,
      drainMm2: 0,
      drainEnd: 'open',
      inspiration: 0,
      expiration: 0,
      swingMmHg: 0,
      ventilated: 0,
      timeScale: 1,
      breathBegins: 0,
    },
    breathingDrive: {
      expansion: 1,
      staticMmHg: -4,
      saturation: 0.97,
      arterialCo2: 40,
      meanMmHg: 90,
      pain: 0,
      fitting: 0,
      timeScale: 1,
      machine: 0,
      machineRate: 0,
      machineTidalMl: 0,
      machineShare: 0,
      machineBegins: 0,
      restRate: physiology.breaths,
      restTidalMl: physiology.tidalMl,
      addedBreaths: 0,
      depression: 0,
      paralysis: 0,
      hypnosis: 0,
      obstruction: 1,
      beating: 1,
    },
    gasDrive: {
      alveolarLMin: 4,
      moving: 1,
      inspired: ROOM,
      restMl: 2400,
      airwayOpen: 1,
      shunt: 0,
      unperfused: 0,
      outputLMin: 5,
      haemoglobinGDl: 14,
      oxygenUse: 240,
      dioxideMade: 190,
      massKg: patient.dosingMassKg,
    },
    rhythmDrive: { starved: 0, poison: 0, coronaryMmHg: 70, saturation: 0.97, cause: 0 },
    circulationDrive: {
      heartRate: physiology.heartRate,
      contractility: 1,
      squeeze: 1,
      atria: 1,
      compression: 0,
      resistance: 1,
      venousTone: 0,
      legPoolMl: 0,
      thoraxMmHg: -4,
      bellyMmHg: 0,
      effusionMl: 0,
      returnResistance: 1,
      bellyResistance: 1,
      lungResistance: 1,
      gainMl: 0,
      bleedMl: 0,
    },
  }
}
