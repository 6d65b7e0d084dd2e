import { expect, test } from 'vitest'
import { grasp, release } from '../../../../../core/simulation/tissue/thread/grasp.ts'
import { recogniseKnot } from '../../../../../core/simulation/tissue/thread/knot/recognise.ts'
import { roederPath } from '../../../../../core/simulation/tissue/thread/knot/roeder.ts'
import { loosenKnot, setKnot } from '../../../../../core/simulation/tissue/thread/knot/security.ts'
import { rodMaterial } from '../../../../../core/simulation/tissue/thread/materials.ts'
import { H, rodWorld } from './driver.ts'

/** Half the distance of the strands of the loose knot, m. */
const UNIT = 1.2e-3
const POST = 4e-3
const SEGMENT = 1e-3
/** The post lies so far below the knot, m. */
const DEEP = 10e-3
const TAIL = 25e-3

/** A thread with a loose Roeder knot above a post along z that lies in its loop. */
function looseKnot() {
  const world = rodWorld([0, 0, 0])
  const corners: number[][] = []
  const path = roederPath(3, 'loop')
  corners.push([UNIT, 0.12, 0])
  for (const [i, [x, y, z]] of path.entries()) {
    if (i === 3) {
      for (let k = 0; k <= 12; k++) {
        const a = (k * Math.PI) / 12
        corners.push([(POST + 0.4e-3) * Math.cos(a), -DEEP - (POST + 0.4e-3) * Math.sin(a), 0])
      }
    } else corners.push([x * UNIT, z * UNIT, y * UNIT])
  }
  const [x, y, z] = corners.at(-1)! as [number, number, number]
  corners.push([x, y, z - TAIL])
  world.add(evenly(corners, SEGMENT), rodMaterial('polyglactin-0'))
  world.proxy(0, [0, -DEEP, -0.05], [0, -DEEP, 0.05], POST, 0.01)
  return world
}

/** The same path in steps of nearly the same length. */
function evenly(corners: readonly (readonly number[])[], step: number): number[] {
  const points: number[] = [...corners[0]!]
  let over = step
  for (let i = 0; i + 1 < corners.length; i++) {
    const [a, b] = [corners[i]!, corners[i + 1]!]
    const length = Math.hypot(b[0]! - a[0]!, b[1]! - a[1]!, b[2]! - a[2]!)
    for (; over <= length; over += step)
      for (let k = 0; k < 3; k++) points.push(a[k]! + ((b[k]! - a[k]!) * over) / length)
    over -= length
  }
  return points
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
    world.proxy(0, [-0.5e-3 - half, -DEEP, -0.05], [-0.5e-3 - half, -DEEP, 0.05], POST - 0.5e-3, 0.01)
    world.proxy(1, [0.5e-3 + half, -DEEP, -0.05], [0.5e-3 + half, -DEEP, 0.05], POST - 0.5e-3, 0.01)
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
  world.run(1.5, (t) => world.aim(last, [tail[0], tail[1], tail[2] - 0.04 * t]))
  const closed = recogniseKnot(world.points(0)).throws[0]!
  release(world.thread, world.tissue, last)
  world.run(2, (t) => world.aim(0, [top[0], top[1] + 0.04 * t, top[2]]))
  const slid = recogniseKnot(world.points(0))
  expect(slid.kind).toBe('roeder')
  expect(slid.throws[0]!.from).toBeGreaterThan(closed.from + 30)
  expect(loopLength(world.points(0))).toBeLessThan(open / 2)
  const set = setKnot(world.thread, 0)
  expect(set.kind).toBe('roeder')
  expect(set.holdsN).toBeCloseTo(15.8)
  release(world.thread, world.tissue, 0)
  const bore = spreadUntilItGives(world)
  expect(bore).toBeGreaterThan(12)
  expect(bore).toBeLessThan(20)
  expect(world.passed()).toBe(0)
})
