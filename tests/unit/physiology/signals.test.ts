import { expect, test } from 'vitest'
import { ALARM_LIMITS, alarmLevel } from '../../../core/physiology/alarms.ts'
import { ecg } from '../../../core/physiology/ecg.ts'
import { saturationAt } from '../../../core/physiology/gas.ts'
import { expansionFor, staticPressure } from '../../../core/physiology/pleura.ts'
import { ALARM_CHANNELS, WAVE_LENGTH, WAVES } from '../../../core/simulation/snapshot.ts'
import { ASLEEP, bodyOf, run } from './bodies.ts'

test('saturation follows Severinghaus: P50 26.9, 97.5 % at 100 mmHg', () => {
  expect(saturationAt(26.86)).toBeCloseTo(0.5, 2)
  expect(saturationAt(40)).toBeCloseTo(0.75, 1)
  expect(saturationAt(100)).toBeCloseTo(0.975, 2)
})

test('pleural pressure: −4 empty, 0 at capacity, rising under tension; the lung shuts as it fills', () => {
  expect(staticPressure(0, 1400)).toBe(-4)
  expect(staticPressure(1400, 1400)).toBe(0)
  expect(staticPressure(2300, 1400)).toBeGreaterThan(9)
  let last = 2
  for (let ml = 0; ml < 4000; ml += 100) {
    expect(expansionFor(ml, 1400)).toBeLessThanOrEqual(last)
    last = expansionFor(ml, 1400)
  }
  expect(last).toBeGreaterThan(0)
})

test('the ECG has one tall R a beat, a P before and a T after it', () => {
  for (const period of [0.45, 0.8, 1.2]) {
    const beat = Array.from({ length: 400 }, (_, i) => ecg((i / 400) * period, period))
    expect(Math.max(...beat)).toBeGreaterThan(0.95)
    expect(beat.filter((v, i) => v > 0.6 && v >= beat[(i + 1) % 400] && v > beat[(i + 399) % 400])).toHaveLength(1)
    const peaks = beat.filter((v, i) => v > 0.08 && v >= beat[(i + 1) % 400] && v > beat[(i + 399) % 400])
    expect(peaks.length).toBe(3)
  }
})

test('alarms: limits of the facts sheet, priority by depth, no flutter on the limit', () => {
  const spo2 = ALARM_LIMITS.find((limit) => limit.observable === 'vitals.spo2')!
  expect(alarmLevel(spo2, 95, 0)).toBe(0)
  expect(alarmLevel(spo2, 89, 0)).toBe(2)
  expect(alarmLevel(spo2, 79, 2)).toBe(3)
  expect(alarmLevel(spo2, 90.5, 2)).toBe(2)
  expect(alarmLevel(spo2, 92, 2)).toBe(0)
})

test('alarms: a row for every channel but the arrest, in the channels’ order; the airway only under a ventilator', () => {
  const named = (channel: string) => ALARM_LIMITS.find(({ observable }) => observable.toLowerCase().includes(channel))
  const channels = ALARM_CHANNELS.filter((channel) => channel !== 'arrest')
  expect(channels.map((channel) => named(channel.toLowerCase()))).toEqual([...ALARM_LIMITS])
  const airway = named('airway')!
  expect(alarmLevel(airway, 0, 0)).toBe(0)
  expect(alarmLevel(airway, 20, 0)).toBe(0)
  expect(alarmLevel(airway, 37, 0)).toBe(2)
  expect(alarmLevel(airway, 40, 0)).toBe(3)
  const facts = {
    diastolic: [50, 90],
    systolic: [90, 160],
    mean: [60, 110],
    heartrate: [50, 120],
    breaths: [5, 30],
    etco2: [15, 50],
  }
  for (const [channel, [low, high]] of Object.entries(facts)) expect(named(channel)).toMatchObject({ low, high })
})

test('waves of a patient on a ventilator: each in its own range and moving', () => {
  const body = bodyOf({}, ASLEEP)
  run(body, 8)
  const spread = (wave: (typeof WAVES)[number]) => {
    const ring = body.state.waves.subarray(WAVES.indexOf(wave) * WAVE_LENGTH).subarray(0, WAVE_LENGTH)
    return [Math.min(...ring), Math.max(...ring)]
  }
  const ranges = {
    ecg: [-0.5, 1.3],
    arterial: [60, 135],
    pleth: [0, 1.2],
    co2: [0, 45],
    impedance: [0, 1],
    airway: [4.9, 25],
  } as const
  for (const wave of WAVES) {
    const [low, high] = spread(wave)
    expect(low, wave).toBeGreaterThanOrEqual(ranges[wave][0])
    expect(high, wave).toBeLessThanOrEqual(ranges[wave][1])
    expect(high - low, wave).toBeGreaterThan(0.4 * (ranges[wave][1] - ranges[wave][0]))
  }
})
