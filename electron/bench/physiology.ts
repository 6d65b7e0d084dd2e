import type { Patient, Start } from '../../core/anatomy/patient.ts'
import { type Body, createBody, stepBody } from '../../core/physiology/body.ts'
import { bloodMl, CIRCULATION } from '../../core/physiology/circulation.ts'
import { FLUIDS } from '../../core/physiology/fluids.ts'
import { GAS } from '../../core/physiology/gas.ts'
import { MONITOR } from '../../core/physiology/monitor.ts'
import type { ReflexProfileId } from '../../core/physiology/reflex.ts'
import { BREATHING } from '../../core/physiology/respiration.ts'
import { type Treatment, treat } from '../../core/physiology/treat.ts'
import { WAVE_LENGTH } from '../../core/simulation/snapshot.ts'
import { settle } from '../../core/simulation/state.ts'
import { createWorldBlock } from '../../core/simulation/worldstate.ts'
import { findBuiltInCase, operatorSetup } from '../engine/setups.ts'
import { sourceRoot } from '../host/index.ts'
import { atLeast, atMost, type BenchGroup, type BenchRow, figure, percentile } from './row.ts'

const HOUR_TICKS = 360_000
const DAY_HOURS = 24
const MASSES_KG = [50, 70, 100]
const SHARES = [0.1, 0.22, 0.35, 0.45]
const PROFILES: readonly ReflexProfileId[] = ['textbook', 'observed']
const HEALTHY: Start = {
  id: 'healthy',
  kind: 'stable',
  ventilation: 'breathing',
  airMl: 0,
  leakMlMin: 0,
  timeScale: 1,
  oxygen: 0,
  bedHeadUpDegrees: 0,
}

/** A day of a body at rest (speed, drift, blood, garbage), the haemorrhage tables and an apnoea. */
export const benchPhysiology: BenchGroup = async () => {
  const { patient } = operatorSetup(sourceRoot, findBuiltInCase(sourceRoot, 'chest-drain'), { seed: 1 })
  return [...dayRows(patient), ...bleedingRows(patient), ...apnoeaRows(patient)]
}

/** The patient as a lean adult of a mass, with 70 mL of blood a kg. */
function ofMass(patient: Patient, kg: number, reflexProfile: ReflexProfileId = 'observed'): Patient {
  const own = { bloodVolumeMl: 70 * kg, tidalMl: 7 * kg, heartRate: 74, breaths: 15, reflexPercent: 100, reflexProfile }
  return { ...patient, massKg: kg, dosingMassKg: kg, physiology: { ...patient.physiology, ...own } }
}

function run(body: Body, ticks: number): void {
  for (let i = 0; i < ticks; i++) stepBody(body, i % WAVE_LENGTH)
}

function give(body: Body, verb: string, object: string, value?: number): void {
  const order: Treatment = { verb, object, value }
  if (treat(body.state, body.patient, order) !== 'done') throw new Error(`${verb} ${object}`)
}

function dayRows(patient: Patient): BenchRow[] {
  const body = createBody(createWorldBlock().float64, ofMass(patient, 70), HEALTHY)
  const { circulation, fluids, monitor, gas } = body.state
  give(body, 'give', 'crystalloid', 500)
  give(body, 'infuse', 'fentanyl', 0.5)
  run(body, HOUR_TICKS)
  const start = { mean: monitor[MONITOR.mean]!, saturation: gas[GAS.saturation]!, heart: monitor[MONITOR.heartRate]! }
  const begun = performance.now()
  for (let hour = 1; hour < DAY_HOURS; hour++) {
    run(body, HOUR_TICKS)
    // throws when anything is not a number
    settle({ ...body.state })
  }
  const seconds = (performance.now() - begun) / 1000
  const held = bloodMl(circulation) + circulation[CIRCULATION.lostMl]! + fluids[FLUIDS.tissueMl]!
  return [
    atLeast('physiology: 23 hours against real time', ((DAY_HOURS - 1) * 3600) / seconds, '×', 200),
    atMost('physiology: garbage of a tick, median', garbageOf(body), 'bytes', 512),
    atMost('physiology: blood made or lost in a day', Math.abs(held - 4900 - fluids[FLUIDS.givenMl]!), 'mL', 0.1),
    atMost('physiology: drift of the mean pressure', Math.abs(monitor[MONITOR.mean]! - start.mean), 'mmHg', 2),
    atMost('physiology: drift of the pulse', Math.abs(monitor[MONITOR.heartRate]! - start.heart), '1/min', 2),
    atMost('physiology: drift of saturation', 100 * Math.abs(gas[GAS.saturation]! - start.saturation), '%', 1),
  ]
}

/**
 * Bytes that a tick leaves on the heap: the middle one of many short stretches, so that a collection between does not
 * count. No code of a tick makes an object; V8 boxes the doubles that calls hand over.
 */
function garbageOf(body: Body): number {
  const ticks = 4_000
  const grown = Array.from({ length: 31 }, () => {
    const before = process.memoryUsage().heapUsed
    run(body, ticks)
    return (process.memoryUsage().heapUsed - before) / ticks
  })
  return percentile(grown, 0.5)
}

function bleedingRows(patient: Patient): BenchRow[] {
  const rows: BenchRow[] = []
  for (const profile of PROFILES)
    for (const kg of MASSES_KG)
      for (const share of SHARES) {
        const body = createBody(createWorldBlock().float64, ofMass(patient, kg, profile), HEALTHY)
        body.input.bledOutMl = (share * 70 * kg) / 60_000
        run(body, 60_000)
        body.input.bledOutMl = 0
        run(body, 6_000)
        const { monitor } = body.state
        const whole = (slot: number) => Math.round(monitor[slot]!)
        rows.push({
          ...figure(
            `physiology: ${profile}, ${kg} kg, ${100 * share} % lost, pulse`,
            whole(MONITOR.heartRate),
            '1/min',
          ),
          rival: `${whole(MONITOR.systolic)}/${whole(MONITOR.diastolic)} mmHg, ${whole(MONITOR.breaths)} breaths`,
        })
      }
  return rows
}

function apnoeaRows(patient: Patient): BenchRow[] {
  return (['oxygen', 'air'] as const).map((before) => {
    const body = createBody(createWorldBlock().float64, ofMass(patient, 70), HEALTHY)
    if (before === 'oxygen') give(body, 'order', 'oxygen-tight')
    run(body, 24_000)
    give(body, 'order', 'airway-shut')
    give(body, 'give', 'propofol', 140)
    give(body, 'infuse', 'propofol', 10)
    give(body, 'give', 'rocuronium', 84)
    let breathing = 0
    let ticks = 0
    while (body.state.gas[GAS.saturation]! > 0.9 && ticks < HOUR_TICKS) {
      run(body, 100)
      ticks += 100
      if (body.state.breathing[BREATHING.rate]! >= 1) breathing = ticks
    }
    return {
      ...figure(`physiology: apnoea after ${before} to 90 %`, (ticks - breathing) / 6000, 'min'),
      rival: before === 'oxygen' ? 'about 8 (Benumof 1997)' : 'about 1 (Benumof 1997)',
    }
  })
}
