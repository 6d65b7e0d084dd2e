import { describe, expect, test } from 'vitest'
import { type Channel, DRUG_IDS, DRUG_INDEX, type DrugId, type DrugRow } from '../../../core/physiology/drugs/drug.ts'
import { drugEffects, EFFECT, EFFECTS_SIZE } from '../../../core/physiology/drugs/effects.ts'
import {
  DRUG,
  DRUG_SLOTS,
  DRUGS_SIZE,
  drugAt,
  giveDrug,
  infuseDrug,
  stepDrugs,
} from '../../../core/physiology/drugs/kinetics.ts'
import { DRUG_TABLE } from '../../../core/physiology/drugs/table.ts'
import { BREATHING } from '../../../core/physiology/respiration.ts'
import { treat } from '../../../core/physiology/treat.ts'
import { ASLEEP, bodyOf, bodyOfMass, heart, mean, run, treatWith } from './bodies.ts'

const ROWS: readonly DrugRow[] = DRUG_TABLE
const KG = 70

type Gift = {
  readonly drug: DrugId
  readonly amount: number
  readonly where?: 'vein' | 'muscle' | 'tissue'
  readonly minute?: number
}

/** Levels and effects of gifts, second by second. */
function course(
  gifts: readonly Gift[],
  minutes: number,
  read: (d: Float64Array, effects: Float64Array) => number,
): number[] {
  const d = new Float64Array(DRUGS_SIZE)
  const effects = new Float64Array(EFFECTS_SIZE)
  return Array.from({ length: minutes * 60 }, (_, s) => {
    for (const { drug, amount, where = 'vein', minute = 0 } of gifts)
      if (s === minute * 60) giveDrug(d, drug, amount, where)
    stepDrugs(d, KG, 5, 1)
    drugEffects(d, effects)
    return read(d, effects)
  })
}

const effect = (gifts: readonly Gift[], channel: Channel, minutes: number) =>
  course(gifts, minutes, (_, effects) => Math.abs(effects[EFFECT[channel]]))

/** Begin (s), height, time of the height (min) and end (min) of what lies above a share of the height or a fixed depth. */
function shapeOf(values: readonly number[], threshold: number) {
  const height = Math.max(...values)
  const begin = values.findIndex((value) => value >= threshold)
  const end = values.findLastIndex((value) => value >= threshold)
  return { begin, height, at: values.indexOf(height) / 60, end: end / 60, lasts: (end - begin) / 60 }
}

describe('the table', () => {
  test('has every drug once, in the order of the state', () => {
    expect(ROWS.map(({ id }) => id)).toEqual([...DRUG_IDS])
    for (const id of DRUG_IDS) expect(ROWS[DRUG_INDEX[id]].id).toBe(id)
  })
  test.each(ROWS.map((row) => [row.id, row] as const))('%s: doses, times and sources are whole', (_, row) => {
    expect(row.sources.length).toBeGreaterThan(0)
    for (const { low, high } of row.doses) expect(low).toBeLessThanOrEqual(high)
    expect(row.onsetS).toBeLessThanOrEqual(row.peakMin * 60 + 1)
    expect(row.peakMin).toBeLessThanOrEqual(row.durationMin)
    // only those that the body itself carries do without kinetics
    if (row.kinetics === undefined) expect(['oxygen', 'crystalloid', 'blood']).toContain(row.id)
  })
})

