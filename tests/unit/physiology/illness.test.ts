import { describe, expect, test } from 'vitest'
import { VENTILATOR } from '../../../core/physiology/ventilator.ts'
import { ASLEEP, arterialCo2, beats, bodyOf, etco2, heart, mean, output, run, treatWith, venous } from './bodies.ts'

function asleepWith(illness: string, percent: number, seconds: number) {
  const body = bodyOf({}, ASLEEP)
  run(body, 120)
  const before = {
    heart: heart(body),
    mean: mean(body),
    output: output(body),
    venous: venous(body),
    etco2: etco2(body),
  }
  treatWith(body, 'illness', illness, percent)
  run(body, seconds)
  return { body, before, peak: body.state.ventilator[VENTILATOR.peakCm] }
}

test('tamponade: filling pressure up, output and pressure down, the heart fast; letting it out mends it', () => {
  const { body, before } = asleepWith('tamponade', 100, 420)
  expect(venous(body)).toBeGreaterThan(before.venous + 6)
  expect(output(body)).toBeLessThan(0.6 * before.output)
  expect(mean(body)).toBeLessThan(before.mean - 15)
  expect(heart(body)).toBeGreaterThan(before.heart + 15)
  treatWith(body, 'illness', 'tamponade', 0)
  run(body, 420)
  expect(mean(body)).toBeGreaterThan(before.mean - 5)
})

test('air embolism: the capnogram falls at once, the pressure with it; both come back as the air goes', () => {
  const { body, before } = asleepWith('air-embolism', 100, 60)
  expect(etco2(body)).toBeLessThan(0.7 * before.etco2)
  expect(mean(body)).toBeLessThan(before.mean - 8)
  expect(arterialCo2(body) - etco2(body)).toBeGreaterThan(12)
  run(body, 1200)
  expect(etco2(body)).toBeGreaterThan(0.85 * before.etco2)
})

describe('anaphylaxis', () => {
  test('pressure falls, airways close, adrenaline turns it within minutes', () => {
    const { body, before, peak } = asleepWith('anaphylaxis', 80, 180)
    expect(mean(body)).toBeLessThan(before.mean - 25)
    expect(heart(body)).toBeGreaterThan(before.heart + 25)
    expect(peak).toBeGreaterThan(35)
    const worst = mean(body)
    treatWith(body, 'give', 'adrenaline', 50)
    treatWith(body, 'give-muscle', 'adrenaline', 500)
    treatWith(body, 'give', 'crystalloid', 1000)
    run(body, 300)
    expect(mean(body)).toBeGreaterThan(worst + 15)
    expect(body.state.ventilator[VENTILATOR.peakCm]).toBeLessThan(28)
  })
  test('untreated the worst stops the heart', () => {
    expect(beats(asleepWith('anaphylaxis', 100, 900).body)).toBe(false)
  })
})

test('pneumoperitoneum of 15 mmHg: stiffer lungs, less output, CO₂ up by a fifth within half an hour', () => {
  const still = bodyOf({}, ASLEEP)
  run(still, 1920)
  const { body, before, peak } = asleepWith('pneumoperitoneum', 100, 1800)
  expect(peak).toBeGreaterThan(23)
  expect(output(body)).toBeLessThan(0.95 * before.output)
  expect(output(body)).toBeGreaterThan(0.65 * before.output)
  expect(etco2(body) / etco2(still)).toBeGreaterThan(1.12)
  expect(etco2(body) / etco2(still)).toBeLessThan(1.4)
  treatWith(body, 'illness', 'pneumoperitoneum', 0)
  run(body, 120)
  expect(body.state.ventilator[VENTILATOR.peakCm]).toBeLessThan(21)
})
