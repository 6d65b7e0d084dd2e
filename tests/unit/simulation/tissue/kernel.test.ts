import { expect, test } from 'vitest'
import { twinKernel } from '../../../../core/simulation/kernel/kernel.ts'
import { restVolume, volumeNow } from '../../../../core/simulation/tissue/load.ts'
import { COUNT, FIRST_PARTICLE, type TissueMemory } from '../../../../core/simulation/tissue/memory.ts'
import { stepTissue } from '../../../../core/simulation/tissue/solver.ts'
import { block, wasm } from './fixtures.ts'

/** Pulls a corner about, so that nothing comes to rest. */
function yank({ position, counts }: TissueMemory, tick: number): void {
  const p = (counts[COUNT.particles] - 1) * 4
  position[p + (tick % 3)] += tick % 40 < 20 ? 0.0015 : -0.0015
}

test('kernel and twin are the same, bit for bit, over ten thousand ticks', () => {
  const fast = block(wasm, [2, 1, 1], 0)
  const twin = block(twinKernel, [2, 1, 1], 0)
  for (let tick = 0; tick < 10_000; tick++) {
    for (const { memory } of [fast, twin]) yank(memory, tick)
    stepTissue(fast)
    stepTissue(twin)
    if (tick % 100 === 0 || tick === 9999)
      expect(Buffer.compare(fast.memory.bytes, twin.memory.bytes), `tick ${tick}`).toBe(0)
  }
  expect(fast.memory.position.every(Number.isFinite)).toBe(true)
}, 120_000)

test('what is saved goes on the same when it is restored', () => {
  const one = block(wasm, [3, 3, 3], 0)
  for (let tick = 0; tick < 50; tick++) {
    yank(one.memory, tick)
    stepTissue(one)
  }
  const saved = one.memory.bytes.slice()
  for (let tick = 50; tick < 80; tick++) stepTissue(one)
  const other = block(wasm, [3, 3, 3], 0)
  other.memory.bytes.set(saved)
  for (let tick = 50; tick < 80; tick++) stepTissue(other)
  expect(Buffer.compare(one.memory.bytes, other.memory.bytes)).toBe(0)
})

test('a block turned inside out comes back, keeps its volume, and rests', () => {
  const { memory, ...rest } = block(wasm, [3, 3, 3], 0)
  const tissue = { memory, ...rest }
  const { position, counts } = memory
  // Every free particle thrown through the floor: all upper tetrahedra are inside out.
  for (let p = FIRST_PARTICLE; p < counts[COUNT.particles]; p++)
    if (position[p * 4 + 3] > 0) position[p * 4 + 1] = -position[p * 4 + 1]
  for (let tick = 0; tick < 200; tick++) stepTissue(tissue)
  let volume = 0
  let before = 0
  for (let t = 0; t < counts[COUNT.tets]; t++) {
    expect(volumeNow(memory, t)).toBeGreaterThan(0)
    volume += volumeNow(memory, t)
    before += restVolume(memory, t)
  }
  expect(Math.abs(volume / before - 1)).toBeLessThan(0.01)
})
