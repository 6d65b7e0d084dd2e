import { expect, type Page, test } from 'playwright/test'
import { INSTRUMENTS, instrumentNumber } from '../../core/simulation/tissue/tools/catalogue.ts'
import { openApp } from './helpers/app.ts'
import { type TissueHooks, type TissueSeen, tissueDrawnAt } from './helpers/tissue.ts'

/** Software GL draws a small window sooner. */
test.use({ viewport: { width: 760, height: 540 } })

const seen = (page: Page): Promise<TissueSeen> =>
  page.evaluate(() => (globalThis as unknown as { __sina: TissueHooks }).__sina.tissue() as TissueSeen)

/** How far each point of the upper side has risen, by its place at rest, m. */
function rises({ position, rest }: TissueSeen): { x: number; z: number; rise: number }[] {
  const top = Math.max(...rest.filter((_, i) => i % 3 === 1))
  const points: { x: number; z: number; rise: number }[] = []
  for (let i = 0; i < rest.length; i += 3)
    if (rest[i + 1]! > top - 1e-4) points.push({ x: rest[i]!, z: rest[i + 2]!, rise: position[i + 1]! - rest[i + 1]! })
  return points
}

/** Goes to a moment of a scene and answers what is there. */
async function moment(page: Page, scene: string, seconds: number, query = ''): Promise<TissueSeen> {
  await page.evaluate(
    ([name, at, more]) => {
      location.hash = `#/tissue/${name}?at=${at}${more}`
    },
    [scene, seconds, query] as const,
  )
  await tissueDrawnAt(page, Math.round(seconds * 100))
  return seen(page)
}

/** Colour of the picture at a point of the field, mm. */
async function colourOf(page: Page, point: readonly [number, number, number]): Promise<number[]> {
  const metres = point.map((mm) => mm / 1000) as [number, number, number]
  return colourAt(
    page,
    await page.evaluate(
      (at) => (globalThis as unknown as { __sina: TissueHooks }).__sina.project(at),
      metres as [number, number, number],
    ),
  )
}

const brightness = (colour: readonly number[]): number => colour.reduce((sum, value) => sum + value, 0) / 3

/** Height at which blood pools in the scene `bleed`, mm. */
const POOL_MM = 21

/** How many times as much red as green a place of the upper side has, mm. */
async function redness(page: Page, x: number, y: number, z: number): Promise<number> {
  const [red, green] = await colourOf(page, [x, y, z])
  return red! / Math.max(1, green!)
}

/**
 * Whether blood is told from the liver that it lies on: the reddest of some places in the pool, between its highlights,
 * against liver that is bare, as the same light shows both.
 */
async function bloodAgainstLiver(page: Page): Promise<number> {
  const pool: number[] = []
  for (const x of [0, 4, 9]) for (const z of [0, 4]) pool.push(await redness(page, x, POOL_MM, z))
  return Math.max(...pool) / (await redness(page, -24, 20, -14))
}

/** Mean red, green and blue of a block of the page. */
async function colourAt(page: Page, { x, y }: { x: number; y: number }): Promise<number[]> {
  const shot = await page.screenshot({ clip: { x: Math.round(x) - 3, y: Math.round(y) - 3, width: 7, height: 7 } })
  return page.evaluate(async (data) => {
    const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(data), (c) => c.charCodeAt(0))]))
    const context = new OffscreenCanvas(7, 7).getContext('2d')!
    context.drawImage(bitmap, 0, 0)
    const { data: pixels } = context.getImageData(0, 0, 7, 7)
    return [0, 1, 2].map((c) => pixels.filter((_, i) => i % 4 === c).reduce((sum, value) => sum + value, 0) / 49)
  }, shot.toString('base64'))
}

/** Pixels of the picture for one of the page, and how wide it lies there. */
const sharpness = (page: Page) =>
  page.locator('.tissue-canvas canvas').evaluate((canvas) => {
    const { width, clientWidth } = canvas as HTMLCanvasElement
    return { ratio: width / clientWidth, width: clientWidth }
  })

