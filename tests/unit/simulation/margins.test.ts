import { expect, test } from 'vitest'
import { Driver } from './driver.ts'
import { fixturePatient, pleuraAt, ribV, STABLE, skinAt, variedShape, type WallShape } from './fixture.ts'

const U = 90
/** Radius of the bundle plus reach of the tool, mm: closer than this is a hit. */
const LIMIT = { forceps: 2 + 1.5, scalpel: 2 + 0.5 } as const

let kept: { seed: number; driver: Driver; start: Uint8Array } | null = null

/** A driver at the start; the last patient's is wound back, since settling a body is most of the work. */
function freshDriver(shape: WallShape, seed: number): Driver {
  if (kept?.seed !== seed) {
    const driver = new Driver(shape, STABLE, fixturePatient(shape, seed))
    kept = { seed, driver, start: driver.world.save() }
  } else kept.driver.rewind(kept.start)
  return kept.driver
}

/** A path straight inward `distance` mm caudal of the bundle's axis under rib 4 (perpendicular to the rib). */
function pass(shape: WallShape, seed: number, tool: 'forceps' | 'scalpel', distance: number): Driver {
  const cosine = 1 / Math.sqrt(1.09)
  const bundle = ribV(shape, 4, U) - 8.5 / cosine
  const v = bundle - distance / cosine
  const d = freshDriver(shape, seed)
  const depth = shape.fatMm + 4
  d.act('pick', 'scalpel')
  d.to(U - 8, v + 2.4, skinAt(U - 8) + 3)
  d.to(U - 8, v + 2.4, skinAt(U - 8) - depth, 40)
  d.to(U + 8, v - 2.4, skinAt(U + 8) - depth, 60)
  d.to(U + 8, v - 2.4, 20, 200)
  d.act('pick', tool)
  d.to(U, v, skinAt(U) + 3, 200)
  d.to(U, v, pleuraAt(shape, U) + 3.2, 60)
  for (let i = 0; i < 4; i++) {
    d.place = [U, v, pleuraAt(shape, U) + 1 - 2 * i]
    d.step()
    if (d.read('wall.pleuraOpen') === 1) break
  }
  return d
}

const bundleHits = (d: Driver) => d.of('hit').filter((e) => e.structure === 'bundle')

test('3 mm past the limit always hits the bundle, 3 mm short of it never, over 50 patients', () => {
  for (let seed = 1; seed <= 50; seed++) {
    const shape = variedShape(seed)
    for (const tool of ['forceps', 'scalpel'] as const) {
      const past = bundleHits(pass(shape, seed, tool, LIMIT[tool] - 3))
      expect(past.length, `${tool}, seed ${seed}, past`).toBeGreaterThan(0)
      const short = bundleHits(pass(shape, seed, tool, LIMIT[tool] + 3))
      expect(short, `${tool}, seed ${seed}, short`).toEqual([])
    }
  }
}, 240_000)

test('the hit is decided within half a millimetre of the limit, and says by how much', () => {
  for (let seed = 1; seed <= 8; seed++) {
    const shape = variedShape(seed)
    expect(bundleHits(pass(shape, seed, 'scalpel', LIMIT.scalpel + 0.5)), `seed ${seed}`).toEqual([])
    const hits = bundleHits(pass(shape, seed, 'scalpel', LIMIT.scalpel - 0.7))
    expect(hits.length, `seed ${seed}`).toBeGreaterThan(0)
    expect(Math.max(...hits.map((e) => e.byMm))).toBeLessThan(1.6)
  }
})

test('a hit bundle bleeds, a spared one does not', () => {
  const shape = variedShape(3)
  const bled = pass(shape, 3, 'scalpel', 0)
  expect(bled.of('bleeding').some((e) => e.structure === 'bundle')).toBe(true)
  bled.to(U, 100, 40)
  bled.wait(60)
  expect(bled.read('blood.lostMl')).toBeGreaterThan(60)
  const spared = pass(shape, 3, 'scalpel', 7)
  spared.wait(60)
  expect(spared.read('blood.lostMl')).toBeLessThan(12)
})
