/** A person at the table with mouse and keys: sees what the page shows, sends what a hand would. */
import { expect, type Page } from 'playwright/test'

type Field = {
  ribs: { number: number; points: [number, number, number][] }[]
  safeTriangle: [number, number][]
}
export type SessionSummary = {
  tick: number
  phase: string
  current: string | null
  done: string[]
  errors: { id: string; severity: string; tick: number }[]
  ending: { kind: string } | null
  side: 'left' | 'right'
  tool: string
  tip: { x: number; y: number }
  steering: { uMm: number; vMm: number; depthMm: number; pressed: number; jaw: number }
  saved: { recordId: string; logIndex: number; recordHash: string } | null
  acknowledged: number
}
type Hooks = {
  session(): SessionSummary
  observe(name: string): number
  projected(uMm: number, vMm: number, wMm?: number): { x: number; y: number }
  field(): Field
}
type WithHooks = { __sina: Hooks }

/** Which tab of the dock holds a verb. */
const TAB_OF: Readonly<Record<string, string>> = {
  examine: 'patient',
  declare: 'patient',
  order: 'team',
  call: 'team',
  side: 'position',
  bed: 'position',
  arm: 'position',
  check: 'checks',
  answer: 'questions',
}

export const session = (page: Page): Promise<SessionSummary> =>
  page.evaluate(() => (globalThis as unknown as WithHooks).__sina.session())
export const observe = (page: Page, name: string): Promise<number> =>
  page.evaluate((of) => (globalThis as unknown as WithHooks).__sina.observe(of), name)
const field = (page: Page): Promise<Field> => page.evaluate(() => (globalThis as unknown as WithHooks).__sina.field())

/** Opens a case, chooses start and mode, goes to the patient and waits until time runs. */
export async function beginCase(
  page: Page,
  choice: {
    packId?: string
    caseId?: string
    start: string
    mode?: 'practice' | 'assessment'
    seed?: number
    device?: string
  },
): Promise<void> {
  const {
    packId = 'sina.chest-drain',
    caseId = 'chest-drain',
    start,
    mode = 'practice',
    seed = 1,
    device = 'mouse',
  } = choice
  await page.evaluate((to) => {
    location.hash = to
  }, `#/case/${packId}/${caseId}?start=${start}&mode=${mode}&seed=${seed}&device=${device}`)
  await page.locator('[data-begin]').click()
  await running(page)
}

/** Waits until the theatre stands and the clock of the case moves. */
export async function running(page: Page): Promise<void> {
  await page.waitForFunction(
    () => {
      const hooks = (globalThis as unknown as Partial<WithHooks>).__sina
      return typeof hooks?.session === 'function' && hooks.session().tick > 20
    },
    undefined,
    { timeout: 120_000 },
  )
}

/** Presses an item of the dock, named as in the menu: `examine-percussion`, `check-consent`, `bed-45`. */
export async function choose(page: Page, item: string, tab = TAB_OF[item.split('-')[0]] ?? 'drain'): Promise<void> {
  const button = page.locator(`[data-item="${item}"]`)
  if (!(await button.isVisible())) await page.locator(`#dock-tab-${tab}`).click()
  await button.click()
}

/** Takes an instrument from the tray. */
export async function pick(page: Page, tool: string): Promise<void> {
  await page.locator(`[data-tool="${tool}"]`).click()
  await page.waitForFunction((kind) => (globalThis as unknown as WithHooks).__sina.session().tool === kind, tool)
}

/** Middle of an intercostal space (u, v in mm): `share` 0 back … 1 front edge of the safe triangle. */
export async function spaceMiddle(page: Page, space: number, share = 0.5): Promise<{ u: number; v: number }> {
  const { ribs, safeTriangle } = await field(page)
  const us = safeTriangle.map(([u]) => u / 100)
  const u = Math.min(...us) + share * (Math.max(...us) - Math.min(...us))
  return { u, v: (ribAt(ribs, space, u) + ribAt(ribs, space + 1, u)) / 2 }
}

/** Height v (mm) of the middle of an intercostal space at u. */
export async function spaceAt(page: Page, space: number, u: number): Promise<number> {
  const { ribs } = await field(page)
  return (ribAt(ribs, space, u) + ribAt(ribs, space + 1, u)) / 2
}

/** Height v (mm) of a rib's middle at u. */
export async function ribMiddle(page: Page, rib: number, u: number): Promise<number> {
  return ribAt((await field(page)).ribs, rib, u)
}

function ribAt(ribs: Field['ribs'], number: number, u: number): number {
  const rib = ribs.find((one) => one.number === number)
  if (!rib) throw new Error(`rib ${number} is not in the field`)
  const points = [...rib.points].sort((a, b) => a[0] - b[0])
  for (let i = 0; i + 1 < points.length; i++) {
    const [a, b] = [points[i], points[i + 1]]
    if (u * 100 >= a[0] && u * 100 <= b[0]) return (a[1] + ((b[1] - a[1]) * (u * 100 - a[0])) / (b[0] - a[0])) / 100
  }
  return points[points.length - 1][1] / 100
}