test('living tissue: a scene opens from the list, tissue rises where the grasper pulls and is seen there', async ({
  page,
}) => {
  const faults = await openApp(page, '/tissue')
  await expect(page.getByRole('heading', { level: 1, name: 'Living tissue' })).toBeVisible()
  await page.getByRole('article', { name: 'Grasp and pull' }).getByRole('link', { name: 'Open scene' }).click()
  await expect(page.getByRole('toolbar', { name: 'Playing' })).toBeVisible()
  await page.waitForFunction(
    () => ((globalThis as unknown as { __sina?: Partial<TissueHooks> }).__sina?.tissue?.()?.tick ?? 0) > 20,
  )
  await page.evaluate(() => {
    location.hash = '#/tissue/grasp?at=2.2'
  })
  await tissueDrawnAt(page, 220)
  const lifted = await seen(page)
  const points = rises(lifted)
  const pulled = points.reduce((best, point) => (point.rise > best.rise ? point : best))
  // Bowel wall, held below, answers the pull with 5 N.
  expect(pulled.rise).toBeGreaterThan(0.0025)
  expect(Math.hypot(pulled.x, pulled.z)).toBeLessThan(0.012)
  const far = points.filter(({ x, z }) => Math.hypot(x, z) > 0.028)
  expect(Math.max(...far.map(({ rise }) => Math.abs(rise)))).toBeLessThan(pulled.rise / 3)
  const corner = await page.evaluate(() =>
    (globalThis as unknown as { __sina: TissueHooks }).__sina.project([-0.022, 0.024, 0.014]),
  )
  const [red, green, blue] = await colourAt(page, corner)
  // Cloth and steel around it are green and grey.
  expect(red!).toBeGreaterThan(1.2 * green!)
  expect(red!).toBeGreaterThan(1.2 * blue!)

  await page.getByRole('button', { name: 'One step' }).click()
  await tissueDrawnAt(page, 221)
  await page.getByRole('button', { name: 'Fenestrated grasper' }).click()
  await expect(page.getByRole('button', { name: 'Fenestrated grasper' })).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible()
  const before = (await seen(page)).tools
  const box = (await page.locator('.tissue-canvas canvas').boundingBox())!
  await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.3, { steps: 4 })
  // Slots 1 to 3 of the tool's row are its tip.
  await expect
    .poll(async () => {
      const { tools } = await seen(page)
      return Math.hypot(tools[1]! - before[1]!, tools[2]! - before[2]!, tools[3]! - before[3]!)
    })
    .toBeGreaterThan(0.01)

  // Drawn on the processor, a picture gives up pixels, and does without them when the page around it is rendered anew.
  await expect.poll(async () => (await sharpness(page)).ratio).toBeLessThan(0.75)
  await page.setViewportSize({ width: 1200, height: 780 })
  await expect.poll(async () => (await sharpness(page)).width).toBe(1200)
  expect((await sharpness(page)).ratio).toBeLessThan(0.75)

  // Another instrument comes into the hand, and its keys are told; the sound goes off and on.
  await page.getByLabel('Change the instrument').selectOption('suction-irrigator')
  await expect.poll(async () => (await seen(page)).tools[0]).toBe(instrumentNumber('suction-irrigator'))
  await page.keyboard.press('h')
  await expect(page.getByText('rinses')).toBeInViewport()
  await page.keyboard.press('Escape')
  await expect(page.getByText('rinses')).toBeHidden()
  await page.getByRole('button', { name: 'Sound off' }).click()
  await expect(page.getByRole('button', { name: 'Sound on' })).toBeVisible()
  expect(faults).toEqual([])
})

test('an unknown scene says so and leads back to the list', async ({ page }) => {
  const faults = await openApp(page, '/tissue/no-such-scene')
  await expect(page.getByRole('alert')).toContainText('no-such-scene')
  await page.getByRole('link', { name: 'All scenes' }).click()
  await expect(page.getByRole('article').first()).toBeVisible()
  expect(faults).toEqual([])
})

test('a burn is where the hook was: cooked, then dry and black, smoke over it, and the liver around it stays red', async ({
  page,
}) => {
  const faults = await openApp(page, '/tissue')
  const { burn, rest, puffs, events } = await moment(page, 'cauterise', 2.4)
  expect(puffs).toBeGreaterThan(3)
  expect(events.charred).toBeGreaterThan(0)
  const burned = rest.flatMap((_, i) => (i % 3 === 0 && burn[(i / 3) * 2]! > 0.8 ? [i] : []))
  expect(burned.length).toBeGreaterThan(1)
  // The hook stood at x = −8 mm on the upper side.
  for (const i of burned) expect(Math.hypot(rest[i]! + 0.008, rest[i + 2]!)).toBeLessThan(0.012)
  const black = await colourOf(page, [-8, 15, 0])
  const liver = await colourOf(page, [10, 15, -8])
  expect(brightness(black)).toBeLessThan(0.75 * brightness(liver))
  expect(liver[0]!).toBeGreaterThan(1.5 * liver[1]!)
  expect(black[0]! - black[1]!).toBeLessThan(0.5 * (liver[0]! - liver[1]!))
  expect(faults).toEqual([])
})

