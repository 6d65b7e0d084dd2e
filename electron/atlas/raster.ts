import { boxOfQuanta, QUANTUM_MM, QUANTUM_ORIGIN_M } from '../../core/modelling/quantise.ts'
import { capSolid, cutFacing } from './caps.ts'
import type { LevelMesh } from './structuremesh.ts'

/** What to draw: a mesh with its colour (linear RGB) and shine. */
export type Painted = {
  readonly mesh: LevelMesh
  readonly colour: readonly [number, number, number]
  readonly roughness: number
  /** Colour of what is tendon. */
  readonly tendon: readonly [number, number, number]
}

/** Right, up and toward-the-viewer axes of a parallel view, body frame. */
export type View = {
  readonly right: readonly [number, number, number]
  readonly up: readonly [number, number, number]
  readonly toward: readonly [number, number, number]
}

/** A plane: what lies beyond it (toward the viewer or not) is not drawn. */
export type Clip =
  | { readonly axis: 0 | 1 | 2; readonly above: number }
  | { readonly axis: 0 | 1 | 2; readonly below: number }

const unit = (v: [number, number, number]): [number, number, number] => {
  const l = Math.hypot(...v)
  return [v[0] / l, v[1] / l, v[2] / l]
}

function viewFrom(azimuth: number, elevation: number): View {
  const a = (azimuth * Math.PI) / 180
  const e = (elevation * Math.PI) / 180
  const toward = unit([Math.sin(a) * Math.cos(e), Math.sin(e), Math.cos(a) * Math.cos(e)])
  const right = unit([Math.cos(a), 0, -Math.sin(a)])
  const up: [number, number, number] = [
    toward[1] * right[2] - toward[2] * right[1],
    toward[2] * right[0] - toward[0] * right[2],
    toward[0] * right[1] - toward[1] * right[0],
  ]
  return { right, up, toward }
}

/** Named views; `left` looks at the body's left side. Any other is `azimuth/elevation` in degrees. */
export const VIEWS: Readonly<Record<string, View>> = {
  front: viewFrom(0, 0),
  back: viewFrom(180, 0),
  left: viewFrom(90, 0),
  right: viewFrom(-90, 0),
  top: viewFrom(0, 89.9),
  bottom: viewFrom(0, -89.9),
  'three-quarter': viewFrom(35, 15),
  'three-quarter-right': viewFrom(-35, 15),
}

export function viewNamed(name: string): View | undefined {
  const free = /^(-?\d+)\/(-?\d+)$/.exec(name)
  return free ? viewFrom(Number(free[1]), Number(free[2])) : VIEWS[name]
}

export type Frame = { readonly centre: readonly [number, number, number]; readonly halfMm: number }

const SAMPLES = 2
const BACKGROUND = [0.93, 0.94, 0.95]

/** Draws meshes in parallel projection into a square of `size` pixels; RGB bytes. */
export function raster(
  items: readonly Painted[],
  view: View,
  frame: Frame,
  clips: readonly Clip[],
  size: number,
): Uint8Array {
  const n = size * SAMPLES
  const depth = new Float32Array(n * n).fill(-Infinity)
  const colour = new Float32Array(n * n * 3)
  const scale = n / (2 * frame.halfMm)
  // Where a plane opens solids that fit into each other, their walls coincide: the smaller one is drawn last and wins.
  const ordered = clips.length > 0 ? [...items].sort((a, b) => sizeOf(b) - sizeOf(a)) : items
  for (const item of ordered) drawMesh(item, view, frame, clips, scale, n, depth, colour)
  const cut = cutFacing(clips, view)
  if (cut) {
    const others = clips.filter((clip) => clip !== cut)
    for (const item of ordered) capSolid(item, cut, others, view, frame, { n, scale, depth, colour })
  }
  return resolve(n, size, depth, colour)
}

/** Walls nearer to each other than this are one wall. */
const COINCIDENT_MM = 0.9

function sizeOf({ mesh }: Painted): number {
  const { low, high } = boxOfQuanta(mesh.q)
  return (high[0] - low[0]) * (high[1] - low[1]) * (high[2] - low[2])
}

