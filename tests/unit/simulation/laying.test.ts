import { describe, expect, test } from 'vitest'
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
