import { expect, test } from 'vitest'
import { grasp, release } from '../../../../../core/simulation/tissue/thread/grasp.ts'
import { recogniseKnot } from '../../../../../core/simulation/tissue/thread/knot/recognise.ts'
import { loosenKnot, setKnot } from '../../../../../core/simulation/tissue/thread/knot/security.ts'
import { rodMaterial } from '../../../../../core/simulation/tissue/thread/materials.ts'
import { slipKnotPoints } from '../../../../../core/simulation/tissue/thread/slipknot.ts'
import { H, rodWorld } from './driver.ts'

const POST = 4e-3
const SEGMENT = 1e-3

/** A thread with a loose Roeder knot, in whose loop lies a post along z. */
function looseKnot() {
  const world = rodWorld([0, 0, 0])
  const points = slipKnotPoints({
    winds: 3,
    lock: 'loop',
    centre: [0, 0, 0],
    up: [0, 1, 0],
    across: [1, 0, 0],
    radius: POST + 0.4e-3,
    away: 10e-3,
    half: 1.2e-3,
    post: 0.108,
    tail: 25e-3,
    segment: SEGMENT,
  })
  world.add(points, rodMaterial('polyglactin-0'))
  world.proxy(0, [0, 0, -0.05], [0, 0, 0.05], POST, 0.01)
  return world
}

/** Length of thread in the loop, m. */
function loopLength(points: number[]): number {
  const [from, to] = recogniseKnot(points).loop!
  return (to - from) * SEGMENT
}

/** Spreads what lies in the loop at 4 mm/s until the knot gives way; mean tension in the loop before that, N. */
function spreadUntilItGives(world: ReturnType<typeof looseKnot>): number {
  const [from, to] = recogniseKnot(world.points(0)).loop!.map(Math.round) as [number, number]
  const loop = world.thread.tension.subarray(from + 1, to - 1)
  let bore = 0
  for (let i = 0; i < 1000; i++) {
    const half = 2e-3 * (i * H)
    world.proxy(0, [-0.5e-3 - half, 0, -0.05], [-0.5e-3 - half, 0, 0.05], POST - 0.5e-3, 0.01)
    world.proxy(1, [0.5e-3 + half, 0, -0.05], [0.5e-3 + half, 0, 0.05], POST - 0.5e-3, 0.01)
    world.substep()
    if (loosenKnot(world.thread, 0)) return bore
    bore = loop.reduce((a, b) => a + b, 0) / loop.length
  }
  return Infinity
}

test('drawn by its tail a Roeder knot closes up, drawn by its post it slides down, and set it holds as much as published', () => {
  const world = looseKnot()
  const last = world.thread.segments[0]!
  const open = loopLength(world.points(0))
  const [top, tail] = [world.at(0), world.at(last)]
  grasp(world.thread, world.tissue, 0, 12)
  grasp(world.thread, world.tissue, last, 3)
  world.run(1.5, (t) => world.aim(last, [tail[0], tail[1] - 0.04 * t, tail[2] - 0.04 * t]))
  const closed = recogniseKnot(world.points(0)).throws[0]!
  release(world.thread, world.tissue, last)
  world.run(2, (t) => world.aim(0, [top[0], top[1] + 0.04 * t, top[2]]))
  const slid = recogniseKnot(world.points(0))
  expect(slid.kind).toBe('roeder')
  expect(slid.throws[0]!.from).toBeGreaterThan(closed.from + 30)
  // snug about the post
  expect(open).toBeGreaterThan(1.5 * 2 * Math.PI * POST)
  expect(loopLength(world.points(0))).toBeLessThan(2 * Math.PI * POST)
  // looked at once, it may still slide
  expect(setKnot(world.thread, 0)).toMatchObject({ kind: 'roeder', holdsN: 0, runs: true })
  const set = setKnot(world.thread, 0)
  expect(set.kind).toBe('roeder')
  expect(set.holdsN).toBeCloseTo(15.8)
  release(world.thread, world.tissue, 0)
  const bore = spreadUntilItGives(world)
  expect(bore).toBeGreaterThan(12)
  expect(bore).toBeLessThan(20)
  expect(world.passed()).toBe(0)
})
