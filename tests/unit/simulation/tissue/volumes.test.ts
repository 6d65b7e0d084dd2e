import { expect, test } from 'vitest'
import { twinKernel } from '../../../../core/simulation/kernel/kernel.ts'
import { edgeVolumeMesh, judge, kernelBody } from '../../../../electron/bench/tissue/edgevolume.ts'
import { plainBody } from '../../../../electron/bench/tissue/plain.ts'
import { wasm } from './fixtures.ts'

test('edges and volumes: kernel and twin are the same, bit for bit, and near what doubles give', () => {
  const mesh = edgeVolumeMesh([6, 3, 3])
  const fast = kernelBody(mesh, wasm)
  const twin = kernelBody(mesh, twinKernel)
  const plain = plainBody(mesh)
  for (let tick = 0; tick < 60; tick++) for (const body of [fast, twin, plain]) body.step()
  expect(fast.read()).toEqual(twin.read())
  const { sag, volumeError } = judge(mesh, fast.read())
  expect(sag).toBeGreaterThan(1e-5)
  expect(volumeError).toBeLessThan(0.05)
  expect(Math.abs(sag / judge(mesh, plain.read()).sag - 1)).toBeLessThan(0.2)
})
