import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { twinKernel } from '../../../../core/simulation/kernel/kernel.ts'
import { REST_DENSITY } from '../../../../core/simulation/kernel/pressure.ts'
import { nextUnit, seedRandom } from '../../../../core/simulation/random.ts'
import { hashBlock } from '../../../../core/simulation/state.ts'
import { AIM, BLEED, openSite, removeSite } from '../../../../core/simulation/tissue/fluid/bleed.ts'
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
import { ASLEEP, DROP } from '../../../../core/simulation/tissue/fluid/scale.ts'
import { createFluidSnapshot, drawFluid } from '../../../../core/simulation/tissue/fluid/snapshot.ts'
import { irrigate, soak, suck } from '../../../../core/simulation/tissue/fluid/suction.ts'
import { accountMl, filmMl, missingMl, presentMl } from '../../../../core/simulation/tissue/fluid/volume.ts'
import { wasm } from './fixtures.ts'
import { createTub, fillTub, placeTub, quietInput, type Tub } from './tub.ts'

const WIDTH = 0.06
const HEIGHT = 0.08

let tub: Tub
let fluid: Fluid
let input = quietInput()

beforeEach(() => {
  tub = createTub(WIDTH, HEIGHT, 0.005, true)
  fluid = createFluid(wasm, tub, 7)
  bindFluid(fluid, tub.triangle, tub.triangles, 1)
  input = quietInput()
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

const particles = () => fluid.memory.count[FLUID_COUNT.particles]!

/** Energy of motion and of height in units of a particle's mass, J/kg. */
const energy = () => {
  const { position, velocity } = fluid.memory
  let sum = 0
  for (let p = 0; p < particles(); p++) {
    const vx = velocity[p * 3]!
    const vy = velocity[p * 3 + 1]!
    const vz = velocity[p * 3 + 2]!
    sum += 0.5 * (vx * vx + vy * vy + vz * vz) + 9.81 * position[p * 3 + 1]!
  }
  return sum
}

const fastest = () => {
  const { velocity } = fluid.memory
  let most = 0
  for (let p = 0; p < particles(); p++) {
    const speed2 = velocity[p * 3]! ** 2 + velocity[p * 3 + 1]! ** 2 + velocity[p * 3 + 2]! ** 2
    expect(speed2 - speed2).toBe(0)
    most = Math.max(most, speed2)
  }
  return Math.sqrt(most)
}

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
    expect(accountMl(fluid.memory, ACCOUNT.clotted, LIQUID.blood)).toBeGreaterThan(0)
  })

  test('what a tick says it bled is what entered', () => {
    bleed(80, BLEED.artery, 1.5)
    bleed(90, BLEED.vein, 3)
    let sum = 0
    for (let t = 0; t < 100; t++) {
      stepFluid(fluid, input)
      sum += fluid.bledMl
    }
    expect(sum).toBe(accountMl(fluid.memory, ACCOUNT.entered, LIQUID.blood))
    expect(sum).toBeGreaterThan(1)
  })

  test('where all particles are in use nothing is lost: it becomes film', () => {
    const small = createFluid(wasm, tub, 1, { ...fluid.memory.size, particles: 50 })
    fluid = small
    bindFluid(small, tub.triangle, tub.triangles, 1)
    bleed(80, BLEED.artery, 3)
    run(100)
    expect(particles()).toBe(50)
    expect(presentMl(small.memory, LIQUID.blood)).toBeGreaterThan(4)
    expect(missingMl(small.memory, LIQUID.blood)).toBe(0)
  })
})

