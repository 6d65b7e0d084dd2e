/**
 * What befalls a patient beside the air in the chest: each illness is a level that a case, an instructor or an operation
 * sets, rises at its own pace, and acts through the same few hands on heart, vessels and lungs.
 *
 * | illness | level 100 | source |
 * |---|---|---|
 * | tamponade | 320 mL of acute effusion | Spodick 2003, doi:10.1056/NEJMra022643 |
 * | air-embolism | 150 mL of air in the lung's arteries, gone in minutes | Mirski 2007, doi:10.1097/00000542-200701000-00026 |
 * | anaphylaxis | vessels open, a third of the plasma leaks in 10 min, bronchi close | Fisher 1986, Anaesth Intensive Care 14:17 |
 * | pneumoperitoneum | 15 mmHg of carbon dioxide | Gutt et al. 2004, Dig Surg 21:95 |
 * | haemorrhage | 200 mL/min at a mean of 90 mmHg | rate by choice |
 */
import { clamp, relax } from '../simulation/exactmath.ts'
import { slots } from '../simulation/state.ts'

/** Illnesses in the order of their slots. */
export const ILLNESSES = ['tamponade', 'air-embolism', 'anaphylaxis', 'pneumoperitoneum', 'haemorrhage'] as const
export type Illness = (typeof ILLNESSES)[number]

export const ILLNESS = slots([
  'tamponade', // what is wanted, 0–1 each, in the order of ILLNESSES
  'airEmbolism',
  'anaphylaxis',
  'pneumoperitoneum',
  'haemorrhage',
  'effusionMl', // what has come of it
  'embolusMl',
  'allergy', // 0–1
  'bellyMmHg',
  'absorbedMlMin', // carbon dioxide through the peritoneum
] as const)

const EFFUSION_ML = 320
const EMBOLUS_ML = 150
const BELLY_MMHG = 15
const BLEED_ML_MIN = 200
/** Carbon dioxide that 15 mmHg bring into the blood, mL/min (Mullett et al. 1993, Anesth Analg 76:622: about a fifth more to breathe out). */
const ABSORBED_ML_MIN = 42
/** How an illness comes and goes, s. */
const FILLS_S = 90
const EMBOLUS_CLEARS_S = 420
const ALLERGY_RISES_S = 60
const ALLERGY_FADES_S = 300
const INFLATES_S = 25
const ABSORBS_S = 240
/** Plasma that leaks at the worst, mL/min. */
const LEAK_ML_MIN = 60

/** Sets an illness to `percent` 0–100; air is a dose that comes at once. */
export function setIllness(i: Float64Array, illness: Illness, percent: number): void {
  const level = clamp(percent / 100, 0, 1)
  i[ILLNESSES.indexOf(illness)] = level
  if (illness === 'air-embolism') i[ILLNESS.embolusMl] = i[ILLNESS.embolusMl]! + EMBOLUS_ML * level
}

/** Advances all illnesses by `seconds`; `treated` 0–1 is how far adrenaline holds back an allergy. */
export function stepIllness(i: Float64Array, treated: number, seconds: number): void {
  i[ILLNESS.effusionMl] = relax(i[ILLNESS.effusionMl]!, EFFUSION_ML * i[ILLNESS.tamponade]!, seconds, FILLS_S)
  i[ILLNESS.embolusMl] = relax(i[ILLNESS.embolusMl]!, 0, seconds, EMBOLUS_CLEARS_S)
  i[ILLNESS.anaphylaxis] = relax(i[ILLNESS.anaphylaxis]!, 0, seconds, 3600 - 3000 * treated)
  const allergy = i[ILLNESS.anaphylaxis]! * (1 - 0.85 * treated)
  const pace = allergy > i[ILLNESS.allergy]! ? ALLERGY_RISES_S : ALLERGY_FADES_S - 240 * treated
  i[ILLNESS.allergy] = relax(i[ILLNESS.allergy]!, allergy, seconds, pace)
  i[ILLNESS.bellyMmHg] = relax(i[ILLNESS.bellyMmHg]!, BELLY_MMHG * i[ILLNESS.pneumoperitoneum]!, seconds, INFLATES_S)
  const absorbed = (ABSORBED_ML_MIN * i[ILLNESS.bellyMmHg]!) / BELLY_MMHG
  i[ILLNESS.absorbedMlMin] = relax(i[ILLNESS.absorbedMlMin]!, absorbed, seconds, ABSORBS_S)
}

/** Blood lost in `seconds` at a mean pressure, mL. */
export function bleedingOf(i: Float64Array, meanMmHg: number, seconds: number): number {
  return (i[ILLNESS.haemorrhage]! * BLEED_ML_MIN * clamp(meanMmHg / 90, 0, 1.5) * seconds) / 60
}

/** Plasma that leaks, mL/min. */
export function leakOf(i: Float64Array): number {
  return LEAK_ML_MIN * i[ILLNESS.allergy]!
}

/** Share of the lung's arteries that air fills, 0–1. */
export function embolismOf(i: Float64Array): number {
  return clamp(i[ILLNESS.embolusMl]! / EMBOLUS_ML, 0, 1)
}

/** Pressure in the belly against that of an operation, 0–1 and above. */
export function bellyOf(i: Float64Array): number {
  return i[ILLNESS.bellyMmHg]! / BELLY_MMHG
}