describe('kinetics', () => {
  test('one compartment falls by its half-life', () => {
    const levels = course([{ drug: 'cefazolin', amount: 2000 }], 250, (d) => drugAt(d, 'cefazolin', DRUG.level))
    expect(levels[130 * 60] / levels[10 * 60]).toBeCloseTo(0.5, 2)
  })
  test('three compartments: steps of 10 ms and of 1 s agree, and amounts add up to what was given less what was cleared', () => {
    const fine = new Float64Array(DRUGS_SIZE)
    const coarse = new Float64Array(DRUGS_SIZE)
    for (const d of [fine, coarse]) giveDrug(d, 'propofol', 140, 'vein')
    let cleared = 0
    for (let i = 0; i < 60_000; i++) {
      stepDrugs(fine, KG, 5, 0.01)
      cleared += (drugAt(fine, 'propofol', DRUG.central) * 0.119 * 0.01) / 60
      if (i % 100 === 0) stepDrugs(coarse, KG, 5, 1)
    }
    expect(drugAt(coarse, 'propofol', DRUG.level) / drugAt(fine, 'propofol', DRUG.level)).toBeCloseTo(1, 2)
    const held = [DRUG.transit, DRUG.lungs, DRUG.central, DRUG.second, DRUG.third]
    expect(held.reduce((sum, slot) => sum + drugAt(fine, 'propofol', slot), cleared)).toBeCloseTo(140, 6)
  })
  test('an infusion of propofol at Marsh’s clearance comes to rate ÷ clearance', () => {
    const d = new Float64Array(DRUGS_SIZE)
    infuseDrug(d, 'propofol', 0.1 * KG)
    for (let s = 0; s < 36 * 3600; s += 5) stepDrugs(d, KG, 5, 5)
    // clearance 0.228 L/kg × 0.119 a minute
    expect(drugAt(d, 'propofol', DRUG.level)).toBeCloseTo(0.1 / (0.228 * 0.119), 0)
  })
  test('any step is stable: a day in steps of an hour stays positive and finite', () => {
    const d = new Float64Array(DRUGS_SIZE)
    for (const id of DRUG_IDS) if (ROWS[DRUG_INDEX[id]].kinetics) giveDrug(d, id, 100, 'vein')
    for (let h = 0; h < 24; h++) stepDrugs(d, KG, 5, 3600)
    expect(d.every((value) => Number.isFinite(value) && value >= 0)).toBe(true)
  })
  test('in shock a drug takes longer to arrive', () => {
    const reach = (outputLMin: number) => {
      const d = new Float64Array(DRUGS_SIZE)
      giveDrug(d, 'propofol', 140, 'vein')
      let s = 0
      while (drugAt(d, 'propofol', DRUG.site) < 2.4) {
        stepDrugs(d, KG, outputLMin, 1)
        s++
      }
      return s
    }
    expect(reach(1.5)).toBeGreaterThan(1.8 * reach(5))
  })
})

