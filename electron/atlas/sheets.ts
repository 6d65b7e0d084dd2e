import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { bodySchema, builtBody } from './bodies.ts'
import { type BodyMeshes, makeMeshes } from './meshes.ts'
import { encodePng } from './png.ts'
import type { PoolFolders } from './pool.ts'
import { clipFrom, frameOf, matcher, paintOf } from './preview.ts'
import { type Painted, raster, viewNamed } from './raster.ts'

const cellSchema = z.strictObject({
  /** What stands under the picture, for whoever reads the list of sheets. */
  shows: z.string(),
  view: z.string(),
  /** A body by name, or a description of one. */
  body: z.union([z.string(), bodySchema]).default('male'),
  pose: z.string().optional(),
  /** Only these ids (* for any letters), systems or regions; all must agree. */
  ids: z.array(z.string()).optional(),
  systems: z.array(z.string()).optional(),
  regions: z.array(z.string()).optional(),
  hide: z.array(z.string()).optional(),
  focus: z.array(z.string()).optional(),
  clip: z.array(z.string()).optional(),
  /** Also the fat and spaces between, for sections. */
  fills: z.boolean().default(false),
})

const sheetsSchema = z.strictObject({
  sheets: z.array(
    z.strictObject({
      name: z.string().regex(/^[a-z0-9-]+$/),
      columns: z.int().min(1).max(12),
      /** Width and height of one picture in pixels. */
      cell: z.tuple([z.int().min(50).max(1200), z.int().min(50).max(1200)]),
      cells: z.array(cellSchema).min(1),
    }),
  ),
})

type Cell = z.infer<typeof cellSchema>
type Sheet = z.infer<typeof sheetsSchema>['sheets'][number]

export type SheetReport = { readonly name: string; readonly cells: number; readonly empty: readonly string[] }

/**
 * Draws the contact sheets of `assets/sheets.yaml` as `body-NAME.png`, without a browser.
 * @param only names of sheets; absent: all
 * @throws ZodError when the list is not one
 */
export async function drawSheets(folders: PoolFolders, out: string, only?: readonly string[]): Promise<SheetReport[]> {
  const { sheets } = sheetsSchema.parse(parse(readFileSync(join(folders.assets, 'sheets.yaml'), 'utf8')))
  mkdirSync(out, { recursive: true })
  const posed = new PosedBodies(folders)
  const reports: SheetReport[] = []
  for (const sheet of sheets) {
    if (only && !only.includes(sheet.name)) continue
    const empty: string[] = []
    const pictures: Uint8Array[] = []
    for (const cell of sheet.cells) {
      const picture = drawCell(cell, sheet, await posed.get(cell.body, cell.pose ?? 'anatomical'))
      if (!picture) empty.push(cell.shows)
      pictures.push(picture ?? new Uint8Array(sheet.cell[0] * sheet.cell[1] * 3).fill(255))
    }
    const { width, height, pixels } = compose(pictures, sheet)
    writeFileSync(join(out, `body-${sheet.name}.png`), encodePng(width, height, pixels))
    reports.push({ name: sheet.name, cells: sheet.cells.length, empty })
  }
  return reports
}

/** The body last asked for; sheets that follow one another mostly show the same. */
class PosedBodies {
  private key = ''
  private meshes: Promise<BodyMeshes> | undefined
  private readonly folders: PoolFolders
  constructor(folders: PoolFolders) {
    this.folders = folders
  }
  get(body: Cell['body'], pose: string): Promise<BodyMeshes> {
    const key = JSON.stringify([body, pose])
    if (this.meshes && key === this.key) return this.meshes
    this.key = key
    this.meshes = makeMeshes({ folders: this.folders, body: typeof body === 'string' ? body : builtBody(body), pose })
    return this.meshes
  }
}

function drawCell(cell: Cell, sheet: Sheet, meshes: BodyMeshes): Uint8Array | undefined {
  const view = viewNamed(cell.view)
  if (!view) throw new Error(`sheet "${sheet.name}": no view is called "${cell.view}"`)
  const shown = matcher(cell.ids)
  const hidden = matcher(cell.hide)
  const focus = matcher(cell.focus)
  const items: Painted[] = []
  const framed: Painted[] = []
  for (const s of meshes.structures) {
    const row = meshes.assets.terms.get(s.id)
    // What is hidden at first is drawn only when it is named.
    const hiddenFirst = meshes.assets.hiddenFirst(s.id) && !(cell.fills && meshes.assets.fill(s.id))
    if (shown ? !shown(s.id) : hiddenFirst) continue
    if (hidden?.(s.id)) continue
    if (cell.systems && !cell.systems.includes(row?.system ?? '')) continue
    if (cell.regions && !cell.regions.includes(row?.region ?? '')) continue
    const mesh = meshes.mesh(s.id)?.levels[0]
    if (!mesh) continue
    const item = { mesh, ...paintOf(meshes.assets, s.definition.material) }
    items.push(item)
    if (focus?.(s.id) ?? true) framed.push(item)
  }
  if (items.length === 0) return undefined
  const [width, height] = sheet.cell
  const size = Math.max(width, height)
  const frame = frameOf(framed.length > 0 ? framed : items, view, width / height)
  return crop(raster(items, view, frame, (cell.clip ?? []).map(clipFrom), size), size, width, height)
}

function crop(pixels: Uint8Array, size: number, width: number, height: number): Uint8Array {
  const [left, top] = [(size - width) >> 1, (size - height) >> 1]
  const out = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++) {
    const from = ((y + top) * size + left) * 3
    out.set(pixels.subarray(from, from + width * 3), y * width * 3)
  }
  return out
}

function compose(pictures: readonly Uint8Array[], { cell: [w, h], columns }: Sheet) {
  const width = w * columns
  const height = h * Math.ceil(pictures.length / columns)
  const pixels = new Uint8Array(width * height * 3).fill(238)
  pictures.forEach((picture, k) => {
    const [x, y] = [(k % columns) * w, Math.floor(k / columns) * h]
    for (let row = 0; row < h; row++)
      pixels.set(picture.subarray(row * w * 3, (row + 1) * w * 3), ((y + row) * width + x) * 3)
  })
  return { width, height, pixels }
}
