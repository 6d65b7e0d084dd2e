import { beforeEach, describe, expect, test } from 'vitest'
import {
  AIM,
  BLEED,
  CLOSURE,
  closeSite,
  type Drive,
  openSite,
  SEAL_BURST_MMHG,
} from '../../../../core/simulation/tissue/fluid/bleed.ts'
import {
  bindFluid,
  createFluid,
  type Fluid,
  type FluidInput,
  stepFluid,
} from '../../../../core/simulation/tissue/fluid/fluid.ts'
import {
  holeFlow,
  jetSpeed,
  oozeFlow,
  openingFlow,
  SPASM_LEAST,
} from '../../../../core/simulation/tissue/fluid/haemodynamics.ts'
import { LIQUID } from '../../../../core/simulation/tissue/fluid/liquids.ts'
import {
  FLUID_COUNT,
  SITE,
  SITE_STRIDE,
  SITE_WORD,
  SITE_WORDS,
} from '../../../../core/simulation/tissue/fluid/memory.ts'
import { fillSac, GALLBLADDER, perforateSac, sacMmHg } from '../../../../core/simulation/tissue/fluid/sacs.ts'
import { clearSmoke, puff } from '../../../../core/simulation/tissue/fluid/smoke.ts'
import {
  closeSegment,
  cutSegment,
  openSegment,
  type Segment,
} from '../../../../core/simulation/tissue/fluid/vessels.ts'
import { missingMl, presentMl } from '../../../../core/simulation/tissue/fluid/volume.ts'
import { wasm } from './fixtures.ts'
import { createTub, quietInput, type Tub } from './tub.ts'

let tub: Tub
let fluid: Fluid
let input: FluidInput

beforeEach(() => {
  tub = createTub(0.08, 0.06, 0.005, false)
  fluid = createFluid(wasm, tub, 7)
  bindFluid(fluid, tub.triangle, tub.triangles, 1)
  input = quietInput()
})

const site = (n: number, slot: number) => fluid.memory.site[n * SITE_STRIDE + slot]!
const drive = (change: Partial<Drive>) => {
  input.drive = { ...input.drive, ...change }
}
const open = (kind: 1 | 2 | 3, boreMm: number, areaMm2 = 0) =>
  openSite(fluid.memory, {
    kind,
    boreMm,
    vesselMm: boreMm,
    areaMm2,
    feed: 1,
    a: tub.triangle[600]!,
    b: tub.triangle[601]!,
    c: tub.triangle[602]!,
    weightA: 0.34,
    weightB: 0.33,
    aim: AIM.normal,
  })
/** mL/s over some ticks. */
const rate = (ticks: number) => {
  let sum = 0
  for (let t = 0; t < ticks; t++) {
    stepFluid(fluid, input)
    sum += fluid.bledMl
  }
  return (sum / ticks) * 100
}

describe('published flows', () => {
  test('a transected internal thoracic artery of 2.36 mm, in spasm, gives 136 mL/min within 25 %', () => {
    const flow = openingFlow(2.36 * SPASM_LEAST, 2.36 * SPASM_LEAST, 75) * 60
    expect(flow).toBeGreaterThan(136 * 0.75)
    expect(flow).toBeLessThan(136 * 1.25)
  })

  test('a side hole of 2.5 mm in a carotid of 5.5 mm gives 395 ± 78 mL/min', () => {
    const flow = openingFlow(2.5 * SPASM_LEAST, 5.5, 80) * 60
    expect(flow).toBeGreaterThan(395 - 78)
    expect(flow).toBeLessThan(395 + 78)
  })

  test('10 cm² of raw liver ooze as VIBe grade 1, 1–5 mL/min', () => {
    expect(oozeFlow(1000, 20) * 60).toBeGreaterThan(1)
    expect(oozeFlow(1000, 20) * 60).toBeLessThan(5)
  })

  test('flow rises with calibre and pressure, and nothing flows against pressure', () => {
    for (let mm = 0.5; mm < 6; mm += 0.5) {
      expect(openingFlow(mm + 0.5, mm + 0.5, 90)).toBeGreaterThan(openingFlow(mm, mm, 90))
      expect(openingFlow(mm, mm, 120)).toBeGreaterThan(openingFlow(mm, mm, 60))
      expect(openingFlow(mm, mm, 0)).toBe(0)
      expect(openingFlow(mm, mm, -5)).toBe(0)
      // never faster than a hole without a vessel before it
      expect(openingFlow(mm, mm, 90)).toBeLessThan(holeFlow(mm, 90, 1060))
    }
    expect(jetSpeed(1, 0)).toBe(0)
  })
})

