import type { Patient, PatientPhysiology, Start } from '../../../core/anatomy/patient.ts'
import { type Body, createBody, stepBody } from '../../../core/physiology/body.ts'
import { CIRCULATION } from '../../../core/physiology/circulation.ts'
import { GAS } from '../../../core/physiology/gas.ts'
import { MONITOR } from '../../../core/physiology/monitor.ts'
import { treat } from '../../../core/physiology/treat.ts'
import { createWorldBlock } from '../../../core/simulation/worldstate.ts'
import { fixturePatient, HEALTHY } from '../simulation/fixture.ts'

/** A healthy patient who lies on a ventilator, asleep. */
export const ASLEEP: Start = { ...HEALTHY, id: 'asleep', ventilation: 'ventilated' }

type Change = Partial<Omit<Patient, 'physiology'>> & { readonly physiology?: Partial<PatientPhysiology> }

/** A body of the fixture's patient, changed. */
export function bodyOf(change: Change = {}, start: Start = HEALTHY): Body {
  const patient = fixturePatient()
  const physiology = { ...patient.physiology, ...change.physiology }
  return createBody(createWorldBlock().float64, { ...patient, ...change, physiology }, start)
}

/** A lean body of a mass, with 70 mL of blood a kg. */
export function bodyOfMass(kg: number, physiology: Partial<PatientPhysiology> = {}, start: Start = HEALTHY): Body {
  const own = { bloodVolumeMl: 70 * kg, tidalMl: 7 * kg, ...physiology }
  return bodyOf({ massKg: kg, dosingMassKg: kg, physiology: own }, start)
}

/** Lets `seconds` pass. */
export function run(body: Body, seconds: number, each?: (second: number) => void): void {
  for (let i = 0; i < seconds * 100; i++) {
    stepBody(body, i % 800)
    if (each !== undefined && i % 100 === 0) each(i / 100)
  }
}

/** Treats the body; throws when it does not know how. */
export function treatWith(body: Body, verb: string, object: string, value?: number): void {
  const answer = treat(body.state, body.patient, { verb, object, value })
  if (answer !== 'done') throw new Error(`${verb} ${object} ${value}: ${answer}`)
}

/** Seconds until `done`, at most `limit`. */
export function until(body: Body, limit: number, done: () => boolean): number {
  for (let s = 0; s < limit; s++) {
    if (done()) return s
    run(body, 1)
  }
  return limit
}

export const heart = (b: Body) => b.state.monitor[MONITOR.heartRate]
export const systolic = (b: Body) => b.state.monitor[MONITOR.systolic]
export const mean = (b: Body) => b.state.monitor[MONITOR.mean]
export const breaths = (b: Body) => b.state.monitor[MONITOR.breaths]
export const saturation = (b: Body) => 100 * b.state.gas[GAS.saturation]
export const etco2 = (b: Body) => b.state.gas[GAS.etco2]
export const arterialCo2 = (b: Body) => b.state.gas[GAS.arterialCo2]
export const output = (b: Body) => b.state.circulation[CIRCULATION.outputLMin]
export const venous = (b: Body) => b.state.circulation[CIRCULATION.cvp]
export const beats = (b: Body) => b.state.circulation[CIRCULATION.beating] === 1
