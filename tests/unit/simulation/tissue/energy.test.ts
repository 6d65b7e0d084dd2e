import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { energyOf } from '../../../../core/simulation/tissue/energy.ts'
import { release } from '../../../../core/simulation/tissue/load.ts'
import { lame, MATERIALS, materialNumber } from '../../../../core/simulation/tissue/materials.ts'
import { COUNT, FIRST_PARTICLE } from '../../../../core/simulation/tissue/memory.ts'
import { stepTissue } from '../../../../core/simulation/tissue/solver.ts'
import { energyAfterYank, greatestRise } from '../../../../electron/bench/tissue/energy.ts'
import { forceOfStretch } from '../../../../electron/bench/tissue/tension.ts'
import { block, wasm } from './fixtures.ts'

test('energy of a uniform stretch is that of the formula', () => {
  const tissue = block(wasm, [2, 3, 2], 0)
  const { position, rest, counts } = tissue.memory
  const stretch = [1.1, 0.95, 1.02]
  for (let p = FIRST_PARTICLE; p < counts[COUNT.particles]; p++)
    for (let i = 0; i < 3; i++) position[p * 4 + i] = rest[p * 4 + i] * stretch[i]
  const { shearPa } = MATERIALS[0]
  const square = stretch.reduce((sum, s) => sum + s * s, 0)
  const grown = stretch[0] * stretch[1] * stretch[2] - 1
  const density = (shearPa / 2) * (square - 3) - shearPa * grown + (lame(MATERIALS[0]) / 2) * grown * grown
  const volume = 12 * 0.004 ** 3
  expect(energyOf(tissue).strain / (density * volume)).toBeCloseTo(1, 4)
})

describe.each([0.004, 0.012])('drawn aside by %f m and let go', (by) => {
  test.each(MATERIALS.map(({ name }) => name))('energy of %s only falls, and it rests', (material) => {
    const energies = energyAfterYank(wasm, material, by)
    expect(greatestRise(energies)).toBeLessThan(0.01)
    expect(Math.abs(energies.at(-1) ?? 1)).toBeLessThan(0.01)
  })
})

test.each(MATERIALS.map(({ name }) => name))('a lone cube of %s that was crushed comes to rest', (name) => {
  const tissue = block(wasm, [1, 1, 1], materialNumber(name))
  const { position, velocity, counts } = tissue.memory
  tissue.gravity.splice(0, 3, 0, 0, 0)
  for (let p = FIRST_PARTICLE; p < counts[COUNT.particles]; p++) {
    release(tissue.memory, p)
    for (let i = 0; i < 3; i++) position[p * 4 + i] += (((p * 7 + i * 13) % 11) - 5) * 1e-4
  }
  for (let tick = 0; tick < 100; tick++) stepTissue(tissue)
  for (let i = 0; i < counts[COUNT.particles] * 4; i++) if (i % 4 < 3) expect(Math.abs(velocity[i])).toBeLessThan(0.01)
})

test('drawn aside by any way, no material gains energy', () => {
  const one = fc.record({
    material: fc.constantFrom(...MATERIALS.map(({ name }) => name)),
    by: fc.double({ min: 0.003, max: 0.014, noNaN: true }),
  })
  fc.assert(
    fc.property(one, ({ material, by }) => {
      expect(greatestRise(energyAfterYank(wasm, material, by))).toBeLessThan(0.01)
    }),
    { numRuns: 12, seed: 4 },
  )
})

test('however particles are thrown about, nothing moves faster than 20 m/s', () => {
  const throwAt = fc.record({
    material: fc.constantFrom(...MATERIALS.map(({ name }) => name)),
    ways: fc.array(fc.double({ min: -0.05, max: 0.05, noNaN: true }), { minLength: 30, maxLength: 30 }),
  })
  fc.assert(
    fc.property(throwAt, ({ material, ways }) => {
      const tissue = block(wasm, [3, 3, 3], materialNumber(material))
      const { position, velocity, counts } = tissue.memory
      for (const [i, way] of ways.entries()) {
        const p = FIRST_PARTICLE + 16 + ((i * 7) % (counts[COUNT.particles] - FIRST_PARTICLE - 16))
        position[p * 4 + (i % 3)] += way
        stepTissue(tissue)
        for (let at = 0; at < counts[COUNT.particles] * 4; at += 4) {
          const speed = Math.hypot(velocity[at], velocity[at + 1], velocity[at + 2])
          expect(speed).toBeLessThan(20)
        }
      }
    }),
    { numRuns: 30, seed: 4 },
  )
})

describe('stretched by a tenth', () => {
  test.each(['liver', 'fat', 'muscle', 'brain'])('%s pulls as theory says', (material) => {
    expect(Math.abs(forceOfStretch(wasm, material) - 1)).toBeLessThan(0.1)
  })

  test.each([
    ['gallbladder wall', 12],
    ['bile duct', 14],
    ['skin', 20],
  ] as const)('so does %s in %d substeps', (material, substeps) => {
    expect(Math.abs(forceOfStretch(wasm, material, substeps) - 1)).toBeLessThan(0.2)
    expect(greatestRise(energyAfterYank(wasm, material, 0.004, substeps))).toBeLessThan(0.01)
  })

  test('stiffer materials pull with no less than softer ones', () => {
    const pull = (name: string) => forceOfStretch(wasm, name) * MATERIALS[materialNumber(name)].shearPa
    expect(pull('skin')).toBeGreaterThan(pull('gallbladder wall') * 0.99)
    expect(pull('gallbladder wall')).toBeGreaterThan(pull('muscle') * 0.99)
    expect(pull('muscle')).toBeGreaterThan(pull('liver') * 5)
  })
})
