import { beforeEach, describe, expect, test } from 'vitest'
import { hashBlock } from '../../../../core/simulation/state.ts'
import { AIM, BLEED, openSite } from '../../../../core/simulation/tissue/fluid/bleed.ts'
import {
  bindFluid,
  createFluid,
  type Fluid,
  restoreFluid,
  saveFluid,
  stepFluid,
} from '../../../../core/simulation/tissue/fluid/fluid.ts'
import { LIQUID, LIQUIDS } from '../../../../core/simulation/tissue/fluid/liquids.ts'
import { ACCOUNT, FLUID_COUNT } from '../../../../core/simulation/tissue/fluid/memory.ts'
import { irrigate, soak, suck } from '../../../../core/simulation/tissue/fluid/suction.ts'
import { accountMl, missingMl } from '../../../../core/simulation/tissue/fluid/volume.ts'
import { createTub, fillTub, quietInput, type Tub } from './tub.ts'

let tub: Tub
let fluid: Fluid
const input = quietInput()

beforeEach(() => {
  tub = createTub(0.06, 0.08, 0.005, true)
  fluid = createFluid(tub, 7)
  bindFluid(fluid, tub.triangle, tub.triangles, 1)
})

const run = (ticks: number, each?: (tick: number) => void) => {
  for (let t = 0; t < ticks; t++) {
    each?.(t)
    stepFluid(fluid, input)
  }
}

const bleed = (face: number, kind: 1 | 2 | 3, boreMm: number) =>
  openSite(fluid.memory, {
    kind,
    boreMm,
    vesselMm: boreMm,
    areaMm2: 400,
    feed: 1,
    a: tub.triangle[face * 3]!,
    b: tub.triangle[face * 3 + 1]!,
    c: tub.triangle[face * 3 + 2]!,
    weightA: 0.4,
    weightB: 0.3,
    aim: AIM.normal,
  })

describe('volumes', () => {
  test('every millilitre of every liquid is somewhere, exactly', () => {
    bleed(80, BLEED.artery, 2)
    bleed(40, BLEED.ooze, 0)
    run(300, (t) => {
      if (t > 60) irrigate(fluid.memory, 0, 0.05, 0, 0, -1, 0, 10, 0.8)
      if (t > 150) suck(fluid.memory, fluid.surface, 0.01, 0.003, 0.01, 0.008, 25)
      if (t > 200) soak(fluid.memory, fluid.surface, -0.01, 0.002, 0, 0.012, 5, 10)
      for (const liquid of LIQUIDS) expect(missingMl(fluid.memory, LIQUID[liquid])).toBe(0)
    })
    expect(accountMl(fluid.memory, ACCOUNT.entered, LIQUID.blood)).toBeGreaterThan(5)
    expect(accountMl(fluid.memory, ACCOUNT.sucked, LIQUID.water)).toBeGreaterThan(1)
    expect(accountMl(fluid.memory, ACCOUNT.soaked, LIQUID.blood)).toBeGreaterThan(0)
  })
})

describe('state', () => {
  test('saved and restored it goes on the same', () => {
    bleed(80, BLEED.artery, 2)
    run(50)
    const saved = saveFluid(fluid)
    run(50)
    const expected = hashBlock(fluid.memory.bytes)
    const other = createFluid(tub, 1)
    restoreFluid(other, saved)
    bindFluid(other, tub.triangle, tub.triangles, 1)
    for (let t = 0; t < 50; t++) stepFluid(other, input)
    expect(hashBlock(other.memory.bytes)).toBe(expected)
    expect(other.memory.count[FLUID_COUNT.particles]).toBeGreaterThan(100)
  })
})

describe('liquid at rest', () => {
  test('a pool stays in its tub and keeps its volume', () => {
    fillTub(fluid.memory, LIQUID.blood, 1000, 14, 0.004)
    run(300)
    expect(accountMl(fluid.memory, ACCOUNT.drained, LIQUID.blood)).toBe(0)
    let top = 0
    for (let p = 0; p < 1000; p++) top = Math.max(top, fluid.memory.position[p * 3 + 1]!)
    // 30 mL on 36 cm² stand 8.3 mm high
    expect(top).toBeGreaterThan(0.006)
    expect(top).toBeLessThan(0.014)
  })
})
