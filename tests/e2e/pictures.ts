/**
 * Takes the pictures of the README and the docs from the running app: `node tests/e2e/pictures.ts [name …]`, or of single
 * scenes of living tissue: `tissue:bleed:cut`.
 * Needs a Chromium; writes small WebP files to `docs/pictures`.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Locator, type Page } from 'playwright/test'
import { atlasFileSchema } from '../../core/anatomy/atlasfile.ts'
import { layerOf } from '../../core/anatomy/outline.ts'
import { sceneNames } from '../../electron/shell/scenefiles.ts'
import { bodyStands, openApp } from './helpers/app.ts'
import { startHost } from './helpers/host.ts'
import {
  beginCase,
  choose,
  cut,
  decompress,
  moveTo,
  pick,
  rateOneself,
  running,
  spaceMiddle,
} from './helpers/theatre.ts'
import { tissueFrame, tissueMoments } from './helpers/tissue.ts'
import {
  calibrate,
  enterVr,
  frames,
  installHeadset,
  leaveVr,
  lookDown,
  moveTip,
  pointAt,
  pressPanel,
} from './helpers/xr.ts'
import settings from './playwright.config.ts'

const folder = join(import.meta.dirname, '../../docs/pictures')

/** The page's name for the switch of {@link drawSharp}. */
const SHARP = '__picture'

/**
 * On a slow machine the page gives up sharpness for speed. While the switch is on, frames count as fast, so that a
 * picture comes out as a machine with a graphics card shows it.
 */
async function drawSharp(page: Page): Promise<void> {
  await page.addInitScript((name) => {
    const real = window.requestAnimationFrame.bind(window)
    let [shown, seen] = [0, 0]
    window.requestAnimationFrame = (callback) =>
      real((now) => {
        if (now !== seen) {
          const isOn = (window as unknown as Record<string, unknown>)[name] === true
          shown = isOn ? shown + 17 : now
          seen = now
        }
        callback(shown)
      })
  }, SHARP)
}

const setSharp = (page: Page, on: boolean): Promise<void> =>
  page.evaluate(
    ([name, value]) => {
      ;(window as unknown as Record<string, unknown>)[name] = value
    },
    [SHARP, on] as const,
  )

/** Scenes of `tissue:SCENE …` on the command line; none for all. */
const onlyScenes = process.argv.slice(2).flatMap((name) => name.split(':').slice(1))

type Clip = { x: number; y: number; width: number; height: number }

/** Saves what the page shows as WebP. */
async function shoot(page: Page, name: string, waitMs = 2500, clip?: Clip): Promise<void> {
  await setSharp(page, true)
  await page.waitForTimeout(waitMs)
  await save(page, name, [await page.screenshot({ timeout: 120_000, ...(clip ? { clip } : {}) })])
  await setSharp(page, false)
}

/**
 * Saves pictures side by side as one WebP; the browser is the encoder.
 * @param stamps a line of text in the corner of each
 */
async function save(page: Page, name: string, pngs: readonly Buffer[], stamps: readonly string[] = []): Promise<void> {
  const webp = await page.evaluate(
    async ([all, texts, between]) => {
      const bitmaps = await Promise.all(
        all.map((data) => createImageBitmap(new Blob([Uint8Array.from(atob(data), (c) => c.charCodeAt(0))]))),
      )
      const width = bitmaps.reduce((sum, bitmap) => sum + bitmap.width + between, -between)
      const canvas = new OffscreenCanvas(width, bitmaps[0]!.height)
      const context = canvas.getContext('2d')!
      context.fillStyle = '#ffffff'
      context.fillRect(0, 0, width, canvas.height)
      let x = 0
      context.font = '600 15px "Noto Sans Variable", sans-serif'
      bitmaps.forEach((bitmap, i) => {
        context.drawImage(bitmap, x, 0)
        const text = texts[i]
        if (text !== undefined) {
          context.fillStyle = 'rgb(10 16 18 / 72%)'
          context.fillRect(x + 6, canvas.height - 28, context.measureText(text).width + 14, 22)
          context.fillStyle = '#ffffff'
          context.fillText(text, x + 13, canvas.height - 12)
        }
        x += bitmap.width + between
      })
      const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.86 })
      const bytes = new Uint8Array(await blob.arrayBuffer())
      let text = ''
      for (let i = 0; i < bytes.length; i += 32_768) text += String.fromCharCode(...bytes.subarray(i, i + 32_768))
      return btoa(text)
    },
    [pngs.map((png) => png.toString('base64')), stamps, 4] as const,
  )
  writeFileSync(join(folder, `${name}.webp`), Buffer.from(webp, 'base64'))
  process.stdout.write(`${name}.webp\n`)
}