function drawMesh(
  { mesh, colour: paint, roughness, tendon }: Painted,
  view: View,
  frame: Frame,
  clips: readonly Clip[],
  scale: number,
  n: number,
  depth: Float32Array,
  colour: Float32Array,
): void {
  const count = mesh.q.length / 3
  // Screen x, y, depth, position in mm, shade: worked out once per vertex.
  const at = new Float32Array(count * 6)
  const lit = new Float32Array(count * 3)
  for (let v = 0; v < count; v++) {
    const p = [0, 1, 2].map((c) => mesh.q[v * 3 + c] * QUANTUM_MM + QUANTUM_ORIGIN_M[c] * 1000)
    const d = p.map((x, c) => x - frame.centre[c])
    at[v * 6] = n / 2 + scale * (d[0] * view.right[0] + d[1] * view.right[1] + d[2] * view.right[2])
    at[v * 6 + 1] = n / 2 - scale * (d[0] * view.up[0] + d[1] * view.up[1] + d[2] * view.up[2])
    at[v * 6 + 2] = d[0] * view.toward[0] + d[1] * view.toward[1] + d[2] * view.toward[2]
    at.set(p, v * 6 + 3)
    const k = mesh.normals
    const normal = [k[v * 3] / 32767, k[v * 3 + 1] / 32767, k[v * 3 + 2] / 32767]
    const share = (mesh.tendon?.[v] ?? 0) / 255
    const own = share > 0 ? paint.map((p, c) => p + share * (tendon[c] - p)) : paint
    lit.set(shade(normal, view, mesh.ao[v] / 255, own, roughness), v * 3)
  }
  const inside = (w0: number, a: number, w1: number, b: number, w2: number, c: number): boolean =>
    clips.every((clip) => {
      const o = 3 + clip.axis
      const x = w0 * at[a * 6 + o] + w1 * at[b * 6 + o] + w2 * at[c * 6 + o]
      return 'above' in clip ? x <= clip.above : x >= clip.below
    })
  for (let t = 0; t < mesh.indices.length; t += 3) {
    const a = mesh.indices[t]
    const b = mesh.indices[t + 1]
    const c = mesh.indices[t + 2]
    const [ax, ay] = [at[a * 6], at[a * 6 + 1]]
    const [bx, by] = [at[b * 6], at[b * 6 + 1]]
    const [cx, cy] = [at[c * 6], at[c * 6 + 1]]
    const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
    const back = area >= 0
    if (back && clips.length === 0) continue
    if (area === 0) continue
    const x0 = Math.max(0, Math.ceil(Math.min(ax, bx, cx) - 0.5))
    const x1 = Math.min(n - 1, Math.floor(Math.max(ax, bx, cx) - 0.5))
    const y0 = Math.max(0, Math.ceil(Math.min(ay, by, cy) - 0.5))
    const y1 = Math.min(n - 1, Math.floor(Math.max(ay, by, cy) - 0.5))
    for (let y = y0; y <= y1; y++) {
      for (let x = x0; x <= x1; x++) {
        const [px, py] = [x + 0.5, y + 0.5]
        const w0 = ((bx - px) * (cy - py) - (by - py) * (cx - px)) / area
        const w1 = ((cx - px) * (ay - py) - (cy - py) * (ax - px)) / area
        const w2 = 1 - w0 - w1
        if (w0 < 0 || w1 < 0 || w2 < 0) continue
        const z = w0 * at[a * 6 + 2] + w1 * at[b * 6 + 2] + w2 * at[c * 6 + 2]
        const o = y * n + x
        if (back ? z <= depth[o] - COINCIDENT_MM : z <= depth[o]) continue
        if (clips.length > 0 && !inside(w0, a, w1, b, w2, c)) continue
        depth[o] = z
        for (let i = 0; i < 3; i++) {
          // A back face is only seen where a plane cut the solid open: draw it flat, as a section.
          const l = back ? paint[i] * 0.75 : w0 * lit[a * 3 + i] + w1 * lit[b * 3 + i] + w2 * lit[c * 3 + i]
          colour[o * 3 + i] = l
        }
      }
    }
  }
}

const KEY: readonly [number, number, number] = [-0.42, 0.6, 0.68]
const FILL: readonly [number, number, number] = [0.75, 0.1, 0.6]

/** Sky and ground, a key light from the upper left of the viewer, a weak fill, and a soft highlight. */
function shade(
  normal: readonly number[],
  view: View,
  ao: number,
  paint: readonly number[],
  roughness: number,
): [number, number, number] {
  const dot = (a: readonly number[], b: readonly number[]) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
  const n = [dot(normal, view.right), dot(normal, view.up), dot(normal, view.toward)]
  const key = Math.max(0, dot(n, KEY))
  const fill = Math.max(0, dot(n, FILL))
  const sky = 0.5 + 0.5 * n[1]
  const half = unit([KEY[0], KEY[1], KEY[2] + 1])
  const shine = Math.max(0, dot(n, half)) ** (4 + 60 * (1 - roughness)) * 0.28 * (1 - roughness)
  const ambient = ao * (0.2 + 0.22 * sky)
  const light = ambient + (0.35 + 0.65 * ao) * (0.85 * key + 0.22 * fill)
  return [paint[0] * light + shine, paint[1] * light + shine, paint[2] * light + shine]
}

/** Averages the samples of each pixel, darkens steps in depth to a fine outline, and writes sRGB. */
function resolve(n: number, size: number, depth: Float32Array, colour: Float32Array): Uint8Array {
  const out = new Uint8Array(size * size * 3)
  const linear = BACKGROUND.map((c) => c ** 2.2)
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const sum = [0, 0, 0]
      for (let s = 0; s < SAMPLES * SAMPLES; s++) {
        const o = (y * SAMPLES + Math.floor(s / SAMPLES)) * n + x * SAMPLES + (s % SAMPLES)
        const empty = depth[o] === -Infinity
        for (let c = 0; c < 3; c++) sum[c] += empty ? linear[c] : colour[o * 3 + c]
      }
      for (let c = 0; c < 3; c++) {
        out[(y * size + x) * 3 + c] = Math.round(255 * Math.min(1, sum[c] / (SAMPLES * SAMPLES)) ** (1 / 2.2))
      }
    }
  }
  return out
}