// what each source says of onset, peak and duration; tolerances beside each
describe('time courses', () => {
  test('propofol 2 mg/kg: asleep in about 30 s, effect-site peak at 1.6 min (Struys 2000), awake after 5–8 min', () => {
    const gift: Gift[] = [{ drug: 'propofol', amount: 2 * KG }]
    const sleep = shapeOf(effect(gift, 'hypnosis', 30), 0.5)
    expect(sleep.begin).toBeGreaterThan(15)
    expect(sleep.begin).toBeLessThan(45)
    expect(sleep.at).toBeGreaterThan(1.3)
    expect(sleep.at).toBeLessThan(2.2)
    expect(sleep.end).toBeGreaterThan(4.5)
    expect(sleep.end).toBeLessThan(9)
  })
  test('fentanyl 2 µg/kg: peak at 3.6 min (Shafer 1990), breath back to nine tenths within 30 min', () => {
    const drive = shapeOf(effect([{ drug: 'fentanyl', amount: 2 * KG }], 'ventilation', 90), 0.1)
    expect(drive.at).toBeGreaterThan(2.8)
    expect(drive.at).toBeLessThan(4.4)
    expect(drive.height).toBeGreaterThan(0.3)
    expect(drive.end).toBeGreaterThan(15)
    expect(drive.end).toBeLessThan(40)
  })
  test('ketamine 1.5 mg/kg: within half a minute, for 5–12 min (Domino 1984; Idvall 1979)', () => {
    const sleep = shapeOf(effect([{ drug: 'ketamine', amount: 1.5 * KG }], 'hypnosis', 40), 0.5)
    expect(sleep.begin).toBeLessThan(30)
    expect(sleep.lasts).toBeGreaterThan(5)
    expect(sleep.lasts).toBeLessThan(12)
  })
  test('rocuronium 0.6 mg/kg: 95 % block in 60–90 s, a quarter back after 22–45 min (Wierda 1991)', () => {
    const block = effect([{ drug: 'rocuronium', amount: 0.6 * KG }], 'paralysis', 120)
    expect(shapeOf(block, 0.95).begin).toBeGreaterThan(45)
    expect(shapeOf(block, 0.95).begin).toBeLessThan(100)
    expect(shapeOf(block, 0.75).end).toBeGreaterThan(22)
    expect(shapeOf(block, 0.75).end).toBeLessThan(45)
    const twice = shapeOf(effect([{ drug: 'rocuronium', amount: 1.2 * KG }], 'paralysis', 180), 0.75)
    expect(twice.end).toBeGreaterThan(50)
  })
  test('sugammadex: 2 mg/kg after half an hour and 16 mg/kg after three minutes free the muscles in 1–3 min', () => {
    const freed = (rocuronium: number, sugammadex: number, minute: number) => {
      const gifts: Gift[] = [
        { drug: 'rocuronium', amount: rocuronium * KG },
        { drug: 'sugammadex', amount: sugammadex * KG, minute },
      ]
      return shapeOf(effect(gifts, 'paralysis', 90), 0.1).end - minute
    }
    for (const minutes of [freed(0.6, 2, 35), freed(1.2, 16, 3)]) {
      expect(minutes).toBeGreaterThan(0.8)
      expect(minutes).toBeLessThan(3)
    }
  })
  test('atropine 0.6 mg: pulse up by 20–40 within 3 min, for half an hour and more', () => {
    const pulse = shapeOf(effect([{ drug: 'atropine', amount: 600 }], 'heartRate', 180), 10)
    expect(pulse.height).toBeGreaterThan(20)
    expect(pulse.height).toBeLessThan(40)
    expect(pulse.at).toBeLessThan(4)
    expect(pulse.lasts).toBeGreaterThan(25)
  })
  test('adrenaline: 50 µg into a vein acts in 1 min for 3–8; 0.5 mg into muscle peaks at 8 ± 4 min (Simons 2001)', () => {
    const vein = shapeOf(effect([{ drug: 'adrenaline', amount: 50 }], 'heartRate', 30), 8)
    expect(vein.at).toBeLessThan(2)
    expect(vein.lasts).toBeGreaterThan(3)
    expect(vein.lasts).toBeLessThan(8)
    const level = (d: Float64Array) => drugAt(d, 'adrenaline', DRUG.level)
    const muscle = shapeOf(course([{ drug: 'adrenaline', amount: 500, where: 'muscle' }], 60, level), 1)
    expect(muscle.at).toBeGreaterThan(4)
    expect(muscle.at).toBeLessThan(12)
    expect(muscle.height).toBeGreaterThan(1.2)
    expect(muscle.height).toBeLessThan(4)
  })
  test('noradrenaline: an infusion is steady after five half-lives and gone ten minutes after its end', () => {
    const d = new Float64Array(DRUGS_SIZE)
    infuseDrug(d, 'noradrenaline', 0.1 * KG)
    const at = (minutes: number) => {
      for (let s = 0; s < minutes * 60; s++) stepDrugs(d, KG, 5, 1)
      return drugAt(d, 'noradrenaline', DRUG.site)
    }
    const early = at(15)
    expect(at(15) / early).toBeLessThan(1.05)
    infuseDrug(d, 'noradrenaline', 0)
    expect(at(10)).toBeLessThan(0.2 * early)
  })
  test('calcium chloride 1 g: within 3 min, for 20–45 min', () => {
    const force = shapeOf(effect([{ drug: 'calcium', amount: 1000 }], 'contractility', 90), 0.05)
    expect(force.at).toBeLessThan(3)
    expect(force.lasts).toBeGreaterThan(20)
    expect(force.lasts).toBeLessThan(45)
  })
  test('tranexamic acid 1 g stays above 10 mg/L for 3–6 h; cefazolin 2 g above 40 mg/L for four', () => {
    const acid = shapeOf(
      course([{ drug: 'tranexamic-acid', amount: 1000 }], 600, (d) => drugAt(d, 'tranexamic-acid', DRUG.level)),
      10,
    )
    expect(acid.end).toBeGreaterThan(180)
    expect(acid.end).toBeLessThan(360)
    const cover = shapeOf(
      course([{ drug: 'cefazolin', amount: 2000 }], 400, (d) => drugAt(d, 'cefazolin', DRUG.level)),
      40,
    )
    expect(cover.end).toBeGreaterThan(220)
    expect(cover.end).toBeLessThan(330)
  })
  test('lidocaine into tissue peaks at 15–30 min (Tucker & Mather 1979)', () => {
    const gift: Gift[] = [{ drug: 'lidocaine', amount: 3 * KG, where: 'tissue' }]
    const level = shapeOf(
      course(gift, 120, (d) => drugAt(d, 'lidocaine', DRUG.level)),
      1,
    )
    expect(level.at).toBeGreaterThan(15)
    expect(level.at).toBeLessThan(35)
  })
})

