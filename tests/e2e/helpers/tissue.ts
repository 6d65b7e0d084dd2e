/** Moments of scenes of living tissue, and pictures of them. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright/test'

export type TissueSeen = {
  tick: number
  triangles: number
  drawn: number
  tools: number[]
  position: number[]
  rest: number[]
  /** How far cooked and how dry each particle is. */
  burn: number[]
  puffs: number
  drops: number
  /** Ten numbers a clip, its middle first. */
  clips: number[]
  bledMl: number
  sealMmHg: number
  events: Record<string, number>
}
export type TissueHooks = {
  tissue(): TissueSeen | null
  project(point: readonly [number, number, number]): { x: number; y: number }
}

/** How a scene is looked at: wheel steps nearer (negative), and a drag in shares of the picture's height. */
type View = { zoom: number; turn: number; tilt: number }
type Moments = { telling: number; strip: readonly number[]; view: View }

const NEAR: View = { zoom: -3, turn: 0, tilt: 0 }
/** Scenes whose best moments are known; of others the strip is even. */
const MOMENTS: Readonly<Record<string, Moments>> = {
  grasp: { telling: 2.2, strip: [0.8, 1.3, 2.2, 3.2, 3.6], view: NEAR },
  press: { telling: 1.2, strip: [0.6, 0.9, 1.2, 2.1, 2.6], view: NEAR },
  bleed: { telling: 3.2, strip: [1, 2, 3.2, 5, 7], view: { zoom: -4, turn: -0.06, tilt: 0.1 } },
  thread: { telling: 1.5, strip: [0.4, 1, 1.7, 2.4, 3.4], view: NEAR },
  cut: { telling: 2.6, strip: [0.4, 1.1, 1.7, 2.4, 4.5], view: { zoom: -5, turn: -0.06, tilt: 0.14 } },
  cauterise: { telling: 4.1, strip: [0.9, 1.5, 2.2, 3.4, 4.1, 5.2], view: NEAR },
  gallbladder: { telling: 7.6, strip: [1.2, 4.2, 6, 8.9, 13.5], view: { zoom: -4, turn: 0.06, tilt: 0.05 } },
  dissect: { telling: 3, strip: [1.2, 2.1, 3, 3.9, 5.6], view: { zoom: -5, turn: 0.1, tilt: -0.1 } },
  inject: { telling: 3.5, strip: [0.8, 1.7, 2.4, 3.5, 4.6], view: { zoom: -1, turn: 0.1, tilt: -0.03 } },
  clip: { telling: 2.1, strip: [0.6, 1, 1.5, 2.2, 2.9], view: { zoom: -7, turn: 0.28, tilt: -0.06 } },
  seal: { telling: 3, strip: [0.7, 1.2, 2, 3.8, 4.6], view: { zoom: -7, turn: -0.3, tilt: 0 } },
  hydrodissect: { telling: 7, strip: [1.4, 2.4, 3.6, 5, 7], view: { zoom: -5, turn: -0.1, tilt: -0.13 } },
  ligate: { telling: 3.3, strip: [0.9, 1.7, 2.3, 2.8, 4.5], view: { zoom: -5, turn: 0, tilt: 0.06 } },
  roeder: { telling: 7.4, strip: [0.3, 2.6, 4.6, 6.4, 8.5], view: { zoom: -4, turn: 0, tilt: 0 } },
  tie: { telling: 5.2, strip: [2.6, 4.6, 7.6, 13.2, 19, 25], view: { zoom: 4, turn: 0, tilt: -0.03 } },
  guidewire: { telling: 1.2, strip: [0.6, 2.1, 3.2, 7.4, 10.5, 12], view: { zoom: 1, turn: 0.24, tilt: -0.08 } },
  catheter: { telling: 4.9, strip: [0.6, 1.3, 2.3, 3, 4.9], view: { zoom: -2, turn: 0.1, tilt: 0 } },
  drain: { telling: 2.6, strip: [0.4, 1.1, 1.9, 2.7, 4.3], view: NEAR },
  drill: { telling: 8.35, strip: [1.4, 3, 4.4, 5.8, 8, 8.6], view: { zoom: -5, turn: -0.05, tilt: 0.14 } },
  phaco: { telling: 5.7, strip: [1.3, 3.3, 5.7, 7.9, 10.5], view: { zoom: -5, turn: -0.05, tilt: 0.16 } },
  stones: { telling: 0.8, strip: [0.6, 1.4, 2.6, 4.4, 6, 6.6], view: { zoom: -4, turn: -0.06, tilt: 0.12 } },
  retract: { telling: 3.6, strip: [0.9, 1.7, 2.4, 3.6, 5], view: { zoom: -3, turn: 0, tilt: -0.06 } },
  bougie: { telling: 3, strip: [0.8, 2, 2.7, 4.3, 5.6], view: { zoom: -3, turn: 0.04, tilt: -0.05 } },
  probe: { telling: 3.3, strip: [0.7, 1, 2.3, 3.3, 4], view: { zoom: -4, turn: -0.05, tilt: 0.05 } },
  trocar: { telling: 4.1, strip: [0.3, 1.5, 2.4, 3.3, 4.1], view: { zoom: -2, turn: 0, tilt: -0.03 } },
  wash: { telling: 2, strip: [1.1, 2, 3, 4.1, 6.8], view: { zoom: -4, turn: 0, tilt: 0.06 } },
}

