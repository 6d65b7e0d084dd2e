import { expect, test } from 'vitest'
import { type KernelFor, twinKernel } from '../../../../core/simulation/kernel/kernel.ts'
import { SCAN_TURNS } from '../../../../core/simulation/kernel/tetscan.ts'
import { nextUnit, seedRandom } from '../../../../core/simulation/random.ts'
import { loadLattice, volumeNow } from '../../../../core/simulation/tissue/load.ts'
import { MATERIALS, materialNumber } from '../../../../core/simulation/tissue/materials.ts'
import { COUNT, FIRST_PARTICLE } from '../../../../core/simulation/tissue/memory.ts'
import type { Scan } from '../../../../core/simulation/tissue/mesh/mesh.ts'
import { cauchyGreen, greatestStretch2 } from '../../../../core/simulation/tissue/mesh/strain.ts'
import { createScan, scanBytes } from '../../../../core/simulation/tissue/scan.ts'
import { boxLattice } from '../../../../core/simulation/tissue/shapes.ts'
import { createTissue, type Tissue } from '../../../../core/simulation/tissue/solver.ts'
import { wasm } from './fixtures.ts'

const LIVER = materialNumber('liver')

/** A block of liver, 10 mm from the origin, whose particles are off their places by up to `off` metres, and its scan. */
function block(kernelFor: KernelFor, off: number): { tissue: Tissue; scan: Scan } {
  const size = { particles: 300, tets: 1000, edges: 4, isTense: true }
  const tissue = createTissue(kernelFor, size, scanBytes(size))
  const { memory } = tissue
  loadLattice(memory, boxLattice([5, 5, 5], 0.004, [0.01, 0, 0], LIVER))
  for (let t = 0; t < memory.tension.length; t += 9) for (let k = 0; k < 9; k += 4) memory.tension[t + k] = 1.1
  const state = new Uint32Array(4)
  seedRandom(state, 5, 1)
  for (let i = FIRST_PARTICLE * 4; i < memory.counts[COUNT.particles] * 4; i++)
    if (i % 4 !== 3) memory.position[i] += (nextUnit(state) - 0.5) * 2 * off
  return { tissue, scan: createScan(tissue, tissue.spare) }
}

/** The tetrahedra that a scan finds in all turns. */
function all(scan: Scan, what: 'stretched' | 'turned'): number[] {
  const tets: number[] = []
  for (let turn = 0; turn < SCAN_TURNS; turn++) {
    const count = scan[what](turn)
    for (let n = 0; n < count; n++) tets.push(turn + scan.found[n] * SCAN_TURNS)
  }
  return tets.sort((a, b) => a - b)
}

test('a scan leaves out nothing that is stretched past its limit or inside out, and takes little else', () => {
  const { tissue, scan } = block(wasm, 0.0018)
  const { memory } = tissue
  const stretched = new Set(all(scan, 'stretched'))
  const turned = new Set(all(scan, 'turned'))
  const tensor = new Float64Array(6)
  const limit = 1 + MATERIALS[LIVER].failureStrain
  let far = 0
  let inside = 0
  for (let t = 0; t < memory.counts[COUNT.tets]; t++) {
    cauchyGreen(memory, t, tensor)
    if (greatestStretch2(tensor) > limit * limit) {
      far++
      expect(stretched).toContain(t)
    }
    if (volumeNow(memory, t) <= 0) {
      inside++
      expect(turned).toContain(t)
    }
  }
  expect(far).toBeGreaterThan(50)
  expect(inside).toBeGreaterThan(5)
  expect(turned.size).toBeLessThan(0.5 * memory.counts[COUNT.tets])
  const quiet = block(wasm, 0)
  expect(all(quiet.scan, 'stretched')).toEqual([])
  expect(all(quiet.scan, 'turned')).toEqual([])
})

test('kernel and twin find the same', () => {
  const one = block(wasm, 0.0018)
  const other = block(twinKernel, 0.0018)
  for (const what of ['stretched', 'turned'] as const) expect(all(one.scan, what)).toEqual(all(other.scan, what))
})
