import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page, test } from 'playwright/test'
import { bodyStands, openApp, type SceneHooks } from './helpers/app.ts'
import { bytesOf, coloursAt, deltaE, hueBetween, type Lab, labOf, medianOf } from './helpers/colour.ts'

type Hooked = { __sina: SceneHooks }
type Sample = { material: string; structure: string; lab: Lab }

/** What each material looked like when a person last judged the pictures; `SINA_COLOURS=write` takes it anew. */
const file = join(import.meta.dirname, 'colours.json')
const MOST_DELTA_E = 5
/** Light and noise shift a hue a little; more than this and a reader would take it for another tissue. */
const MOST_HUE_DEGREES = 22
/** So long it may take until a structure is shown alone. */
const SHOWN_MS = 60_000

test.describe.configure({ timeout: 480_000 })
// Drawn on the processor, a smaller picture is a faster one; structures are large enough on it.
test.use({ viewport: { width: 960, height: 640 } })

/** The largest structure of each material, by the index of the body. */
async function largestOfEach(page: Page): Promise<{ id: string; material: string; colour: string }[]> {
  return page.evaluate(async () => {
    const index = (await (await fetch('atlas/male/atlas.json')).json()) as {
      structures: { id: string; material: string; volumeCm3?: number }[]
      materials: Record<string, { colour: string }>
    }
    const largest: Record<string, { id: string; material: string; colour: string; volume: number }> = {}
    for (const { id, material, volumeCm3 = 0 } of index.structures)
      if (volumeCm3 > (largest[material]?.volume ?? -1))
        largest[material] = { id, material, colour: index.materials[material].colour, volume: volumeCm3 }
    // Nails and the window of the dermis are specks on a body seen whole: too few pixels to probe.
    return Object.values(largest).filter(({ material }) => !['nail', 'dermis'].includes(material))
  })
}

/** Shows one structure alone, as a shared link does, and finds pixels well inside it that no panel covers. */
async function pixelsOf(page: Page, id: string): Promise<{ x: number; y: number }[]> {
  await page.evaluate((only) => {
    location.hash = `#/atlas?o=${only}`
  }, id)
  // By the clock: on a fast machine many pictures are drawn before the link is followed.
  for (const end = Date.now() + SHOWN_MS; Date.now() < end; ) {
    const points = await pixelsNow(page, id)
    if (points !== null) return points
  }
  throw new Error(`${id} is not shown alone`)
}

/** The same in the picture drawn next; null where it does not show that structure alone. */
async function pixelsNow(page: Page, id: string): Promise<{ x: number; y: number }[] | null> {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  return page.evaluate((only) => {
    const { width, height, ids, values } = (globalThis as unknown as Hooked).__sina.idBuffer(1)
    const seen = Object.values(ids)
    if (seen.length !== 1 || seen[0] !== only) return null
    const canvas = document.querySelector('canvas')!
    const box = canvas.getBoundingClientRect()
    const found: { x: number; y: number }[] = []
    const step = 2
    for (let y = 3; y < height - 3; y += step)
      for (let x = 3; x < width - 3; x += step) {
        const inside = [-3, 0, 3].every((dy) => [-3, 0, 3].every((dx) => values[(y + dy) * width + x + dx] > 0))
        if (!inside) continue
        const point = { x: box.left + ((x + 0.5) * box.width) / width, y: box.top + ((y + 0.5) * box.height) / height }
        if (document.elementFromPoint(point.x, point.y) === canvas) found.push(point)
      }
    // As many as a median needs, from all over it.
    const every = Math.ceil(found.length / 500)
    return found.filter((_, i) => i % every === 0)
  }, id)
}

test('every material has the colour that readers of atlases know', async ({ page }) => {
  const faults = await openApp(page, '/atlas')
  await bodyStands(page)
  const known: Sample[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : []
  const seen: Sample[] = []
  const wrong: string[] = []
  const materials = await largestOfEach(page)
  for (const { id, material, colour } of materials) {
    const points = await pixelsOf(page, id)
    if (points.length < 40) {
      wrong.push(`${material}: only ${points.length} pixels of ${id}`)
      continue
    }
    const lab = medianOf(await coloursAt(page, points))
    seen.push({ material, structure: id, lab: lab.map((value) => Math.round(value * 10) / 10) as unknown as Lab })
    const turned = hueBetween(lab, labOf(bytesOf(colour)))
    if (turned > MOST_HUE_DEGREES) wrong.push(`${material}: hue of ${id} is ${turned.toFixed(0)}° from ${colour}`)
    const before = known.find((sample) => sample.material === material)
    const apart = before ? deltaE(lab, before.lab) : Number.POSITIVE_INFINITY
    if (process.env.SINA_COLOURS !== 'write' && apart > MOST_DELTA_E)
      wrong.push(`${material}: ${id} is ΔE ${apart.toFixed(1)} from what it was`)
  }
  if (process.env.SINA_COLOURS === 'write')
    writeFileSync(file, `[\n${seen.map((sample) => `  ${JSON.stringify(sample)}`).join(',\n')}\n]\n`)
  expect(wrong).toEqual([])
  expect(seen.length).toBe(materials.length)
  expect(faults).toEqual([])
})
