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

/** Spreads the loop by `mm` at 8 mm/s with the ends free; the most tension that the thread bore, N. */
function load(world: ReturnType<typeof tieAll>, mm: number): number {
  world.letGo()
  world.run(0.5)
  let most = 0
  for (let half = 0; half < mm / 2; half += 0.4) {
    world.run(0.1, () => world.spread(half * 1e-3))
    most = Math.max(most, world.tension())
    if (most > 30) break
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

test('left over right, then right over left is a square knot and holds; twice the same is a granny and slips', () => {
  const square = tieAll([1, -1])
  expect(square.knot().kind).toBe('square')
  const granny = tieAll([1, 1])
  expect(granny.knot().kind).toBe('granny')
  const held = load(square, 25)
  const slipped = load(granny, 25)
  expect(held).toBeGreaterThan(10)
  expect(slipped).toBeLessThan(held / 4)
  expect(square.passed() + granny.passed()).toBe(0)
})