describe('sites', () => {
  test('an artery spurts with the pulse, a vein wells evenly', () => {
    const artery = open(BLEED.artery, 2)
    const vein = open(BLEED.vein, 3)
    const inSystole: number[] = []
    const inDiastole: number[] = []
    const veins: number[] = []
    for (let t = 0; t < 400; t++) {
      const systole = t % 80 < 30
      drive({ arterialMmHg: systole ? 120 : 80 })
      stepFluid(fluid, input)
      ;(systole ? inSystole : inDiastole).push(site(artery, SITE.rateMlS))
      veins.push(site(vein, SITE.rateMlS))
      if (t > 0 && t % 80 === 0) expect(inSystole.at(-1)).toBeGreaterThan(inDiastole.at(-1)! * 1.2)
    }
    const slowest = Math.min(...veins)
    expect(slowest).toBeGreaterThan(0)
    expect(Math.max(...veins)).toBeLessThan(slowest * 1.1)
  })

  test('arterial blood leaves as a jet, ooze stays on the surface', () => {
    open(BLEED.ooze, 0, 400)
    rate(60)
    expect(fluid.memory.count[FLUID_COUNT.particles]).toBe(0)
    expect(presentMl(fluid.memory, LIQUID.blood)).toBeGreaterThan(0.005)
    open(BLEED.artery, 2)
    rate(5)
    let fastest = 0
    for (let p = 0; p < fluid.memory.count[FLUID_COUNT.particles]!; p++) {
      fastest = Math.max(fastest, Math.abs(fluid.memory.velocity[p * 3]!) + Math.abs(fluid.memory.velocity[p * 3 + 1]!))
    }
    expect(fastest).toBeGreaterThan(0.5)
  })

  test('spasm and clot slow a small vessel, tranexamic acid speeds the clot', () => {
    const bleedFor = (clotting: number) => {
      fluid = createFluid(wasm, tub, 7)
      bindFluid(fluid, tub.triangle, tub.triangles, 1)
      drive({ clotting })
      open(BLEED.artery, 0.6)
      const first = rate(20)
      for (let t = 0; t < 6000; t++) {
        stepFluid(fluid, input)
        // the pool is not in question here
        fluid.memory.count[FLUID_COUNT.particles] = 0
      }
      return rate(20) / first
    }
    const plain = bleedFor(1)
    expect(plain).toBeLessThan(0.5)
    expect(bleedFor(2)).toBeLessThan(plain)
  }, 30000)

  test('pressure on a site slows it and above the pressure inside stops it', () => {
    const vein = open(BLEED.vein, 3)
    const free = rate(20)
    fluid.memory.site[vein * SITE_STRIDE + SITE.externalMmHg] = 5
    const pressed = rate(20)
    expect(pressed).toBeLessThan(free * 0.8)
    expect(pressed).toBeGreaterThan(0)
    fluid.memory.site[vein * SITE_STRIDE + SITE.externalMmHg] = 12
    expect(rate(20)).toBe(0)
    fluid.memory.site[vein * SITE_STRIDE + SITE.externalMmHg] = 0
    drive({ ambientMmHg: 12 })
    expect(rate(20)).toBe(0)
  })

  test.each([
    ['ultrasonic', SEAL_BURST_MMHG.ultrasonic],
    ['bipolar', SEAL_BURST_MMHG.bipolar],
    ['inadequate', SEAL_BURST_MMHG.inadequate],
  ])('a seal (%s) holds up to its published pressure and bursts above', (_, mmHg) => {
    const artery = open(BLEED.artery, 2)
    closeSite(fluid.memory, artery, CLOSURE.seal, mmHg)
    drive({ arterialMmHg: mmHg - 1 })
    expect(rate(5)).toBe(0)
    drive({ arterialMmHg: mmHg + 1 })
    expect(rate(5)).toBeGreaterThan(0)
    expect(fluid.memory.siteWord[artery * SITE_WORDS + SITE_WORD.closure]).toBe(CLOSURE.open)
  })

  test('a clip and a tie hold', () => {
    for (const closure of [CLOSURE.clip, CLOSURE.tie]) {
      const artery = open(BLEED.artery, 3)
      closeSite(fluid.memory, artery, closure, 0)
      drive({ arterialMmHg: 250 })
      expect(rate(5)).toBe(0)
    }
  })

  test('blood comes from where the tissue has moved', () => {
    open(BLEED.artery, 3)
    for (let i = 0; i < tub.vertices; i++) tub.position[i * 4] = tub.rest[i * 4]! + 0.02
    for (let t = 0; t < 3; t++) stepFluid(fluid, input)
    const at = tub.position[tub.triangle[600]! * 4]!
    expect(fluid.memory.count[FLUID_COUNT.particles]).toBeGreaterThan(0)
    expect(Math.abs(fluid.memory.position[0]! - at)).toBeLessThan(0.02)
  })
})

