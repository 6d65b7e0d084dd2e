import { describe, expect, test } from 'vitest'
import { type Channel, DRUG_IDS, type DrugId } from '../../../core/physiology/drugs/drug.ts'
import { drugEffects, EFFECT, EFFECTS_SIZE } from '../../../core/physiology/drugs/effects.ts'
import { DRUG, DRUGS_SIZE, drugAt, giveDrug, infuseDrug, stepDrugs } from '../../../core/physiology/drugs/kinetics.ts'
import { DRUG_TABLE } from '../../../core/physiology/drugs/table.ts'
import { VENTILATOR } from '../../../core/physiology/ventilator.ts'
import {
  ASLEEP,
  arterialCo2,
  bodyOf,
  bodyOfMass,
  etco2,
  heart,
  mean,
  output,
  run,
  systolic,
  treatWith,
  venous,
} from './bodies.ts'

const KG = 70

type Range = readonly [low: number, high: number]

/** What a source says of a dose for 70 kg. `of` is an effect, or the level in blood in the row's unit a litre. */
type Course = {
  readonly drug: DrugId
  readonly dose: number
  readonly by: 'vein' | 'muscle' | 'tissue' | 'infusion of half an hour'
  readonly of: Channel | 'level'
  /** What counts as acting: a fixed depth or level, or a share of the height. */
  readonly from: number | 'half'
  /** Seconds until it acts; minutes until the height, that it acts, and until it acts no more; the height. */
  readonly begin?: Range
  readonly peak?: Range
  readonly lasts?: Range
  readonly end?: Range
  readonly height?: Range
  readonly source: string
}

