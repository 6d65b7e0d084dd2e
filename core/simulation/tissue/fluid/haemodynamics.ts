/**
 * How fast an opened vessel bleeds. The pressure that drives blood out falls over the vessel that leads to the opening
 * (Poiseuille) and at the opening itself (orifice): ΔP = R·Q + ½ρ(Q / C_d·A)², solved for Q.
 *
 * The length that stands for the vessels upstream, {@link FEEDING_LENGTH} calibres, and the contraction of a cut artery,
 * {@link SPASM_LEAST}, are set so that both published figures are met: a transected internal thoracic artery of 2.36 mm
 * gave 136 mL/min into a beaker ("Use of duplex imaging to assess suitability of the internal mammary artery for coronary
 * artery surgery", 45 patients), and a side hole of 2.5 mm in a sheep's carotid 395 ± 78 mL/min (doi:10.2478/v10035-011-0001-0). Grades of severity are those of the VIBe scale
 * (table 1 of doi:10.1186/s12893-020-00874-w).
 */
import { PI } from '../../exactmath.ts'
import { LIQUID, LIQUID_ROWS } from './liquids.ts'

/** Pascal in a millimetre of mercury. */
const PA_PER_MMHG = 133.322
/** Discharge coefficient of a sharp-edged hole. */
const DISCHARGE = 0.62
/** Length in calibres whose resistance stands for all vessels upstream. */
export const FEEDING_LENGTH = 100
/** Share of its calibre to which a cut artery contracts. */
export const SPASM_LEAST = 0.65
/** mL/s from 1 mm² of raw surface per mmHg: at 20 mmHg 10 cm² of raw liver ooze 3 mL/min, the middle of VIBe grade 1. */
const OOZE = 2.5e-6

const { viscosity, density } = LIQUID_ROWS[LIQUID.blood]!

/**
 * Flow in mL/s through a hole of `boreMm` in a vessel of `vesselMm`, driven by `drivingMmHg` (0 or less: none).
 */
export function openingFlow(boreMm: number, vesselMm: number, drivingMmHg: number): number {
  if (!(drivingMmHg > 0 && boreMm > 0 && vesselMm > 0)) return 0
  const bore = boreMm * 0.001
  const vessel = vesselMm * 0.001
  const resistance = (128 * viscosity * FEEDING_LENGTH) / (PI * vessel * vessel * vessel)
  const jet = DISCHARGE * 0.25 * PI * bore * bore
  const kinetic = (0.5 * density) / (jet * jet)
  const pressure = drivingMmHg * PA_PER_MMHG
  // 2P / (R + √(R² + 4KP)): the root that does not cancel
  return ((2 * pressure) / (resistance + Math.sqrt(resistance * resistance + 4 * kinetic * pressure))) * 1e6
}

/** Flow in mL/s of a liquid of `densityKgM3` out of a bag under `mmHg` through a hole of `holeMm`. */
export function holeFlow(holeMm: number, mmHg: number, densityKgM3: number): number {
  if (!(mmHg > 0 && holeMm > 0)) return 0
  const hole = holeMm * 0.001
  return DISCHARGE * 0.25 * PI * hole * hole * Math.sqrt((2 * mmHg * PA_PER_MMHG) / densityKgM3) * 1e6
}

/** Flow in mL/s from `areaMm2` of raw tissue. */
export function oozeFlow(areaMm2: number, drivingMmHg: number): number {
  return drivingMmHg > 0 ? areaMm2 * drivingMmHg * OOZE : 0
}

/** Mean speed in m/s of `mlS` through a hole of `boreMm`. */
export function jetSpeed(mlS: number, boreMm: number): number {
  return boreMm > 0 ? (mlS * 4) / (PI * boreMm * boreMm) : 0
}
