import { describe, expect, test } from 'vitest'
import { bloodMl } from '../../../core/physiology/circulation.ts'
import { haemoglobinOf } from '../../../core/physiology/fluids.ts'
import type { ReflexProfileId } from '../../../core/physiology/reflex.ts'
import { bodyOfMass, breaths, heart, mean, run, systolic, treatWith } from './bodies.ts'

/** Bleeds a share of 70 mL/kg over two minutes and waits one. */
function bled(kg: number, reflexProfile: ReflexProfileId, share: number) {
  const body = bodyOfMass(kg, { reflexProfile })
  body.input.bledOutMl = (share * 70 * kg) / 12_000
  run(body, 120)
  body.input.bledOutMl = 0
  run(body, 60)
  return { heart: heart(body), systolic: systolic(body), breaths: breaths(body), body }
}

describe.each([50, 70, 100])('%s kg', (kg) => {
  test('textbook: the four classes of the ATLS table', () => {
    const [one, two, three, four] = [0.1, 0.22, 0.35, 0.45].map((share) => bled(kg, 'textbook', share))
    expect(one.heart).toBeLessThan(100)
    expect(two.heart).toBeGreaterThanOrEqual(100)
    expect(two.heart).toBeLessThanOrEqual(120)
    expect(three.heart).toBeGreaterThanOrEqual(120)
    expect(three.heart).toBeLessThanOrEqual(140)
    expect(four.heart).toBeGreaterThan(140)
    expect(one.breaths).toBeGreaterThanOrEqual(14)
    expect(one.breaths).toBeLessThanOrEqual(20)
    expect(two.breaths).toBeGreaterThanOrEqual(20)
    expect(two.breaths).toBeLessThanOrEqual(30)
    expect(three.breaths).toBeGreaterThanOrEqual(30)
    expect(three.breaths).toBeLessThanOrEqual(40)
    expect(four.breaths).toBeGreaterThan(35)
    // normal, normal, falling, falling
    expect(one.systolic).toBeGreaterThan(105)
    expect(two.systolic).toBeGreaterThan(95)
    expect(three.systolic).toBeLessThan(92)
    expect(four.systolic).toBeLessThan(three.systolic - 5)
  })

  test('observed: the heart reaches about 114 in the worst class, breathing rises a little', () => {
    const classes = [0.1, 0.22, 0.35, 0.45].map((share) => bled(kg, 'observed', share))
    for (let i = 1; i < 4; i++) expect(classes[i].heart).toBeGreaterThan(classes[i - 1].heart)
    expect(classes[0].heart).toBeLessThan(92)
    expect(classes[3].heart).toBeGreaterThan(108)
    expect(classes[3].heart).toBeLessThan(120)
    expect(classes[3].breaths).toBeLessThan(24)
    for (let i = 1; i < 4; i++) expect(classes[i].systolic).toBeLessThan(classes[i - 1].systolic)
  })
})

test('a β-blocked or old reflex answers with fewer beats and a lower pressure', () => {
  const blunt = bodyOfMass(70, { reflexPercent: 30 })
  blunt.input.bledOutMl = (0.35 * 4900) / 60_000
  run(blunt, 600)
  expect(heart(blunt)).toBeLessThan(bled(70, 'observed', 0.35).heart - 15)
})

test('a litre of crystalloid lifts the pressure and thins the blood; blood lifts both', () => {
  const treated = (object: 'crystalloid' | 'blood') => {
    const { body } = bled(70, 'observed', 0.3)
    const before = mean(body)
    treatWith(body, 'give', object, 1000)
    run(body, 900)
    return { gain: mean(body) - before, haemoglobin: haemoglobinOf(body.state.fluids, body.state.circulation) }
  }
  const clear = treated('crystalloid')
  const blood = treated('blood')
  expect(clear.gain).toBeGreaterThan(4)
  expect(blood.gain).toBeGreaterThan(clear.gain)
  expect(clear.haemoglobin).toBeLessThan(13)
  expect(blood.haemoglobin).toBeGreaterThan(clear.haemoglobin + 1.5)
})

test('of a litre of crystalloid given to a healthy adult a quarter to two fifths is left in the vessels after half an hour', () => {
  const body = bodyOfMass(70)
  treatWith(body, 'give', 'crystalloid', 1000)
  run(body, 600 + 1800)
  const kept = bloodMl(body.state.circulation) - 4900
  expect(kept).toBeGreaterThan(230)
  expect(kept).toBeLessThan(420)
})

test('tranexamic acid slows a bleeding', () => {
  const lost = (drug: 'none' | 'tranexamic-acid') => {
    const body = bodyOfMass(70)
    if (drug !== 'none') treatWith(body, 'give', drug, 1000)
    treatWith(body, 'illness', 'haemorrhage', 50)
    run(body, 600)
    return 4900 - [...body.state.circulation.subarray(0, 14)].reduce((sum, ml) => sum + ml, 0)
  }
  expect(lost('tranexamic-acid') / lost('none')).toBeLessThan(0.85)
})
