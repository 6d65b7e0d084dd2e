/**
 * Whose blood a field bleeds: a body whose arteries and veins drive what is open in the field, and that loses what was bled.
 */
import type { Person, Start } from '../../anatomy/patient.ts'
import { type Body, bodyAtRest, createBody, stepBody } from '../../physiology/body.ts'
import { BODY_PLAN } from '../../physiology/bodystate.ts'
import { CIRCULATION } from '../../physiology/circulation.ts'
import { WAVE_LENGTH } from '../snapshot.ts'
import { createBlock } from '../state.ts'
import type { Fluid, FluidInput } from './fluid/fluid.ts'

/** An adult, kg and beats a minute, and the pressures of the arteries at rest, mmHg. */
export type PatientAtRest = {
  readonly massKg: number
  readonly heartRate: number
  readonly systolicMmHg: number
  readonly diastolicMmHg: number
}

export type FieldPatient = {
  readonly body: Body
  /** State of the body. */
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** Asleep for an operation, as in every field that has instruments in it. */
const ASLEEP: Start = {
  id: 'asleep',
  kind: 'stable',
  ventilation: 'ventilated',
  airMl: 0,
  leakMlMin: 0,
  timeScale: 1,
  oxygen: 0,
  bedHeadUpDegrees: 0,
}
/** mL of blood and of a breath for each kilogram; breaths a minute. */
const BLOOD_ML_KG = 70
const TIDAL_ML_KG = 7
const BREATHS = 14

/** Bodies that have come to rest, by what they are: to settle one takes a tenth of a second. */
const settled = new Map<string, Uint8Array>()

/** A patient at rest. */
export function admitPatient(atRest: PatientAtRest): FieldPatient {
  const { massKg, heartRate, systolicMmHg, diastolicMmHg } = atRest
  const person: Person = {
    massKg,
    dosingMassKg: massKg,
    physiology: {
      heartRate,
      systolicMmHg,
      diastolicMmHg,
      breaths: BREATHS,
      spo2Percent: 98,
      bloodVolumeMl: BLOOD_ML_KG * massKg,
      tidalMl: TIDAL_ML_KG * massKg,
      pleuralCapacityMl: 1400,
      reflexPercent: 100,
    },
  }
  const { float64, bytes } = createBlock({ float64: BODY_PLAN, uint32: {}, uint16: {}, uint8: {} })
  const name = JSON.stringify(person)
  const known = settled.get(name)
  if (known) {
    bytes.set(known)
    return { body: bodyAtRest(float64, person, ASLEEP), bytes }
  }
  const body = createBody(float64, person, ASLEEP)
  settled.set(name, bytes.slice())
  return { body, bytes }
}

/** Drives what bleeds by the pressures that the body has now. */
export function driveBleeding({ body }: FieldPatient, { drive }: FluidInput): void {
  const { circulation } = body.state
  drive.arterialMmHg = circulation[CIRCULATION.arterialMmHg]
  drive.venousMmHg = circulation[CIRCULATION.cvp]
}

/** Lets the body live for a tick, in which it has lost what the field bled. */
export function stepPatient({ body }: FieldPatient, { bledMl }: Fluid, tick: number): void {
  body.input.bledOutMl = bledMl
  stepBody(body, tick % WAVE_LENGTH)
}
