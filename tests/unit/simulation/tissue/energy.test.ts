import { describe, expect, test } from 'vitest'
import { energyOf } from '../../../../core/simulation/tissue/energy.ts'
import { lame, MATERIALS } from '../../../../core/simulation/tissue/materials.ts'
import { COUNT, FIRST_PARTICLE } from '../../../../core/simulation/tissue/memory.ts'
import { SUBSTEPS } from '../../../../core/simulation/tissue/solver.ts'
import { energyAfterYank, greatestRise } from '../../../../electron/bench/tissue/energy.ts'
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
  test.each(['liver', 'fat'])('energy of %s only falls once substeps are fine enough', (material) => {
    expect(greatestRise(energyAfterYank(wasm, material, SUBSTEPS * 4, by))).toBeLessThan(0.01)
  })

  test.each(['liver', 'fat', 'skin'])('%s never gains energy from swing to swing, and rests', (material) => {
    const energies = energyAfterYank(wasm, material, SUBSTEPS, by)
    // The greatest of each quarter of a second is no more than that of the one before.
    for (let at = 25; at + 25 <= energies.length; at += 25) {
      const before = Math.max(...energies.slice(at - 25, at))
      expect(Math.max(...energies.slice(at, at + 25))).toBeLessThan(before + 0.001)
    }
    expect(Math.abs(energies.at(-1) ?? 1)).toBeLessThan(0.01)
  })
})
