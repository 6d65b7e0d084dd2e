import { describe, expect, test } from 'vitest'
import { BUTTON } from '../../../core/simulation/contract.ts'
import { Driver } from './driver.ts'
import { HEALTHY, pleuraAt, ribV, SLIM, STABLE, skinAt, spaceV, THICK, type WallShape } from './fixture.ts'

const U = 90

/** Cuts 30 mm along the upper border of rib 5, as deep as muscle. */
function incise(d: Driver, shape: WallShape, depth: number): void {
  const v = (u: number) => spaceV(shape, 4, u) - 3
  d.act('pick', 'scalpel')
  d.to(75, v(75), skinAt(75) + 3)
  d.to(75, v(75), skinAt(75) - depth, 20)
  d.to(105, v(105), skinAt(105) - depth, 30)
  d.to(105, v(105), 20)
  d.act('put')
}

/** Straight inward, jaws along the ribs, which fall by 0.3 mm a millimetre. */
const ALONG_THE_RIB: [number, number, number, number] = [3364, -22924, -3364, 22924]

function dissect(d: Driver, shape: WallShape): void {
  d.act('pick', 'forceps')
  d.turn = ALONG_THE_RIB
  const v = spaceV(shape, 4, U)
  d.to(U, v - 3, skinAt(U) + 2)
  const depth = skinAt(U) - pleuraAt(shape, U) + 3
  for (let k = 0; k <= depth; k += 2) {
    d.to(U, v - 3 + (3 * k) / depth, skinAt(U) - k - 2, 40)
    d.spread()
  }
  d.to(U, v, 30)
  d.act('put')
  d.turn = null
}

function sweep(d: Driver, shape: WallShape): void {
  const v = spaceV(shape, 4, U)
  const deep = pleuraAt(shape, U) - 18
  d.act('pick', 'finger')
  d.to(U, v, skinAt(U))
  d.to(U, v, deep, 40)
  for (let a = 0; a <= 380; a += 2) {
    d.place = [U + 10 * Math.cos(a / 57.3), v + 10 * Math.sin(a / 57.3), deep]
    d.step()
  }
  d.to(U, v, deep)
  d.to(U, v, 30)
  d.act('put')
}

/** Tool +Z from the tip back to the hand, aimed up and back: hand lies forward (−u is back) and down. */
const UP_AND_BACK = quaternionFor([-0.62, -0.6, 0.5])

function quaternionFor(axis: [number, number, number]): [number, number, number, number] {
  const length = Math.hypot(...axis)
  const [x, y, z] = axis.map((c) => c / length)
  // shortest turn from +Z to the axis
  const w = Math.sqrt((1 + z) / 2)
  return [-y / (2 * w), x / (2 * w), 0, w].map((c) => Math.round(c * 32767)) as [number, number, number, number]
}

function insertDrain(d: Driver, shape: WallShape, depth: number): void {
  const v = spaceV(shape, 4, U)
  d.act('pick', 'drain')
  d.turn = UP_AND_BACK
  d.to(U, v, skinAt(U) + 1)
  d.to(U, v, pleuraAt(shape, U) - 1, 40)
  const [u0, v0, w0] = d.place
  d.to(u0 - depth * 0.5, v0 + depth * 0.6, w0 - depth * 0.62, 80)
  d.act('connect', 'seal')
  d.act('put')
  d.turn = null
}

