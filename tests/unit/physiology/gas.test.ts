import { describe, expect, test } from 'vitest'
import type { Body } from '../../../core/physiology/body.ts'
import { contentAt, GAS, pressureFor, saturationAt } from '../../../core/physiology/gas.ts'
import { BREATHING } from '../../../core/physiology/respiration.ts'
import { nextUnit, seedRandom } from '../../../core/simulation/random.ts'
import { ASLEEP, arterialCo2, bodyOf, etco2, run, saturation, treatWith, until } from './bodies.ts'

test('content rises with pressure, and its inverse gives the pressure back', () => {
  const random = new Uint32Array(4)
  seedRandom(random, 5)
  for (let i = 0; i < 300; i++) {
    const haemoglobin = 5 + 13 * nextUnit(random)
    const pO2 = 5 + 600 * nextUnit(random)
    expect(contentAt(pO2 + 1, haemoglobin)).toBeGreaterThan(contentAt(pO2, haemoglobin))
    const back = pressureFor(contentAt(pO2, haemoglobin), haemoglobin)
    expect(Math.abs(contentAt(back, haemoglobin) - contentAt(pO2, haemoglobin))).toBeLessThan(0.1)
  }
  expect(saturationAt(60)).toBeCloseTo(0.9, 1)
})

test('alveolar gas equation: PAO2 = FiO2·713 − PaCO2/0.8 (and its correction for FiO2) within 4 mmHg', () => {
  for (const inspired of [0.21, 0.4, 1]) {
    const body = bodyOf({}, ASLEEP)
    treatWith(body, 'ventilator', 'oxygen', inspired)
    run(body, 900)
    const expected = inspired * 713 - arterialCo2(body) * (inspired + (1 - inspired) / 0.8)
    expect(Math.abs(body.state.gas[GAS.alveolarO2] - expected)).toBeLessThan(4)
  }
})

type Choice = {
  readonly before: 'air' | 'oxygen'
  readonly airway: 'airway-open' | 'airway-shut'
  readonly kg?: number
}

/** Paralyses a sleeping patient; answers the minutes from the last breath to 90 % and what CO₂ did. */
function apnoea({ before, airway, kg = 70 }: Choice) {
  const body: Body = bodyOf({ massKg: kg })
  if (before === 'oxygen') {
    treatWith(body, 'order', 'oxygen-tight')
    run(body, 240)
  }
  treatWith(body, 'order', airway)
  treatWith(body, 'give', 'propofol', 140)
  treatWith(body, 'infuse', 'propofol', 10)
  treatWith(body, 'give', 'rocuronium', 84)
  until(body, 300, () => body.state.breathing[BREATHING.rate] < 1)
  run(body, 30)
  const co2 = arterialCo2(body)
  let after = co2
  let passed = 0.5
  const limit = before === 'oxygen' ? 840 : 300
  const seconds = until(body, limit, () => {
    passed += 1 / 60
    if (Math.abs(passed - 3.5) < 0.01) after = arterialCo2(body)
    return saturation(body) < 90
  })
  return { minutes: 0.5 + seconds / 60, co2PerMinute: (after - co2) / 3, body }
}

describe('apnoea (Benumof 1997, doi:10.1097/00000542-199710000-00034)', () => {
  test('full of oxygen a healthy adult keeps 90 % for about 8 min, CO₂ rises 3–4 mmHg a minute', () => {
    const { minutes, co2PerMinute } = apnoea({ before: 'oxygen', airway: 'airway-shut' })
    expect(minutes).toBeGreaterThan(7)
    expect(minutes).toBeLessThan(9)
    expect(co2PerMinute).toBeGreaterThan(2.6)
    expect(co2PerMinute).toBeLessThan(4.2)
  })
  test('on air about one', () => {
    const { minutes } = apnoea({ before: 'air', airway: 'airway-shut' })
    expect(minutes).toBeGreaterThan(0.5)
    expect(minutes).toBeLessThan(1.3)
  })
  test('the obese keep it less than half as long', () => {
    const { minutes } = apnoea({ before: 'oxygen', airway: 'airway-shut', kg: 127 })
    expect(minutes).toBeGreaterThan(2)
    expect(minutes).toBeLessThan(4)
  })
  test('oxygen over an open airway goes on oxygenating while CO₂ climbs', () => {
    const { minutes, body } = apnoea({ before: 'oxygen', airway: 'airway-open' })
    expect(minutes).toBeGreaterThan(14)
    expect(arterialCo2(body)).toBeGreaterThan(70)
  })
})

test('half the ventilation raises CO₂ over minutes, more lowers it; the monitor follows 2–6 mmHg below', () => {
  const body = bodyOf({}, ASLEEP)
  run(body, 600)
  const rest = arterialCo2(body)
  treatWith(body, 'ventilator', 'rate', 8)
  run(body, 900)
  expect(arterialCo2(body)).toBeGreaterThan(rest + 8)
  expect(arterialCo2(body) - etco2(body)).toBeGreaterThan(1.5)
  expect(arterialCo2(body) - etco2(body)).toBeLessThan(6)
  treatWith(body, 'ventilator', 'rate', 22)
  run(body, 1500)
  expect(arterialCo2(body)).toBeLessThan(rest - 4)
})

test('a tight mask fills the lungs with oxygen in about three minutes (end-tidal fraction 0.85 and more)', () => {
  const body = bodyOf()
  treatWith(body, 'order', 'oxygen-tight')
  run(body, 180)
  const { gas } = body.state
  const lungs = gas[GAS.oxygenMl] + gas[GAS.dioxideMl] + gas[GAS.nitrogenMl]
  expect(gas[GAS.oxygenMl] / lungs).toBeGreaterThan(0.85)
  expect(gas[GAS.oxygenMl] / lungs).toBeLessThan(0.95)
})