describe('the row and the model agree', () => {
  // those that act through the effect site; lidocaine numbs where it lies, an infusion has no peak
  const rows = ROWS.filter(
    ({ effects, doses, id }) => effects.length > 0 && doses[0].per !== 'kg/min' && id !== 'lidocaine',
  )
  test.each(rows.map((row) => [row.id, row] as const))(
    '%s: onset, peak and duration for a middle dose',
    (drug, row) => {
      const [{ low, high, per }] = row.doses
      const gift: Gift[] = [{ drug, amount: ((low + high) / 2) * (per === 'kg' ? KG : 1) }]
      const minutes = Math.ceil(3 * row.durationMin)
      const values = effect(gift, row.effects[0].on, minutes)
      const site = course(gift, minutes, (d) => drugAt(d, drug, DRUG.site))
      const half = shapeOf(values, 0.5 * Math.max(...values))
      expect(half.begin).toBeLessThan(2 * row.onsetS)
      const peak = site.indexOf(Math.max(...site)) / 60
      expect(peak / row.peakMin).toBeGreaterThan(0.4)
      expect(peak / row.peakMin).toBeLessThan(2.5)
      expect(half.end / row.durationMin).toBeGreaterThan(0.4)
      expect(half.end / row.durationMin).toBeLessThan(2.5)
    },
  )
})

describe('together', () => {
  test('naloxone gives the breath back within 3 min; after 30–60 min it takes no more than half of an opioid', () => {
    const fentanyl: Gift = { drug: 'fentanyl', amount: 3 * KG }
    const naloxone: Gift = { drug: 'naloxone', amount: 400, minute: 10 }
    const drive = effect([fentanyl, naloxone], 'ventilation', 20)
    expect(drive[10 * 60 - 1]).toBeGreaterThan(0.4)
    expect(drive[13 * 60]).toBeLessThan(0.1)
    const { ki } = ROWS[DRUG_INDEX.naloxone].blocks!
    const shift = course([{ ...naloxone, minute: 0 }], 120, (d) => 1 + drugAt(d, 'naloxone', DRUG.site) / ki)
    const holds = shift.findLastIndex((times) => times > 2) / 60
    expect(holds).toBeGreaterThan(30)
    expect(holds).toBeLessThan(60)
  })
  test('propofol with an opioid takes more of the breath than both alone', () => {
    const propofol: Gift = { drug: 'propofol', amount: 0.5 * KG }
    const fentanyl: Gift = { drug: 'fentanyl', amount: 1 * KG }
    const most = (gifts: Gift[]) => Math.max(...effect(gifts, 'ventilation', 15))
    expect(most([propofol, fentanyl])).toBeGreaterThan(most([propofol]) + most([fentanyl]))
  })
  test('lipid holds more than half of the lidocaine, less as it clears', () => {
    const free = (minute: number) =>
      course(
        [
          { drug: 'lidocaine', amount: 600 },
          { drug: 'lipid', amount: 1.5 * KG, minute: 1 },
        ],
        61,
        (d) => {
          const at = DRUG_INDEX.lidocaine * DRUG_SLOTS
          return d[at + DRUG.level] / (d[at + DRUG.central] / (1.1 * KG))
        },
      )[minute * 60]
    expect(free(3)).toBeLessThan(0.5)
    expect(free(60)).toBeGreaterThan(free(3))
  })
})

