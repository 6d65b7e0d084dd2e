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
