/**
 * The patient's body as a whole: how pleura, breathing, circulation, reflex and drugs act on each other in a tick.
 */
import type { Patient, Start } from '../anatomy/patient.ts'
import { clamp } from '../simulation/exactmath.ts'
import { CIRCULATION, type CirculationDrive, startCirculation, stepCirculation } from './circulation.ts'
import { DRUGS, stepLidocaine, TOXIC_LEVELS } from './lidocaine.ts'
import { MONITOR, stepMonitor } from './monitor.ts'
import { PLEURA, type PleuraDrive, REFERENCE_CAPACITY, startPleura, stepPleura } from './pleura.ts'
import { heartRateChange, REFLEX, stepReflex } from './reflex.ts'
import { BREATHING, type BreathingDrive, restingDeadSpace, startBreathing, stepBreathing } from './respiration.ts'

/** State views of a body. */
export type BodyState = {
  readonly circulation: Float64Array
  readonly reflex: Float64Array
  readonly breathing: Float64Array
  readonly pleura: Float64Array
  readonly drugs: Float64Array
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
  readonly patient: Patient
  readonly start: Start
  readonly input: BodyInput
  readonly pleuraDrive: PleuraDrive
  readonly breathingDrive: BreathingDrive
  readonly circulationDrive: CirculationDrive
}

const TICK_S = 0.01
const SETTLE_TICKS = 6500
const ILL_TICKS = 3500
/** Inspiratory swing of quiet breathing, and airway pressure of the ventilator, mmHg. */
const QUIET_SWING = 4
const VENTILATOR_MMHG = 13
/** What positive pressure adds round the heart, mmHg. */
const VENTILATED_HEART_MMHG = 3.5

/**
 * Builds a body at rest, lets it settle with the patient's own pressure (which finds resistance and set point), then
 * puts the air of the start into the pleura and lets the body answer before the case begins.
 */
export function createBody(state: BodyState, patient: Patient, start: Start): Body {
  const { physiology } = patient
  const ventilated = start.ventilation === 'ventilated' ? 1 : 0
  const body: Body = {
    state,
    patient,
    start,
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
    pleuraDrive: {
      wallMm2: 0,
      cannulaMm2: 0,
      drainMm2: 0,
      drainEnd: 'open',
      inspiration: 0,
      expiration: 0,
      swingMmHg: 0,
      ventilated,
      timeScale: 1,
      breathBegins: 0,
    },
    breathingDrive: {
      expansion: 1,
      staticMmHg: -4,
      outputLMin: 5,
      meanMmHg: 90,
      pain: 0,
      fitting: 0,
      timeScale: 1,
      ventilated,
      restRate: physiology.breaths,
      restTidalMl: physiology.tidalMl,
      deadSpaceMl: restingDeadSpace(physiology.breaths, physiology.tidalMl, patient.dosingMassKg),
      massKg: patient.dosingMassKg,
      beating: 1,
    },
    circulationDrive: {
      heartRate: physiology.heartRate,
      contractility: 1,
      resistance: 1,
      venousTone: 0,
      thoraxMmHg: -4,
      returnResistance: 1,
      lungResistance: 1,
    },
  }
  settle(body)
  return body
}

/** Advances the body by one tick with `body.input`, writing one sample of each wave at `head`. */
export function stepBody(body: Body, head: number): void {
  const { state, input, patient } = body
  const { circulation, breathing, pleura, reflex, drugs } = state
  stepPleuraOf(body)
  const b = body.breathingDrive
  b.expansion = pleura[PLEURA.expansion]!
  b.staticMmHg = pleura[PLEURA.staticMmHg]!
  b.outputLMin = circulation[CIRCULATION.beating] === 1 ? circulation[CIRCULATION.outputLMin]! : 0
  b.meanMmHg = state.monitor[MONITOR.mean]!
  b.pain = input.pain
  b.fitting = isFitting(drugs) ? 1 : 0
  b.timeScale = body.start.timeScale
  b.beating = circulation[CIRCULATION.beating]!
  stepBreathing(breathing, b, TICK_S)
  stepReflex(reflex, state.monitor[MONITOR.mean]!, TICK_S)
  driveHeart(body)
  stepCirculation(circulation, body.circulationDrive, input.bledOutMl, TICK_S)
  if (breathing[BREATHING.starved]! >= 1 && circulation[CIRCULATION.beating] === 1) circulation[CIRCULATION.beating] = 0
  stepLidocaine(drugs, patient.dosingMassKg, TICK_S)
  stepMonitor(state.monitor, state.waves, head, circulation, breathing, TICK_S)
}

function isFitting(drugs: Float64Array): boolean {
  return drugs[DRUGS.plasmaUgMl]! > TOXIC_LEVELS[1]
}

