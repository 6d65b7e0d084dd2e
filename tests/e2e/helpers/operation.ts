/** The operation by mouse and keys: each gesture as a hand makes it, watching what the page shows. */
import type { Page } from 'playwright/test'
import { choose, moveTo, observe, pick, until } from './theatre.ts'

/** Where the tract goes: a point of the skin over the middle of a space, field mm. */
export type Place = { readonly u: number; readonly v: number }

/** Holds keys down while something is done, and lets go whatever happens. */
async function holding(page: Page, keys: readonly string[], work: () => Promise<void>): Promise<void> {
  await page.locator('.theatre canvas').first().focus()
  try {
    for (const key of keys) await page.keyboard.down(key)
    await work()
  } finally {
    for (const key of [...keys].reverse()) await page.keyboard.up(key)
  }
}

/** Draws the tool in hand out along its shaft until its tip is clear of the skin. */
async function drawOut(page: Page): Promise<void> {
  await holding(page, ['KeyS'], () =>
    page
      .waitForFunction(
        () =>
          (globalThis as unknown as { __sina: { session(): { steering: { depthMm: number } } } }).__sina.session()
            .steering.depthMm < -6,
        undefined,
        { timeout: 60_000 },
      )
      .then(() => undefined),
  )
}

/** Opens the jaws wide and lets them close again where they are. */
async function spread(page: Page): Promise<void> {
  await page.mouse.down()
  await jaw(page, 'open')
  await page.mouse.up()
  await jaw(page, 'closed')
}

async function jaw(page: Page, way: 'open' | 'closed'): Promise<void> {
  await page.waitForFunction(
    (wanted) => {
      const { jaw } = (
        globalThis as unknown as { __sina: { session(): { steering: { jaw: number } } } }
      ).__sina.session().steering
      return wanted === 'open' ? jaw > 0.95 : jaw < 0.05
    },
    way,
    { timeout: 30_000 },
  )
}

/** Draws a cross on the skin. */
export async function markSite(page: Page, { u, v }: Place): Promise<void> {
  await pick(page, 'marker')
  await moveTo(page, u, v)
  await page.mouse.down()
  await until(page, 'mark.placed', 1)
  await page.mouse.up()
}

/** Force at which the closed forceps are spread, N, and when there is no getting through. */
const FIRM_N = 2.4
const MOST_BITES = 40

/** Works the braced forceps inward, spreading whenever the tissue is firm, until the pleura is open; widens the hole. */
export async function dissect(page: Page, { u, v }: Place): Promise<void> {
  await pick(page, 'forceps')
  await moveTo(page, u, v)
  await holding(page, ['KeyB'], async () => {
    for (let bite = 0; bite < MOST_BITES && (await observe(page, 'wall.pleuraOpen')) < 1; bite++) {
      await holding(page, ['KeyW'], () =>
        page
          .waitForFunction(
            (firm) => {
              const { observe: see } = (globalThis as unknown as { __sina: { observe(name: string): number } }).__sina
              return see('hand0.forceN') >= firm || see('wall.pleuraOpen') >= 1
            },
            FIRM_N,
            { timeout: 60_000 },
          )
          .then(() => undefined),
      )
      await spread(page)
    }
    await spread(page)
  })
  await drawOut(page)
}

/** How far past the pleura the finger goes to sweep, mm. */
const SWEEP_MM = 15

/** Puts the finger through the hole and turns it all the way round. */
export async function sweep(page: Page, { u, v }: Place): Promise<void> {
  await pick(page, 'finger')
  await moveTo(page, u, v)
  await holding(page, ['KeyW'], () => until(page, 'finger.inPleura', 1))
  const pleuraMm = await observe(page, 'hand0.depthMm')
  await holding(page, ['KeyW'], () => until(page, 'hand0.depthMm', pleuraMm + SWEEP_MM))
  await holding(page, ['KeyQ'], () => until(page, 'sweep.degrees', 330))
  await drawOut(page)
}

/** How far towards the feet the pointer goes to lower the handle, mm. */
const SWING_MM = 70

/** Swings the handle of a tool that is in the body towards a point of the skin. */
async function swingTo(page: Page, { u, v }: Place): Promise<void> {
  const at = await page.evaluate(
    ([uMm, vMm]) =>
      (
        globalThis as unknown as { __sina: { projected(u: number, v: number): { x: number; y: number } } }
      ).__sina.projected(uMm, vMm),
    [u, v] as const,
  )
  await page.mouse.move(at.x, at.y, { steps: 6 })
  await page.waitForTimeout(600)
}

/** Feeds the tube through the hole, then up along the wall by lowering the hand. */
export async function insertTube(page: Page, { u, v }: Place, depthMm: number): Promise<void> {
  await pick(page, 'drain')
  await moveTo(page, u, v)
  await holding(page, ['KeyW'], () => until(page, 'drain.inserted', 1))
  await swingTo(page, { u, v: v - SWING_MM })
  await holding(page, ['KeyW'], () => until(page, 'drain.depthMm', depthMm, 90_000))
  await page.locator('[data-tool="none"]').click()
  await page.waitForFunction(
    () => (globalThis as unknown as { __sina: { session(): { tool: string } } }).__sina.session().tool === 'none',
  )
}

/** Stitches the tube to the skin beside the wound and dresses it. */
export async function secure(page: Page, { u, v }: Place): Promise<void> {
  await pick(page, 'needle-driver')
  await moveTo(page, u, v + BESIDE_MM)
  await page.mouse.down()
  await page.waitForFunction(
    () =>
      (
        globalThis as unknown as { __sina: { session(): { steering: { pressed: number; jaw: number } } } }
      ).__sina.session().steering.jaw > 0.9,
  )
  await page.mouse.up()
  await until(page, 'stitches.count', 1)
  await choose(page, 'fix-drain', 'drain')
  await until(page, 'fix.done', 1)
  await pick(page, 'dressing')
  await moveTo(page, u, v + BESIDE_MM)
  await page.mouse.down()
  await until(page, 'dressing.done', 1)
  await page.mouse.up()
}

/** Whole skin begins so far above the cut, mm. */
const BESIDE_MM = 14

/** Fills in the operation note: an option by its place in the list, a figure as typed. */
export async function writeNote(page: Page, fields: Readonly<Record<string, string | number>>): Promise<void> {
  if (!(await page.locator('[data-item="finish-case"]').isVisible())) await page.locator('#dock-tab-note').click()
  for (const [id, value] of Object.entries(fields)) {
    const field = page.locator(`[data-item="note-${id}"]`)
    if (typeof value === 'number') {
      await field.fill(String(value))
      await field.press('Enter')
    } else {
      await field.click()
      await page.getByRole('option', { name: value, exact: true }).click()
    }
  }
}