describe('liquid in a tub', () => {
  test('a pool comes to rest, level, at its density, and keeps its volume', () => {
    fillTub(fluid.memory, LIQUID.blood, 1000, 14, 0.004)
    const start = energy()
    run(100)
    const settled = energy()
    run(900)
    expect(accountMl(fluid.memory, ACCOUNT.drained, LIQUID.blood)).toBe(0)
    expect(settled).toBeLessThan(start)
    expect(energy()).toBeLessThan(settled * 1.01)
    let asleep = 0
    let over = 0
    let most = 0
    let top = 0
    for (let p = 0; p < 1000; p++) {
      asleep += fluid.memory.still[p]! >= ASLEEP ? 1 : 0
      top += fluid.memory.position[p * 3 + 1]! > 0.0115 ? 1 : 0
      const error = Math.max(0, fluid.flow.crowd[p]! / REST_DENSITY - 1)
      over += error / 1000
      most = Math.max(most, error)
    }
    expect(asleep).toBeGreaterThan(950)
    // 30 mL on 36 cm² are 8.3 mm high; the contact distance adds a millimetre
    expect(top).toBeLessThan(40)
    expect(over).toBeLessThan(0.05)
    expect(most).toBeLessThan(0.6)
  })

  test('energy of a pool left alone never rises by more than 1 %', () => {
    fillTub(fluid.memory, LIQUID.water, 600, 14, 0.01)
    run(150)
    let least = energy()
    for (let t = 0; t < 300; t++) {
      stepFluid(fluid, input)
      const now = energy()
      expect(now).toBeLessThan(least * 1.01)
      least = Math.min(least, now)
    }
  })

  test('nothing leaks through a closed tub that is shaken for ten seconds', () => {
    fillTub(fluid.memory, LIQUID.blood, 300, 14, 0.004)
    run(1000, (t) => {
      const phase = (t % 25) / 25
      const side = phase < 0.5 ? phase * 4 - 1 : 3 - phase * 4
      const grown = Math.min(1, t / 50) * 0.012
      placeTub(tub, side * grown, Math.abs(side) * grown * 0.6, side * side * grown)
    })
    expect(accountMl(fluid.memory, ACCOUNT.drained, LIQUID.blood)).toBe(0)
    const x = tub.position[0]! - tub.rest[0]!
    const y = tub.position[1]! - tub.rest[1]!
    const z = tub.position[2]! - tub.rest[2]!
    for (let p = 0; p < particles(); p++) {
      expect(Math.abs(fluid.memory.position[p * 3]! - x)).toBeLessThan(WIDTH / 2 + 0.003)
      expect(Math.abs(fluid.memory.position[p * 3 + 1]! - y - HEIGHT / 2)).toBeLessThan(HEIGHT / 2 + 0.003)
      expect(Math.abs(fluid.memory.position[p * 3 + 2]! - z)).toBeLessThan(WIDTH / 2 + 0.003)
    }
  })

  test('tilted slowly, a sleeping pool runs to the lower side', () => {
    fillTub(fluid.memory, LIQUID.blood, 300, 14, 0.003)
    run(300)
    const middle = () => {
      let sum = 0
      for (let p = 0; p < particles(); p++) sum += fluid.memory.position[p * 3]!
      return sum / particles()
    }
    expect(Math.abs(middle())).toBeLessThan(0.003)
    run(600, (t) => {
      const share = Math.min(1, t / 300)
      input.gx = 4 * share
      input.gy = -Math.sqrt(9.81 * 9.81 - input.gx * input.gx)
    })
    expect(middle()).toBeGreaterThan(0.01)
  })

  test('an instrument displaces liquid and none stays inside', () => {
    fillTub(fluid.memory, LIQUID.blood, 600, 14, 0.003)
    input.capsule.set([-0.03, 0.005, 0, 0.03, 0.005, 0, 0.004])
    run(200, () => {
      input.capsules = 1
    })
    for (let p = 0; p < particles(); p++) {
      const y = fluid.memory.position[p * 3 + 1]! - 0.005
      const z = fluid.memory.position[p * 3 + 2]!
      expect(Math.sqrt(y * y + z * z)).toBeGreaterThan(0.0035)
    }
  })
})

