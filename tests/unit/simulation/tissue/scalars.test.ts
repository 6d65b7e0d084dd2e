import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Kernel, twinKernel } from '../../../../core/simulation/kernel/kernel.ts'
import {
  bindScalars,
  floorInt,
  readByte,
  readDouble,
  readInt,
  readSingle,
  writeByte,
  writeDouble,
  writeInt,
  writeSingle,
} from '../../../../core/simulation/kernel/scalars.ts'
import { wasm } from './fixtures.ts'

test('what is written is read back, singles rounded', () => {
  bindScalars(new ArrayBuffer(64))
  writeSingle(4, 0.1)
  writeDouble(8, 0.1)
  writeInt(16, -1)
  writeByte(20, 255)
  expect([readSingle(4), readDouble(8), readInt(16), readByte(20)]).toEqual([Math.fround(0.1), 0.1, -1, 255])
  expect([floorInt(-0.5), floorInt(2.9), floorInt(1e20), floorInt(Number.NaN)]).toEqual([-1, 2, 2147483647, 0])
})

const PARTICLES = 16

/** Particles at random over and under a tray, every fourth held, after one contact with it. */
function lifted(kernelFor: (bytes: number) => Kernel, numbers: readonly number[]): Float32Array {
  const kernel = kernelFor(PARTICLES * 32)
  const all = new Float32Array(kernel.memory, 0, PARTICLES * 8)
  all.set(numbers)
  for (let p = 0; p < PARTICLES; p++) all[p * 4 + 3] = p % 4
  kernel.solveTray(0, PARTICLES * 16, 1, PARTICLES, -0.004)
  return all
}

test('a tray lifts what is under it, and kernel and twin agree bit for bit', () => {
  const places = fc.array(fc.float({ min: -1, max: 1, noNaN: true }), {
    minLength: PARTICLES * 8,
    maxLength: PARTICLES * 8,
  })
  fc.assert(
    fc.property(places, (numbers) => {
      const fast = lifted(wasm, numbers)
      const twin = lifted(twinKernel, numbers)
      expect(
        Buffer.compare(Buffer.from(fast.buffer, 0, fast.byteLength), Buffer.from(twin.buffer, 0, twin.byteLength)),
      ).toBe(0)
      for (let p = 1; p < PARTICLES; p++)
        if (p % 4 > 0) expect(fast[p * 4 + 1]).toBeGreaterThanOrEqual(Math.fround(-0.004))
    }),
  )
})