describe.each([
  ['slim', SLIM],
  ['thick', THICK],
] as const)('a drain into a %s chest', (_, shape) => {
  const d = new Driver(shape)
  d.act('order', 'oxygen')
  incise(d, shape, shape.fatMm + 3)
  dissect(d, shape)
  sweep(d, shape)
  insertDrain(d, shape, 130)
  d.wait(150)

  test('the cut runs along the rib in the fourth space', () => {
    const [cut] = d.of('cut')
    expect(cut).toMatchObject({ space: 4, layer: expect.stringMatching(/subcutis|muscle/) })
    expect(cut.ribDegrees).toBeLessThan(5)
    expect(d.read('wall.incisionMm')).toBeGreaterThan(26)
    expect(d.read('wall.incisionMm')).toBeLessThan(34)
    // the hand asks for 3 mm more than the fat is thick
    expect(cut.depthMm).toBeGreaterThan(shape.fatMm)
    expect(cut.depthMm).toBeLessThan(shape.fatMm + 4)
  })
  test('the pleura is entered once, over the lower rib, off the bundle', () => {
    const first = d.of('entered').filter((e) => e.first === 1)
    expect(first).toHaveLength(1)
    expect(first[0]).toMatchObject({ tool: 'forceps', space: 4 })
    expect(first[0].aboveLowerRibMm).toBeGreaterThan(3)
    expect(first[0].belowUpperRibMm).toBeGreaterThan(3)
    expect(d.of('hit')).toEqual([])
    expect(d.of('plunged')).toEqual([])
    expect(d.read('wall.openDepthMm')).toBeGreaterThan(skinAt(U) - pleuraAt(shape, U) - 2)
    expect(d.read('wall.tractDilationMm')).toBeGreaterThan(8)
  })
  test('the finger sweeps all round', () => expect(d.read('sweep.degrees')).toBe(360))
  test('the drain lies inside, up and back, unkinked', () => {
    expect(d.read('drain.holesInside')).toBe(d.read('drain.holesTotal'))
    expect(d.read('drain.depthMm')).toBeGreaterThan(100)
    expect(d.read('drain.upDegrees')).toBeGreaterThan(20)
    expect(d.read('drain.backDegrees')).toBeGreaterThan(10)
    expect(d.read('drain.kinked')).toBe(0)
  })
  test('air leaves, the lung opens, the patient recovers', () => {
    expect(d.of('decompressed')).toHaveLength(1)
    expect(d.read('pleura.airMl')).toBeLessThan(400)
    expect(d.read('lung.expansion')).toBeGreaterThan(0.8)
    expect(d.read('vitals.spo2')).toBeGreaterThan(93)
    expect(d.read('vitals.meanMmHg')).toBeGreaterThan(75)
    expect(d.read('seal.swing')).toBeGreaterThan(2)
  })
})

test('a cannula decompresses a thin wall; the short one does not reach through a thick one', () => {
  const needle = (shape: WallShape, tool: string) => {
    const d = new Driver(shape)
    const v = spaceV(shape, 4, U)
    d.act('pick', tool)
    d.to(U, v, skinAt(U) + 3)
    d.to(U, v, skinAt(U) - 75, 50)
    d.act('withdraw', 'needle')
    d.wait(40)
    return d
  }
  const thin = needle(SLIM, 'cannula-short')
  expect(thin.of('decompressed')).toMatchObject([{ by: 'cannula-short' }])
  expect(thin.read('pleura.airMl')).toBeLessThan(1550)
  const thick = needle(THICK, 'cannula-short')
  expect(thick.of('entered')).toEqual([])
  expect(thick.of('decompressed')).toEqual([])
  expect(needle(THICK, 'cannula-long').of('decompressed')).toHaveLength(1)
})

test('a needle over a rib stops at bone', () => {
  const d = new Driver(SLIM)
  d.act('pick', 'cannula-long')
  d.to(U, ribV(SLIM, 5, U), skinAt(U) + 3)
  d.to(U, ribV(SLIM, 5, U), skinAt(U) - 60, 50)
  expect(d.of('contact').some((e) => e.structure === 'rib')).toBe(true)
  expect(d.of('entered')).toEqual([])
  expect(d.read('needle.depthMm')).toBeLessThan(skinAt(U) - pleuraAt(SLIM, U) - 7)
})

