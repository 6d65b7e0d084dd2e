/**
 * Where each drug is: a depot, the way from the vein, a central and up to two further compartments, and an effect site, for every row of the
 * table. The mammillary system is solved implicitly in closed form, so that any step is stable and nothing is lost:
 * dA₁ = in − (k10 + k12 + k13)·A₁ + k21·A₂ + k31·A₃; dCe/dt = ke0·(C − Ce).
 */
import { LN2, relax } from '../../simulation/exactmath.ts'
import { slots } from '../../simulation/state.ts'
import { DRUG_IDS, DRUG_INDEX, type DrugId, type DrugRow } from './drug.ts'
import { DRUG_TABLE } from './table.ts'

/** Slots of one drug; a drug's own begin at its index × `DRUG_SLOTS`. */
export const DRUG = slots([
  'given', // all so far, in the row's unit
  'depot', // not yet absorbed
  'transit', // in the vein
  'lungs', // passing heart and lungs
  'central',
  'second',
  'third',
  'level', // free, in blood: unit/L
  'site', // at the effect site
  'acting', // after what other drugs take from it
  'perMin', // infusion
] as const)
export const DRUG_SLOTS = Object.keys(DRUG).length
/** Size of the drugs' part of the state. */
export const DRUGS_SIZE = DRUG_IDS.length * DRUG_SLOTS

type Step = {
  readonly base: number
  readonly row: DrugRow
  readonly volume: number
  readonly perKg: 0 | 1
  readonly k10: number
  readonly k12: number
  readonly k21: number
  readonly k13: number
  readonly k31: number
  readonly absorbed: number
}

const ROWS: readonly DrugRow[] = DRUG_TABLE
const STEPS: readonly Step[] = ROWS.flatMap((row): Step[] => {
  const k = row.kinetics
  if (k === undefined) return []
  return [
    {
      base: DRUG_INDEX[row.id] * DRUG_SLOTS,
      row,
      volume: k.volume,
      perKg: k.per === 'kg' ? 1 : 0,
      k10: k.k10,
      k12: k.k12 ?? 0,
      k21: k.k21 ?? 0,
      k13: k.k13 ?? 0,
      k31: k.k31 ?? 0,
      absorbed: row.depot === undefined ? 0 : LN2 / row.depot.halfLifeMin,
    },
  ]
})
/** Mean time from a vein of the arm to the heart, and on to the arteries, at an output of 5 L/min, min (18 s; slower in shock). */
const TRANSIT_MIN = 0.15
/** Below this share of what was given a drug is gone. */
const GONE = 1e-9

/** A number of one drug: one of the slots of `DRUG`. */
export function drugAt(d: Float64Array, drug: DrugId, slot: number): number {
  return d[DRUG_INDEX[drug] * DRUG_SLOTS + slot]!
}

/** Gives `amount` in the row's unit, into a vein or into muscle or tissue from where it is absorbed. */
export function giveDrug(d: Float64Array, drug: DrugId, amount: number, where: 'vein' | 'muscle' | 'tissue'): void {
  const base = DRUG_INDEX[drug] * DRUG_SLOTS
  d[base + DRUG.given] = d[base + DRUG.given]! + amount
  const depot = ROWS[DRUG_INDEX[drug]]!.depot
  const slot = where === 'vein' || depot === undefined ? DRUG.transit : DRUG.depot
  d[base + slot] = d[base + slot]! + amount * (slot === DRUG.depot ? depot!.share : 1)
}

/** Runs a drug in at `perMin` of the row's unit a minute. */
export function infuseDrug(d: Float64Array, drug: DrugId, perMin: number): void {
  d[DRUG_INDEX[drug] * DRUG_SLOTS + DRUG.perMin] = Math.max(0, perMin)
}