/** Ranges are the source's own; where it has one figure, that figure less and more a third, unless a spread is given. */
const COURSES: readonly Course[] = [
  {
    drug: 'adrenaline',
    dose: 0.05 * KG,
    by: 'infusion of half an hour',
    of: 'level',
    from: 'half',
    height: [0.67, 1],
    end: [31, 35],
    source: 'doi:10.1016/0026-0495(80)90019-0: 0.834 ± 0.084 µg/L; half-life 2–3.5 min, doi:10.1186/cc7972',
  },
  {
    drug: 'adrenaline',
    dose: 300,
    by: 'muscle',
    of: 'level',
    from: 'half',
    peak: [5, 10],
    source: 'doi:10.1186/s13223-021-00511-y: first height after 5–10 min',
  },
  {
    drug: 'adrenaline',
    dose: 50,
    by: 'vein',
    of: 'heartRate',
    from: 8,
    peak: [0.3, 2],
    lasts: [3, 8],
    source: 'half-life 2–3.5 min, doi:10.1186/cc7972',
  },
  {
    drug: 'noradrenaline',
    dose: 0.1 * KG,
    by: 'infusion of half an hour',
    of: 'level',
    from: 'half',
    height: [7 / 3, 7 / 0.9],
    end: [32, 36.8],
    source: 'doi:10.1093/bja/aei259: cleared 0.9–3 L/min, half-life 2–6.8 min',
  },
  {
    drug: 'atropine',
    dose: 1500,
    by: 'vein',
    of: 'heartRate',
    from: 'half',
    begin: [10, 60],
    peak: [2, 4],
    lasts: [30, 90],
    source: 'doi:10.1007/bf00567121; product information: height after 2–4 min, 30–60 min',
  },
  {
    drug: 'propofol',
    dose: 2 * KG,
    by: 'vein',
    of: 'hypnosis',
    from: 0.5,
    begin: [15, 45],
    peak: [1.1, 2.1],
    end: [4.5, 9],
    source: 'doi:10.1097/00000542-200002000-00021: height at 1.6 min; awake after 5–8',
  },
  {
    drug: 'fentanyl',
    dose: 2 * KG,
    by: 'vein',
    of: 'ventilation',
    from: 0.1,
    peak: [2.4, 4.8],
    end: [15, 40],
    source: 'doi:10.1097/00000542-199012000-00005: height at 3.6 min',
  },
  {
    drug: 'ketamine',
    dose: 1.5 * KG,
    by: 'vein',
    of: 'hypnosis',
    from: 0.5,
    begin: [5, 60],
    lasts: [5, 10],
    source: 'doi:10.1002/cpt196563279: within a minute, 5–10 min at 1–2 mg/kg',
  },
  {
    drug: 'rocuronium',
    dose: 0.9 * KG,
    by: 'vein',
    of: 'paralysis',
    from: 0.95,
    begin: [36, 100],
    source: 'doi:10.1213/01.ANE.0000129992.07527.4B: 68 ± 16 s (two standard deviations)',
  },
  {
    drug: 'rocuronium',
    dose: 1.2 * KG,
    by: 'vein',
    of: 'paralysis',
    from: 0.95,
    begin: [35, 79],
    source: 'doi:10.1213/01.ANE.0000129992.07527.4B: 57 ± 11 s (two standard deviations)',
  },
  {
    drug: 'rocuronium',
    dose: 1.2 * KG,
    by: 'vein',
    of: 'paralysis',
    from: 0.1,
    end: [81, 163],
    source: 'doi:10.1097/01.anes.0000270722.95764.37: 122 min to a train-of-four ratio of 0.9',
  },
  {
    drug: 'lidocaine',
    dose: 400,
    by: 'tissue',
    of: 'level',
    from: 'half',
    peak: [15, 30],
    height: [3, 6],
    source: 'doi:10.2165/00003088-197904040-00001',
  },
  {
    drug: 'lipid',
    dose: 1.5 * KG,
    by: 'vein',
    of: 'level',
    from: 'half',
    begin: [5, 60],
    peak: [0.3, 3],
    source: 'doi:10.1097/AAP.0000000000000720: a bolus over 2–3 min acts at once',
  },
  {
    drug: 'calcium',
    dose: 560,
    by: 'vein',
    of: 'level',
    from: 'half',
    peak: [0.67, 1.33],
    lasts: [10, 30],
    source: 'doi:10.4097/kjae.1994.27.7.762: highest at 1 min, falling for 30',
  },
  {
    drug: 'tranexamic-acid',
    dose: 1000,
    by: 'muscle',
    of: 'level',
    from: 5,
    begin: [160, 320],
    source: 'doi:10.1016/j.bja.2020.07.058: 5 mg/L after 4 min',
  },
  {
    drug: 'tranexamic-acid',
    dose: 1000,
    by: 'vein',
    of: 'level',
    from: 10,
    lasts: [180, 360],
    source: 'doi:10.1016/j.bja.2020.07.058 and 10.1097/MBC.0000000000000789: above 10 mg/L for hours',
  },
  {
    drug: 'naloxone',
    dose: 400,
    by: 'vein',
    of: 'level',
    from: 'half',
    begin: [3, 120],
    lasts: [0.5, 5],
    source: 'doi:10.1097/FTD.0b013e3181816214: a fast first phase',
  },
  {
    drug: 'cefazolin',
    dose: 2000,
    by: 'vein',
    of: 'level',
    from: 'half',
    height: [137, 247],
    lasts: [72, 132],
    source: 'doi:10.2146/ajhp120568: half-life 1.2–2.2 h; about 185 mg/L after 2 g by product information',
  },
]

function played({ drug, dose, by, of }: Course): number[] {
  const d = new Float64Array(DRUGS_SIZE)
  const effects = new Float64Array(EFFECTS_SIZE)
  if (by === 'infusion of half an hour') infuseDrug(d, drug, dose)
  else giveDrug(d, drug, dose, by)
  return Array.from({ length: 600 * 60 }, (_, s) => {
    if (by === 'infusion of half an hour' && s === 1800) infuseDrug(d, drug, 0)
    stepDrugs(d, KG, 5, 1)
    drugEffects(d, effects)
    return of === 'level' ? drugAt(d, drug, DRUG.level) : Math.abs(effects[EFFECT[of]])
  })
}