export function tissueMoments(scene: string): Moments {
  const known = MOMENTS[scene]
  if (known) return known
  const file = join(import.meta.dirname, '../../scenes', `${scene}.json`)
  const { seconds } = JSON.parse(readFileSync(file, 'utf8')) as { seconds: number }
  const strip = [0.15, 0.35, 0.55, 0.75, 0.95].map((share) => Math.round(seconds * share * 100) / 100)
  return { telling: strip[2]!, strip, view: NEAR }
}

/** Waits until the simulation stands at a tick and the picture shows it. */
export async function tissueDrawnAt(page: Page, tick: number): Promise<void> {
  await page.waitForFunction(
    (wanted) => (globalThis as unknown as { __sina?: Partial<TissueHooks> }).__sina?.tissue?.()?.tick === wanted,
    tick,
    { timeout: 120_000 },
  )
  const drawn = await page.evaluate(
    () => (globalThis as unknown as { __sina: TissueHooks }).__sina.tissue()?.drawn ?? 0,
  )
  await page.waitForFunction(
    (before) => ((globalThis as unknown as { __sina: TissueHooks }).__sina.tissue()?.drawn ?? 0) > before + 1,
    drawn,
    { timeout: 120_000 },
  )
}

/** The canvas has the whole window. */
const BARE =
  '.tissue-panel, .sina-bar { display: none } .sina-shell { grid-template-rows: minmax(0, 1fr); min-width: 0 } .tissue-canvas canvas { cursor: none }'

/** A picture (PNG) of a scene at a moment, without panels. @param view how to turn from where the eye is now */
export async function tissueFrame(
  page: Page,
  scene: string,
  at: number,
  view?: View,
  scope?: '0' | '30',
): Promise<Buffer> {
  await page.evaluate(
    ([name, seconds, look]) => {
      location.hash = `#/tissue/${name}?at=${seconds}${look === undefined ? '' : `&view=${look}`}`
    },
    [scene, at, scope] as const,
  )
  await page
    .locator(`.tissue[data-scene="${scene}"][data-tick="${Math.round(at * 100)}"]`)
    .waitFor({ timeout: 120_000 })
  await page.addStyleTag({ content: BARE })
  // A canvas that has just come, or whose window changed, takes its size a moment later.
  await page.waitForFunction(
    () => Math.abs((document.querySelector('.tissue-canvas canvas')?.clientWidth ?? 0) - innerWidth) < 2,
    undefined,
    { timeout: 120_000 },
  )
  const box = (await page.locator('.tissue-canvas canvas').boundingBox())!
  if (view) await look(page, box, view)
  await tissueDrawnAt(page, Math.round(at * 100))
  return page.screenshot({ timeout: 120_000, clip: box })
}

async function look(
  page: Page,
  box: { x: number; y: number; width: number; height: number },
  view: View,
): Promise<void> {
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x, y)
  await page.keyboard.down('Control')
  for (let i = 0; i < Math.abs(view.zoom); i++) await page.mouse.wheel(0, Math.sign(view.zoom) * 100)
  await page.mouse.down()
  await page.mouse.move(x + view.turn * box.height, y + view.tilt * box.height)
  await page.mouse.up()
  await page.keyboard.up('Control')
}
