import { expect, test } from 'vitest'
import { rodMaterial } from '../../../../../core/simulation/tissue/thread/materials.ts'
import { threadAboutPost } from './tying.ts'

const THREAD = rodMaterial('polyglactin-0')

/** Ties the throws and checks that nothing passed through anything. */
function tieAll(throws: readonly (1 | -1)[]) {
  const world = threadAboutPost(THREAD, 8)
  for (const over of throws) world.tie(over)
  expect(world.passed()).toBe(0)
  return world
}

/** Lets the ends go and spreads the loop at 8 mm/s until the knot gives way; the most tension it bore, N. */
function load(world: ReturnType<typeof tieAll>): number {
  world.set()
  world.letGo()
  let most = 0
  for (let i = 0; i < 100; i++) {
    world.run(0.01, (time) => world.spread(4e-3 * (i * 0.01 + time)))
    most = Math.max(most, world.tension())
    if (world.gaveWay()) return most
  }
  return most
}

test('one throw is an overhand knot; pulled tight it bears the pull at rest for ten seconds', () => {
  const world = tieAll([1])
  expect(world.knot().kind).toBe('overhand')
  expect(world.strain(0)).toBeLessThan(0.1)
  let fastest = 0
  for (let i = 0; i < 20; i++) {
    world.run(0.5)
    fastest = Math.max(fastest, world.fastest())
  }
  expect(fastest).toBeLessThan(0.1)
  expect(world.knot().kind).toBe('overhand')
  expect(world.passed()).toBe(0)
})

test('a thread that is tied never stays too long, and held taut it does not jerk', () => {
  const world = threadAboutPost(THREAD, 8)
  const { thread } = world
  const before = new Float64Array(thread.went.length)
  const count = { substeps: 0, long: 0, stillLong: 0, far: 0, jerk: 0 }
  let wasLong = new Set<number>()
  world.watch(() => {
    const long = new Set<number>()
    let most = 0
    for (let s = 0; s < thread.segments[0]!; s++) {
      const [a, b] = [world.at(s), world.at(s + 1)]
      const strain = Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]) / thread.length[s]! - 1
      most = Math.max(most, strain)
      if (strain > 0.03 + thread.tension[s]! / thread.axial[s]!) long.add(s)
      const change = [0, 1, 2].map((k) => thread.went[3 * s + k]! - before[3 * s + k]!)
      if (thread.tension[s]! > 0.5) count.jerk = Math.max(count.jerk, Math.hypot(...change) / 0.002 ** 2)
    }
    before.set(thread.went)
    count.substeps++
    if (long.size > 0) count.long++
    if ([...long].some((s) => wasLong.has(s))) count.stillLong++
    if (most > 0.1) count.far++
    wasLong = long
  })
  world.tie(1)
  world.tie(-1)
  expect(world.knot().kind).toBe('square')
  // of single substeps, as contact comes; before lengths had the last word: 53, 49 and 45 %
  expect(count.long / count.substeps).toBeLessThan(0.03)
  expect(count.stillLong / count.substeps).toBeLessThan(0.01)
  expect(count.far / count.substeps).toBeLessThan(0.005)
  // m/s²: 0.4 mm from one substep to the next
  expect(count.jerk).toBeLessThan(200)
})

test('left over right, then right over left is a square knot and holds; twice the same is a granny and slips sooner', () => {
  const square = tieAll([1, -1])
  expect(square.knot().kind).toBe('square')
  const granny = tieAll([1, 1])
  expect(granny.knot().kind).toBe('granny')
  const overhand = tieAll([-1])
  expect(overhand.knot().throws[0]!.hand).toBe(-square.knot().throws[0]!.hand)
  const [held, slipped, undone] = [load(square), load(granny), load(overhand)]
  expect(held).toBeGreaterThan(35)
  expect(slipped).toBeGreaterThan(10)
  expect(slipped).toBeLessThan(30)
  expect(undone).toBeLessThan(slipped / 2)
  // given way, it still is a square knot and nothing passed through
  expect(square.knot().kind).toBe('square')
  expect(overhand.passed() + square.passed() + granny.passed()).toBe(0)
})
