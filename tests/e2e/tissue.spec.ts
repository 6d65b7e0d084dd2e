import { expect, type Page, test } from 'playwright/test'
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
  expect(pulled.rise).toBeGreaterThan(0.006)
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
  expect(faults).toEqual([])
})

test('an unknown scene says so and leads back to the list', async ({ page }) => {
  const faults = await openApp(page, '/tissue/no-such-scene')
  await expect(page.getByRole('alert')).toContainText('no-such-scene')
  await page.getByRole('link', { name: 'All scenes' }).click()
  await expect(page.getByRole('article').first()).toBeVisible()
  expect(faults).toEqual([])
})
