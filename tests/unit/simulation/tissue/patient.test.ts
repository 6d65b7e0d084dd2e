import { describe, expect, test } from 'vitest'
import { bloodMl, CIRCULATION } from '../../../../core/physiology/circulation.ts'
import { MONITOR } from '../../../../core/physiology/monitor.ts'
import {
  createField,
  restoreField,
  saveField,
  settleField,
  stepField,
} from '../../../../core/simulation/tissue/field.ts'
import type { TissueField } from '../../../../core/simulation/tissue/fieldtype.ts'
import { AIM, BLEED, openSite } from '../../../../core/simulation/tissue/fluid/bleed.ts'
import { DEFAULT_SIZE, SITE } from '../../../../core/simulation/tissue/fluid/memory.ts'
import { hold, loadLattice } from '../../../../core/simulation/tissue/load.ts'
import { COUNT, FIRST_PARTICLE } from '../../../../core/simulation/tissue/memory.ts'
import { boxLattice } from '../../../../core/simulation/tissue/shapes.ts'
import { wasm } from './fixtures.ts'

/** A patient with an artery of a bore open in a slab that never moves. */
function bleeding(boreMm: number): TissueField {
  const patient = { massKg: 70, heartRate: 75, systolicMmHg: 120, diastolicMmHg: 80 }
  const liquids = { ...DEFAULT_SIZE, particles: 64, vertices: 512 }
  const field = createField(wasm, { particles: 512, tets: 512, edges: 4, liquids, patient })
  const { memory } = field.tissue
  loadLattice(memory, boxLattice([4, 1, 4], 0.004, [0, 0, 0], 0))
  for (let p = FIRST_PARTICLE; p < memory.counts[COUNT.particles]!; p++) hold(memory, p)
  settleField(field)
  const [a, b, c] = field.surface.triangles
  openSite(field.liquids!.fluid.memory, {
    kind: BLEED.artery,
    boreMm,
    vesselMm: boreMm,
    areaMm2: boreMm * boreMm,
    feed: 1,
    a: a!,
    b: b!,
    c: c!,
    weightA: 1 / 3,
    weightB: 1 / 3,
    aim: AIM.normal,
  })
  return field
}

const shown = (field: TissueField, slot: number): number => field.patient!.body.state.monitor[slot]!

/** Plays seconds; what was bled, mL, and the rates of the opening in each tick, mL/s. */
function play(field: TissueField, seconds: number): { readonly ml: number; readonly rates: readonly number[] } {
  let ml = 0
  const rates: number[] = []
  for (let n = 0; n < seconds * 100; n++) {
    stepField(field)
    const { fluid } = field.liquids!
    ml += fluid.bledMl
    rates.push(fluid.memory.site[SITE.rateMlS]!)
  }
  return { ml, rates }
}

describe('the patient behind a field', () => {
  test('an artery spurts with their pulse, and what it bleeds they have lost', () => {
    const field = bleeding(1)
    const { circulation } = field.patient!.body.state
    const before = bloodMl(circulation)
    const { ml, rates } = play(field, 4)
    const late = rates.slice(160)
    // Between 80 and 120 mmHg the flow through an opening goes as the root of the pressure, or faster.
    expect(Math.max(...late) / Math.min(...late)).toBeGreaterThan(1.2)
    const middle = (Math.max(...late) + Math.min(...late)) / 2
    const rises = late.filter((rate, i) => i > 0 && rate > middle && late[i - 1]! <= middle)
    expect(rises).toHaveLength(3)
    expect(ml).toBeGreaterThan(1)
    expect(circulation[CIRCULATION.lostMl]).toBeCloseTo(ml, 6)
    expect(bloodMl(circulation)).toBeLessThan(before)
  })

  test('a great loss lowers the pressure, so that less is bled, and the heart goes faster', () => {
    const field = bleeding(9)
    expect(Math.abs(shown(field, MONITOR.systolic) - 120)).toBeLessThan(3)
    const first = play(field, 2)
    const { ml } = play(field, 28)
    const last = play(field, 2)
    expect(first.ml + ml + last.ml).toBeGreaterThan(900)
    expect(shown(field, MONITOR.systolic)).toBeLessThan(95)
    expect(shown(field, MONITOR.heartRate)).toBeGreaterThan(85)
    expect(last.ml).toBeLessThan(0.85 * first.ml)
  })

  test('is saved with the field', () => {
    const field = bleeding(6)
    play(field, 1)
    const saved = saveField(field)
    const { ml } = play(field, 2)
    const other = bleeding(6)
    restoreField(other, saved)
    expect(play(other, 2).ml).toBe(ml)
  })
})