/** Plays the expert’s run of a start and stops when a step of it is done, or some seconds later. */
async function watchExpert(page: Page, start: string, step: string, laterS = 0): Promise<void> {
  await page.evaluate((to) => {
    location.hash = to
  }, `#/case/sina.chest-drain/chest-drain?start=${start}&seed=1`)
  await page.getByRole('button', { name: 'Watch the expert' }).click()
  await running(page)
  await press(page.locator(`.timeline button[title$="${step}"]`))
  await page.waitForTimeout(5000)
  await press(page.getByRole('button', { name: 'Pause', exact: true }))
  for (let second = 0; second < laterS; second++) await page.locator('.watch-bar [role="slider"]').press('ArrowRight')
}

/** Has the pages to come drawn in a quality of a person's own choice. */
const preferring = (page: Page, quality: 'still' | 'full'): Promise<void> =>
  page
    .addInitScript((state) => localStorage.setItem('sina-preferences', JSON.stringify({ state, version: 1 })), {
      quality,
      language: 'en',
      // The eye is where it should be at once.
      motion: 'reduced',
    })
    .then(() => undefined)

/** How long software GL gathers the frames of a still picture. */
const STILL_MS = 60_000

/** A dissection as on the cover of an atlas: muscles on the right, bones and organs on the left, one bone named. */
async function coverLink(page: Page): Promise<string> {
  const { structures } = atlasFileSchema.parse(
    await page.evaluate(async () => (await fetch('atlas/male/atlas.json')).json()),
  )
  const hidden = structures.filter((structure) => {
    const layer = layerOf(structure)
    return structure.first === 'hidden' || layer < 2 || (layer < 4 && structure.side === 'left') || layer === 5
  })
  return `#/atlas?${new URLSearchParams({ h: hidden.map(({ id }) => id).join(' '), s: 'femur-l' })}`
}

/** Presses at once: a browser that draws in full waits long until a button counts as steady. */
const press = (button: Locator): Promise<void> => button.evaluate((element) => (element as HTMLElement).click())