function stepPleuraOf(body: Body): void {
  const { state, input, start, patient } = body
  const drive = body.pleuraDrive
  const { breathing } = state
  drive.wallMm2 = input.wallMm2
  drive.cannulaMm2 = input.cannulaMm2
  drive.drainMm2 = input.drainMm2
  drive.drainEnd = input.drainEnd
  drive.inspiration = breathing[BREATHING.inspiration]!
  drive.expiration = breathing[BREATHING.expiration]! * clamp(breathing[BREATHING.effort]!, 0, 1)
  drive.swingMmHg =
    drive.ventilated === 1
      ? VENTILATOR_MMHG + 1.1 * Math.max(0, state.pleura[PLEURA.staticMmHg]!)
      : QUIET_SWING * clamp(2.2 * breathing[BREATHING.effort]! - 1.2, 0, 5)
  drive.breathBegins = breathing[BREATHING.begins] === 1 ? 1 : 0
  drive.timeScale = start.timeScale
  stepPleura(state.pleura, drive, patient.physiology.pleuralCapacityMl, input.bledInMl, TICK_S)
}

function driveHeart(body: Body): void {
  const { state, input, patient } = body
  const { reflex, breathing, pleura, drugs } = state
  const drive = body.circulationDrive
  const pressure = pleura[PLEURA.staticMmHg]!
  const tension = Math.max(0, pressure)
  const scale = state.circulation[CIRCULATION.scale]!
  const lack = clamp((0.9 - breathing[BREATHING.saturation]!) / 0.3, 0, 1)
  const dying = breathing[BREATHING.starved]!
  const poison = clamp((drugs[DRUGS.plasmaUgMl]! - TOXIC_LEVELS[2]) / 8, 0, 1)
  const fit = isFitting(drugs) ? 20 : 0
  const faster = heartRateChange(reflex, patient.physiology.reflexPercent)
  const distress = (22 * lack + 12 * input.pain + fit + 10 * clamp(tension / 12, 0, 1)) * (1 - dying)
  drive.heartRate =
    (patient.physiology.heartRate + faster + distress) * (1 - 0.65 * clamp(2 * dying - 0.8, 0, 1)) * (1 - 0.5 * poison)
  drive.contractility = (1 + 0.4 * reflex[REFLEX.heart]!) * (1 - 0.5 * dying) * (1 - 0.6 * poison)
  const vessels = reflex[REFLEX.vessels]!
  drive.resistance = Math.max(0.4, 1 + (vessels > 0 ? 0.75 : 0.45) * vessels + 0.15 * input.pain)
  // propped up, some blood stays in the legs
  drive.venousTone = (1050 * reflex[REFLEX.veins]! - 4 * input.headUpDegrees) * scale
  // breathing on one's own keeps drawing blood back: the pressure holds late (Roberts 2015, as in the facts sheet)
  const ventilated = body.pleuraDrive.ventilated === 1
  const kinking = tension / (ventilated ? 7.5 : 11.5)
  drive.thoraxMmHg = -4 + (ventilated ? 0.6 : 0.36) * (pressure + 4) + (ventilated ? VENTILATED_HEART_MMHG : 0)
  drive.returnResistance = 1 + kinking * kinking
  drive.lungResistance = 1 + 0.6 * (1 - pleura[PLEURA.expansion]!) + tension / (ventilated ? 20 : 30)
}

function settle(body: Body): void {
  const { state, patient, start } = body
  const { physiology } = patient
  const target = (physiology.systolicMmHg + 2 * physiology.diastolicMmHg) / 3
  startCirculation(state.circulation, physiology.bloodVolumeMl, physiology.heartRate)
  startBreathing(state.breathing, physiology.breaths, physiology.tidalMl, start.oxygen)
  startPleura(state.pleura, 0, 0, physiology.pleuralCapacityMl)
  state.monitor[MONITOR.mean] = target
  for (let i = 0; i < SETTLE_TICKS; i++) {
    state.reflex[REFLEX.setPoint] = state.monitor[MONITOR.mean]!
    state.reflex[REFLEX.sensed] = state.monitor[MONITOR.mean]!
    state.circulation[CIRCULATION.resistance] =
      state.circulation[CIRCULATION.resistance]! *
      (1 + 0.0008 * clamp((target - state.monitor[MONITOR.mean]!) / 20, -1, 1))
    const pulse = state.monitor[MONITOR.systolic]! - state.monitor[MONITOR.diastolic]!
    const wanted = physiology.systolicMmHg - physiology.diastolicMmHg
    // the pressure stays while the compliance changes, so the volume follows
    const change = 1 + 0.0035 * clamp((pulse - wanted) / 20, -1, 1)
    const compliance = state.circulation[CIRCULATION.compliance]!
    const shift = compliance * (change - 1) * state.circulation[CIRCULATION.arterialMmHg]!
    state.circulation[CIRCULATION.compliance] = compliance * change
    state.circulation[CIRCULATION.arteries] = state.circulation[CIRCULATION.arteries]! + shift
    state.circulation[CIRCULATION.veins] = state.circulation[CIRCULATION.veins]! - shift
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
