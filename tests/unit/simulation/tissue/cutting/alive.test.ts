import { expect, it } from 'vitest'
import { hashBlock } from '../../../../../core/simulation/state.ts'
import { createCutter } from '../../../../../core/simulation/tissue/cutting/cutter.ts'
import { removeDebris } from '../../../../../core/simulation/tissue/cutting/remove.ts'
import { createStrokes, strokeEdge } from '../../../../../core/simulation/tissue/cutting/stroke.ts'
import { hold, loadLattice, restVolume, volumeNow } from '../../../../../core/simulation/tissue/load.ts'
import { COUNT, FIRST_PARTICLE, NONE } from '../../../../../core/simulation/tissue/memory.ts'
import { adoptMesh } from '../../../../../core/simulation/tissue/mesh/adopt.ts'
import { clearChanges, createMesh } from '../../../../../core/simulation/tissue/mesh/mesh.ts'
import { defectsOf } from '../../../../../core/simulation/tissue/mesh/validate.ts'
import { repack } from '../../../../../core/simulation/tissue/pack.ts'
import { packAll } from '../../../../../core/simulation/tissue/packall.ts'
import { boxLattice } from '../../../../../core/simulation/tissue/shapes.ts'
import { createTissue, stepTissue } from '../../../../../core/simulation/tissue/solver.ts'
import { wasm } from '../fixtures.ts'

const SIDE = 0.03

/** A block of liver held at both ends and stretched by 6 %, while a blade cuts half through it and is lifted. */
function operate() {
  const tissue = createTissue(wasm, { particles: 4000, tets: 12000, edges: 64 })
  const { memory } = tissue
  const { position, velocity, counts } = memory
  loadLattice(memory, boxLattice([6, 6, 6], SIDE / 6, [0, 0, 0], 0))
  for (let p = FIRST_PARTICLE; p < counts[COUNT.particles]; p++) {
    if (Math.abs(memory.rest[p * 4] - SIDE / 2) > SIDE / 2 - 1e-6) hold(memory, p)
    position[p * 4] *= 1.06
  }
  const mesh = createMesh(memory)
  adoptMesh(mesh)
  packAll(memory)
  const cutter = createCutter(mesh)
  const strokes = createStrokes(1)
  const copies: number[] = []
  let fastest = 0
  for (let tick = 0; tick < 260; tick++) {
    clearChanges(mesh)
    const x = 0.53 * SIDE * 1.06
    const z = -0.004 + tick * 0.0007
    if (tick < 60) strokeEdge(strokes, cutter, 0, new Float64Array([x, 0.012, z, x, 0.05, z - 0.004]))
    removeDebris(mesh)
    const { changes } = mesh
    copies.push(...changes.copies.subarray(0, changes.copyCount))
    repack(memory, changes.tets, changes.tetCount)
    stepTissue(tissue)
    for (let i = 0; i < counts[COUNT.particles] * 4; i++) fastest = Math.max(fastest, Math.abs(velocity[i]))
  }
  return { memory, mesh, copies, fastest }
}

it('tissue under tension gapes where it was cut, stays in one piece below, and comes to rest sound', () => {
  const { memory, mesh, copies, fastest } = operate()
  const { position, counts } = memory
  expect(defectsOf(mesh)).toEqual([])
  expect(position.every(Number.isFinite)).toBe(true)
  expect(fastest).toBeLessThan(2)
  for (let t = 0; t < counts[COUNT.tets]; t++) {
    if (memory.tetVertex[t * 4] !== NONE) expect(volumeNow(memory, t) / restVolume(memory, t)).toBeGreaterThan(0.1)
  }
  let gap = 0
  for (let i = 0; i < copies.length; i += 2) {
    gap = Math.max(gap, Math.abs(position[copies[i] * 4] - position[copies[i + 1] * 4]))
  }
  expect(gap).toBeGreaterThan(0.001)
  expect(gap).toBeLessThan(0.012)
})

it('and does so with the same bits again', () => {
  expect(hashBlock(operate().memory.bytes)).toBe(hashBlock(operate().memory.bytes))
})
