import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { idMatcher } from '../../core/modelling/idpatterns.ts'
import { QUANTUM_MM, QUANTUM_ORIGIN_M } from '../../core/modelling/quantise.ts'
import { standardFolders } from './folders.ts'
import type { Assets } from './library.ts'
import { makeMeshes } from './meshes.ts'
import { encodePng } from './png.ts'
import { type Clip, type Frame, type Painted, raster, VIEWS, type View, viewNamed } from './raster.ts'

const USAGE = `node electron/atlas/preview.ts OUT.png
  --ids a,b,c        only these structures (* for any letters)
  --system s,t       only these systems
  --hide a,b,c       all but these (* for any letters)
  --view v,w         ${Object.keys(VIEWS).join(', ')}, or AZIMUTH/ELEVATION
  --size N           pixels of one view (default 700)
  --body NAME        male or female
  --pose NAME        a pose of assets/rig.yaml (default: as defined, arms out)
  --focus a,b        frame these structures
  --clip z>30,x<0    leave out what lies beyond a plane (mm)
  --light            the headset's level of detail
`

/** Draws structures from a few sides into one picture, without a browser. */
async function preview(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ids: { type: 'string' },
      system: { type: 'string' },
      hide: { type: 'string' },
      view: { type: 'string', default: 'front,left,back' },
      size: { type: 'string', default: '700' },
      body: { type: 'string', default: 'male' },
      pose: { type: 'string' },
      focus: { type: 'string' },
      clip: { type: 'string' },
      light: { type: 'boolean', default: false },
    },
  })
  const views = values.view.split(',').map(viewNamed)
  if (positionals.length !== 1 || views.includes(undefined)) {
    process.stderr.write(USAGE)
    return 2
  }
  const shown = matcher(listed(values.ids))
  const hidden = matcher(listed(values.hide))
  const systems = values.system?.split(',')
  const meshes = await makeMeshes({
    folders: standardFolders(),
    body: values.body,
    pose: values.pose ?? 'as-defined',
    only: (s, assets) =>
      (shown?.(s.id) ?? true) &&
      !hidden?.(s.id) &&
      (systems?.includes(assets.terms.get(s.id)?.system ?? 'other') ?? true),
  })
  for (const d of meshes.defects)
    process.stderr.write(`${d.code} ${d.structure} (${d.file}#${d.pointer}): ${d.reason}; ${d.remedy}\n`)
  const items: Painted[] = []
  const framed: Painted[] = []
  const focus = matcher(listed(values.focus))
  let triangles = 0
  for (const s of meshes.structures) {
    const mesh = meshes.mesh(s.id)?.levels[values.light ? 1 : 0]
    if (!mesh) continue
    const item = { mesh, ...paintOf(meshes.assets, s.definition.material) }
    triangles += mesh.indices.length / 3
    items.push(item)
    if (focus?.(s.id) ?? true) framed.push(item)
  }
  if (items.length === 0) {
    process.stderr.write('nothing to draw\n')
    return 1
  }
  const size = Number(values.size)
  const clips = (values.clip ?? '').split(',').filter(Boolean).map(clipFrom)
  const frame = frameOf(framed.length > 0 ? framed : items)
  const pictures = views.map((view) => raster(items, view!, frame, clips, size))
  writeFileSync(positionals[0], encodePng(size * pictures.length, size, sideBySide(pictures, size)))
  process.stdout.write(`${positionals[0]}: ${items.length} structures, ${triangles} triangles\n`)
  return 0
}

const listed = (text: string | undefined): string[] | undefined => text?.split(',').filter(Boolean)

/** Whether an id is in the list; `*` stands for any letters. Nothing without a list. */
export function matcher(names: readonly string[] | undefined): ((id: string) => boolean) | undefined {
  return names && idMatcher(names)
}

/** A plane from `z>30` (mm): what lies beyond is left out. Throws on any other text. */
export function clipFrom(text: string): Clip {
  const found = /^([xyz])([<>])(-?\d+(?:\.\d+)?)$/.exec(text)
  if (!found) throw new Error(`--clip wants e.g. z>30, not "${text}"`)
  const axis = 'xyz'.indexOf(found[1]) as 0 | 1 | 2
  return found[2] === '>' ? { axis, above: Number(found[3]) } : { axis, below: Number(found[3]) }
}

/** Colour and roughness of a material. */
export function paintOf(assets: Assets, material: string): Omit<Painted, 'mesh'> {
  const { roughness } = assets.materials[material] ?? {}
  return {
    colour: colourOf(assets, material),
    roughness: typeof roughness === 'number' ? roughness : 0.6,
    tendon: colourOf(assets, 'tendon'),
  }
}

/** The `colour` of a material, #rrggbb (sRGB), as linear red, green, blue. */
function colourOf(assets: Assets, material: string): [number, number, number] {
  const text = String(assets.materials[material]?.colour ?? '')
  const hex = /^#([0-9a-f]{6})$/i.exec(text)?.[1] ?? 'c8b8a8'
  const channel = (i: number) => (Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16) / 255) ** 2.2
  return [channel(0), channel(1), channel(2)]
}

/** A frame that holds all of the items; seen along a view, it fits a picture of this width to height. */
export function frameOf(items: readonly Painted[], view?: View, aspect = 1): Frame {
  const min = [Infinity, Infinity, Infinity]
  const max = [-Infinity, -Infinity, -Infinity]
  for (const { mesh } of items) {
    for (let i = 0; i < mesh.q.length; i++) {
      const mm = mesh.q[i] * QUANTUM_MM + QUANTUM_ORIGIN_M[i % 3] * 1000
      min[i % 3] = Math.min(min[i % 3], mm)
      max[i % 3] = Math.max(max[i % 3], mm)
    }
  }
  const half = [0, 1, 2].map((c) => (max[c] - min[c]) / 2)
  const along = (axis: readonly number[]) => half.reduce((sum, h, c) => sum + h * Math.abs(axis[c]), 0)
  const [across, up] = view ? [along(view.right), along(view.up)] : [Math.max(...half), Math.max(...half)]
  // The square picture is cut to the aspect: the longer side of the picture spans the frame.
  const need = aspect >= 1 ? Math.max(across, up * aspect) : Math.max(across / aspect, up)
  return { centre: [0, 1, 2].map((c) => (min[c] + max[c]) / 2) as [number, number, number], halfMm: need * 1.06 + 1 }
}

function sideBySide(pictures: readonly Uint8Array[], size: number): Uint8Array {
  const width = size * pictures.length
  const out = new Uint8Array(width * size * 3)
  pictures.forEach((p, k) => {
    for (let y = 0; y < size; y++) out.set(p.subarray(y * size * 3, (y + 1) * size * 3), (y * width + k * size) * 3)
  })
  return out
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await preview(process.argv.slice(2))
