import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { passThrough } from '../../../../../core/simulation/kernel/rodmeeting.ts'
import { bindScalars } from '../../../../../core/simulation/kernel/scalars.ts'
import { nextUnit, seedRandom } from '../../../../../core/simulation/random.ts'
import { hashBlock } from '../../../../../core/simulation/state.ts'
import { settleRod } from '../../../../../core/simulation/tissue/thread/frames.ts'
import { grasp } from '../../../../../core/simulation/tissue/thread/grasp.ts'
import { addGuidewire, holdTurn, TIPS, turnHeld } from '../../../../../core/simulation/tissue/thread/guidewire.ts'
import { bendingStiffness, RODS, rodMaterial } from '../../../../../core/simulation/tissue/thread/materials.ts'
import { rodWorld, straight, type Vec } from './driver.ts'

const THREAD = rodMaterial('polyglactin-2-0')

test('rows of rods: thicker threads are stronger, stiffness follows the radius, names are unique', () => {
  expect(new Set(RODS.map((row) => row.name)).size).toBe(RODS.length)
  expect(rodMaterial('polyglactin-0').strength).toBeGreaterThan(rodMaterial('polyglactin-4-0').strength)
  expect(bendingStiffness(rodMaterial('guidewire-035'))).toBeCloseTo((9.5e9 * Math.PI * 0.445e-3 ** 4) / 4, 8)
})

test('a thread of 200 segments gives less than 2 % under 10 N', () => {
  const world = rodWorld()
  world.add(straight([0, 0, 0], [0, -0.2, 0], 200), THREAD)
  grasp(world.thread, world.tissue, 0, 1000)
  // a weight of 10 N hangs at the end
  world.tissue.position[4 * world.thread.particle[200]! + 3] = 1 / 1.02
  world.run(2)
  expect(world.strain(0)).toBeLessThan(0.02)
  expect(world.thread.tension[100]).toBeGreaterThan(9.4)
  expect(world.thread.tension[100]).toBeLessThan(10.2)
})

test('cantilever: small deflections follow beam theory within 5 %', () => {
  const world = rodWorld()
  const wire = rodMaterial('guidewire-035')
  const length = 0.1
  world.add(straight([0, 0, 0], [length, 0, 0], 50), wire)
  grasp(world.thread, world.tissue, 0, 1000)
  grasp(world.thread, world.tissue, 1, 1000)
  world.run(3)
  const load = wire.density * Math.PI * wire.radius ** 2 * 9.81
  const free = length - length / 50
  const theory = (load * free ** 4) / (8 * bendingStiffness(wire))
  const sag = -world.at(50)[1]
  expect(sag / theory).toBeGreaterThan(0.95)
  expect(sag / theory).toBeLessThan(1.05)
})

test('segments that pass through each other are noticed, those that go past are not', () => {
  const number = fc.double({ min: -0.9, max: 0.9, noNaN: true })
  fc.assert(
    fc.property(number, number, number, number, (s, t, lean, start) => {
      // b crosses the z axis at height 0.2 + …; a falls through it at (s, t) of either segment
      const height = 0.3 + 0.2 * start
      const from = new Float64Array([-1 - s, 0, height, 1 - s, lean * 0.1, height, 0, -1 - t, 0, 0, 1 - t, 0])
      const to = from.slice()
      to[2] = to[5] = -height
      expect(meet(from, to)).toBe(true)
      const past = to.slice()
      for (let i = 0; i < 6; i += 3) past[i] = past[i]! + 5
      const away = from.slice()
      for (let i = 0; i < 6; i += 3) away[i] = away[i]! + 5
      expect(meet(away, past)).toBe(false)
    }),
  )
})

/** Whether two segments pass through each other, whose ends go from `from` to `to`. */
function meet(from: Float64Array, to: Float64Array): boolean {
  const memory = new Float64Array([...from, ...to])
  bindScalars(memory.buffer)
  return passThrough(0, from.byteLength, 0, 2)
}

test('a loop drawn at 2 m/s onto another thread drags it along and never passes through', () => {
  const world = rodWorld([0, 0, 0])
  world.add(straight([-0.05, 0, 0], [0.05, 0, 0], 100), THREAD)
  world.add(straight([0, 0.02, -0.05], [0, 0.02, 0.05], 100), THREAD)
  for (const s of [0, 100, 101, 201]) grasp(world.thread, world.tissue, s, 15)
  const [a, b] = [world.at(101), world.at(201)]
  world.run(0.05, (time) => {
    world.aim(101, [a[0], a[1] - 2 * time, a[2]])
    world.aim(201, [b[0], b[1] - 2 * time, b[2]])
  })
  // a thread that two hands hold taut comes sideways only slowly
  world.run(1.5)
  expect(world.passed()).toBe(0)
  // the first thread hangs in the bight of the second; had it passed, it would be straight between its grasps
  const lowest = Math.min(...Array.from({ length: 101 }, (_, i) => world.at(i)[1]))
  const highest = Math.max(...Array.from({ length: 101 }, (_, i) => world.at(101 + i)[1]))
  expect(lowest).toBeLessThan(-0.01)
  expect(Math.abs(highest - lowest)).toBeLessThan(2e-3)
})