test('aspirating tells air in the pleura, nothing before it; lidocaine is counted and an overdose is toxic', () => {
  const d = new Driver(SLIM, STABLE)
  const v = spaceV(SLIM, 4, U)
  d.act('pick', 'syringe')
  d.to(U, v, skinAt(U) + 3)
  d.to(U, v, skinAt(U) - 7, 20)
  d.buttons = BUTTON.aspirate
  d.wait(0.4)
  d.buttons = 0
  d.jaw = 255
  d.wait(5)
  d.jaw = 0
  d.step()
  expect(d.read('lidocaine.mg')).toBeCloseTo(50, 0)
  d.to(U, v, pleuraAt(SLIM, U) - 4, 20)
  d.buttons = BUTTON.aspirate
  d.wait(0.4)
  d.buttons = 0
  expect(d.of('aspirated').map((e) => e.what)).toEqual(['nothing', 'air'])
  expect(d.of('infiltrated').reduce((sum, e) => sum + e.mg, 0)).toBeCloseTo(50, 0)
  expect(d.read('lidocaine.toxicity')).toBe(0)
  for (let i = 0; i < 4; i++) {
    d.to(U, v, 40)
    d.act('pick', 'syringe')
    d.to(U, v, skinAt(U) + 3)
    d.to(U, v, skinAt(U) - 10, 20)
    d.jaw = 255
    d.wait(21)
    d.jaw = 0
  }
  expect(d.read('lidocaine.mgPerKg')).toBeGreaterThan(11)
  d.wait(420)
  expect(d.of('toxicity')[0]).toMatchObject({ sign: 'perioral' })
})

test('stitches, fixing and dressing need the wound; without it they are refused', () => {
  const d = new Driver(SLIM)
  d.act('fix', 'drain')
  expect(d.of('refused')).toMatchObject([{ verb: 'fix', reason: 'nothing-there' }])
  incise(d, SLIM, 9)
  dissect(d, SLIM)
  insertDrain(d, SLIM, 130)
  const v = spaceV(SLIM, 4, U)
  d.act('fix', 'drain')
  expect(d.of('refused').at(-1)).toMatchObject({ reason: 'needs-stitch' })
  d.act('pick', 'needle-driver')
  d.jaw = 255
  d.to(U + 6, v + 4, skinAt(U + 6) - 2)
  d.jaw = 0
  d.step()
  d.act('fix', 'drain')
  expect(d.read('fix.done')).toBe(1)
  d.to(U, v, 30)
  d.act('put')
  d.act('pick', 'dressing')
  d.to(U, v, skinAt(U) - 2)
  d.wait(1)
  expect(d.of('dressed')).toHaveLength(1)
})

test('palpation tells ribs from spaces', () => {
  const d = new Driver(SLIM, HEALTHY)
  d.act('pick', 'finger')
  for (const rib of [3, 4, 5]) {
    d.to(U, ribV(SLIM, rib, U), skinAt(U) - 3)
    d.act('palpate')
    d.to(U, spaceV(SLIM, rib, U), skinAt(U) - 3)
    d.act('palpate')
  }
  expect(d.of('felt').map((e) => `${e.structure} ${e.number}`)).toEqual([
    'rib 3',
    'space 3',
    'rib 4',
    'space 4',
    'rib 5',
    'space 5',
  ])
  expect(d.read('palpate.ribsFelt')).toBe(3)
})

test('a plunge is told, bracing prevents it', () => {
  const thrust = (buttons: number) => {
    const d = new Driver(SLIM)
    incise(d, SLIM, 9)
    d.act('pick', 'forceps')
    d.buttons = buttons
    const v = spaceV(SLIM, 4, U)
    d.to(U, v - 3, skinAt(U) + 2)
    d.to(U, v - 1, pleuraAt(SLIM, U) - 40, 120)
    return d
  }
  expect(thrust(0).of('plunged')).toHaveLength(1)
  expect(thrust(BUTTON.brace).of('plunged')).toEqual([])
  expect(thrust(BUTTON.brace).of('entered')).toHaveLength(1)
})