/** Advances every drug by `seconds` for a dosing weight, carried by an output in L/min. */
export function stepDrugs(d: Float64Array, dosingMassKg: number, outputLMin: number, seconds: number): void {
  const dt = seconds / 60
  const carried = outputLMin / 5 / TRANSIT_MIN
  for (let i = 0; i < STEPS.length; i++) {
    const step = STEPS[i]!
    if (d[step.base + DRUG.given] === 0 && d[step.base + DRUG.perMin] === 0) continue
    spread(d, step, step.volume * (step.perKg === 1 ? dosingMassKg : 1), carried, dt)
  }
  for (let i = 0; i < STEPS.length; i++) interact(d, STEPS[i]!)
}

function spread(d: Float64Array, s: Step, volume: number, carried: number, dt: number): void {
  const { base } = s
  const absorbed = (d[base + DRUG.depot]! * s.absorbed * dt) / (1 + s.absorbed * dt)
  const run = d[base + DRUG.perMin]! * dt
  const waiting = d[base + DRUG.transit]! + run
  const passed = carried * dt
  const entered = (waiting * passed) / (1 + passed)
  const within = d[base + DRUG.lungs]! + entered
  const arrived = (within * passed) / (1 + passed)
  d[base + DRUG.given] = d[base + DRUG.given]! + run
  d[base + DRUG.transit] = waiting - entered
  d[base + DRUG.lungs] = within - arrived
  d[base + DRUG.depot] = d[base + DRUG.depot]! - absorbed
  const back2 = 1 + dt * s.k21
  const back3 = 1 + dt * s.k31
  const held = (dt * dt * s.k12 * s.k21) / back2 + (dt * dt * s.k13 * s.k31) / back3
  const returned = (dt * s.k21 * d[base + DRUG.second]!) / back2 + (dt * s.k31 * d[base + DRUG.third]!) / back3
  const central = d[base + DRUG.central]! + absorbed + arrived + returned
  const now = central / (1 + dt * (s.k10 + s.k12 + s.k13) - held)
  const least = GONE * d[base + DRUG.given]!
  d[base + DRUG.central] = now < least ? 0 : now
  d[base + DRUG.second] = (d[base + DRUG.second]! + dt * s.k12 * now) / back2
  d[base + DRUG.third] = (d[base + DRUG.third]! + dt * s.k13 * now) / back3
  const level = d[base + DRUG.central]! / volume
  d[base + DRUG.level] = level
  const { ke0 } = s.row
  d[base + DRUG.site] = ke0 === null ? level : relax(d[base + DRUG.site]!, level, dt, 1 / ke0)
  d[base + DRUG.acting] = d[base + DRUG.site]!
}

/** What a drug does to another: takes it out of blood and effect site, competes with it, dissolves it. */
function interact(d: Float64Array, { base, row }: Step): void {
  if (d[base + DRUG.given] === 0) return
  if (row.captures !== undefined) capture(d, base, row.captures.of, row.captures.ratio)
  if (row.blocks !== undefined) {
    const other = DRUG_INDEX[row.blocks.of] * DRUG_SLOTS
    d[other + DRUG.acting] = d[other + DRUG.site]! / (1 + d[base + DRUG.site]! / row.blocks.ki)
  }
  if (row.dissolves !== undefined) {
    const other = DRUG_INDEX[row.dissolves.of] * DRUG_SLOTS
    const free = 1 / (1 + d[base + DRUG.level]! * row.dissolves.affinity)
    d[other + DRUG.level] = d[other + DRUG.level]! * free
    d[other + DRUG.acting] = d[other + DRUG.acting]! * free
  }
}

function capture(d: Float64Array, base: number, of: DrugId, ratio: number): void {
  const other = DRUG_INDEX[of] * DRUG_SLOTS
  const pairs = Math.min(d[other + DRUG.central]!, d[base + DRUG.central]! / ratio)
  d[other + DRUG.central] = d[other + DRUG.central]! - pairs
  d[base + DRUG.central] = d[base + DRUG.central]! - pairs * ratio
  d[other + DRUG.acting] = Math.max(0, d[other + DRUG.site]! - d[base + DRUG.site]! / ratio)
}
