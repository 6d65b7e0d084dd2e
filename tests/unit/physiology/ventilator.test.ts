import { expect, test } from 'vitest'
import { startVentilator, stepVentilator, VENTILATOR } from '../../../core/physiology/ventilator.ts'
import { ASLEEP, bodyOf, output, run, treatWith } from './bodies.ts'

const LUNG = { complianceMlCm: 50, resistanceCm: 10, outsideCm: 0 }

function ventilated(mechanics: typeof LUNG, set: (v: Float64Array) => void = () => {}) {
  const v = new Float64Array(Object.keys(VENTILATOR).length)
  startVentilator(v, 12, 500)
  set(v)
  const airway: number[] = []
  for (let i = 0; i < 6000; i++) {
    stepVentilator(v, mechanics, 0.01)
    if (i >= 5500) airway.push(v[VENTILATOR.airwayCm])
  }
  return { v, airway }
}

test('volume control: equation of motion P = V/C + R·flow + PEEP', () => {
  const { v, airway } = ventilated(LUNG)
  expect(v[VENTILATOR.deliveredMl]).toBeCloseTo(500, -1)
  // plateau 500/50 + 5; peak above it by R × 500 mL in (1/3 − 1/10) of 5 s
  expect(v[VENTILATOR.plateauCm]).toBeCloseTo(15, 0)
  expect(v[VENTILATOR.peakCm] - v[VENTILATOR.plateauCm]).toBeCloseTo((10 * 0.5) / (5 * (1 / 3 - 0.1)), 0)
  expect(Math.min(...airway)).toBeCloseTo(5, 5)
})

test('a stiffer lung needs more pressure for the volume; under pressure control it gets less volume for the pressure', () => {
  const stiff = { ...LUNG, complianceMlCm: 25 }
  const byPressure = (v: Float64Array) => {
    v[VENTILATOR.mode] = 1
    v[VENTILATOR.drivingCm] = 10
  }
  expect(ventilated(stiff).v[VENTILATOR.plateauCm]).toBeCloseTo(25, 0)
  expect(ventilated(LUNG, byPressure).v[VENTILATOR.deliveredMl]).toBeCloseTo(500, -2)
  expect(ventilated(stiff, byPressure).v[VENTILATOR.deliveredMl]).toBeCloseTo(250, -2)
  expect(ventilated(stiff, byPressure).v[VENTILATOR.peakCm]).toBeCloseTo(15, 0)
})

test('narrow airways trap gas; the limit holds the pressure and lets the volume fall', () => {
  const narrow = ventilated({ ...LUNG, resistanceCm: 60 })
  expect(narrow.v[VENTILATOR.peakCm]).toBeLessThan(41)
  expect(narrow.v[VENTILATOR.lowestMl]).toBeGreaterThan(50)
  const shut = ventilated({ ...LUNG, resistanceCm: 60, outsideCm: 15 })
  expect(shut.v[VENTILATOR.deliveredMl]).toBeLessThan(narrow.v[VENTILATOR.deliveredMl])
})

test('PEEP takes output from the heart', () => {
  const body = bodyOf({}, ASLEEP)
  run(body, 60)
  const before = output(body)
  treatWith(body, 'ventilator', 'peep', 15)
  run(body, 120)
  expect(output(body)).toBeLessThan(0.95 * before)
})
