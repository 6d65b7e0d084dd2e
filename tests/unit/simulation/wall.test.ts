import { describe, expect, test } from 'vitest'
import { createPatch, followTool, layOn, PATCH } from '../../../core/simulation/chestwall/patch.ts'
import { shiftAt } from '../../../core/simulation/chestwall/shift.ts'
import { readField } from '../../../core/simulation/field.ts'
import { createWorld } from '../../../core/simulation/world.ts'
import { kernel } from '../kernel.ts'
import { Driver } from './driver.ts'
import { fixturePatient, input, SLIM, sampleAt, skinAt, spaceV, TENSION } from './fixture.ts'

const U = 75
const lineV = (u: number) => spaceV(SLIM, 4, u) - 3

describe('the patch of living wall is laid over some ticks', () => {
  test('saved and restored in the middle of that, it goes on to the same bits', () => {
    const down = input(sampleAt(U, lineV(U), skinAt(U) + 5), { verb: 'pick', object: 'scalpel' })
    const world = createWorld(fixturePatient(SLIM), TENSION, 1, kernel)
    const hashes = new Set<string>()
    for (let i = 0; i < 16; i++) {
      world.step(down)
      hashes.add(world.hash())
    }
    expect(hashes.size).toBe(16)
    const other = createWorld(fixturePatient(SLIM), TENSION, 2, kernel)
    other.restore(world.save())
    for (let i = 0; i < 40; i++) {
      world.step(down)
      other.step(down)
      expect(other.hash()).toBe(world.hash())
    }
  })

  test.each([40, 200])('a blade pressed and drawn on at once at %i mm/s cuts from where it was pressed', (speed) => {
    const d = new Driver(SLIM)
    d.act('pick', 'scalpel')
    d.to(U, lineV(U), skinAt(U) + 50, 400)
    d.to(U, lineV(U), skinAt(U) - 8, 5000)
    d.to(U + 30, lineV(U + 30), skinAt(U + 30) - 8, speed)
    d.wait(0.4)
    d.to(U + 30, lineV(U + 30), 20, 400)
    const [cut] = d.of('cut')
    expect(cut.lengthMm).toBeGreaterThan(27)
    expect(cut.lengthMm).toBeLessThan(33)
    expect(d.read('wall.incisionMm')).toBeGreaterThan(22)
    expect(cut.ribDegrees).toBeLessThan(3)
  })
})

test('a hand feels what the living wall pushes back with: a broad tip more than a thin one, and steadily', () => {
  const pressed = (tool: string) => {
    const d = new Driver(SLIM)
    d.act('pick', tool)
    d.to(90, spaceV(SLIM, 4, 90), skinAt(90) + 4, 400)
    d.wait(0.3)
    d.to(90, spaceV(SLIM, 4, 90), skinAt(90) - 4, 100)
    d.wait(0.3)
    const forces = Array.from({ length: 10 }, () => {
      d.step()
      return d.read('hand0.forceN')
    })
    const force = Math.max(...forces)
    expect(force - Math.min(...forces)).toBeLessThan(0.1 * force)
    // The spring between hand and tip bears the same.
    expect(d.read('hand0.gapMm') * 1.5).toBeCloseTo(d.read('hand0.forceN'), 3)
    return force
  }
  const finger = pressed('finger')
  const marker = pressed('marker')
  expect(marker).toBeGreaterThan(0.3)
  expect(finger).toBeGreaterThan(marker * 1.2)
  expect(finger).toBeLessThan(4)
})

describe('vessels of the wall', () => {
  test('are hit by the edge of a blade that passes over them with its tip', () => {
    const d = new Driver(SLIM)
    const v = spaceV(SLIM, 4, 112)
    d.act('pick', 'scalpel')
    d.to(103, v, skinAt(103) + 3, 400)
    d.wait(0.3)
    d.to(103, v, skinAt(103) - 14, 60)
    expect(d.of('hit')).toEqual([])
    // Its tip stays 4 mm under the vessel.
    d.to(114, v, skinAt(112) - 14, 60)
    expect(d.of('hit').map(({ structure }) => structure)).toContain('lateral-thoracic')
  })

  test('go with the wall that is pushed aside', () => {
    const model = readField(fixturePatient(SLIM).field)
    const patch = createPatch(kernel, new Float64Array(Object.keys(PATCH).length))
    const moved = new Float64Array(3)
    shiftAt(patch, U, lineV(U), skinAt(U) - 8, moved, 0)
    expect([...moved]).toEqual([0, 0, 0])
    while (patch.slots[PATCH.laid] === 0) {
      followTool(patch, model, U, lineV(U), skinAt(U) + 5, 'presses')
      layOn(patch)
    }
    shiftAt(patch, U, lineV(U), skinAt(U) - 8, moved, 0)
    expect([...moved]).toEqual([0, 0, 0])
    const { position, rest } = patch.field.tissue.memory
    for (let p = 0; p < position.length; p += 4) if (rest[p] > 0) position[p + 2] -= 0.003
    shiftAt(patch, U + 20, lineV(U), skinAt(U + 20) - 8, moved, 0)
    expect(moved[2]).toBeCloseTo(-3, 3)
    shiftAt(patch, U - 20, lineV(U), skinAt(U - 20) - 8, moved, 0)
    expect(moved[2]).toBe(0)
  })
})
