import { describe, expect, test } from 'vitest'
import type { Body } from '../../../core/physiology/body.ts'
import { ecgOf } from '../../../core/physiology/ecg.ts'
import { MONITOR } from '../../../core/physiology/monitor.ts'
import { RHYTHM, RHYTHM_CODE, type Rhythm } from '../../../core/physiology/rhythm.ts'
import { ASLEEP, beats, bodyOf, bodyOfMass, etco2, mean, output, run, treatWith } from './bodies.ts'

const rhythm = (body: Body) => body.state.rhythm[RHYTHM.code]

function arrested(kind: Rhythm): Body {
  const body = bodyOf({}, ASLEEP)
  treatWith(body, 'rhythm', kind)
  return body
}

describe('fibrillation', () => {
  test('no pulse, no pressure, CO₂ washes out; compressions give a quarter of the output', () => {
    const body = arrested('vf')
    run(body, 60)
    expect(beats(body)).toBe(false)
    expect(mean(body)).toBeLessThan(25)
    expect(etco2(body)).toBeLessThan(12)
    treatWith(body, 'compressions', 'begin')
    run(body, 60)
    expect(output(body)).toBeGreaterThan(0.5)
    expect(output(body)).toBeLessThan(1.8)
    expect(etco2(body)).toBeGreaterThan(12)
  })
  test('an early shock ends it; a late one finds the heart spent, until hands and adrenaline have filled it', () => {
    const early = arrested('vf')
    run(early, 60)
    treatWith(early, 'shock', 'defibrillator', 200)
    run(early, 30)
    expect(rhythm(early)).toBe(RHYTHM_CODE.sinus)
    expect(mean(early)).toBeGreaterThan(60)
    const late = arrested('vf')
    run(late, 400)
    treatWith(late, 'shock', 'defibrillator', 200)
    run(late, 5)
    expect(rhythm(late)).toBe(RHYTHM_CODE.asystole)
    treatWith(late, 'compressions', 'begin')
    treatWith(late, 'give', 'adrenaline', 1000)
    run(late, 240)
    expect(rhythm(late)).toBe(RHYTHM_CODE.sinus)
    treatWith(late, 'compressions', 'end')
    run(late, 60)
    expect(beats(late)).toBe(true)
  })
  test('too little energy does nothing, nor does a shock to a flat line', () => {
    const body = arrested('vf')
    run(body, 5)
    treatWith(body, 'shock', 'defibrillator', 50)
    expect(rhythm(body)).toBe(RHYTHM_CODE.vf)
    const flat = arrested('asystole')
    run(flat, 5)
    treatWith(flat, 'shock', 'defibrillator', 200)
    expect(rhythm(flat)).toBe(RHYTHM_CODE.asystole)
  })
})

test('bled out: PEA with complexes on the ECG, flat after minutes, no return while the blood is gone', () => {
  const body = bodyOfMass(70)
  body.input.bledOutMl = 4900 / 60_000
  run(body, 420)
  body.input.bledOutMl = 0
  run(body, 120)
  expect(rhythm(body)).toBe(RHYTHM_CODE.pea)
  expect(body.state.monitor[MONITOR.heartRate]).toBeGreaterThan(10)
  treatWith(body, 'compressions', 'begin')
  treatWith(body, 'give', 'adrenaline', 1000)
  run(body, 300)
  expect(beats(body)).toBe(false)
  treatWith(body, 'compressions', 'end')
  run(body, 200)
  expect(rhythm(body)).toBe(RHYTHM_CODE.asystole)
})

test('VT with a pulse lowers the pressure and becomes fibrillation', () => {
  const body = arrested('vt')
  run(body, 30)
  expect(rhythm(body)).toBe(RHYTHM_CODE.vt)
  expect(body.state.monitor[MONITOR.heartRate]).toBeGreaterThan(160)
  expect(mean(body)).toBeLessThan(80)
  run(body, 90)
  expect(rhythm(body)).toBe(RHYTHM_CODE.vf)
})

test('each rhythm draws its own ECG', () => {
  const r = new Float64Array(Object.keys(RHYTHM).length)
  const spread = (code: number) => {
    r[RHYTHM.code] = code
    const values = Array.from({ length: 300 }, (_, i) => {
      r[RHYTHM.since] = i / 100
      return ecgOf(r, ((i / 100) % 0.8) as number, 0.8, (i % 50) / 50)
    })
    return Math.max(...values) - Math.min(...values)
  }
  expect(spread(RHYTHM_CODE.asystole)).toBeLessThan(0.05)
  expect(spread(RHYTHM_CODE.vf)).toBeGreaterThan(0.4)
  expect(spread(RHYTHM_CODE.vt)).toBeGreaterThan(1.5)
  expect(spread(RHYTHM_CODE.sinus)).toBeGreaterThan(1)
})
