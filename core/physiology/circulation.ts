/**
 * The closed loop of blood: fourteen compartments with valves, two atria and two ventricles of time-varying elastance,
 * after CVSim-21 (Heldt et al. 2010, PMC3178445): P = (V − V0)/C + pressure around, Q = ΔP/R, chamber P = E(t)(V − V0).
 * Volumes mL, pressures mmHg, times s. Each link is solved implicitly and blood is moved at once, so that no step can
 * gain energy however stiff a valve is, and what leaves one compartment enters another: blood is conserved.
 */
import { clamp, cos, PI, relax } from '../simulation/exactmath.ts'
import { slots } from '../simulation/state.ts'
import { ARTERIES, CHAMBERS, COMPARTMENTS, type Governor, LINKS, VESSELS } from './vessels.ts'

export const CIRCULATION = slots([
  ...COMPARTMENTS,
  'phase', // s since the beat began
  'period', // of this beat, s
  'arterialMmHg', // now, in the aorta
  'highest',
  'lowest', // of this beat
  'strokeMl',
  'systolic',
  'diastolic',
  'cvp',
  'outputLMin',
  'resistance', // of the arterioles against the table, at rest: found while settling
  'scale', // blood volume against 5 L
  'stretch', // compliance of the arteries against the table: found while settling
  'restMl', // blood volume at rest
  'lostMl',
  'beating', // 1, or 0 without a pulse
] as const)

/** What the rest of the body does to the heart and vessels. Multipliers unless named otherwise. */
export type CirculationDrive = {
  heartRate: number
  contractility: number
  /** How much of a beat the muscle makes of its signal: 1 sinus, less in a fast rhythm, 0 in fibrillation. */
  squeeze: number
  /** 1 when the atria lead the ventricles. */
  atria: number
  /** Share of a full beat that hands on the chest give. */
  compression: number
  resistance: number
  /** mL taken out of the unstressed volume of the veins. */
  venousTone: number
  /** mL held back in the legs by standing them lower. */
  legPoolMl: number
  /** Pressure round the heart and in the belly, mmHg. */
  thoraxMmHg: number
  bellyMmHg: number
  /** Fluid in the pericardium, mL. */
  effusionMl: number
  /** Multiplier of the resistance to the return of blood (kinked, squeezed great veins). */
  returnResistance: number
  /** Multiplier of the resistance of the veins of the lower body. */
  bellyResistance: number
  lungResistance: number
  /** mL that run into the veins in this tick, and out of them. */
  gainMl: number
  bleedMl: number
}

const SUBSTEPS = 4
const LEAST_ML = 1
/** Room in the pericardium beyond which it presses on the heart, mL, and how it gives, mL/mmHg (acute; Holt 1960 curve). */
const PERICARDIUM_ML = 420
const PERICARDIUM_GIVES = 4.5
/** Atria begin this long before the ventricles and contract this long, s at one beat a second. */
const ATRIAL_LEAD = 0.12
const ATRIAL_SYSTOLE = 0.2
/** Compressions a minute (ERC 2021: 100–120). */
const COMPRESSIONS = 110

const COUNT = COMPARTMENTS.length
const index = (name: (typeof COMPARTMENTS)[number]) => COMPARTMENTS.indexOf(name)
const VESSEL_AT = Int32Array.from(VESSELS, ({ name }) => index(name))
const CHAMBER_AT = Int32Array.from(CHAMBERS, ({ name }) => index(name))
const FROM = Int32Array.from(LINKS, (one) => index(one.from))
const TO = Int32Array.from(LINKS, (one) => index(one.to))
const IS_ARTERY = Int32Array.from(VESSELS, ({ name }) => (ARTERIES.includes(name) ? 1 : 0))
const EJECTS = LINKS.findIndex(({ from }) => from === 'leftVentricle')

// of the step in progress
const elastance = new Float64Array(COUNT)
const unstressed = new Float64Array(COUNT)
const around = new Float64Array(COUNT)
const pressure = new Float64Array(COUNT)
const resistance = new Float64Array(LINKS.length)

