/** A person at the app: opens it, accepts the safety statement, starts as a guest. */
import { expect, type Page } from 'playwright/test'

/** The atlas' reading hooks; they change nothing that a person could not. */
export interface SceneHooks {
  counters(): {
    draws: number
    triangles: number
    jsMsPerFrame: number
    pickMs: number
    stateMs: number
    loadMs: number
    contextLost: boolean
    picking: 'building' | 'ready'
    heapBytes: number | null
  }
  idAt(x: number, y: number): string | null
  idBuffer(scale?: number): { width: number; height: number; ids: Record<number, string>; values: Uint16Array }
  drawNow(): number
  setView(view: { position: readonly [number, number, number]; yaw: number; pitch: number }): void
}

export const hostUrl = (): string => {
  const url = process.env.SINA_E2E_URL
  if (url === undefined) throw new Error('SINA_E2E_URL is not set: run the suite by tests/e2e/run.ts')
  return url
}

/** Opens the app at a route such as `/atlas`, signed in to the host. Collects page errors in the returned list. */
export async function openApp(page: Page, route = '/'): Promise<string[]> {
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text())
  })
  await page.goto(hostUrl())
  await acceptSafety(page)
  await page.evaluate((to) => {
    location.hash = `#${to}`
  }, route)
  return faults
}

export async function acceptSafety(page: Page): Promise<void> {
  const accept = page.getByRole('button', { name: 'I have read this' })
  await expect(accept.or(page.getByRole('navigation').first()).first()).toBeVisible()
  if (await accept.isVisible()) await accept.click()
}

/** Waits until the body stands: a live WebGL context, triangles drawn, picking ready. A dead context fails. */
export async function bodyStands(page: Page): Promise<void> {
  await page.waitForFunction(
    () => {
      const hooks = (globalThis as unknown as { __sina?: SceneHooks }).__sina
      if (hooks?.counters === undefined) return false
      const counters = hooks.counters()
      return counters.contextLost || (counters.triangles > 10_000 && counters.picking === 'ready')
    },
    undefined,
    { timeout: 120_000 },
  )
  expect(
    await page.evaluate(() => (globalThis as unknown as { __sina: SceneHooks }).__sina.counters().contextLost),
  ).toBe(false)
}
