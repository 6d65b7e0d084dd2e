import { describe, expect, test } from 'vitest'
import type { Start } from '../../../core/anatomy/patient.ts'
import { type Body, createBody, stepBody } from '../../../core/physiology/body.ts'
import { bloodMl, CIRCULATION } from '../../../core/physiology/circulation.ts'
import { DRUG, drugAt, giveDrug } from '../../../core/physiology/drugs/kinetics.ts'
import { GAS } from '../../../core/physiology/gas.ts'
import { MONITOR } from '../../../core/physiology/monitor.ts'
import { PLEURA } from '../../../core/physiology/pleura.ts'
import { BREATHING } from '../../../core/physiology/respiration.ts'
import { createWorldBlock } from '../../../core/simulation/worldstate.ts'
import { fixturePatient, HEALTHY, STABLE, TENSION, VENTILATED } from '../simulation/fixture.ts'

function live(start: Start): Body {
  return createBody(createWorldBlock().float64, fixturePatient(), start)
}

function run(body: Body, seconds: number, each?: (second: number) => void): void {
  for (let i = 0; i < seconds * 100; i++) {
    stepBody(body, i % 800)
    if (each !== undefined && i % 100 === 0) each(i / 100)
  }
}

const heart = (b: Body) => b.state.monitor[MONITOR.heartRate]
const mean = (b: Body) => b.state.monitor[MONITOR.mean]
const spo2 = (b: Body) => 100 * b.state.gas[GAS.shown]
const beats = (b: Body) => b.state.circulation[CIRCULATION.beating] === 1

/** Seconds until the heart stops, Infinity when it does not within `limit`. */
function untilArrest(body: Body, limit: number): number {
  for (let s = 0; s < limit; s++) {
    run(body, 1)
    if (!beats(body)) return s
  }
  return Number.POSITIVE_INFINITY
}

test('a healthy patient rests at their own figures for an hour, nothing drifts', () => {
  const body = live(HEALTHY)
  const { physiology } = body.patient
  const before = [heart(body), mean(body), spo2(body)]
  run(body, 3600)
  expect(heart(body)).toBeCloseTo(physiology.heartRate, 0)
  expect(mean(body)).toBeGreaterThan(85)
  expect(mean(body)).toBeLessThan(97)
  expect(body.state.monitor[MONITOR.systolic] - body.state.monitor[MONITOR.diastolic]).toBeGreaterThan(38)
  expect(spo2(body)).toBeGreaterThan(95)
  expect(body.state.gas[GAS.etco2]).toBeGreaterThan(33)
  expect(body.state.gas[GAS.etco2]).toBeLessThan(42)
  ;[heart(body), mean(body), spo2(body)].forEach((value, i) => {
    expect(Math.abs(value - before[i])).toBeLessThan(2)
  })
  expect(bloodMl(body.state.circulation)).toBeCloseTo(physiology.bloodVolumeMl, 3)
})

describe('pneumothorax', () => {
  test('stable: low saturation that oxygen mends, pressure held, no course of its own', () => {
    const body = live(STABLE)
    const [rate, pressure] = [heart(body), mean(body)]
    expect(spo2(body)).toBeGreaterThan(88)
    expect(spo2(body)).toBeLessThan(95)
    run(body, 600)
    expect(Math.abs(heart(body) - rate)).toBeLessThan(3)
    expect(Math.abs(mean(body) - pressure)).toBeLessThan(3)
    const before = spo2(body)
    body.state.breathing[BREATHING.oxygen] = 1
    run(body, 120)
    expect(spo2(body)).toBeGreaterThan(before + 1)
  })

  test('tension, breathing: distress first, pressure holds late, then breathing fails and the heart stops', () => {
    const body = live(TENSION)
    const start = mean(body)
    let sawDistress = false
    let pressureAtDistress = 0
    for (let s = 0; s < 240 && !sawDistress; s++) {
      run(body, 1)
      if (spo2(body) < 84 && body.state.breathing[BREATHING.rate] > 26) {
        sawDistress = true
        pressureAtDistress = mean(body)
      }
    }
    expect(sawDistress).toBe(true)
    expect(pressureAtDistress).toBeGreaterThan(0.8 * start)
    const arrest = untilArrest(body, 1500)
    expect(arrest).toBeLessThan(1200)
    expect(arrest).toBeGreaterThan(120)
  })

  test('tension, ventilated: the pressure falls within minutes', () => {
    const body = live(VENTILATED)
    const start = mean(body)
    run(body, 240)
    expect(mean(body)).toBeLessThan(0.75 * start)
    expect(heart(body)).toBeGreaterThan(110)
    expect(untilArrest(body, 900)).toBeLessThan(900)
  })

  test('at real time the breathing patient holds the pressure many times as long as the ventilated', () => {
    const held = (ventilation: Start['ventilation']) => {
      const body = live({ ...VENTILATED, ventilation })
      const start = mean(body)
      let seconds = 0
      for (; seconds < 2400 && mean(body) > 0.75 * start; seconds += 10) run(body, 10)
      return seconds
    }
    const ventilated = held('ventilated')
    expect(ventilated).toBeLessThan(360)
    expect(held('breathing')).toBeGreaterThan(6 * ventilated)
  })

  test('let out through a cannula the pressure rises again within a minute, the lung stays down', () => {
    const body = live(TENSION)
    run(body, 60)
    const before = mean(body)
    body.input.cannulaMm2 = 2.2
    run(body, 60)
    expect(mean(body)).toBeGreaterThan(before + 5)
    expect(body.state.pleura[PLEURA.expansion]).toBeLessThan(0.4)
  })

  test('drained under water the lung opens and the leak heals', () => {
    const body = live(TENSION)
    body.input.drainMm2 = 34
    body.input.drainEnd = 'seal'
    let bubbled = false
    run(body, 180, () => {
      bubbled ||= body.state.pleura[PLEURA.bubbling] > 0.1
    })
    expect(bubbled).toBe(true)
    expect(body.state.pleura[PLEURA.expansion]).toBeGreaterThan(0.85)
    expect(body.state.pleura[PLEURA.swing]).toBeGreaterThan(3)
    run(body, 120)
    expect(body.state.pleura[PLEURA.bubbling]).toBeLessThan(0.1)
    expect(spo2(body)).toBeGreaterThan(94)
  })

  test('an open wound sucks air into a chest that was well', () => {
    const body = live(HEALTHY)
    body.input.wallMm2 = 60
    run(body, 30)
    expect(body.state.pleura[PLEURA.airMl]).toBeGreaterThan(800)
    expect(body.state.pleura[PLEURA.airMl]).toBeLessThan(1500)
  })
})