test('thread wound about a needle driver stays outside its shaft, even as the shaft moves at 2 m/s', () => {
  const world = rodWorld([0, 0, 0])
  const shaft = 2.5e-3
  const points: number[] = []
  for (let i = 0; i <= 150; i++) {
    const angle = (i / 150) * 6 * Math.PI
    points.push(3.2e-3 * Math.cos(angle), 3.2e-3 * Math.sin(angle), -0.02 + (0.04 * i) / 150)
  }
  world.add(points, THREAD)
  const ends: readonly Vec[] = [world.at(0), world.at(150)]
  const place = (x: number) => world.proxy(0, [x, 0, -0.1], [x, 0, 0.1], shaft)
  place(0)
  grasp(world.thread, world.tissue, 0, 5)
  grasp(world.thread, world.tissue, 150, 5)
  world.run(0.3, (time) => {
    world.aim(0, [ends[0]![0], ends[0]![1], ends[0]![2] - 0.1 * time])
    world.aim(150, [ends[1]![0], ends[1]![1], ends[1]![2] + 0.1 * time])
  })
  world.run(0.02, (time) => place(-2 * time))
  world.run(0.2, () => place(-0.04))
  expect(world.passed()).toBe(0)
  // nothing deep inside the shaft (the thread beside the grasps may be)
  for (let i = 12; i <= 138; i++) {
    const [x, y] = world.at(i)
    expect(Math.hypot(x + 0.04, y)).toBeGreaterThan(0.7 * shaft)
  }
})

test('ten seconds of violent hands: no NaN, nothing above 20 m/s, nothing passed, and rest afterwards', () => {
  const world = rodWorld()
  world.add(straight([0, 0, 0], [0.12, 0, 0], 120), THREAD)
  grasp(world.thread, world.tissue, 0, 8)
  grasp(world.thread, world.tissue, 120, 8)
  const random = new Uint32Array(4)
  seedRandom(random, 7)
  const anywhere = (): Vec => [0, 0, 0].map(() => 0.1 * (nextUnit(random) - 0.5)) as never as Vec
  let fastest = 0
  for (let i = 0; i < 100; i++) {
    world.aim(0, anywhere())
    world.aim(120, anywhere())
    world.run(0.1, () => {
      fastest = Math.max(fastest, world.fastest())
    })
  }
  expect(fastest).toBeLessThan(20)
  expect(world.passed()).toBe(0)
  world.aim(0, [0.03, 0, 0])
  world.aim(120, [-0.03, 0, 0])
  world.run(3)
  expect(world.fastest()).toBeLessThan(0.3)
})

test('equal from equal: the state saved and restored goes on with the same bits', () => {
  const run = (restore: boolean) => {
    const world = rodWorld()
    world.add(straight([0, 0, 0], [0.1, 0, 0], 100), THREAD)
    grasp(world.thread, world.tissue, 0, 10)
    world.run(0.3)
    let used = world
    if (restore) {
      used = rodWorld()
      used.add(straight([0, 0, 0], [0.1, 0, 0], 100), THREAD)
      used.thread.bytes.set(world.thread.bytes)
      used.tissue.bytes.set(world.tissue.bytes)
      used.tracts.bytes.set(world.tracts.bytes)
    }
    used.run(0.3, (time) => used.aim(0, [0.05 * time, 0.3 * time, 0]))
    return hashBlock(used.thread.bytes) + hashBlock(used.tissue.bytes)
  }
  expect(run(true)).toBe(run(false))
})

test('a thread flung into a ball, where it meets itself everywhere, is solved all the same', () => {
  const world = rodWorld([0, 0, 0], 300)
  const points: number[] = []
  // a coil of 260 segments within a centimetre
  for (let i = 0; i <= 260; i++) points.push(4e-3 * Math.cos(i / 4), 4e-3 * Math.sin(i / 4), 3.5e-5 * i)
  world.add(points, THREAD)
  const random = new Uint32Array(4)
  seedRandom(random, 1)
  const { velocity } = world.tissue
  for (let n = 0; n < 5; n++) {
    for (let s = 0; s <= 260; s++)
      for (let k = 0; k < 3; k++) velocity[4 * world.thread.particle[s]! + k] = 16 * nextUnit(random) - 8
    world.substep()
  }
  expect(world.fastest()).toBeLessThan(20)
})

test('a full buffer is a coded error', () => {
  const world = rodWorld([0, 0, 0], 64)
  world.add(straight([0, 0, 0], [0.05, 0, 0], 50), THREAD)
  expect(() => world.add(straight([0, 0, 0], [0.05, 0, 0], 50), THREAD)).toThrow('simulation/tissue-full')
})

test('a guidewire springs into its J, and turning its shaft turns the tip with it', () => {
  const world = rodWorld([0, 0, 0])
  const rod = addGuidewire(world.thread, world.tissue, straight([0, 0, 0], [0.15, 0, 0], 100), TIPS.j3)
  for (const s of [99, 100]) grasp(world.thread, world.tissue, s, 1000)
  holdTurn(world.thread, 99)
  // so floppy a tip takes its time to uncurl
  world.run(3)
  const [x, y, z] = world.at(0)
  // curled back from the line of the wire by about the diameter of the J
  expect(Math.hypot(y, z)).toBeGreaterThan(3e-3)
  expect(x).toBeGreaterThan(2e-3)
  const before = Math.atan2(z, y)
  for (let i = 0; i < 90; i++) {
    turnHeld(world.thread, 99, Math.PI / 180)
    world.run(0.02)
  }
  world.run(1)
  const [, y2, z2] = world.at(0)
  const turned = ((Math.atan2(z2, y2) - before) * 180) / Math.PI
  const wrapped = ((((turned + 180) % 360) + 360) % 360) - 180
  expect(Math.abs(wrapped)).toBeGreaterThan(75)
  expect(Math.abs(wrapped)).toBeLessThan(105)
  settleRod(world.thread, rod)
  expect(world.thread.segments[rod]).toBe(100)
})