describe('courses of drugs against their sources', () => {
  test.each(COURSES.map((course) => [course.drug, course.dose, course.by, course] as const))(
    '%s %d by %s',
    (_drug, _dose, _by, course) => {
      const values = played(course)
      const height = Math.max(...values)
      const from = course.from === 'half' ? height / 2 : course.from
      const begin = values.findIndex((value) => value >= from)
      const end = values.findLastIndex((value) => value >= from) / 60
      const seen = { begin, peak: values.indexOf(height) / 60, end, lasts: end - begin / 60, height }
      for (const name of ['begin', 'peak', 'end', 'lasts', 'height'] as const) {
        const range = course[name]
        if (!range) continue
        expect(seen[name], `${name}, ${course.source}`).toBeGreaterThanOrEqual(range[0])
        expect(seen[name], `${name}, ${course.source}`).toBeLessThanOrEqual(range[1])
      }
    },
  )

  test('every drug has a source with a DOI, and all but those that others carry or undo have a course here', () => {
    for (const { id, sources } of DRUG_TABLE)
      expect(
        sources.some((one) => one.startsWith('doi:')),
        id,
      ).toBe(true)
    const elsewhere = ['oxygen', 'sugammadex', 'crystalloid', 'blood']
    const here = new Set(COURSES.map(({ drug }) => drug))
    expect(DRUG_IDS.filter((id) => !here.has(id))).toEqual(elsewhere)
  })
})

test.each([
  { rocuronium: 1.2, sugammadex: 16, minute: 5, most: 2, source: 'doi:10.1097/01.anes.0000270722.95764.37' },
  { rocuronium: 1.2, sugammadex: 16, minute: 3, most: 2, source: 'doi:10.1111/j.1365-2125.2011.04000.x' },
  { rocuronium: 0.6, sugammadex: 4, minute: 15, most: 2, source: 'doi:10.1111/j.1365-2125.2011.04000.x' },
  { rocuronium: 0.6, sugammadex: 2, minute: 35, most: 2, source: 'doi:10.1111/j.1365-2125.2011.04000.x' },
])('sugammadex $sugammadex mg/kg $minute min after rocuronium: muscles free within two minutes', (one) => {
  const d = new Float64Array(DRUGS_SIZE)
  const effects = new Float64Array(EFFECTS_SIZE)
  giveDrug(d, 'rocuronium', one.rocuronium * KG, 'vein')
  let last = 0
  for (let s = 0; s < 5400; s++) {
    if (s === one.minute * 60) giveDrug(d, 'sugammadex', one.sugammadex * KG, 'vein')
    stepDrugs(d, KG, 5, 1)
    drugEffects(d, effects)
    if (effects[EFFECT.paralysis] >= 0.1) last = s
  }
  expect(last / 60 - one.minute, one.source).toBeGreaterThan(0.5)
  expect(last / 60 - one.minute, one.source).toBeLessThan(one.most)
})

test('crystalloid spreads with a half-life of 8 min; a quarter is left half an hour after (Hahn 2010, 2020)', () => {
  const body = bodyOfMass(KG, {}, ASLEEP)
  treatWith(body, 'give', 'crystalloid', 1000)
  const before = blood(body)
  run(body, 600)
  const ended = blood(body) - before
  expect(ended).toBeGreaterThan(600)
  expect(ended).toBeLessThan(750)
  run(body, 1800)
  expect(blood(body) - before).toBeGreaterThan(150)
  expect(blood(body) - before).toBeLessThan(300)
})

test('a unit of red cells stays, and lifts haemoglobin by about 1 g/dL (doi:10.1186/s13054-023-04327-7)', () => {
  const body = bodyOfMass(KG, {}, ASLEEP)
  const before = blood(body)
  treatWith(body, 'order', 'blood')
  run(body, 1800)
  expect(blood(body) - before).toBeGreaterThan(250)
})

