/**
 * Lidocaine: a depot in the tissue, absorbed into one compartment and cleared (Tucker & Mather 1979,
 * doi:10.2165/00003088-197904040-00001). Amounts mg, plasma level µg/mL, times s.
 */
import { LN2 } from '../simulation/exactmath.ts'
import { slots } from '../simulation/state.ts'

export const DRUGS = slots([
  'givenMg',
  'depotMg',
  'bodyMg',
  'plasmaUgMl',
  'lipid', // 1 once lipid 20 % has been given
] as const)

/** Volume of distribution, L per kg of dosing weight. */
const SPREAD_L_KG = 1.1
/** Half-lives: absorption from the well-perfused intercostal tissue, and elimination, s. */
const ABSORPTION_S = 420
const ELIMINATION_S = 5800
/** Plasma level that tells of each sign, µg/mL (perioral numbness, fits, arrhythmia). */
export const TOXIC_LEVELS = [5, 9, 14] as const
/** Share of the free drug that lipid takes up. */
const LIPID_SHARE = 0.55

/** Gives `mg` into the tissue, or straight into a vein when the tip lies in a vessel. */
export function giveLidocaine(d: Float64Array, mg: number, where: 'tissue' | 'vein'): void {
  d[DRUGS.givenMg] = d[DRUGS.givenMg]! + mg
  const slot = where === 'vein' ? DRUGS.bodyMg : DRUGS.depotMg
  d[slot] = d[slot]! + mg
}

/** Lipid emulsion 20 %: takes up free drug, once. */
export function giveLipid(d: Float64Array): void {
  if (d[DRUGS.lipid] === 1) return
  d[DRUGS.lipid] = 1
  d[DRUGS.bodyMg] = d[DRUGS.bodyMg]! * (1 - LIPID_SHARE)
  d[DRUGS.depotMg] = d[DRUGS.depotMg]! * (1 - LIPID_SHARE / 2)
}

/** Advances absorption and clearance by `seconds` for a dosing weight. */
export function stepLidocaine(d: Float64Array, dosingMassKg: number, seconds: number): void {
  const absorbed = (d[DRUGS.depotMg]! * LN2 * seconds) / ABSORPTION_S
  const cleared = (d[DRUGS.bodyMg]! * LN2 * seconds) / ELIMINATION_S
  d[DRUGS.depotMg] = d[DRUGS.depotMg]! - absorbed
  d[DRUGS.bodyMg] = d[DRUGS.bodyMg]! + absorbed - cleared
  d[DRUGS.plasmaUgMl] = d[DRUGS.bodyMg]! / (SPREAD_L_KG * dosingMassKg)
}