test('a clip stays on the artery when its applier leaves, and is seen there', async ({ page }) => {
  const faults = await openApp(page, '/tissue')
  const { clips, events } = await moment(page, 'clip', 2.2)
  expect(events.clipped).toBe(1)
  expect(clips.length).toBe(10)
  expect(Math.hypot(clips[0]!, clips[2]!)).toBeLessThan(0.004)
  expect(clips[1]!).toBeGreaterThan(0.01)
  expect(clips[1]!).toBeLessThan(0.02)
  // Its bend, in the direction of its legs from its middle, is brighter than the red artery beside it, and not red.
  const bend = [0, 1, 2].map((i) => 1000 * (clips[i]! + 0.0049 * clips[3 + i]!)) as [number, number, number]
  const [metal, artery] = [await colourOf(page, bend), await colourOf(page, [-0.2, 13.3, 8])]
  const redder = ([red, green, blue]: readonly number[]) => red! - (green! + blue!) / 2
  expect(redder(artery)).toBeGreaterThan(30)
  expect(redder(metal)).toBeLessThan(0.5 * redder(artery))
  expect(faults).toEqual([])
})

test('blood that is lost is counted and seen; a step back gives it back; a scope sees the same field', async ({
  page,
}) => {
  const faults = await openApp(page, '/tissue')
  const { drops, bledMl } = await moment(page, 'bleed', 3.2)
  expect(drops).toBeGreaterThan(40)
  expect(bledMl).toBeGreaterThan(1)
  await expect(page.getByLabel('Readings')).toContainText(/Blood lost[1-9]/)
  await expect(page.getByLabel('Readings')).toContainText(/Patientpulse 7\d\/min · 1[12]\d\/[78]\d mmHg/)
  expect(await bloodAgainstLiver(page)).toBeGreaterThan(1.3)

  await page.getByRole('button', { name: 'Step back' }).click()
  await expect.poll(async () => (await seen(page)).tick).toBeLessThan(280)
  expect((await seen(page)).bledMl).toBeLessThan(bledMl)

  await moment(page, 'bleed', 3.4, '&view=30')
  await expect(page.locator('.tissue-mask')).toHaveAttribute('data-optic', '30')
  const box = (await page.locator('.tissue-canvas canvas').boundingBox())!
  // Outside the lens there is nothing, within it blood.
  expect(brightness(await colourAt(page, { x: box.x + 12, y: box.y + box.height - 12 }))).toBeLessThan(12)
  expect(await bloodAgainstLiver(page)).toBeGreaterThan(3)
  await page.locator('.tissue-canvas canvas').click()
  await page.keyboard.press(']')
  await expect(page.locator('.tissue-angle output').first()).toHaveText('15°')
  await page.keyboard.press('v')
  await expect(page.locator('.tissue-mask')).toHaveCount(0)
  expect(faults).toEqual([])
})

test('every instrument of the catalogue lies on the tray, named and drawn', async ({ page }) => {
  const faults = await openApp(page, '/tissue')
  await page.getByRole('link', { name: 'All instruments' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Instruments' })).toBeVisible()
  const ends = page.locator('.tissue-end')
  await expect(ends).toHaveCount(INSTRUMENTS.length)
  for (const [i, { name }] of INSTRUMENTS.entries()) {
    const end = ends.nth(i)
    await end.scrollIntoViewIfNeeded()
    const shot = (await end.screenshot()).toString('base64')
    // Cloth is green; steel and plastic are not, and gloves are bluer.
    const share = await page.evaluate(async (data) => {
      const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(data), (c) => c.charCodeAt(0))]))
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!
      context.drawImage(bitmap, 0, 0)
      const { data: pixels } = context.getImageData(0, 0, bitmap.width, bitmap.height)
      let other = 0
      for (let p = 0; p < pixels.length; p += 4)
        if (pixels[p + 1]! - pixels[p]! < 30 || pixels[p + 2]! > pixels[p + 1]! + 8) other++
      return other / (pixels.length / 4)
    }, shot)
    expect(share, name).toBeGreaterThan(0.05)
    expect(share, name).toBeLessThan(0.7)
  }
  expect(faults).toEqual([])
})
