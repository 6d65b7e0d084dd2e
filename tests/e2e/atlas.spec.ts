import { expect, type Page, test } from 'playwright/test'
import { bodyStands, openApp, type SceneHooks } from './helpers/app.ts'

type Hooked = { __sina: SceneHooks }

/** Share of the canvas that each structure owns, and one pixel in the middle of its largest run. */
async function seen(page: Page) {
  const entries = await page.evaluate(() => {
    const { width, height, ids, values } = (globalThis as unknown as Hooked).__sina.idBuffer(0.5)
    const found: Record<string, { pixels: number; x: number; y: number; run: number }> = {}
    for (let y = 0; y < height; y++) {
      let start = 0
      for (let x = 1; x <= width; x++) {
        const value = values[y * width + start]!
        if (x < width && values[y * width + x] === value) continue
        const id = ids[value]
        if (id !== undefined) {
          const entry = found[id] ?? { pixels: 0, x: 0, y: 0, run: 0 }
          found[id] = entry
          entry.pixels += x - start
          if (x - start > entry.run)
            Object.assign(entry, { run: x - start, x: (start + x) / 2 / width, y: (y + 0.5) / height })
        }
        start = x
      }
    }
    return found
  })
  const box = (await page.locator('canvas').first().boundingBox())!
  return Object.fromEntries(
    Object.entries(entries).map(([id, { pixels, x, y }]) => [
      id,
      { pixels, x: box.x + x * box.width, y: box.y + y * box.height },
    ]),
  )
}

test('the skin is what one sees first; hiding it shows what lies beneath, undo brings it back', async ({ page }) => {
  const faults = await openApp(page, '/atlas')
  await bodyStands(page)
  const before = await seen(page)
  expect(before.skin?.pixels ?? 0).toBeGreaterThan(1000)
  await page.mouse.click(before.skin!.x, before.skin!.y)
  await page.keyboard.press('h')
  await expect.poll(async () => Object.keys(await seen(page)).includes('skin')).toBe(false)
  const beneath = await seen(page)
  expect(Object.keys(beneath).length).toBeGreaterThan(0)
  await page.keyboard.press('Control+z')
  await expect.poll(async () => (await seen(page)).skin?.pixels ?? 0).toBe(before.skin!.pixels)
  expect(faults).toEqual([])
})

/** Looks from the front along a line (metres of the body frame), and takes off what lies under the middle pixel, one by one. */
async function takeOff(page: Page, x: number, y: number, most: number): Promise<string[]> {
  const box = (await page.locator('canvas').first().boundingBox())!
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  const top = () => page.evaluate(({ x, y }) => (globalThis as unknown as Hooked).__sina.idAt(x, y), at)
  // The camera may still be on its way to where the page first looks.
  const look = async () => {
    await page.evaluate(
      ([right, up]) => {
        ;(globalThis as unknown as Hooked).__sina.setView({ position: [right, up, 1.2], yaw: 0, pitch: 0 })
      },
      [x, y] as const,
    )
    return top()
  }
  await expect.poll(look).toBe('skin')
  const order: string[] = []
  for (let i = 0; i < most; i++) {
    const id = await top()
    if (id === null) break
    order.push(id)
    await page.mouse.click(at.x, at.y)
    await page.keyboard.press('h')
    await expect.poll(top).not.toBe(id)
  }
  return order
}

test('what lies under a pixel comes off in the order of anatomy', async ({ page }) => {
  await page.setViewportSize({ width: 800, height: 600 })
  await openApp(page, '/atlas')
  await bodyStands(page)
  // Between nipple and breastbone, through the fifth rib's cartilage of the left side.
  expect(await takeOff(page, 0.07, 1.39, 8)).toEqual([
    'skin',
    'subcutaneous-tissue',
    'pectoralis-major-l',
    'rectus-abdominis-l',
    'costal-cartilage-5-l',
    'parietal-pleura-l',
    'superior-lobe-of-lung-l',
    'left-ventricle',
  ])
})

test('search finds a structure in every language and selects it', async ({ page }) => {
  await openApp(page, '/atlas')
  await bodyStands(page)
  const search = page.getByRole('searchbox').or(page.getByRole('combobox')).or(page.getByRole('textbox')).first()
  for (const word of ['sternum', 'грудин', 'toʻsh', "to'sh"]) {
    await search.fill(word)
    await expect(
      page.getByRole('treeitem').or(page.getByRole('option')).filter({ hasText: /stern/i }).first(),
    ).toBeVisible()
  }
})

test('who asks for a bone comes to it: uncovered, near, and found in the list', async ({ page }) => {
  await openApp(page, '/atlas')
  await bodyStands(page)
  // Also with the list folded away, what is typed after the key is not lost.
  await page.evaluate(() => localStorage.setItem('sina-panel-tree', 'folded'))
  await page.reload()
  await bodyStands(page)
  await page.keyboard.press('/')
  await page.keyboard.type('femur')
  await expect(page.getByRole('textbox').first()).toHaveValue('femur')
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await seen(page))['femur-l']?.pixels ?? 0, { timeout: 60_000 }).toBeGreaterThan(1000)
  const bone = (await seen(page))['femur-l']!
  // It stands in what the panels leave free, and the search makes way for the list with the bone in sight.
  expect(bone.x).toBeGreaterThan(330)
  expect(bone.x).toBeLessThan(930)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('treeitem', { selected: true })).toHaveAccessibleName('Femur (left)')
  await expect(page.getByRole('treeitem', { selected: true })).toBeInViewport()
})

test('the liver stands in one division at a time', async ({ page }) => {
  await openApp(page, '/atlas')
  await bodyStands(page)
  const shown = () =>
    page.evaluate(() => {
      const { opacity } = (
        globalThis as unknown as { __sina: { state(): { dissection: { opacity: Record<string, number> } } } }
      ).__sina.state().dissection
      return ['liver', 'right-lobe-of-liver', 'liver-segment-5'].filter((id) => opacity[id] !== 0)
    })
  expect(await shown()).toEqual(['right-lobe-of-liver'])
  for (const [word, id] of [
    ['liver', 'liver'],
    ['liver segment V', 'liver-segment-5'],
    ['right lobe of liver', 'right-lobe-of-liver'],
  ]) {
    await page.getByRole('textbox').first().fill(word!)
    await page.keyboard.press('Enter')
    await expect.poll(shown).toEqual([id])
  }
})

test('the whole body costs few draws', async ({ page }) => {
  await openApp(page, '/atlas')
  await bodyStands(page)
  const counters = await page.evaluate(() => {
    const hooks = (globalThis as unknown as Hooked).__sina
    hooks.drawNow()
    return hooks.counters()
  })
  expect(counters.triangles).toBeGreaterThan(50_000)
  expect(counters.draws).toBeLessThanOrEqual(36)
})