describe('films', () => {
  test('a drop on a wall leaves film that creeps down', () => {
    const floor = tub.triangle[0]!
    const wall = tub.triangle.findIndex((v) => Math.abs(tub.position[v * 4 + 1]! - 0.04) < 1e-6)
    const v = tub.triangle[wall]!
    fluid.memory.film[v * 5] = 0.0078125
    fluid.memory.account[0] = 0.0078125
    const height = () => {
      let sum = 0
      let all = 0
      for (let i = 0; i < tub.vertices; i++) {
        const ml = filmMl(fluid.memory, i)
        sum += ml * tub.position[i * 4 + 1]!
        all += ml
      }
      return sum / all
    }
    run(100)
    expect(height()).toBeLessThan(0.037)
    expect(missingMl(fluid.memory, LIQUID.blood)).toBe(0)
    expect(filmMl(fluid.memory, floor)).toBe(0)
  })

  test('film that leaves with its tissue is drained', () => {
    const v = tub.triangle[3 * (tub.triangles - 1)]!
    fluid.memory.film[v * 5 + LIQUID.bile] = 0.25
    fluid.memory.account[LIQUID.bile] = 0.25
    let kept = 0
    const rest = new Uint32Array(tub.triangle.length)
    for (let t = 0; t < tub.triangles; t++) {
      const corners = tub.triangle.subarray(t * 3, t * 3 + 3)
      if (!corners.includes(v)) rest.set(corners, kept++ * 3)
    }
    bindFluid(fluid, rest, kept, 2)
    expect(accountMl(fluid.memory, ACCOUNT.drained, LIQUID.bile)).toBe(0.25)
    expect(missingMl(fluid.memory, LIQUID.bile)).toBe(0)
  })
})

describe('suction', () => {
  test('takes no more than its flow, and empties what it reaches', () => {
    fillTub(fluid.memory, LIQUID.blood, 400, 14, 0.003)
    run(100)
    for (let t = 0; t < 400; t++) {
      const before = presentMl(fluid.memory, LIQUID.blood)
      const taken = suck(fluid.memory, fluid.surface, 0, 0.003, 0, 0.008, 20)
      expect(taken).toBeLessThanOrEqual(0.2)
      expect(before - presentMl(fluid.memory, LIQUID.blood)).toBe(taken)
      stepFluid(fluid, input)
    }
    expect(accountMl(fluid.memory, ACCOUNT.sucked, LIQUID.blood)).toBeGreaterThan(4)
  })

  test('irrigation dilutes a pool of blood', () => {
    fillTub(fluid.memory, LIQUID.blood, 100, 10, 0.003)
    run(300, (t) => {
      if (t < 100) irrigate(fluid.memory, 0, 0.02, 0, 0, -1, 0, 5, 0.5)
    })
    let mixed = 0
    for (let p = 0; p < particles(); p++) {
      const blood = fluid.memory.share[p * 5]!
      const water = fluid.memory.share[p * 5 + 1]!
      if (blood > 0.002 && water > 0.002) mixed++
    }
    expect(mixed).toBeGreaterThan(particles() / 2)
    expect(missingMl(fluid.memory, LIQUID.water)).toBe(0)
  })

  test('a sponge never soaks more than its room', () => {
    fillTub(fluid.memory, LIQUID.blood, 200, 14, 0.003)
    let room = 1.5
    run(200, () => {
      room -= soak(fluid.memory, fluid.surface, 0, 0.003, 0, 0.015, 8, room)
    })
    expect(room).toBeGreaterThanOrEqual(0)
    expect(room).toBeLessThan(1e-9)
    expect(accountMl(fluid.memory, ACCOUNT.soaked, LIQUID.blood)).toBeCloseTo(1.5, 9)
  })
})

