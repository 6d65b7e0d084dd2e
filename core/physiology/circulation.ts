/**
 * Closed loop of six compartments with valves and time-varying ventricles, after CVSim-6 (Heldt et al. 2010, PMC3178445):
 * P = (V − V0)/C, Q = ΔP/R, ventricle P = E(t)(V − V0) + intrathoracic pressure. Volumes mL, pressures mmHg, times s.
 */
import { clamp, cos, PI, relax } from '../simulation/exactmath.ts'
import { slots } from '../simulation/state.ts'

export const CIRCULATION = slots([
  'leftVentricle',
  'rightVentricle',
  'arteries',
  'veins',
  'lungArteries',
  'lungVeins',
  'phase', // s since the beat began
  'period', // of this beat, s
  'arterialMmHg', // now
  'highest',
  'lowest', // of this beat
  'strokeMl',
  'systolic',
  'diastolic',
  'cvp',
  'outputLMin',
  'resistance', // systemic, mmHg·s/mL, at rest: found while settling
  'scale', // blood volume against 5 L
  'compliance', // of the arteries, mL/mmHg: found while settling
  'infusionMl', // fluid still to run in
  'lostMl',
  'beating', // 1, or 0 in arrest
] as const)

/** What the rest of the body does to the heart and vessels. Multipliers unless named otherwise. */
export type CirculationDrive = {
  heartRate: number
  contractility: number
  resistance: number
  /** mL taken out of the unstressed volume of the veins. */
  venousTone: number
  /** Pressure round the heart, mmHg. */
  thoraxMmHg: number
  /** Multiplier of the resistance to the return of blood (kinked, squeezed great veins). */
  returnResistance: number
  lungResistance: number
}

// CVSim-6 values for a 5 L adult: compliance mL/mmHg, resistance mmHg·s/mL, unstressed volume mL
const C_ARTERIES = 1.6 // at the start of settling
const C_VEINS = 100
const C_LUNG_ARTERIES = 4.3
const C_LUNG_VEINS = 8.4
const V0 = { ventricle: 15, arteries: 715, veins: 2500, lungArteries: 90, lungVeins: 490 }
const R = { leftIn: 0.01, leftOut: 0.006, veins: 0.05, rightOut: 0.003, lung: 0.08 }
const E_LEFT_REST = 0.1
const E_LEFT_PEAK = 2.5
const E_RIGHT_REST = 0.05
const E_RIGHT_PEAK = 0.83
const SUBSTEPS = 4

/** Fills the compartments for a patient's blood volume and starts at rest. */
export function startCirculation(c: Float64Array, bloodVolumeMl: number, heartRate: number): void {
  const scale = bloodVolumeMl / 5000
  c[CIRCULATION.scale] = scale
  c[CIRCULATION.leftVentricle] = 125 * scale
  c[CIRCULATION.rightVentricle] = 125 * scale
  c[CIRCULATION.arteries] = 865 * scale
  c[CIRCULATION.lungArteries] = 160 * scale
  c[CIRCULATION.lungVeins] = 590 * scale
  c[CIRCULATION.veins] = bloodVolumeMl - 1865 * scale
  c[CIRCULATION.period] = 60 / heartRate
  c[CIRCULATION.resistance] = 1 / scale
  c[CIRCULATION.compliance] = C_ARTERIES * scale
  c[CIRCULATION.beating] = 1
  c[CIRCULATION.lowest] = 80
  c[CIRCULATION.highest] = 80
  c[CIRCULATION.systolic] = 120
  c[CIRCULATION.diastolic] = 75
}

/** Advances the circulation by `seconds` (one tick) under `drive`; `bleedMl` leaves the veins. */
export function stepCirculation(c: Float64Array, drive: CirculationDrive, bleedMl: number, seconds: number): void {
  const infused = Math.min(c[CIRCULATION.infusionMl]!, (seconds * 500) / 300)
  c[CIRCULATION.infusionMl] = c[CIRCULATION.infusionMl]! - infused
  c[CIRCULATION.lostMl] = c[CIRCULATION.lostMl]! + bleedMl
  c[CIRCULATION.veins] = c[CIRCULATION.veins]! + infused - bleedMl
  const dt = seconds / SUBSTEPS
  for (let i = 0; i < SUBSTEPS; i++) substep(c, drive, dt)
}

