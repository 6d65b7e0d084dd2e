/** What a row of the drug table says. Amounts in the row's unit, volumes L, rate constants per minute. */

/** Drugs in the order of their place in the state. */
export const DRUG_IDS = [
  'oxygen',
  'adrenaline',
  'noradrenaline',
  'atropine',
  'propofol',
  'fentanyl',
  'ketamine',
  'rocuronium',
  'sugammadex',
  'lidocaine',
  'lipid',
  'calcium',
  'tranexamic-acid',
  'naloxone',
  'cefazolin',
  'crystalloid',
  'blood',
] as const
export type DrugId = (typeof DRUG_IDS)[number]

/** Place of each drug in the state. */
export const DRUG_INDEX = Object.freeze(Object.fromEntries(DRUG_IDS.map((name, index) => [name, index]))) as Readonly<
  Record<DrugId, number>
>

/**
 * What a drug can act on. `heartRate` adds beats/min, `veins` mL of venous blood moved for 5 L (negative: pooled),
 * `contractility`, `resistance` and `rate` add shares to a factor of 1; the others are depths 0–1.
 */
export const CHANNELS = [
  'heartRate',
  'rate',
  'contractility',
  'resistance',
  'veins',
  'bronchi', // opens them
  'bleeding', // share that is held
  'allergy', // share that is held
  'arrhythmia',
  'cover', // against infection
  'analgesia', // share of pain that is taken
  'ventilation', // share of the drive that is taken
  'hypnosis',
  'paralysis',
  'fit',
] as const
export type Channel = (typeof CHANNELS)[number]

/** Channels on which drugs share one surface: their concentrations add, each in units of its own c50, before the sigmoid. */
export const SHARED_STEEPNESS: Partial<Record<Channel, number>> = {
  ventilation: 2.2,
  hypnosis: 5,
  paralysis: 4.79,
  fit: 12,
}

/**
 * One sigmoid: `max`·Cᵞ/(c50ᵞ + Cᵞ) of the effect-site concentration (Holford & Sheiner 1981). On a shared channel the
 * channel's own steepness holds and `max` is not asked.
 */
export type Effect = { readonly on: Channel; readonly max: number; readonly c50: number; readonly steepness: number }

export type Kinetics = {
  /** Central volume, L/kg of dosing weight or L. */
  readonly volume: number
  readonly per: 'kg' | 'patient'
  readonly k10: number
  readonly k12?: number
  readonly k21?: number
  readonly k13?: number
  readonly k31?: number
}

/** How fast and how much of a dose in muscle or tissue reaches the blood. */
export type Depot = { readonly halfLifeMin: number; readonly share: number }

export type Dose = {
  readonly low: number
  readonly high: number
  readonly per: 'kg' | 'dose' | 'kg/min' | 'fraction'
  readonly route: 'vein' | 'muscle' | 'tissue' | 'lung'
}

export type DrugRow = {
  readonly id: DrugId
  readonly unit: 'mg' | 'µg' | 'mL' | 'fraction'
  readonly doses: readonly Dose[]
  /** Begin of action, greatest action and its length, for the middle of the first dose range by its route. */
  readonly onsetS: number
  readonly peakMin: number
  readonly durationMin: number
  /** Missing where the body model itself carries the drug (oxygen in the lungs, fluid in the vessels). */
  readonly kinetics?: Kinetics
  readonly depot?: Depot
  /** Equilibration with the effect site, 1/min; null where the level in blood itself acts. */
  readonly ke0: number | null
  readonly effects: readonly Effect[]
  /** Takes the other drug out of the blood, `ratio` of its own units for one of the other. */
  readonly captures?: { readonly of: DrugId; readonly ratio: number }
  /** Competes for the receptor: the other acts as if at C/(1 + own/ki). */
  readonly blocks?: { readonly of: DrugId; readonly ki: number }
  /** Dissolves the other: its free share is 1/(1 + own·affinity). */
  readonly dissolves?: { readonly of: DrugId; readonly affinity: number }
  readonly sources: readonly string[]
  /** A figure that nobody qualified has confirmed. */
  readonly review?: true
}

/** Two drugs that together do more than their sum: adds `alpha`·Ua·Ub on a shared channel (Greco 1995, Pharmacol Rev 47:331). */
export type Synergy = { readonly on: Channel; readonly one: DrugId; readonly other: DrugId; readonly alpha: number }