/** Fills the compartments for a patient's blood volume and starts at rest. */
export function startCirculation(c: Float64Array, bloodVolumeMl: number, heartRate: number): void {
  const scale = bloodVolumeMl / 5000
  let filled = 0
  for (const part of [...VESSELS, ...CHAMBERS]) {
    c[CIRCULATION[part.name]] = part.startMl * scale
    filled += part.startMl * scale
  }
  c[CIRCULATION.splanchnicVeins] = c[CIRCULATION.splanchnicVeins]! + bloodVolumeMl - filled
  c[CIRCULATION.scale] = scale
  c[CIRCULATION.restMl] = bloodVolumeMl
  c[CIRCULATION.period] = 60 / heartRate
  c[CIRCULATION.resistance] = 1
  c[CIRCULATION.stretch] = 1
  c[CIRCULATION.beating] = 1
  c[CIRCULATION.lowest] = 80
  c[CIRCULATION.highest] = 80
  c[CIRCULATION.systolic] = 120
  c[CIRCULATION.diastolic] = 75
  c[CIRCULATION.outputLMin] = 5
}

/** mL of blood in all compartments. */
export function bloodMl(c: Float64Array): number {
  let sum = 0
  for (let i = 0; i < COUNT; i++) sum += c[i]!
  return sum
}

/** Changes how the arteries give by a factor; their pressure stays, so blood moves between them and the veins. */
export function stretchArteries(c: Float64Array, factor: number): void {
  const scale = c[CIRCULATION.scale]!
  for (let k = 0; k < VESSELS.length; k++) {
    if (IS_ARTERY[k] === 0) continue
    const at = VESSEL_AT[k]!
    const shift = (c[at]! - VESSELS[k]!.unstressedMl * scale) * (factor - 1)
    c[at] = c[at]! + shift
    c[CIRCULATION.splanchnicVeins] = c[CIRCULATION.splanchnicVeins]! - shift
  }
  c[CIRCULATION.stretch] = c[CIRCULATION.stretch]! * factor
}

/** Advances the circulation by `seconds` (one tick) under `drive`. */
export function stepCirculation(c: Float64Array, drive: CirculationDrive, seconds: number): void {
  const bled = Math.min(drive.bleedMl, Math.max(0, c[CIRCULATION.venaCava]! - LEAST_ML))
  c[CIRCULATION.lostMl] = c[CIRCULATION.lostMl]! + bled
  c[CIRCULATION.venaCava] = c[CIRCULATION.venaCava]! + drive.gainMl - bled
  c[CIRCULATION.beating] = drive.squeeze > 0.1 ? 1 : 0
  setVessels(c, drive)
  setLinks(c, drive)
  const dt = seconds / SUBSTEPS
  for (let i = 0; i < SUBSTEPS; i++) substep(c, drive, dt)
  c[CIRCULATION.arterialMmHg] = Math.max(0, pressure[0]!)
  c[CIRCULATION.cvp] = relax(c[CIRCULATION.cvp]!, Math.max(pressure[CIRCULATION.rightAtrium]!, 0), seconds, 2)
}

function setVessels(c: Float64Array, drive: CirculationDrive): void {
  const scale = c[CIRCULATION.scale]!
  const stretch = c[CIRCULATION.stretch]!
  for (let k = 0; k < VESSELS.length; k++) {
    const at = VESSEL_AT[k]!
    const one = VESSELS[k]!
    elastance[at] = 1 / (one.compliance * scale * (IS_ARTERY[k] === 1 ? stretch : 1))
    unstressed[at] = one.unstressedMl * scale - one.toneShare * drive.venousTone
    around[at] = one.around === 'chest' ? drive.thoraxMmHg : one.around === 'belly' ? drive.bellyMmHg : 0
  }
  unstressed[CIRCULATION.legVeins] = unstressed[CIRCULATION.legVeins]! + drive.legPoolMl
}

function setLinks(c: Float64Array, drive: CirculationDrive): void {
  const scale = c[CIRCULATION.scale]!
  const arterioles = c[CIRCULATION.resistance]! * drive.resistance
  for (let k = 0; k < LINKS.length; k++) {
    const { governor } = LINKS[k]!
    resistance[k] = (LINKS[k]!.resistance / scale) * governed(governor, drive, arterioles)
  }
}

function governed(governor: Governor, drive: CirculationDrive, arterioles: number): number {
  if (governor === 'arterioles') return arterioles
  if (governor === 'return') return drive.returnResistance
  if (governor === 'lung') return drive.lungResistance
  return governor === 'belly' ? drive.bellyResistance : 1
}

