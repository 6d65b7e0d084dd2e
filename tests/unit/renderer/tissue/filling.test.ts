import { expect, test } from 'vitest'
import { twinKernel } from '../../../../core/simulation/kernel/kernel.ts'
import { createFluid } from '../../../../core/simulation/tissue/fluid/fluid.ts'
import { LIQUID, LIQUID_COUNT } from '../../../../core/simulation/tissue/fluid/liquids.ts'
import { DEFAULT_SIZE } from '../../../../core/simulation/tissue/fluid/memory.ts'
import { addParticle } from '../../../../core/simulation/tissue/fluid/particles.ts'
import { createTissueMemory } from '../../../../core/simulation/tissue/memory.ts'
import { RODS } from '../../../../core/simulation/tissue/thread/materials.ts'
import { addRod, createThreadMemory } from '../../../../core/simulation/tissue/thread/memory.ts'
import type { Heat } from '../../../../core/simulation/tissue/tools/heat.ts'
import { createFluidDrawer, drawBurns, drawThreads } from '../../../../renderer/views/tissue/run/filling.ts'
import { HEAD, snapshotBytes, snapshotIn } from '../../../../renderer/views/tissue/run/snapshot.ts'

const small = { particles: 64, triangles: 4, threadPoints: 0, drops: 0, puffs: 0 }
const tissue = createTissueMemory({ particles: 64, tets: 4, edges: 4 })

test('threads are drawn point by point, each with its own number and thickness', () => {
  const thread = createThreadMemory({ rods: 2, slots: 8, proxies: 1 })
  const [material] = Object.values(RODS)
  addRod(thread, tissue, [0, 0, 0, 0.01, 0, 0, 0.02, 0.001, 0], material)
  addRod(thread, tissue, [0, 0.05, 0, 0, 0.06, 0], material)
  const size = { particles: 64, triangles: 4, threadPoints: 8, drops: 0, puffs: 0 }
  const out = snapshotIn(new ArrayBuffer(snapshotBytes(size)), 0, size)
  drawThreads(thread, tissue, out)
  expect(out.head[HEAD.threadPoints]).toBe(5)
  expect([...out.threadOf.subarray(0, 5)]).toEqual([0, 0, 0, 1, 1])
  expect(out.thread[8]).toBeCloseTo(0.02, 6)
  expect(out.thread[13]).toBeCloseTo(0.05, 6)
  for (let p = 0; p < 5; p++) expect(out.thread[p * 4 + 3]).toBeCloseTo(material.radius, 7)
})

test('drops are drawn where they are, with what they hold', () => {
  const fluid = createFluid(twinKernel, tissue, 1, { ...DEFAULT_SIZE, particles: 16, vertices: 64 })
  const p = addParticle(fluid.memory, LIQUID.blood, 0.01, 0.02, 0.03, 0, 0, 0)
  fluid.memory.share[p * LIQUID_COUNT + LIQUID.blood] = 0.001
  const size = { particles: 64, triangles: 4, threadPoints: 0, drops: 16, puffs: 256 }
  const out = snapshotIn(new ArrayBuffer(snapshotBytes(size)), 0, size)
  createFluidDrawer(fluid)(out)
  expect(out.head[HEAD.drops]).toBe(1)
  expect(out.drop[1]).toBeCloseTo(0.02, 6)
  expect(out.drop[3]).toBeGreaterThan(0)
  expect(out.mixture[LIQUID.blood]).toBeCloseTo(1, 6)
})

test('drops that fly are drawn out along their way, drops that rest lie flat', () => {
  const fluid = createFluid(twinKernel, tissue, 1, { ...DEFAULT_SIZE, particles: 16, vertices: 64 })
  const { memory } = fluid
  const flies = addParticle(memory, LIQUID.blood, 0, 0.1, 0, 0.6, 0, 0)
  const rests = addParticle(memory, LIQUID.blood, 0.1, 0, 0, 0, 0, 0)
  memory.still[rests] = 20
  const size = { particles: 64, triangles: 4, threadPoints: 0, drops: 16, puffs: 256 }
  const out = snapshotIn(new ArrayBuffer(snapshotBytes(size)), 0, size)
  createFluidDrawer(fluid)(out)
  expect([...out.dropShape.subarray(flies * 4, flies * 4 + 3)]).toEqual([1, 0, 0])
  expect(out.dropShape[flies * 4 + 3]).toBeGreaterThan(2)
  expect(out.dropShape[rests * 4 + 1]).toBe(1)
  expect(out.dropShape[rests * 4 + 3]).toBeLessThan(0.6)
})

test('burns grow smoothly from nothing over pale to dry', () => {
  const out = snapshotIn(new ArrayBuffer(snapshotBytes(small)), 0, small)
  const heat = { damage: Float32Array.of(0, 0.001, 0.1, 1, 60), boiled: Float32Array.of(0, 0, 0, 0.03, 0.3) }
  drawBurns(heat as unknown as Heat, 5, out)
  const cooked = [0, 1, 2, 3, 4].map((p) => out.burn[p * 2]!)
  expect(cooked[0]).toBe(0)
  expect(cooked[1]).toBe(0)
  expect(cooked[2]).toBeGreaterThan(0.2)
  expect(cooked[3]).toBeGreaterThan(cooked[2]!)
  expect(cooked[4]).toBe(1)
  expect(out.burn[7]).toBeCloseTo(0.2, 5)
  expect(out.burn[9]).toBeCloseTo(2, 5)
})