describe('vessels', () => {
  const vessels: Segment[] = [
    { from: 0, to: 1, parent: -1, calibreMm: 3, kind: 'artery' },
    { from: 1, to: 2, parent: 0, calibreMm: 3, kind: 'artery' },
    { from: 2, to: 3, parent: 1, calibreMm: 3, kind: 'artery' },
    { from: 1, to: 20, parent: 0, calibreMm: 2, kind: 'artery' },
  ]

  test('a cut segment bleeds from both ends, the far one less', () => {
    const near = cutSegment(fluid.memory, vessels, 1)
    rate(5)
    expect(site(near, SITE.rateMlS)).toBeGreaterThan(site(near + 1, SITE.rateMlS))
    expect(site(near + 1, SITE.rateMlS)).toBeGreaterThan(0)
    expect(cutSegment(fluid.memory, vessels, 1)).toBe(-1)
  })

  test('clips on both sides, then the cut: not a drop', () => {
    closeSegment(fluid.memory, vessels, 0)
    closeSegment(fluid.memory, vessels, 2)
    cutSegment(fluid.memory, vessels, 1)
    expect(rate(20)).toBe(0)
    openSegment(fluid.memory, vessels, 0)
    expect(rate(20)).toBeGreaterThan(0)
  })

  test('a clip after the cut stops the near end; a branch beyond it is not fed either', () => {
    const near = cutSegment(fluid.memory, vessels, 3)
    expect(rate(5)).toBeGreaterThan(0)
    closeSegment(fluid.memory, vessels, 0)
    rate(2)
    expect(site(near, SITE.rateMlS)).toBe(0)
  })
})

describe('sacs', () => {
  test.each(['bile', 'pus'] as const)(
    'a perforated sac leaks its %s until the pressure is gone, and no more',
    (liquid) => {
      fillSac(fluid.memory, 0, { ...GALLBLADDER, liquid })
      expect(sacMmHg(fluid.memory, 0)).toBeCloseTo(10, 6)
      perforateSac(fluid.memory, 0, 4, tub.triangle[600]!, tub.triangle[601]!, tub.triangle[602]!)
      let leaked = 0
      let last = 1e9
      for (let t = 0; t < 1200; t++) {
        stepFluid(fluid, input)
        leaked += fluid.leakedMl
        if (t % 100 === 99) {
          expect(sacMmHg(fluid.memory, 0)).toBeLessThanOrEqual(last)
          last = sacMmHg(fluid.memory, 0)
        }
      }
      expect(leaked).toBeGreaterThan(26)
      expect(leaked).toBeLessThanOrEqual(27)
      expect(missingMl(fluid.memory, LIQUID[liquid])).toBe(0)
      expect(fluid.memory.liquid[0]).toBe(LIQUID[liquid])
    },
  )
})

describe('smoke', () => {
  test('rises, fades, never exceeds its room, and is sucked away', () => {
    for (let n = 0; n < 1000; n++) puff(fluid.memory, 0, 0, 0, 1)
    expect(fluid.memory.count[FLUID_COUNT.smoke]).toBe(fluid.memory.size.smoke)
    for (let t = 0; t < 100; t++) stepFluid(fluid, input)
    expect(fluid.memory.smoke[1]).toBeGreaterThan(0.05)
    const before = fluid.memory.count[FLUID_COUNT.smoke]!
    clearSmoke(fluid.memory, 0, 0.1, 0, 0.03)
    expect(fluid.memory.count[FLUID_COUNT.smoke]).toBeLessThan(before)
    for (let t = 0; t < 1000; t++) stepFluid(fluid, input)
    expect(fluid.memory.count[FLUID_COUNT.smoke]).toBe(0)
  })
})