describe('in the body', () => {
  test('propofol alone stops the breath for a while and lowers the pressure; rocuronium stops it though awake', () => {
    const asleep = bodyOf()
    const before = mean(asleep)
    treatWith(asleep, 'order', 'oxygen')
    treatWith(asleep, 'give', 'propofol', 2.5 * KG)
    run(asleep, 120)
    expect(asleep.state.breathing[BREATHING.consciousness]).toBeLessThan(5)
    expect(asleep.state.breathing[BREATHING.rate]).toBeLessThan(6)
    expect(mean(asleep)).toBeLessThan(before - 10)
    run(asleep, 900)
    expect(asleep.state.breathing[BREATHING.consciousness]).toBeGreaterThan(13)
    const awake = bodyOf()
    treatWith(awake, 'give', 'rocuronium', 0.6 * KG)
    run(awake, 120)
    expect(awake.state.breathing[BREATHING.rate]).toBeLessThan(1)
  })
  test('an opioid takes the edge off pain: pulse and breath rise less', () => {
    const hurt = (opioid: 'none' | 'fentanyl') => {
      const body = bodyOf()
      if (opioid === 'fentanyl') treatWith(body, 'give', 'fentanyl', 70)
      run(body, 240)
      const before = heart(body)
      body.input.pain = 1
      run(body, 30)
      return heart(body) - before
    }
    expect(hurt('fentanyl')).toBeLessThan(0.75 * hurt('none'))
  })
  test('an infusion of noradrenaline lifts the pressure of a sleeping patient by 10–40 mmHg', () => {
    const body = bodyOf({}, ASLEEP)
    run(body, 60)
    const before = mean(body)
    treatWith(body, 'infuse', 'noradrenaline', 0.1 * KG)
    run(body, 600)
    expect(mean(body) - before).toBeGreaterThan(10)
    expect(mean(body) - before).toBeLessThan(40)
  })
  test('lidocaine 10 mg/kg into a vein: fits, then the heart fails; lipid ends the fit', () => {
    const body = bodyOf()
    treatWith(body, 'give', 'lidocaine', 14 * KG)
    run(body, 60)
    expect(body.state.effects[EFFECT.fit]).toBeGreaterThan(0.5)
    treatWith(body, 'order', 'lipid')
    run(body, 60)
    expect(body.state.effects[EFFECT.fit]).toBeLessThan(0.2)
  })
  test('the same dose a kg does the same at 50 and 100 kg', () => {
    const fall = (kg: number) => {
      const body = bodyOfMass(kg)
      treatWith(body, 'give', 'atropine', 8 * kg)
      const before = heart(body)
      run(body, 150)
      return heart(body) - before
    }
    expect(Math.abs(fall(50) - fall(100))).toBeLessThan(2)
  })
  test('what it does not know or what lies out of range is refused and changes nothing', () => {
    const body = bodyOf()
    const before = body.state.drugs.slice()
    const answer = (verb: string, object: string, value?: number) =>
      treat(body.state, body.patient, { verb, object, value })
    expect(answer('give', 'constructor', 5)).toBe('unknown')
    expect(answer('toString', 'x')).toBe('unknown')
    expect(answer('give', 'propofol')).toBe('out-of-range')
    expect(answer('give', 'propofol', -3)).toBe('out-of-range')
    expect(answer('give', 'propofol', Number.NaN)).toBe('out-of-range')
    expect(answer('give', 'propofol', 1e300)).toBe('out-of-range')
    expect(answer('infuse', 'propofol', Number.POSITIVE_INFINITY)).toBe('out-of-range')
    expect(answer('ventilator', 'peep', 90)).toBe('out-of-range')
    expect(answer('shock', 'defibrillator', 5000)).toBe('out-of-range')
    expect(answer('infuse', 'blood', 5)).toBe('unknown')
    expect(body.state.drugs).toEqual(before)
  })
})
