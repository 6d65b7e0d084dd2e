import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { makePatient, type Profile } from '../../../core/anatomy/makepatient.ts'
import type { OperativeField } from '../../../core/anatomy/patient.ts'
import { depthInRibs } from '../../../core/simulation/bones.ts'
import { heightAt, NOTHING_MM, readField } from '../../../core/simulation/field.ts'
import { createPlace, locate } from '../../../core/simulation/landmarks.ts'
import { createWorld } from '../../../core/simulation/world.ts'
import { operativeField } from '../../../electron/engine/fields.ts'
import { kernel } from '../kernel.ts'
import { fixturePatient, HEALTHY, SLIM, THICK } from '../simulation/fixture.ts'

const PROFILES: readonly Profile[] = [
  { id: 'slim-man', share: 0.5, sex: 'male', age: [19, 45], heightM: [1.72, 1.9], bmi: [19, 23], wallMm: [24, 34] },
  {
    id: 'heavy-woman',
    share: 0.5,
    sex: 'female',
    age: [35, 65],
    heightM: [1.56, 1.7],
    bmi: [34, 42],
    wallMm: [52, 70],
  },
]
const make = (seed: number) => makePatient(seed, PROFILES, (sex) => fixturePatient(sex === 'male' ? SLIM : THICK).field)

describe('patients by seed', () => {
  test('the same seed is the same patient, another seed another, whole numbers all through', () => {
    const seen = new Set<string>()
    for (let seed = 0; seed < 60; seed++) {
      const patient = make(seed)
      const text = JSON.stringify(patient)
      expect(JSON.stringify(make(seed))).toBe(text)
      seen.add(text)
      expect(text).not.toMatch(/\d\.\d/)
      expect(text).not.toMatch(/-0[,\]}]/)
      expect(text.length).toBeLessThan(60_000)
    }
    expect(seen.size).toBe(60)
  })

  test('both profiles and both sides come up; figures fit the profile', () => {
    const patients = Array.from({ length: 40 }, (_, seed) => make(seed))
    expect(new Set(patients.map((p) => p.profile)).size).toBe(2)
    expect(new Set(patients.map((p) => p.side)).size).toBe(2)
    for (const p of patients) {
      const profile = PROFILES.find(({ id }) => id === p.profile)!
      expect(p.wallUm10 / 100).toBeGreaterThan(profile.wallMm[0] - 2)
      expect(p.wallUm10 / 100).toBeLessThan(profile.wallMm[1] + 2)
      expect(p.dosingMassKg).toBeLessThanOrEqual(p.massKg)
      expect(p.physiology.bloodVolumeMl).toBeGreaterThan(3000)
    }
  })
})

describe.each([
  ['male', 'right'],
  ['male', 'left'],
] as const)('the %s %s chest as it is defined', (sex, side) => {
  let field: OperativeField
  beforeAll(() => {
    field = operativeField(join(import.meta.dirname, '../../..'), sex, side)
  }, 240_000)

  test('layers lie in order everywhere', () => {
    const m = readField(field)
    for (let u = 0; u <= m.uMax; u += 4) {
      for (let v = 0; v <= m.vMax; v += 4) {
        const heights = [m.skin, m.muscle, m.chest, m.pleura].map((surface) => heightAt(m, surface, u, v))
        for (let i = 1; i < heights.length; i++) expect(heights[i], `${u} ${v}`).toBeLessThan(heights[i - 1])
        for (const inner of [m.lung, m.diaphragm, m.organ]) expect(heightAt(m, inner, u, v)).toBeLessThan(heights[3])
        expect(heights[0] - heights[3]).toBeGreaterThan(10)
      }
    }
  })

  test('the fifth space in the safe triangle is wide enough for a drain, with lung behind it', () => {
    const m = readField(field)
    const place = createPlace()
    let widest = 0
    for (let u = 60; u < 120; u += 5) {
      for (let v = 100; v < 180; v += 3) {
        locate(m, u, v, place)
        if (place.triangleMargin < 0 || (place.space !== 4 && place.space !== 5)) continue
        widest = Math.max(widest, Math.min(place.aboveLowerRib, place.belowUpperRib))
        expect(heightAt(m, m.lung, u, v)).toBeGreaterThan(NOTHING_MM / 2)
      }
    }
    expect(widest).toBeGreaterThan(7)
  })

  test('ribs lie between skin and lung, bundles under their rib, collaterals over the next', () => {
    const m = readField(field)
    for (const rib of m.ribs.filter(({ number }) => number >= 4 && number <= 8)) {
      for (const u of [60, 90, 120]) {
        const v = rib.v[u]
        if (v < 4 || v > 190) continue
        expect(rib.w[u]).toBeLessThan(heightAt(m, m.muscle, u, v))
        expect(rib.w[u]).toBeGreaterThan(heightAt(m, m.pleura, u, v) - 2)
      }
    }
    for (const vessel of m.vessels) {
      if (vessel.structure !== 'bundle' || vessel.rib < 4 || vessel.rib > 8) continue
      const rib = m.ribs.find(({ number }) => number === vessel.rib)!
      const i = 90 - vessel.start
      expect(vessel.other[i]).toBeLessThan(rib.v[90] - 4)
      expect(depthInRibs(m, 90, vessel.other[i], vessel.w[i])).toBeLessThan(2)
    }
  })

  test('low down diaphragm and liver or spleen lie behind the wall; a world runs on it', () => {
    const m = readField(field)
    let below = 0
    for (let u = 30; u < 130; u += 10) if (heightAt(m, m.diaphragm, u, 30) > NOTHING_MM / 2) below++
    expect(below).toBeGreaterThan(5)
    const patient = { ...fixturePatient(SLIM), side, field }
    const world = createWorld(patient, HEALTHY, 1, kernel)
    expect(world.observe('vitals.heartRate')).toBeGreaterThan(60)
  })
})