describe('state', () => {
  const disturb = (one: Fluid, t: number) => {
    if (t % 3 === 0) irrigate(one.memory, 0, 0.04, 0, 0.6, -0.8, 0, 6, 0.6)
    placeTub(tub, 0.004 * ((t % 50) / 50), 0, 0)
    stepFluid(one, input)
  }

  test('kernel and twin give the same bits: a shaken pool with a jet and an instrument in it', () => {
    const fluids = [fluid, createFluid(twinKernel, tub, 7)]
    bindFluid(fluids[1]!, tub.triangle, tub.triangles, 1)
    for (const one of fluids) {
      fluid = one
      fillTub(one.memory, LIQUID.blood, 80, 8, 0.003)
      bleed(80, BLEED.artery, 2)
    }
    input.capsules = 1
    for (let t = 0; t < 60; t++) {
      const side = ((t % 20) - 10) / 10
      placeTub(tub, 0.004 * side, 0.002 * Math.abs(side), 0)
      input.capsule.set([0.02 * side, 0.003, -0.02, 0.02 * side, 0.06, 0, 0.003])
      for (const one of fluids) stepFluid(one, input)
      if (t % 10 === 9) expect(hashBlock(fluids[0]!.memory.bytes), `tick ${t}`).toBe(hashBlock(fluids[1]!.memory.bytes))
    }
    expect(fluids[0]!.memory.count[FLUID_COUNT.particles]).toBeGreaterThan(85)
  }, 60_000)

  test('saved and restored it goes on the same', () => {
    bleed(80, BLEED.artery, 2)
    for (let t = 0; t < 60; t++) disturb(fluid, t)
    const saved = saveFluid(fluid)
    for (let t = 60; t < 120; t++) disturb(fluid, t)
    const expected = hashBlock(fluid.memory.bytes)
    const other = createFluid(wasm, tub, 1)
    placeTub(tub, 0.004 * ((59 % 50) / 50), 0, 0)
    restoreFluid(other, saved)
    bindFluid(other, tub.triangle, tub.triangles, 1)
    for (let t = 60; t < 120; t++) disturb(other, t)
    expect(hashBlock(other.memory.bytes)).toBe(expected)
    expect(other.memory.count[FLUID_COUNT.particles]).toBeGreaterThan(100)
  })

  test('a state of another size is refused', () => {
    expect(() => restoreFluid(fluid, new Uint8Array(16))).toThrow('simulation/state-mismatch')
  })

  test('a surface beyond the capacity is refused', () => {
    const small = createFluid(wasm, tub, 1, { ...fluid.memory.size, vertices: 100 })
    expect(() => bindFluid(small, tub.triangle, tub.triangles, 1)).toThrow('simulation/bad-input')
  })

  test('five hundred sites opened and closed at random: finite, slow enough, the same twice', () => {
    const violent = (sites: number) => {
      fluid = createFluid(wasm, tub, 3)
      bindFluid(fluid, tub.triangle, tub.triangles, 1)
      const dice = new Uint32Array(4)
      seedRandom(dice, 11)
      const open: number[] = []
      for (let n = 0; n < sites; n++) {
        const face = Math.floor(nextUnit(dice) * tub.triangles)
        const kind = (1 + Math.floor(nextUnit(dice) * 3)) as 1 | 2 | 3
        const site = bleed(face, kind, 0.3 + 3 * nextUnit(dice))
        if (site >= 0) open.push(site)
        if (open.length > 40) removeSite(fluid.memory, open.splice(Math.floor(nextUnit(dice) * open.length), 1)[0]!)
        suck(fluid.memory, fluid.surface, 0.02 * (nextUnit(dice) - 0.5), 0.01, 0, 0.02, 200)
        stepFluid(fluid, input)
        expect(fastest()).toBeLessThan(20)
      }
      expect(missingMl(fluid.memory, LIQUID.blood)).toBe(0)
      expect(fluid.memory.count[FLUID_COUNT.particles]).toBeGreaterThan(100)
      return hashBlock(fluid.memory.bytes)
    }
    violent(500)
    expect(violent(100)).toBe(violent(100))
  }, 60000)

  test('any drops in any place settle without NaN', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: 2, max: 60 })), { maxLength: 60 }),
        (drops) => {
          fluid = createFluid(wasm, tub, 1)
          bindFluid(fluid, tub.triangle, tub.triangles, 1)
          for (const [x, y] of drops) {
            fillTub(fluid.memory, LIQUID.bile, 1, 1, 0)
            const p = particles() - 1
            fluid.memory.position.set([x * 0.001, y * 0.001, 0], p * 3)
          }
          run(30)
          expect(fastest()).toBeLessThan(20)
          expect(missingMl(fluid.memory, LIQUID.bile)).toBe(0)
          expect(accountMl(fluid.memory, ACCOUNT.drained, LIQUID.bile)).toBe(0)
        },
      ),
      { numRuns: 20, seed: 5 },
    )
  })
})

describe('snapshot', () => {
  test('gives balls, mixtures and wetness', () => {
    fillTub(fluid.memory, LIQUID.bile, 10, 3, 0.01)
    const v = tub.triangle[0]!
    fluid.memory.film[v * 5] = 0.001
    const out = createFluidSnapshot(fluid.memory)
    drawFluid(fluid.memory, fluid.surface, out)
    expect(out.particles).toBe(10)
    expect(out.mixture[LIQUID.bile]).toBe(1)
    expect(out.ball[3]).toBeGreaterThan(DROP * 0.5)
    expect(out.film[v * 4]).toBeGreaterThan(0.1)
    expect(out.film[v * 4 + 1]).toBe(1)
  })
})
