/**
 * Contact of instruments with tissue: capsules against the free faces. Candidates are found once a tick over swept boxes;
 * every substep the nearest points push tissue and tool apart by their masses, with friction. A tool may move no
 * further in a substep than its axis is away from what is near, so nothing passes through.
 */
import { SimulationError } from '../../contract.ts'
import type { TissueMemory } from '../memory.ts'
import { CAPSULE, CAPSULE_SLOTS, type Capsules } from '../tools/capsules.ts'
import { INSTRUMENTS } from '../tools/catalogue.ts'
import { lightness, pushTool, straighten, TOOL } from '../tools/tool.ts'
import { closest, createClosest } from './closest.ts'

/** The free faces of all tissue: three particles each, and tetrahedron × 4 + vertex opposite. */
export type Surface = { readonly triangles: Uint32Array; readonly corners: Uint32Array; count: number }

/** How far tissue may come nearer in a tick by itself, m. */
const REACH = 0.006
/** Tissue gives way by no more than this in a substep, m. */
const MOST_PUSH = 0.002

/** Contact of all tools of a field. */
export type ToolContact = {
  /** Capsule and triangle of each pair. */
  readonly pairs: Uint32Array
  count: number
  readonly x: Float64Array
}

/** @param capacity pairs of a capsule and a triangle near it */
export function createToolContact(capacity: number): ToolContact {
  return { pairs: new Uint32Array(capacity * 2), count: 0, x: new Float64Array(15) }
}

const near = createClosest()

/** Lists the triangles that a capsule may meet in this tick. Throws `simulation/tissue-full` when there are too many. */
export function findPairs(
  contact: ToolContact,
  { position }: TissueMemory,
  surface: Surface,
  capsules: Capsules,
): void {
  const { pairs } = contact
  const { triangles } = surface
  let count = 0
  for (let c = 0; c < capsules.count; c++) {
    const at = c * CAPSULE_SLOTS
    const { rows } = capsules
    const reach = rows[at + CAPSULE.radius] + REACH
    const lowX = Math.min(rows[at], rows[at + 3], rows[at + CAPSULE.lastX], rows[at + CAPSULE.lastX + 3]) - reach
    const lowY =
      Math.min(rows[at + 1], rows[at + 4], rows[at + CAPSULE.lastX + 1], rows[at + CAPSULE.lastX + 4]) - reach
    const lowZ =
      Math.min(rows[at + 2], rows[at + 5], rows[at + CAPSULE.lastX + 2], rows[at + CAPSULE.lastX + 5]) - reach
    const topX = Math.max(rows[at], rows[at + 3], rows[at + CAPSULE.lastX], rows[at + CAPSULE.lastX + 3]) + reach
    const topY =
      Math.max(rows[at + 1], rows[at + 4], rows[at + CAPSULE.lastX + 1], rows[at + CAPSULE.lastX + 4]) + reach
    const topZ =
      Math.max(rows[at + 2], rows[at + 5], rows[at + CAPSULE.lastX + 2], rows[at + CAPSULE.lastX + 5]) + reach
    for (let t = 0; t < surface.count; t++) {
      const i = triangles[t * 3] * 4
      const j = triangles[t * 3 + 1] * 4
      const k = triangles[t * 3 + 2] * 4
      if (Math.max(position[i], position[j], position[k]) < lowX) continue
      if (Math.min(position[i], position[j], position[k]) > topX) continue
      if (Math.max(position[i + 1], position[j + 1], position[k + 1]) < lowY) continue
      if (Math.min(position[i + 1], position[j + 1], position[k + 1]) > topY) continue
      if (Math.max(position[i + 2], position[j + 2], position[k + 2]) < lowZ) continue
      if (Math.min(position[i + 2], position[j + 2], position[k + 2]) > topZ) continue
      if (count * 2 >= pairs.length) throw new SimulationError('simulation/tissue-full', 'contact pairs')
      pairs[count * 2] = c
      pairs[count++ * 2 + 1] = t
    }
  }
  contact.count = count
}

/**
 * Parts tools and tissue once. @param bound by particle, the number of the tool that holds it, plus one
 * @param pressed marks the particles of faces that a tool touches
 */
export function solvePairs(
  contact: ToolContact,
  tissue: TissueMemory,
  surface: Surface,
  capsules: Capsules,
  tools: readonly Float64Array[],
  bound: Uint8Array,
  pressed: Uint8Array,
): void {
  const { pairs, x } = contact
  const { position } = tissue
  const { triangles } = surface
  const { rows } = capsules
  for (let n = 0; n < contact.count; n++) {
    const at = pairs[n * 2] * CAPSULE_SLOTS
    const i = triangles[pairs[n * 2 + 1] * 3] * 4
    const j = triangles[pairs[n * 2 + 1] * 3 + 1] * 4
    const k = triangles[pairs[n * 2 + 1] * 3 + 2] * 4
    // Jaws do not push away what they hold.
    const own = rows[at + CAPSULE.tool] + 1
    if (bound[i >> 2] === own || bound[j >> 2] === own || bound[k >> 2] === own) continue
    const tool = tools[rows[at + CAPSULE.tool]]
    for (let e = 0; e < 6; e++) x[e] = rows[at + e]
    for (let e = 0; e < 3; e++) {
      x[6 + e] = position[i + e]
      x[9 + e] = position[j + e]
      x[12 + e] = position[k + e]
    }
    closest(x, near)
    const radius = rows[at + CAPSULE.radius]
    const far = Math.sqrt(near.d2)
    if (far >= radius) {
      if (far < tool[TOOL.room]) tool[TOOL.room] = far
      continue
    }
    part(tissue, tool, rows, at, i, j, k, x, radius, far)
    if (radius < tool[TOOL.room]) tool[TOOL.room] = radius
    pressed[i >> 2] = 1
    pressed[j >> 2] = 1
    pressed[k >> 2] = 1
  }
}

