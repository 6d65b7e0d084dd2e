import { expect, test } from 'vitest'
import {
  bloodMl,
  CIRCULATION,
  startCirculation,
  stepCirculation,
  stretchArteries,
} from '../../../core/physiology/circulation.ts'
import { FLUIDS } from '../../../core/physiology/fluids.ts'
import { TREATMENTS } from '../../../core/physiology/treat.ts'
import { COMPARTMENTS, LINKS } from '../../../core/physiology/vessels.ts'
import { nextUnit, seedRandom } from '../../../core/simulation/random.ts'
import { bodyOf, bodyOfMass, heart, mean, output, run, saturation, systolic, treatWith } from './bodies.ts'

const SLOTS = Object.keys(CIRCULATION).length

test('the table is a loop: every compartment is entered and left', () => {
  for (const name of COMPARTMENTS) {
    expect(LINKS.some(({ from }) => from === name)).toBe(true)
    expect(LINKS.some(({ to }) => to === name)).toBe(true)
  }
  expect(COMPARTMENTS.length).toBeGreaterThanOrEqual(8)
})

test('under any drive no blood is made or lost, and no pressure runs away', () => {
  const random = new Uint32Array(4)
  seedRandom(random, 11)
  const between = (low: number, high: number) => low + (high - low) * nextUnit(random)
  for (let trial = 0; trial < 12; trial++) {
    const c = new Float64Array(SLOTS)
    const volume = between(2500, 9000)
    startCirculation(c, volume, 75)
    for (let i = 0; i < 4000; i++) {
      if (i % 200 === 0) stretchArteries(c, between(0.9, 1.1))
      const drive = {
        heartRate: between(20, 220),
        contractility: between(0.1, 2.5),
        squeeze: nextUnit(random),
        atria: nextUnit(random),
        compression: 0,
        resistance: between(0.2, 4),
        venousTone: between(-1500, 1800),
        legPoolMl: between(0, 300),
        thoraxMmHg: between(-8, 25),
        bellyMmHg: between(0, 15),
        effusionMl: between(0, 320),
        returnResistance: between(1, 20),
        bellyResistance: between(1, 4),
        lungResistance: between(1, 60),
        gainMl: 0,
        bleedMl: 0,
      }
      stepCirculation(c, drive, 0.01)
    }
    expect(bloodMl(c)).toBeCloseTo(volume, 6)
    for (const name of COMPARTMENTS) expect(c[CIRCULATION[name]]).toBeGreaterThan(0)
    expect(c[CIRCULATION.arterialMmHg]).toBeLessThan(500)
  }
})

test('at rest: output 5–6.5 L/min for 70 kg, ejection above a half, the figures of the patient', () => {
  const body = bodyOf()
  expect(output(body)).toBeGreaterThan(4.8)
  expect(output(body)).toBeLessThan(6.6)
  expect(systolic(body)).toBeCloseTo(body.patient.physiology.systolicMmHg, -1)
  let fullest = 0
  let emptiest = 1e9
  for (let i = 0; i < 100; i++) {
    run(body, 0.01)
    fullest = Math.max(fullest, body.state.circulation[CIRCULATION.leftVentricle])
    emptiest = Math.min(emptiest, body.state.circulation[CIRCULATION.leftVentricle])
  }
  expect(1 - emptiest / fullest).toBeGreaterThan(0.5)
  expect(1 - emptiest / fullest).toBeLessThan(0.75)
})

test('twenty minutes of a busy room: finite, and every mL of blood is accounted for', () => {
  const body = bodyOfMass(70)
  const random = new Uint32Array(4)
  seedRandom(random, 3)
  const deeds: readonly [string, string, number?][] = [
    ['give', 'propofol', 60],
    ['give', 'fentanyl', 100],
    ['ventilator', 'on'],
    ['ventilator', 'peep', 8],
    ['give', 'crystalloid', 500],
    ['give', 'blood', 280],
    ['illness', 'haemorrhage', 40],
    ['illness', 'pneumoperitoneum', 80],
    ['illness', 'anaphylaxis', 30],
    ['give', 'adrenaline', 20],
    ['order', 'oxygen'],
    ['infuse', 'noradrenaline', 5],
  ]
  for (let minute = 0; minute < 20; minute++) {
    const [verb, object, value] = deeds[Math.floor(nextUnit(random) * deeds.length)]
    treatWith(body, verb, object, value)
    run(body, 60)
  }
  expect(TREATMENTS).toContain('illness')
  const { circulation, fluids } = body.state
  for (const view of Object.values(body.state)) expect(view.every(Number.isFinite)).toBe(true)
  const held = bloodMl(circulation) + circulation[CIRCULATION.lostMl] + fluids[FLUIDS.tissueMl]
  expect(held).toBeCloseTo(4900 + fluids[FLUIDS.givenMl], 3)
  for (const figure of [heart(body), mean(body), saturation(body)]) expect(figure).toBeGreaterThan(20)
})
