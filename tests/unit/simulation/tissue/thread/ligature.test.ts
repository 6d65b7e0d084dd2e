import { expect, test } from 'vitest'
import { grasp, release } from '../../../../../core/simulation/tissue/thread/grasp.ts'
import { addLoop, loopLength } from '../../../../../core/simulation/tissue/thread/ligature.ts'
import { rodMaterial } from '../../../../../core/simulation/tissue/thread/materials.ts'
import { rodWorld } from './driver.ts'

const POST = 5e-3
const THREAD = rodMaterial('polyglactin-0')

function loopAboutPost() {
  const world = rodWorld([0, 0, 0])
  const { rod, knot } = addLoop(world.thread, world.tracts, world.tissue, {
    thread: THREAD,
    radius: 15e-3,
    tail: 60e-3,
    segment: 1e-3,
    centre: [0, 0, 0],
    out: [0, 1, 0],
    side: [1, 0, 0],
    along: [0, 1, 0],
  })
  const end = world.thread.segments[rod]!
  // the tube of the loop keeps the knot in place while the tail is drawn
  grasp(world.thread, world.tissue, 0, 50)
  grasp(world.thread, world.tissue, end, 20)
  const spread = (half: number) => {
    world.proxy(0, [-half, 9e-3, -0.03], [-half, 9e-3, 0.03], POST)
    world.proxy(1, [half, 9e-3, -0.03], [half, 9e-3, 0.03], POST)
  }
  spread(0)
  return { ...world, knot, end, spread, loop: () => loopLength(world.thread, world.tracts, knot) }
}

test('drawing the tail closes the loop about what it holds; let go, it stays closed', () => {
  const world = loopAboutPost()
  expect(world.loop()).toBeCloseTo(2 * Math.PI * 15e-3, 2)
  const [, top] = world.at(world.end)
  world.run(4, (time) => world.aim(world.end, [0, top + 0.02 * time, 0]))
  // snug: from the knot (held at 15 mm) over the post and back
  const snug = world.loop()
  expect(snug).toBeLessThan(50e-3)
  expect(snug).toBeGreaterThan(2 * Math.PI * POST * 0.8)
  release(world.thread, world.tissue, world.end)
  world.run(1)
  expect(world.loop()).toBeLessThan(snug + 2e-3)
  expect(world.fastest()).toBeLessThan(0.5)
  expect(world.passed()).toBe(0)
})