function substep(c: Float64Array, drive: CirculationDrive, dt: number): void {
  const scale = c[CIRCULATION.scale]!
  const compliance = c[CIRCULATION.compliance]!
  advanceBeat(c, drive, dt)
  const squeeze = c[CIRCULATION.beating]! * contraction(c[CIRCULATION.phase]!, c[CIRCULATION.period]!)
  const left = (E_LEFT_REST + (E_LEFT_PEAK * drive.contractility - E_LEFT_REST) * squeeze) / scale
  const right = (E_RIGHT_REST + (E_RIGHT_PEAK * drive.contractility - E_RIGHT_REST) * squeeze) / scale
  const thorax = drive.thoraxMmHg
  const pLeft = left * (c[CIRCULATION.leftVentricle]! - V0.ventricle * scale) + thorax
  const pRight = right * (c[CIRCULATION.rightVentricle]! - V0.ventricle * scale) + thorax
  const pArteries = (c[CIRCULATION.arteries]! - V0.arteries * scale) / compliance
  const tone = V0.veins * scale - drive.venousTone
  const pVeins = (c[CIRCULATION.veins]! - tone) / (C_VEINS * scale)
  const pLungArteries = (c[CIRCULATION.lungArteries]! - V0.lungArteries * scale) / (C_LUNG_ARTERIES * scale) + thorax
  const pLungVeins = (c[CIRCULATION.lungVeins]! - V0.lungVeins * scale) / (C_LUNG_VEINS * scale) + thorax
  const fromLeft = Math.max(0, flow(pLeft - pArteries, R.leftOut / scale, left + 1 / compliance, dt))
  const system = flow(pArteries - pVeins, c[CIRCULATION.resistance]! * drive.resistance, 1 / compliance, dt)
  const toRight = Math.max(0, flow(pVeins - pRight, (R.veins * drive.returnResistance) / scale, right, dt))
  const fromRight = Math.max(
    0,
    flow(pRight - pLungArteries, R.rightOut / scale, right + 1 / (C_LUNG_ARTERIES * scale), dt),
  )
  const lung = flow(
    pLungArteries - pLungVeins,
    (R.lung * drive.lungResistance) / scale,
    1 / (C_LUNG_ARTERIES * scale),
    dt,
  )
  const toLeft = Math.max(0, flow(pLungVeins - pLeft, R.leftIn / scale, left + 1 / (C_LUNG_VEINS * scale), dt))
  move(c, CIRCULATION.leftVentricle, toLeft - fromLeft, dt)
  move(c, CIRCULATION.arteries, fromLeft - system, dt)
  move(c, CIRCULATION.veins, system - toRight, dt)
  move(c, CIRCULATION.rightVentricle, toRight - fromRight, dt)
  move(c, CIRCULATION.lungArteries, fromRight - lung, dt)
  move(c, CIRCULATION.lungVeins, lung - toLeft, dt)
  c[CIRCULATION.strokeMl] = c[CIRCULATION.strokeMl]! + fromLeft * dt
  c[CIRCULATION.arterialMmHg] = pArteries
  c[CIRCULATION.highest] = Math.max(c[CIRCULATION.highest]!, pArteries)
  c[CIRCULATION.lowest] = Math.min(c[CIRCULATION.lowest]!, pArteries)
  c[CIRCULATION.cvp] = relax(c[CIRCULATION.cvp]!, Math.max(pVeins, 0), dt, 2)
}

function advanceBeat(c: Float64Array, drive: CirculationDrive, dt: number): void {
  c[CIRCULATION.phase] = c[CIRCULATION.phase]! + dt
  if (c[CIRCULATION.phase]! < c[CIRCULATION.period]!) return
  c[CIRCULATION.phase] = c[CIRCULATION.phase]! - c[CIRCULATION.period]!
  c[CIRCULATION.outputLMin] = (c[CIRCULATION.strokeMl]! * 0.06) / c[CIRCULATION.period]!
  c[CIRCULATION.systolic] = c[CIRCULATION.highest]!
  c[CIRCULATION.diastolic] = c[CIRCULATION.lowest]!
  c[CIRCULATION.highest] = c[CIRCULATION.arterialMmHg]!
  c[CIRCULATION.lowest] = c[CIRCULATION.arterialMmHg]!
  c[CIRCULATION.strokeMl] = 0
  c[CIRCULATION.period] = 60 / clamp(drive.heartRate, 20, 200)
}

/** Activation of the ventricle 0–1 at `t` s into a beat of `period` s: systole 0.3·√period, relaxation half of that. */
function contraction(t: number, period: number): number {
  const systole = 0.3 * Math.sqrt(period)
  if (t < systole) return (1 - cos((PI * t) / systole)) / 2
  if (t < 1.5 * systole) return (1 + cos((2 * PI * (t - systole)) / systole)) / 2
  return 0
}

/** Flow over a resistance, solved implicitly over the step so that stiff valves stay stable. */
function flow(drop: number, resistance: number, elastance: number, dt: number): number {
  return drop / (resistance + dt * elastance)
}

function move(c: Float64Array, slot: number, flow: number, dt: number): void {
  c[slot] = Math.max(1, c[slot]! + flow * dt)
}