/**
 * Moves the pointer over a point of the skin until the tip has followed. Looks again now and then, as a person does: the
 * view may still be gliding, the bed still rising.
 */
export async function moveTo(page: Page, u: number, v: number, withinMm = 1.5): Promise<void> {
  for (let look = 0; look < 40; look++) {
    const at = await page.evaluate(([uMm, vMm]) => (globalThis as unknown as WithHooks).__sina.projected(uMm, vMm), [
      u,
      v,
    ] as const)
    // A pointer that does not move says nothing: it comes from a pixel beside.
    await page.mouse.move(at.x + 1, at.y)
    await page.mouse.move(at.x, at.y)
    for (let wait = 0; wait < 6; wait++) {
      const { steering } = await session(page)
      if (Math.hypot(steering.uMm - u, steering.vMm - v) < withinMm) return
      await page.waitForTimeout(150)
    }
  }
  throw new Error(`the tip did not come to ${u.toFixed(0)}, ${v.toFixed(0)}`)
}

/** Pushes in (or draws out) by the keys W and S until the hand's depth is reached. */
export async function pushTo(page: Page, depthMm: number): Promise<void> {
  const { steering } = await session(page)
  const key = steering.depthMm < depthMm ? 'KeyW' : 'KeyS'
  await page.locator('.theatre canvas').first().focus()
  await page.keyboard.down(key)
  try {
    await page.waitForFunction(
      ([to, way]) => {
        const now = (globalThis as unknown as WithHooks).__sina.session().steering.depthMm
        return way === 'KeyW' ? now >= Number(to) : now <= Number(to)
      },
      [depthMm, key] as const,
      { timeout: 90_000 },
    )
  } finally {
    await page.keyboard.up(key)
  }
}

/** Waits until a figure of the simulation passes a bound. */
export async function until(page: Page, name: string, atLeast: number, timeout = 60_000): Promise<void> {
  await page.waitForFunction(
    ([of, least]) => (globalThis as unknown as WithHooks).__sina.observe(String(of)) >= Number(least),
    [name, atLeast] as const,
    { timeout },
  )
}

/** Presses the finger on the skin there and says what it felt, as the readout shows it. */
export async function palpate(page: Page, u: number, v: number): Promise<string> {
  await moveTo(page, u, v)
  await page.mouse.down()
  await page.waitForFunction(() => (globalThis as unknown as WithHooks).__sina.session().steering.pressed >= 1)
  await page.waitForTimeout(300)
  await page.mouse.up()
  return page.locator('.readout .felt').innerText()
}

/** A blade this deep is in the skin, and the hand may draw it on, mm. */
const IN_MM = 3

/** Draws the blade from one point of the skin to another at its working depth, once it is in. */
export async function cut(page: Page, from: { u: number; v: number }, to: { u: number; v: number }): Promise<void> {
  await moveTo(page, from.u, from.v)
  await page.mouse.down()
  await page.waitForFunction(() => (globalThis as unknown as WithHooks).__sina.session().steering.pressed >= 1)
  await until(page, 'hand0.depthMm', IN_MM)
  const steps = 8
  for (let i = 1; i <= steps; i++)
    await moveTo(page, from.u + ((to.u - from.u) * i) / steps, from.v + ((to.v - from.v) * i) / steps, 2)
  await page.mouse.up()
  await page.waitForFunction(() => (globalThis as unknown as WithHooks).__sina.session().steering.pressed <= 0)
}

/** Needle decompression as the tension start asks for it first: long cannula, middle of the fifth space. */
export async function decompress(page: Page): Promise<void> {
  const { u, v } = await spaceMiddle(page, 5, 0.55)
  await pick(page, 'cannula-long')
  await moveTo(page, u, v)
  await page.locator('.theatre canvas').first().focus()
  await page.keyboard.down('KeyW')
  try {
    await until(page, 'needle.inPleura', 1, 90_000)
  } finally {
    await page.keyboard.up('KeyW')
  }
  await choose(page, 'withdraw-needle', 'drain')
}

/** Ends the attempt by Stop and waits until it is kept as void. */
export async function stopUnwell(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await page.getByRole('button', { name: 'I do not feel well' }).click()
  await expect(page.locator('[data-ended="void"]')).toBeVisible({ timeout: 60_000 })
}

/** Rates oneself before the score appears: a few items and the score one expects. */
export async function rateOneself(page: Page): Promise<void> {
  const show = page.locator('[data-rate]')
  await expect(show).toBeDisabled()
  await page.locator('.rating-item').first().getByText('4', { exact: true }).click()
  await page.locator('.rating').getByRole('slider').press('ArrowRight')
  await show.click()
}