function blood({ state }: ReturnType<typeof bodyOf>): number {
  return state.circulation.subarray(0, 14).reduce((sum, ml) => sum + ml, 0)
}

type Seen = {
  heart: number
  systolic: number
  mean: number
  output: number
  venous: number
  etco2: number
  gap: number
  peak: number
}

function seenIn(body: ReturnType<typeof bodyOf>): Seen {
  return {
    heart: heart(body),
    systolic: systolic(body),
    mean: mean(body),
    output: output(body),
    venous: venous(body),
    etco2: etco2(body),
    gap: arterialCo2(body) - etco2(body),
    peak: body.state.ventilator[VENTILATOR.peakCm],
  }
}

/** A sleeping patient before and after an illness of some seconds; what changed must lie within ranges of the source. */
const ILLNESSES = [
  {
    illness: 'tamponade',
    percent: 100,
    seconds: 420,
    source: 'Reddy 1978, doi:10.1161/01.CIR.58.2.265: right atrium 16 ± 4 mmHg, output near half of that after relief',
    check: (was: Seen, now: Seen) => [
      [now.venous, 12, 20],
      [now.output / was.output, 0.3, 0.65],
      [now.systolic, 60, 100],
    ],
  },
  {
    illness: 'air-embolism',
    percent: 25,
    seconds: 45,
    source: 'Mirski 2007, doi:10.1097/00000542-200701000-00026: half a mL/kg lowers end-tidal CO₂ by 2 mmHg and more',
    check: (was: Seen, now: Seen) => [
      [was.etco2 - now.etco2, 2, 10],
      [now.mean / was.mean, 0.9, 1.05],
    ],
  },
  {
    illness: 'air-embolism',
    percent: 100,
    seconds: 60,
    source:
      'Mirski 2007, doi:10.1097/00000542-200701000-00026: 2 mL/kg: pressure and output fall, venous pressure rises',
    check: (was: Seen, now: Seen) => [
      [now.etco2 / was.etco2, 0.3, 0.7],
      [now.mean / was.mean, 0.5, 0.92],
      [now.venous - was.venous, 1, 12],
      [now.gap, 10, 30],
    ],
  },
  {
    illness: 'anaphylaxis',
    percent: 80,
    seconds: 240,
    source:
      'severe: systolic 50 [43–60] mmHg, pulse 130 [125–133], doi:10.1126/scitranslmed.aat1479; end-tidal CO₂ 17 [12–23], doi:10.1097/ALN.0000000000004123',
    check: (_was: Seen, now: Seen) => [
      [now.systolic, 43, 60],
      [now.heart, 120, 138],
      [now.etco2, 12, 23],
      [now.peak, 30, 45],
    ],
  },
  {
    illness: 'pneumoperitoneum',
    percent: 100,
    seconds: 900,
    source: 'PMC5872865: compliance down by 42 % (volume control), peak 27.2 ± 2.4 cmH₂O',
    check: (was: Seen, now: Seen) => [
      [now.peak, 22.4, 32],
      [now.peak - was.peak, 3, 10],
      [now.output / was.output, 0.7, 0.95],
    ],
  },
] as const

test.each(ILLNESSES.map((one) => [one.illness, one.percent, one] as const))(
  '%s at %d %%',
  (_illness, _percent, one) => {
    const body = bodyOf({}, ASLEEP)
    run(body, 120)
    const was = seenIn(body)
    treatWith(body, 'illness', one.illness, one.percent)
    run(body, one.seconds)
    one.check(was, seenIn(body)).forEach(([value, low, high], i) => {
      expect(value, `${i}: ${one.source}`).toBeGreaterThanOrEqual(low)
      expect(value, `${i}: ${one.source}`).toBeLessThanOrEqual(high)
    })
  },
)