const pictures: Record<string, (page: Page) => Promise<void>> = {
  async atlas(page) {
    await preferring(page, 'still')
    await openApp(page, '/')
    await page.evaluate(
      (to) => {
        location.hash = to
      },
      await coverLink(page),
    )
    await bodyStands(page)
    await shoot(page, 'atlas', STILL_MS)
    await openApp(page, '/atlas')
    await bodyStands(page)
    // Two layers at a time: fat off, then down to bone, then to the organs.
    for (const layer of ['muscles', 'skeleton', 'organs']) {
      await page.keyboard.press(']')
      await page.keyboard.press(']')
      await shoot(page, `atlas-${layer}`, STILL_MS)
    }
    await page.getByText('Woman', { exact: true }).click()
    await bodyStands(page)
    await shoot(page, 'atlas-woman', STILL_MS)
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
    await shoot(page, 'theatre', 14_000)
    await page.locator('#dock-tab-note').click()
    await page.locator('[data-item="finish-case"]').click()
    await page.locator('[data-to-rating]').click({ timeout: 120_000 })
    await rateOneself(page)
    await page.locator('.verdict').waitFor()
    await shoot(page, 'debrief')
  },
  async wound(page) {
    await page.addInitScript((name) => {
      ;(window as unknown as Record<string, unknown>)[name] = true
    }, SHARP)
    await preferring(page, 'full')
    await openApp(page, '/')
    const steps = ['Cut the skin', 'Enter over the rib', 'Insert the tube']
    // Before the tube is in, the finger that led it still is.
    const later = [0, 0, 3]
    const frames: Buffer[] = []
    for (const [i, step] of steps.entries()) {
      await watchExpert(page, 'stable', step, later[i])
      await press(page.locator('.watch-bar .views button', { hasText: 'Close' }))
      await page.waitForTimeout(14_000)
      // Between the panels.
      frames.push(
        await page.screenshot({
          timeout: 120_000,
          clip: { x: 400, y: 160, width: 480, height: 360 },
          animations: 'disabled',
        }),
      )
      await page.evaluate(() => {
        location.hash = '#/'
      })
    }
    await save(page, 'theatre-wound', frames, steps)
  },
  async drain(page) {
    // Nobody's hands are in play here: drawn sharp, in full, from the start.
    await page.addInitScript((name) => {
      ;(window as unknown as Record<string, unknown>)[name] = true
    }, SHARP)
    await preferring(page, 'full')
    await openApp(page, '/')
    await watchExpert(page, 'stable', 'Read the seal')
    await press(page.locator('.watch-bar .views button', { hasText: 'Operator' }))
    await shoot(page, 'theatre-drain', 14_000)
    await press(page.locator('.watch-bar .views button', { hasText: 'Water seal' }))
    await shoot(page, 'theatre-seal', 14_000)
  },
  async tissue(page) {
    await preferring(page, 'full')
    await openApp(page, '/tissue')
    // Drawn sharp throughout, without panels.
    await setSharp(page, true)
    for (const scene of sceneNames(join(import.meta.dirname, '../..'))) {
      const { telling, strip, view } = tissueMoments(scene)
      if (onlyScenes.length > 0 && !onlyScenes.includes(scene)) continue
      await page.setViewportSize({ width: 840, height: 560 })
      await save(page, `tissue-${scene}`, [await tissueFrame(page, scene, telling, view)])
      await page.setViewportSize({ width: 300, height: 240 })
      const frames: Buffer[] = []
      for (const at of strip) frames.push(await tissueFrame(page, scene, at))
      await save(
        page,
        `tissue-${scene}-strip`,
        frames,
        strip.map((at) => `${at.toFixed(1)} s`),
      )
    }
  },
  async scope(page) {
    await preferring(page, 'full')
    await openApp(page, '/tissue')
    await setSharp(page, true)
    await page.setViewportSize({ width: 420, height: 420 })
    const frames = [
      await tissueFrame(page, 'bleed', 3.2, undefined, '0'),
      await tissueFrame(page, 'bleed', 3.2, undefined, '30'),
    ]
    for (let i = 0; i < 4; i++) await page.keyboard.press(']')
    frames.push(await tissueFrame(page, 'bleed', 3.2, undefined, '30'))
    await save(page, 'tissue-scope', frames, ['0°', '30°', '30°, turned by 60°'])
  },
  async instruments(page) {
    await page.setViewportSize({ width: 1180, height: 1120 })
    await openApp(page, '/tissue/instruments')
    await page.locator('.tissue-ends').waitFor()
    await shoot(page, 'tissue-instruments', 4000)
  },
  async headset(page) {
    await installHeadset(page)
    await openApp(page, '/')
    await beginCase(page, { start: 'tension', seed: 1, device: 'xr-controllers' })
    await enterVr(page, { width: 560, height: 320 })
    await calibrate(page, 'right')
    await pressPanel(page, 'left', 'act:pick:scalpel')
    const { u, v } = await spaceMiddle(page, 5)
    const at = (out: number) =>
      page.evaluate(
        ([a, b, c]) =>
          (
            globalThis as unknown as { __sina: { room(u: number, v: number, out: number): [number, number, number] } }
          ).__sina.room(a, b, c),
        [u, v, out] as const,
      )
    await moveTip(page, 'right', await at(60))
    await pointAt(page, 'right', await at(-60))
    await moveTip(page, 'right', await at(25))
    await lookDown(page, 20)
    await leaveVr(page)
    await enterVr(page, { width: 1200, height: 852 })
    await frames(page, 8)
    // What an eye sees and nothing of the page.
    await page.evaluate(() => {
      for (const part of document.querySelectorAll<HTMLElement>('header, .theatre > :not(.theatre-canvas)'))
        part.style.visibility = 'hidden'
    })
    await shoot(page, 'headset', 6000, { x: 0, y: 52, width: 1200, height: 760 })
  },
}

async function take(browser: Browser, name: string): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' })
  try {
    const page = await context.newPage()
    // In a headset the frames are the session's own.
    if (name !== 'headset') await drawSharp(page)
    await pictures[name]!(page)
  } finally {
    await context.close()
  }
}

mkdirSync(folder, { recursive: true })
const wanted = process.argv.slice(2).map((name) => name.split(':')[0]!)
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