/** Parts one capsule and one triangle. */
function part(
  { position, previous }: TissueMemory,
  tool: Float64Array,
  rows: Float64Array,
  at: number,
  i: number,
  j: number,
  k: number,
  x: Float64Array,
  radius: number,
  far: number,
): void {
  const { s, u, v, w } = near
  const px = x[0] + s * (x[3] - x[0])
  const py = x[1] + s * (x[4] - x[1])
  const pz = x[2] + s * (x[5] - x[2])
  let nx = px - u * x[6] - v * x[9] - w * x[12]
  let ny = py - u * x[7] - v * x[10] - w * x[13]
  let nz = pz - u * x[8] - v * x[11] - w * x[14]
  let depth = radius - far
  if (near.crosses || far < 1e-7) {
    // The axis has come through: out along the face, as far as its deeper end lies within.
    const ax = x[9] - x[6]
    const ay = x[10] - x[7]
    const az = x[11] - x[8]
    const bx = x[12] - x[6]
    const by = x[13] - x[7]
    const bz = x[14] - x[8]
    nx = ay * bz - az * by
    ny = az * bx - ax * bz
    nz = ax * by - ay * bx
    const size = Math.sqrt(nx * nx + ny * ny + nz * nz)
    if (!(size > 0)) return
    nx /= size
    ny /= size
    nz /= size
    const p = (x[0] - x[6]) * nx + (x[1] - x[7]) * ny + (x[2] - x[8]) * nz
    const q = (x[3] - x[6]) * nx + (x[4] - x[7]) * ny + (x[5] - x[8]) * nz
    depth = radius + Math.max(0, Math.min(-Math.min(p, q), MOST_PUSH))
  } else {
    nx /= far
    ny /= far
    nz /= far
  }
  depth = Math.min(depth, MOST_PUSH)
  const along = rows[at + CAPSULE.from] + s * (rows[at + CAPSULE.to] - rows[at + CAPSULE.from])
  const wi = position[i + 3] * u
  const wj = position[j + 3] * v
  const wk = position[k + 3] * w
  const light = lightness(tool, along)
  const sum = wi * u + wj * v + wk * w + light
  if (!(sum > 0)) return
  const lambda = depth / sum
  // Friction: what the two slid along each other in this substep, held as far as the pressure allows.
  const toolX = px - (rows[at + CAPSULE.beforeX] + s * (rows[at + CAPSULE.beforeX + 3] - rows[at + CAPSULE.beforeX]))
  const toolY =
    py - (rows[at + CAPSULE.beforeX + 1] + s * (rows[at + CAPSULE.beforeX + 4] - rows[at + CAPSULE.beforeX + 1]))
  const toolZ =
    pz - (rows[at + CAPSULE.beforeX + 2] + s * (rows[at + CAPSULE.beforeX + 5] - rows[at + CAPSULE.beforeX + 2]))
  let tx = toolX
  let ty = toolY
  let tz = toolZ
  tx -= u * (x[6] - previous[i]) + v * (x[9] - previous[j]) + w * (x[12] - previous[k])
  ty -= u * (x[7] - previous[i + 1]) + v * (x[10] - previous[j + 1]) + w * (x[13] - previous[k + 1])
  tz -= u * (x[8] - previous[i + 2]) + v * (x[11] - previous[j + 2]) + w * (x[14] - previous[k + 2])
  const normal = tx * nx + ty * ny + tz * nz
  tx -= normal * nx
  ty -= normal * ny
  tz -= normal * nz
  const slid = Math.sqrt(tx * tx + ty * ty + tz * tz)
  const held = slid > 1e-12 ? Math.min(1, (INSTRUMENTS[tool[TOOL.kind]].friction * depth) / slid) / sum : 0
  const fx = lambda * nx - held * tx
  const fy = lambda * ny - held * ty
  const fz = lambda * nz - held * tz
  move(position, i, wi, fx, fy, fz)
  move(position, j, wj, fx, fy, fz)
  move(position, k, wk, fx, fy, fz)
  const size = Math.sqrt(fx * fx + fy * fy + fz * fz)
  if (light > 0) {
    pushTool(tool, along, size, fx / size, fy / size, fz / size)
    straighten(tool)
  }
  tool[TOOL.touched]++
}

function move(position: Float32Array, at: number, weight: number, fx: number, fy: number, fz: number): void {
  position[at] -= weight * fx
  position[at + 1] -= weight * fy
  position[at + 2] -= weight * fz
}
