import { describe, expect, test } from 'vitest'
import { twinKernel } from '../../../../core/simulation/kernel/kernel.ts'
import { createField, hashField, restoreField, saveField, stepField } from '../../../../core/simulation/tissue/field.ts'
import { type TissueField, toolOf } from '../../../../core/simulation/tissue/fieldtype.ts'
import { moveHand, TOOL } from '../../../../core/simulation/tissue/tools/tool.ts'
import { openReference } from '../../../../electron/bench/tissue/reference.ts'
import { wasm } from './fixtures.ts'

const CUBES = 12
const THREAD = { rods: 1, slots: 201, proxies: 12 }

/** A copy of a field in which nothing is listed yet, by the kernel's twin. */
function copyOf(field: TissueField): TissueField {
  const copy = createField(twinKernel, { ...field.tissue.memory.size, threads: THREAD })
  restoreField(copy, saveField(field))
  return copy
}

describe('lists of faces around points', () => {
  test('change nothing by when they were made, whatever is cut, and kernel and twin agree bit for bit', () => {
    const { field, tick } = openReference(wasm, CUBES, { thread: true, fluid: false })
    const topologies = new Set<number>()
    for (let n = 0; n < 300; n++) {
      tick()
      topologies.add(field.surface.version)
      if (n % 15 > 0) continue
      const copy = copyOf(field)
      stepField(field)
      stepField(copy)
      expect(hashField(copy), `tick ${n}`).toBe(hashField(field))
    }
    expect(topologies.size).toBeGreaterThan(10)
  }, 120_000)

  test('neither when tools are flung about', () => {
    const { field } = openReference(wasm, CUBES, { thread: true, fluid: false })
    let seed = 3
    const random = () => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
      return seed / 2 ** 32 - 0.5
    }
    for (let n = 0; n < 200; n++) {
      for (let t = 0; t < 3; t++) {
        const tip = [random() * 0.06, 0.02 + random() * 0.04, random() * 0.06]
        moveHand(toolOf(field, t), tip, [tip[0] + random() * 0.2, tip[1] + 0.25, tip[2]])
        if (n % 15 === 0) toolOf(field, t)[TOOL.jaw] = random() > 0 ? 1 : 0
      }
      const copy = n % 20 === 0 ? copyOf(field) : undefined
      stepField(field)
      if (!copy) continue
      stepField(copy)
      expect(hashField(copy), `tick ${n}`).toBe(hashField(field))
    }
  }, 120_000)
})

/** Whether a probe pressed at 2 m/s against the floor of the bowl ever has its tip under it. */
test('a tool that is driven into tissue at two metres a second does not pass through', () => {
  const { field } = openReference(wasm, CUBES, { thread: false, fluid: false })
  const probe = toolOf(field, 2)
  for (let t = 0; t < 2; t++) moveHand(toolOf(field, t), [0.3, 0.3, 0.3], [0.3, 0.6, 0.3])
  let lowest = 1
  for (let n = 0; n < 120; n++) {
    const height = Math.max(-0.05, 0.1 - 0.02 * Math.max(0, n - 20))
    moveHand(probe, [0.01, height, 0.01], [0.01, height + 0.3, 0.01])
    stepField(field)
    lowest = Math.min(lowest, probe[TOOL.ay])
  }
  // The floor is 15 mm thick and lies on a tray that is held.
  expect(lowest).toBeGreaterThan(0)
  expect(probe[TOOL.touched]).toBeGreaterThan(0)
})
