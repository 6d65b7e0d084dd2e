/**
 * Takes the pictures of the README and the docs from the running app: `node tests/e2e/pictures.ts [name …]`.
 * Needs a Chromium; writes small WebP files to `docs/pictures`.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright/test'
import { bodyStands, openApp } from './helpers/app.ts'
import { startHost } from './helpers/host.ts'
import { beginCase, choose, cut, decompress, moveTo, pick, spaceMiddle } from './helpers/theatre.ts'
import { calibrate, enterVr, frames, installHeadset, moveTip } from './helpers/xr.ts'
import settings from './playwright.config.ts'

const folder = join(import.meta.dirname, '../../docs/pictures')

/** Saves what the page shows as WebP; the browser is the encoder. */
async function shoot(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(2500)
  const png = (await page.screenshot()).toString('base64')
  const webp = await page.evaluate(async (data) => {
    const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(data), (c) => c.charCodeAt(0))]))
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
    canvas.getContext('2d')!.drawImage(bitmap, 0, 0)
    const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.86 })
    const bytes = new Uint8Array(await blob.arrayBuffer())
    let text = ''
    for (let i = 0; i < bytes.length; i += 32_768) text += String.fromCharCode(...bytes.subarray(i, i + 32_768))
    return btoa(text)
  }, png)
  writeFileSync(join(folder, `${name}.webp`), Buffer.from(webp, 'base64'))
  process.stdout.write(`${name}.webp\n`)
}

const pictures: Record<string, (page: Page) => Promise<void>> = {
  async atlas(page) {
    await openApp(page, '/atlas')
    await bodyStands(page)
    await shoot(page, 'atlas')
    for (const layer of ['muscles', 'skeleton', 'organs']) {
      await page.keyboard.press(']')
      if (layer !== 'muscles') await page.keyboard.press(']')
      await shoot(page, `atlas-${layer}`)
    }
  },
  async theatre(page) {
    await openApp(page, '/')
    await beginCase(page, { start: 'tension', seed: 1 })
    await choose(page, 'order-oxygen')
    await choose(page, 'declare-tension-pneumothorax')
    await decompress(page)
    await pick(page, 'scalpel')
    const { u, v } = await spaceMiddle(page, 5)
    await cut(page, { u: u - 15, v }, { u: u + 15, v })
    await moveTo(page, u + 22, v + 6, 3)
    await shoot(page, 'theatre')
    await page.locator('#dock-tab-note').click()
    await page.locator('[data-item="finish-case"]').click()
    await page.locator('[data-to-rating]').click({ timeout: 120_000 })
    await page.locator('[data-rate]').click()
    await page.locator('.verdict').waitFor()
    await shoot(page, 'debrief')
  },
  async headset(page) {
    await installHeadset(page)
    await openApp(page, '/')
    await beginCase(page, { start: 'tension', seed: 1 })
    await enterVr(page)
    await calibrate(page, 'right')
    const { u, v } = await spaceMiddle(page, 5)
    const at = await page.evaluate(
      ([a, b]) =>
        (
          globalThis as unknown as { __sina: { room(u: number, v: number, out: number): [number, number, number] } }
        ).__sina.room(a, b, 60),
      [u, v] as const,
    )
    await moveTip(page, 'right', at)
    await frames(page, 10)
    await shoot(page, 'headset')
  },
}

async function take(browser: Browser, name: string): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' })
  try {
    await pictures[name]!(await context.newPage())
  } finally {
    await context.close()
  }
}

mkdirSync(folder, { recursive: true })
const wanted = process.argv.slice(2)
const data = mkdtempSync(join(tmpdir(), 'sina-pictures-'))
const host = await startHost(data)
process.env.SINA_E2E_URL = host.url
const browser = await chromium.launch(settings.use?.launchOptions)
try {
  for (const name of Object.keys(pictures)) if (wanted.length === 0 || wanted.includes(name)) await take(browser, name)
} finally {
  await browser.close()
  await host.stop()
  rmSync(data, { recursive: true, force: true })
}
