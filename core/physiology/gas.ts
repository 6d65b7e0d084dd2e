/**
 * Oxygen and carbon dioxide: the gas in the lungs, the blood that passes it, and the stores of blood and tissue.
 *
 * The lungs hold mL (BTPS) of oxygen, carbon dioxide and nitrogen, so that the alveolar gas equation, washing in of oxygen
 * and the sinking volume of an apnoea follow from one balance (Farmery & Roe 1996, doi:10.1093/bja/76.2.284). Saturation
 * after Severinghaus (1979, doi:10.1152/jappl.1979.46.3.599); shunt mixed by content (Riley & Cournand 1949); carbon
 * dioxide in one store whose size makes it rise 3–4 mmHg a minute without breath (Eger & Severinghaus 1961,
 * Anesthesiology 22:419). Pressures mmHg, contents mL/L, output L/min.
 */
import { clamp, relax } from '../simulation/exactmath.ts'
import { slots } from '../simulation/state.ts'

export const GAS = slots([
  'oxygenMl', // in the lungs, BTPS
  'dioxideMl',
  'nitrogenMl',
  'alveolarO2', // mmHg
  'alveolarCo2',
  'arterialO2',
  'arterialCo2',
  'arterialContent', // mL O2/L
  'venousContent',
  'tissueCo2', // mmHg, of mixed venous blood
  'saturation', // arterial, 0–1
  'venous', // mixed venous saturation, 0–1
  'inspired', // fraction of oxygen now
  'shown', // SpO2 as the monitor shows it, 0–1
  'etco2',
] as const)

export type GasDrive = {
  /** Alveolar ventilation, L/min, and 1 while gas moves at all. */
  alveolarLMin: number
  moving: number
  /** Fraction of oxygen in what is breathed or drawn in. */
  inspired: number
  /** Volume of the lungs at rest, mL. */
  restMl: number
  /** 1 when gas can follow into the lungs without a breath. */
  airwayOpen: number
  /** Share of the output that passes no gas, and of the ventilated lung that no blood passes. */
  shunt: number
  unperfused: number
  outputLMin: number
  haemoglobinGDl: number
  /** mL/min STPD. */
  oxygenUse: number
  dioxideMade: number
  massKg: number
}

/** Dry barometric pressure, and BTPS mL a STPD mL. */
const DRY_MMHG = 713
const BTPS = 863 / 713
/** mL of oxygen a gram of haemoglobin carries, and mL/L dissolved a mmHg. */
const HUEFNER = 1.34
const DISSOLVED = 0.031
/** Blood in arteries and veins that holds oxygen, L for 70 kg. */
const ARTERIAL_L = 1
const VENOUS_L = 3.4
/** mL of carbon dioxide a L of blood gives up a mmHg, and that the body holds a mmHg and kg. */
const DIOXIDE_SLOPE = 7
const DIOXIDE_STORE = 0.85

/** Fills lungs and blood of someone at rest who breathes `inspired`. */
export function startGas(g: Float64Array, restMl: number, inspired: number): void {
  g[GAS.dioxideMl] = (restMl * 40) / DRY_MMHG
  g[GAS.oxygenMl] = restMl * inspired - (restMl * 50) / DRY_MMHG
  g[GAS.nitrogenMl] = restMl - g[GAS.dioxideMl]! - g[GAS.oxygenMl]!
  g[GAS.tissueCo2] = 46
  g[GAS.alveolarO2] = 100
  g[GAS.arterialO2] = 95
  g[GAS.alveolarCo2] = 40
  g[GAS.arterialCo2] = 40
  g[GAS.arterialContent] = 182
  g[GAS.venousContent] = 137
  g[GAS.saturation] = 0.97
  g[GAS.venous] = 0.73
  g[GAS.shown] = 0.97
  g[GAS.etco2] = 38
}

/** Share of haemoglobin that is saturated at a partial pressure of oxygen in mmHg. */
export function saturationAt(pO2: number): number {
  const p = Math.max(0.1, pO2)
  return 1 / (1 + 23400 / (p * p * p + 150 * p))
}

/** mL of oxygen in a litre of blood at a partial pressure, for a haemoglobin in g/dL. */
export function contentAt(pO2: number, haemoglobinGDl: number): number {
  return 10 * HUEFNER * haemoglobinGDl * saturationAt(pO2) + DISSOLVED * Math.max(0, pO2)
}

/**
 * Partial pressure at which blood holds a content: the inverse of `contentAt` by halving, to 0.01 mmHg. The curve is
 * written out here: a call within the loop would leave boxed numbers on the heap in every tick.
 */