describe('haemorrhage, observed profile', () => {
  /** Bleeds a share of the blood volume over five minutes and waits. */
  const bled = (share: number) => {
    const body = live(HEALTHY)
    body.input.bledOutMl = (share * body.patient.physiology.bloodVolumeMl) / 30000
    run(body, 300)
    body.input.bledOutMl = 0
    run(body, 60)
    return { heart: heart(body), systolic: body.state.monitor[MONITOR.systolic], mean: mean(body) }
  }
  const none = bled(0)
  const some = bled(0.15)
  const more = bled(0.3)
  const most = bled(0.4)

  test('15 % is made up for: systolic near normal, the heart a little faster', () => {
    expect(some.systolic).toBeGreaterThan(none.systolic - 24)
    expect(some.heart).toBeGreaterThan(none.heart)
    expect(some.heart).toBeLessThan(100)
  })
  test('30 and 40 %: pressure falls; the heart reaches about 114 at most', () => {
    expect(more.systolic).toBeLessThan(some.systolic)
    expect(most.systolic).toBeLessThan(more.systolic)
    expect(most.mean).toBeLessThan(70)
    expect(most.heart).toBeGreaterThan(more.heart)
    expect(most.heart).toBeLessThan(122)
  })
})

describe('lidocaine', () => {
  const level = (body: Body) => drugAt(body.state.drugs, 'lidocaine', DRUG.level)
  const peak = (mgPerKg: number, where: 'tissue' | 'vein' = 'tissue') => {
    const body = live(HEALTHY)
    giveDrug(body.state.drugs, 'lidocaine', mgPerKg * body.patient.dosingMassKg, where)
    let highest = 0
    run(body, 1800, () => {
      highest = Math.max(highest, level(body))
    })
    return highest
  }
  test('3 and 4.5 mg/kg stay below 5 µg/mL, 8 mg/kg does not, into a vein half of that is toxic', () => {
    expect(peak(3)).toBeLessThan(3.5)
    expect(peak(4.5)).toBeLessThan(5)
    expect(peak(8)).toBeGreaterThan(5)
    expect(peak(6, 'vein')).toBeGreaterThan(5)
  })
  test('lipid takes up more than half of the free drug, and a second dose less than the first', () => {
    const body = live(HEALTHY)
    giveDrug(body.state.drugs, 'lidocaine', 800, 'vein')
    run(body, 60)
    const levels = [level(body)]
    for (let dose = 0; dose < 2; dose++) {
      giveDrug(body.state.drugs, 'lipid', 1.5 * body.patient.dosingMassKg, 'vein')
      run(body, 60)
      levels.push(level(body))
    }
    expect(levels[1] / levels[0]).toBeGreaterThan(0.4)
    expect(levels[1] / levels[0]).toBeLessThan(0.5)
    expect(levels[1] - levels[2]).toBeGreaterThan(0)
    expect(levels[1] - levels[2]).toBeLessThan(levels[0] - levels[1])
  })
})