function substep(c: Float64Array, drive: CirculationDrive, dt: number): void {
  advanceBeat(c, drive, dt)
  setChambers(c, drive)
  for (let i = 0; i < COUNT; i++) pressure[i] = elastance[i]! * (c[i]! - unstressed[i]!) + around[i]!
  for (let k = 0; k < LINKS.length; k++) {
    const from = FROM[k]!
    const to = TO[k]!
    const drop = pressure[from]! - pressure[to]!
    if (drop <= 0 && LINKS[k]!.flap === 'valve') continue
    const moved = (drop * dt) / (resistance[k]! + dt * (elastance[from]! + elastance[to]!))
    const most = moved > 0 ? c[from]! - LEAST_ML : c[to]! - LEAST_ML
    const ml = moved > 0 ? Math.min(moved, Math.max(0, most)) : Math.max(moved, Math.min(0, -most))
    c[from] = c[from]! - ml
    c[to] = c[to]! + ml
    pressure[from] = pressure[from]! - elastance[from]! * ml
    pressure[to] = pressure[to]! + elastance[to]! * ml
    if (k === EJECTS) c[CIRCULATION.strokeMl] = c[CIRCULATION.strokeMl]! + ml
  }
  c[CIRCULATION.highest] = Math.max(c[CIRCULATION.highest]!, pressure[0]!)
  c[CIRCULATION.lowest] = Math.max(0, Math.min(c[CIRCULATION.lowest]!, pressure[0]!))
}

function setChambers(c: Float64Array, drive: CirculationDrive): void {
  const scale = c[CIRCULATION.scale]!
  const phase = c[CIRCULATION.phase]!
  const period = c[CIRCULATION.period]!
  const beat = contraction(phase, period)
  const pressed = drive.compression * beat
  const ventricles = drive.squeeze * drive.contractility * beat + pressed
  const slow = Math.sqrt(period)
  const early = phase - (period - ATRIAL_LEAD * slow)
  const sinceAtria = early >= 0 ? early : phase + ATRIAL_LEAD * slow
  const atria = drive.squeeze * drive.atria * halfWave(sinceAtria / (ATRIAL_SYSTOLE * slow))
  let heart = drive.effusionMl
  for (let k = 0; k < CHAMBERS.length; k++) {
    const at = CHAMBER_AT[k]!
    const one = CHAMBERS[k]!
    const active = one.kind === 'ventricle' ? ventricles : atria
    elastance[at] = (one.restElastance + (one.peakElastance - one.restElastance) * active) / scale
    unstressed[at] = one.unstressedMl * scale
    heart += c[at]!
  }
  const pericardium = Math.max(0, heart - PERICARDIUM_ML * scale) / (PERICARDIUM_GIVES * scale)
  for (let k = 0; k < CHAMBERS.length; k++) around[CHAMBER_AT[k]!] = drive.thoraxMmHg + pericardium
}

function advanceBeat(c: Float64Array, drive: CirculationDrive, dt: number): void {
  c[CIRCULATION.phase] = c[CIRCULATION.phase]! + dt
  if (c[CIRCULATION.phase]! < c[CIRCULATION.period]!) return
  c[CIRCULATION.phase] = c[CIRCULATION.phase]! - c[CIRCULATION.period]!
  c[CIRCULATION.outputLMin] = (c[CIRCULATION.strokeMl]! * 0.06) / c[CIRCULATION.period]!
  c[CIRCULATION.systolic] = c[CIRCULATION.highest]!
  c[CIRCULATION.diastolic] = c[CIRCULATION.lowest]!
  c[CIRCULATION.highest] = Math.max(0, pressure[0]!)
  c[CIRCULATION.lowest] = c[CIRCULATION.highest]!
  c[CIRCULATION.strokeMl] = 0
  const rate = drive.compression > 0 ? COMPRESSIONS : drive.heartRate
  c[CIRCULATION.period] = 60 / clamp(rate, 20, 220)
}

/** Activation of the ventricle 0–1 at `t` s into a beat of `period` s: systole 0.3·√period, relaxation half of that. */
function contraction(t: number, period: number): number {
  const systole = 0.3 * Math.sqrt(period)
  if (t < systole) return (1 - cos((PI * t) / systole)) / 2
  if (t < 1.5 * systole) return (1 + cos((2 * PI * (t - systole)) / systole)) / 2
  return 0
}

function halfWave(x: number): number {
  return x > 0 && x < 1 ? (1 - cos(2 * PI * x)) / 2 : 0
}