export function pressureFor(content: number, haemoglobinGDl: number): number {
  const full = 10 * HUEFNER * haemoglobinGDl
  let low = 0.1
  let high = 700
  for (let i = 0; i < 17; i++) {
    const p = (low + high) / 2
    if (full / (1 + 23400 / (p * p * p + 150 * p)) + DISSOLVED * p < content) low = p
    else high = p
  }
  return (low + high) / 2
}

/** Advances lungs, blood and tissue by `seconds`. */
export function stepGas(g: Float64Array, d: GasDrive, seconds: number): void {
  const minutes = seconds / 60
  const size = d.massKg / 70
  g[GAS.inspired] = d.inspired
  ventilate(g, d, minutes)
  const volume = Math.max(50, lungMl(g))
  g[GAS.alveolarO2] = (DRY_MMHG * g[GAS.oxygenMl]!) / volume
  g[GAS.alveolarCo2] = (DRY_MMHG * g[GAS.dioxideMl]!) / volume
  const passing = d.outputLMin * (1 - d.shunt)
  const ending = contentAt(g[GAS.alveolarO2]!, d.haemoglobinGDl)
  const taken = passing * (ending - g[GAS.venousContent]!) * minutes
  const given = passing * DIOXIDE_SLOPE * (g[GAS.tissueCo2]! - g[GAS.alveolarCo2]!) * minutes
  g[GAS.oxygenMl] = Math.max(1, g[GAS.oxygenMl]! - taken * BTPS)
  g[GAS.dioxideMl] = Math.max(0, g[GAS.dioxideMl]! + given * BTPS)
  g[GAS.tissueCo2] = g[GAS.tissueCo2]! + (d.dioxideMade * minutes - given) / (DIOXIDE_STORE * d.massKg)
  const leaving = (1 - d.shunt) * ending + d.shunt * g[GAS.venousContent]!
  const arterial = g[GAS.arterialContent]!
  g[GAS.arterialContent] = arterial + (d.outputLMin * (leaving - arterial) * minutes) / (ARTERIAL_L * size)
  // tissue takes less once little is left
  const used = d.oxygenUse * clamp(g[GAS.venousContent]! / 35, 0, 1) * Math.min(1, d.outputLMin)
  const drained = (d.outputLMin * (arterial - g[GAS.venousContent]!) - used) * minutes
  g[GAS.venousContent] = Math.max(2, g[GAS.venousContent]! + drained / (VENOUS_L * size))
  read(g, d, seconds)
}

function lungMl(g: Float64Array): number {
  return g[GAS.oxygenMl]! + g[GAS.dioxideMl]! + g[GAS.nitrogenMl]!
}

function ventilate(g: Float64Array, d: GasDrive, minutes: number): void {
  const volume = Math.max(50, lungMl(g))
  const share = Math.min(0.5, (d.alveolarLMin * 1000 * minutes) / volume)
  const fresh = share * volume
  add(g, -share)
  g[GAS.oxygenMl] = g[GAS.oxygenMl]! + fresh * d.inspired
  g[GAS.nitrogenMl] = g[GAS.nitrogenMl]! + fresh * (1 - d.inspired)
  const lacking = d.restMl - lungMl(g)
  if (lacking > 0 && (d.airwayOpen === 1 || d.moving === 1)) {
    g[GAS.oxygenMl] = g[GAS.oxygenMl]! + lacking * d.inspired
    g[GAS.nitrogenMl] = g[GAS.nitrogenMl]! + lacking * (1 - d.inspired)
  } else if (lacking < 0) add(g, lacking / lungMl(g))
}

function add(g: Float64Array, share: number): void {
  g[GAS.oxygenMl] = g[GAS.oxygenMl]! * (1 + share)
  g[GAS.dioxideMl] = g[GAS.dioxideMl]! * (1 + share)
  g[GAS.nitrogenMl] = g[GAS.nitrogenMl]! * (1 + share)
}

function read(g: Float64Array, d: GasDrive, seconds: number): void {
  g[GAS.arterialO2] = pressureFor(g[GAS.arterialContent]!, d.haemoglobinGDl)
  g[GAS.saturation] = Math.min(0.995, saturationAt(g[GAS.arterialO2]!))
  g[GAS.venous] = saturationAt(pressureFor(g[GAS.venousContent]!, d.haemoglobinGDl))
  g[GAS.arterialCo2] = g[GAS.alveolarCo2]! + d.shunt * (g[GAS.tissueCo2]! - g[GAS.alveolarCo2]!)
  g[GAS.shown] = relax(g[GAS.shown]!, g[GAS.saturation]!, seconds, 5)
  const ended = d.moving === 1 ? g[GAS.alveolarCo2]! * (1 - d.unperfused) : 0
  g[GAS.etco2] = relax(g[GAS.etco2]!, ended, seconds, d.moving === 1 ? 3 : 5)
}
