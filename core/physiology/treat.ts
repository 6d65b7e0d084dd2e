/**
 * What a team does to the body beside the wound: orders, doses, the ventilator, hands on the chest, a shock; and what an
 * instructor brings upon it. Each verb is a row; values are checked against its range.
 */
import type { Person } from '../anatomy/patient.ts'
import type { BodyState } from './body.ts'
import { DRUG_INDEX, type DrugId } from './drugs/drug.ts'
import { giveDrug, infuseDrug } from './drugs/kinetics.ts'
import { DRUG_TABLE } from './drugs/table.ts'
import { hangFluid } from './fluids.ts'
import { ILLNESSES, type Illness, setIllness } from './illness.ts'
import { BREATHING, RESERVOIR_MASK } from './respiration.ts'
import { RHYTHM, RHYTHMS, type Rhythm, setRhythm, shock } from './rhythm.ts'
import { VENTILATOR } from './ventilator.ts'

export type Treatment = { readonly verb: string; readonly object: string; readonly value?: number }
export type TreatmentAnswer = 'done' | 'unknown' | 'out-of-range'

type Deed = (state: BodyState, patient: Person, object: string, value: number | undefined) => TreatmentAnswer

/** Fluid that one order hangs up, and a unit of blood, mL. */
const BAG_ML = 500
const UNIT_ML = 280
/** Lipid 20 % a kg of dosing weight (table of drugs). */
const LIPID_ML_KG = 1.5
const MOST_SHOCK_J = 360
/** The most of any drug's unit in one dose or a minute: a slip of three places, not a number that breaks the state. */
const MOST_AMOUNT = 100_000

const ORDERS: Readonly<Record<string, (state: BodyState, patient: Person) => void>> = {
  oxygen: ({ breathing }) => {
    breathing[BREATHING.oxygen] = 1
    breathing[BREATHING.maskFraction] = RESERVOIR_MASK
  },
  'oxygen-tight': ({ breathing }) => {
    breathing[BREATHING.oxygen] = 1
    breathing[BREATHING.maskFraction] = 1
  },
  'oxygen-off': ({ breathing }) => {
    breathing[BREATHING.oxygen] = 0
  },
  'airway-open': ({ breathing }) => {
    breathing[BREATHING.airwayOpen] = 1
  },
  'airway-shut': ({ breathing }) => {
    breathing[BREATHING.airwayOpen] = 0
  },
  lipid: ({ drugs }, { dosingMassKg }) => giveDrug(drugs, 'lipid', LIPID_ML_KG * dosingMassKg, 'vein'),
  fluid: ({ fluids }) => hangFluid(fluids, 'crystalloid', BAG_ML),
  blood: ({ fluids }) => hangFluid(fluids, 'blood', UNIT_ML),
}

/** What may be set on a ventilator, and within what. */
const DIALS: Readonly<Record<string, { readonly slot: number; readonly low: number; readonly high: number }>> = {
  rate: { slot: VENTILATOR.rate, low: 4, high: 40 },
  tidal: { slot: VENTILATOR.tidalMl, low: 50, high: 1200 },
  pressure: { slot: VENTILATOR.drivingCm, low: 3, high: 40 },
  peep: { slot: VENTILATOR.peepCm, low: 0, high: 20 },
  oxygen: { slot: VENTILATOR.inspired, low: 0.21, high: 1 },
  limit: { slot: VENTILATOR.limitCm, low: 10, high: 60 },
}
const SWITCHES: Readonly<Record<string, readonly [slot: number, value: number]>> = {
  on: [VENTILATOR.on, 1],
  off: [VENTILATOR.on, 0],
  'volume-control': [VENTILATOR.mode, 0],
  'pressure-control': [VENTILATOR.mode, 1],
}

const DEEDS: Readonly<Record<string, Deed>> = {
  order: (state, patient, object) => {
    if (!Object.hasOwn(ORDERS, object)) return 'unknown'
    ORDERS[object]!(state, patient)
    return 'done'
  },
  give: (state, _patient, object, value) => give(state, object, value, 'vein'),
  'give-muscle': (state, _patient, object, value) => give(state, object, value, 'muscle'),
  infuse: ({ drugs }, _patient, object, value) => {
    if (!isDrug(object) || !('kinetics' in DRUG_TABLE[DRUG_INDEX[object]]!)) return 'unknown'
    if (value === undefined || !(value >= 0 && value <= MOST_AMOUNT)) return 'out-of-range'
    infuseDrug(drugs, object, value)
    return 'done'
  },
  ventilator: ({ ventilator }, _patient, object, value) => {
    if (Object.hasOwn(SWITCHES, object)) {
      const [slot, set] = SWITCHES[object]!
      ventilator[slot] = set
      return 'done'
    }
    if (!Object.hasOwn(DIALS, object)) return 'unknown'
    const { slot, low, high } = DIALS[object]!
    if (value === undefined || !(value >= low && value <= high)) return 'out-of-range'
    ventilator[slot] = value
    return 'done'
  },
  compressions: ({ rhythm }, _patient, object) => {
    rhythm[RHYTHM.compressing] = object === 'begin' ? 1 : 0
    return 'done'
  },
  shock: ({ rhythm }, _patient, _object, value) => {
    if (value === undefined || !(value > 0 && value <= MOST_SHOCK_J)) return 'out-of-range'
    shock(rhythm, value)
    return 'done'
  },
  illness: ({ illness }, _patient, object, value) => {
    if (!ILLNESSES.includes(object as Illness)) return 'unknown'
    if (value === undefined || !(value >= 0 && value <= 100)) return 'out-of-range'
    setIllness(illness, object as Illness, value)
    return 'done'
  },
  rhythm: ({ rhythm }, _patient, object) => {
    if (!RHYTHMS.includes(object as Rhythm)) return 'unknown'
    setRhythm(rhythm, object as Rhythm)
    return 'done'
  },
}

/** Verbs that act on the body. */
export const TREATMENTS: readonly string[] = Object.keys(DEEDS)

/** Carries one out; `unknown` and `out-of-range` leave the body as it was. */
export function treat(state: BodyState, patient: Person, { verb, object, value }: Treatment): TreatmentAnswer {
  return Object.hasOwn(DEEDS, verb) ? DEEDS[verb]!(state, patient, object, value) : 'unknown'
}

function isDrug(object: string): object is DrugId {
  return Object.hasOwn(DRUG_INDEX, object)
}

function give(
  { drugs, fluids }: BodyState,
  object: string,
  value: number | undefined,
  where: 'vein' | 'muscle',
): TreatmentAnswer {
  if (!isDrug(object) || object === 'oxygen') return 'unknown'
  if (value === undefined || !(value > 0 && value <= MOST_AMOUNT)) return 'out-of-range'
  if (object === 'crystalloid' || object === 'blood') hangFluid(fluids, object, value)
  else giveDrug(drugs, object, value, where)
  return 'done'
}
