import { expect, type Page, test } from 'playwright/test'
import { acceptSafety, hostUrl } from './helpers/app.ts'
import { beginCase, observe, rateOneself, session, spaceMiddle } from './helpers/theatre.ts'
import { calibrate, enterVr, frames, installHeadset, leaveVr, moveTip, pointAt, pressPanel } from './helpers/xr.ts'

test.describe.configure({ timeout: 600_000 })

type Point = [number, number, number]

/** A point of the room over (or under) a place of the skin, metres; `out` in mm. */
const room = (page: Page, u: number, v: number, out: number): Promise<Point> =>
  page.evaluate(
    ([a, b, c]) =>
      (globalThis as unknown as { __sina: { room(u: number, v: number, w: number): Point } }).__sina.room(a, b, c),
    [u, v, out] as const,
  )

/** Takes an instrument from the list on the panel. */
async function pickInVr(page: Page, tool: string): Promise<void> {
  await pressPanel(page, 'left', 'tab:tools')
  await pressPanel(page, 'left', `act:pick:${tool}`)
  await expect.poll(async () => (await session(page)).tool, { timeout: 60_000 }).toBe(tool)
}

test('in a headset: alarm, needle relief, cut, hand-over; scored and saved as done with controllers', async ({
  page,
}) => {
  await installHeadset(page)
  await page.goto(hostUrl())
  await acceptSafety(page)
  await beginCase(page, { start: 'tension', seed: 1, device: 'xr-controllers' })
  await enterVr(page)
  await calibrate(page, 'right')

  await pressPanel(page, 'left', 'tab:team')
  await pressPanel(page, 'left', 'act:order:oxygen')
  await pressPanel(page, 'left', 'act:call:help')
  await expect.poll(() => observe(page, 'oxygen.on'), { timeout: 60_000 }).toBe(1)

  const { u, v } = await spaceMiddle(page, 5, 0.55)
  await pickInVr(page, 'cannula-long')
  await moveTip(page, 'right', await room(page, u, v, 60))
  await pointAt(page, 'right', await room(page, u, v, -60))
  for (let out = 30; out > -75 && (await observe(page, 'needle.inPleura')) < 1; out -= 6)
    await moveTip(page, 'right', await room(page, u, v, out))
  expect(await observe(page, 'needle.inPleura')).toBe(1)
  await pressPanel(page, 'left', 'tab:drain')
  await pressPanel(page, 'left', 'act:withdraw:needle')
  await expect.poll(async () => (await session(page)).done, { timeout: 60_000 }).toContain('decompress')

  expect(await observe(page, 'wall.incisionMm')).toBe(0)
  await moveTip(page, 'right', await room(page, u, v, 80))
  await pickInVr(page, 'scalpel')
  for (const [along, out] of [
    [-15, 20],
    [-15, -4],
    [-5, -4],
    [5, -4],
    [15, -4],
    [15, 20],
  ] as const)
    await moveTip(page, 'right', await room(page, u + along, v - 12, out))
  await frames(page, 4)
  expect(await observe(page, 'wall.incisionMm')).toBeGreaterThan(10)
  const { errors } = await session(page)
  expect(errors.filter(({ severity }) => severity === 'critical')).toEqual([])

  await pressPanel(page, 'left', 'tab:note')
  await pressPanel(page, 'left', 'act:finish:case')
  await leaveVr(page)
  await page.locator('[data-to-rating]').click({ timeout: 120_000 })
  await rateOneself(page)
  await expect(page.locator('.verdict')).toContainText('Headset controllers', { timeout: 60_000 })
})
