/**
 * Contact of instruments with tissue: capsules against the free faces. Candidates are found once a tick around what the
 * capsules sweep; every substep the nearest points push tissue and tool apart by their masses, with friction. A tool may
 * move no further in a substep than its axis is away from what is near, so nothing passes through.
 */
import { SimulationError } from '../../contract.ts'
import { TICK_S } from '../clock.ts'
import type { TissueMemory } from '../memory.ts'
import { load, type Tissue } from '../solver.ts'
import { CAPSULE, CAPSULE_SLOTS, type Capsules } from '../tools/capsules.ts'
import { INSTRUMENTS } from '../tools/catalogue.ts'
import { placeInJaws, readyJaws } from '../tools/frame.ts'
import { givePush, PUSH, push, readyPush, straighten } from '../tools/motion.ts'
import { TOOL } from '../tools/tool.ts'
import type { ContactMemory } from './memory.ts'

/** The free faces of all tissue: three particles each, and tetrahedron × 4 + vertex opposite. */
export type Surface = {
  readonly triangles: Uint32Array
  readonly corners: Uint32Array
  count: number
  /** How often it was found anew; no state. */
  version: number
}

/** Tissue gives way by no more than this in a substep, m. */
const MOST_PUSH = 0.002
/**
 * And what a tip has come into, by so much more: what is pressed springs back in a substep by more than the above, and a thin
 * tip would go through it whole, a little further in each.
 */
const MOST_DEEP = 0.008

/**
 * Lists the faces that capsules may meet in this tick, and gives tools their room; returns how many pairs there are. To be
 * called after those of the surface are found, with which it shares the balls around faces. Throws
 * `simulation/tissue-full`. @param bound by particle, the number of the tool that holds it, plus one
 */
export function findPairs(
  contact: ContactMemory,
  { kernel, memory }: Tissue,
  surface: Surface,
  capsules: Capsules,
  tools: readonly Float64Array[],
  bound: Uint8Array,
): number {
  contact.bound.set(bound)
  for (let t = 0; t < tools.length; t++) spareClipped(contact.bound, tools[t], t, memory.position)
  const count = kernel.findToolPairs(contact.table, surface.count, capsules.count, TICK_S)
  if (count < 0) throw new SimulationError('simulation/tissue-full', 'contact pairs')
  for (let t = 0; t < tools.length; t++) tools[t][TOOL.room] = Infinity
  giveRoom(contact, capsules, tools)
  return count
}

const place = new Float64Array(3)

/**
 * Jaws that set clips do not press what a clip holds between them: its legs stand there. It is taken out of contact, as
 * what they hold themselves.
 */
function spareClipped(bound: Uint8Array, tool: Float64Array, t: number, position: Float32Array): void {
  if (tool[TOOL.kind] < 0 || INSTRUMENTS[tool[TOOL.kind]].clips === undefined) return
  readyJaws(tool)
  for (let p = 0; p < bound.length; p++)
    if (bound[p] === CLIPPED && placeInJaws(tool, position, p * 4, place)) bound[p] = t + 1
}

/** Takes the room of capsules over into that of their tools, where it is less. */
function giveRoom({ rooms }: ContactMemory, { rows, count }: Capsules, tools: readonly Float64Array[]): void {
  for (let c = 0; c < count; c++) {
    const tool = tools[rows[c * CAPSULE_SLOTS + CAPSULE.tool]]
    if (rooms[c] < tool[TOOL.room]) tool[TOOL.room] = rooms[c]
  }
}

/** Marks of what a clip holds and of what a tool touches, beside the numbers of tools that hold: see `TissueField.bound`. */
export const CLIPPED = 255
export const TOUCHED = 254

/** From this share of a shaft's length on tissue lies on its side and not on its tip. */
const ALONG = 0.02

/** Cosine of the angle between a shaft and the way in which it is pushed off up to which it lies along what it touches. */
const SIDEWAYS = 0.5

/** Parts tools and tissue once. @param pressed marks the particles of faces that a tool touches */
export function solvePairs(
  contact: ContactMemory,
  count: number,
  { kernel, memory }: Tissue,
  capsules: Capsules,
  tools: readonly Float64Array[],
  pressed: Uint8Array,
): void {
  const { toolPairs, triangles, rows, table } = contact
  kernel.openTouches(table, capsules.count)
  for (let n = kernel.nextTouch(table, -1, count); n < count; n = kernel.nextTouch(table, n, count)) {
    const at = toolPairs[n * 2] * CAPSULE_SLOTS
    const f = toolPairs[n * 2 + 1] * 3
    contact.met[rows[at + CAPSULE.tool]] = toolPairs[n * 2 + 1]
    const lies = part(contact, memory, tools[rows[at + CAPSULE.tool]], at, f)
    for (let k = f; k < f + 3; k++) {
      if (pressed[triangles[k]] === CLIPPED || pressed[triangles[k]] === TOUCHED) continue
      if (lies) load(memory, triangles[k])
      pressed[triangles[k]] = TOUCHED
    }
  }
  giveRoom(contact, capsules, tools)
}

/** Parts the capsule at `at` and the triangle at `f`, whose closest points were found; whether that lies along a shaft or a fan's blade. */
function part(
  { rows, triangles, hit }: ContactMemory,
  { position, previous }: TissueMemory,
  tool: Float64Array,
  at: number,
  f: number,
): boolean {
  const i = triangles[f] * 4
  const j = triangles[f + 1] * 4
  const k = triangles[f + 2] * 4
  const s = hit[0]
  const u = hit[1]
  const v = hit[2]
  const w = hit[3]
  const far = hit[4]
  const radius = rows[at + CAPSULE.radius]
  const px = rows[at] + s * (rows[at + 3] - rows[at])
  const py = rows[at + 1] + s * (rows[at + 4] - rows[at + 1])
  const pz = rows[at + 2] + s * (rows[at + 5] - rows[at + 2])
  let nx = px - u * position[i] - v * position[j] - w * position[k]
  let ny = py - u * position[i + 1] - v * position[j + 1] - w * position[k + 1]
  let nz = pz - u * position[i + 2] - v * position[j + 2] - w * position[k + 2]
  let depth = radius - far
  if (hit[5] === 1 || far < 1e-7) {
    // The axis has come through: out along the face, as far as the end that lies within.
    const ax = position[j] - position[i]
    const ay = position[j + 1] - position[i + 1]
    const az = position[j + 2] - position[i + 2]
    const bx = position[k] - position[i]
    const by = position[k + 1] - position[i + 1]
    const bz = position[k + 2] - position[i + 2]
    nx = ay * bz - az * by
    ny = az * bx - ax * bz
    nz = ax * by - ay * bx
    const size = Math.sqrt(nx * nx + ny * ny + nz * nz)
    if (!(size > 0)) return false
    nx /= size
    ny /= size
    nz /= size
    const over = position[i] * nx + position[i + 1] * ny + position[i + 2] * nz
    const p = rows[at] * nx + rows[at + 1] * ny + rows[at + 2] * nz - over
    const q = rows[at + 3] * nx + rows[at + 4] * ny + rows[at + 5] * nz - over
    depth = p < 0 ? radius + Math.min(-p, MOST_DEEP) : Math.min(radius + Math.max(0, -q), MOST_PUSH)
  } else {
    nx /= far
    ny /= far
    nz /= far
  }
  push[PUSH.share] = rows[at + CAPSULE.from] + s * (rows[at + CAPSULE.to] - rows[at + CAPSULE.from])
  readyPush(tool)
  const wi = position[i + 3] * u
  const wj = position[j + 3] * v
  const wk = position[k + 3] * w
  const light = push[PUSH.light]
  const sum = wi * u + wj * v + wk * w + light
  if (!(sum > 0)) return false
  const lambda = depth / sum
  // Friction: what the two slid along each other in this substep, held as far as the pressure allows.
  const before = at + CAPSULE.beforeX
  let tx = px - (rows[before] + s * (rows[before + 3] - rows[before]))
  let ty = py - (rows[before + 1] + s * (rows[before + 4] - rows[before + 1]))
  let tz = pz - (rows[before + 2] + s * (rows[before + 5] - rows[before + 2]))
  tx -= u * (position[i] - previous[i]) + v * (position[j] - previous[j]) + w * (position[k] - previous[k])
  ty -=
    u * (position[i + 1] - previous[i + 1]) +
    v * (position[j + 1] - previous[j + 1]) +
    w * (position[k + 1] - previous[k + 1])
  tz -=
    u * (position[i + 2] - previous[i + 2]) +
    v * (position[j + 2] - previous[j + 2]) +
    w * (position[k + 2] - previous[k + 2])
  const normal = tx * nx + ty * ny + tz * nz
  tx -= normal * nx
  ty -= normal * ny
  tz -= normal * nz
  const slid = Math.sqrt(tx * tx + ty * ty + tz * tz)
  const held = slid > 1e-12 ? Math.min(1, (INSTRUMENTS[tool[TOOL.kind]].friction * depth) / slid) / sum : 0
  const fx = lambda * nx - held * tx
  const fy = lambda * ny - held * ty
  const fz = lambda * nz - held * tz
  position[i] -= wi * fx
  position[i + 1] -= wi * fy
  position[i + 2] -= wi * fz
  position[j] -= wj * fx
  position[j + 1] -= wj * fy
  position[j + 2] -= wj * fz
  position[k] -= wk * fx
  position[k + 1] -= wk * fy
  position[k + 2] -= wk * fz
  const size = Math.sqrt(fx * fx + fy * fy + fz * fz)
  if (light > 0) {
    push[PUSH.lambda] = size
    push[PUSH.x] = fx / size
    push[PUSH.y] = fy / size
    push[PUSH.z] = fz / size
    givePush(tool)
    straighten(tool)
    if (sum === light) followShaft(rows, at, tool)
  }
  tool[TOOL.touched]++
  if (s <= ALONG || (rows[at + CAPSULE.to] !== 1 && INSTRUMENTS[tool[TOOL.kind]].fan === undefined)) return false
  const ux = rows[at + 3] - rows[at]
  const uy = rows[at + 4] - rows[at + 1]
  const uz = rows[at + 5] - rows[at + 2]
  return Math.abs(ux * nx + uy * ny + uz * nz) < SIDEWAYS * Math.sqrt(ux * ux + uy * uy + uz * uz)
}

/**
 * What never moves gives way to no push: the shaft that it pushed is laid anew before the next face pushes it, else each of
 * them would push it all the way, and it would chatter.
 */
function followShaft(rows: Float64Array, at: number, tool: Float64Array): void {
  if (rows[at + CAPSULE.to] !== 1) return
  for (let i = 0; i < 3; i++)
    rows[at + i] = tool[TOOL.ax + i] + (tool[TOOL.bx + i] - tool[TOOL.ax + i]) * rows[at + CAPSULE.from]
  for (let i = 0; i < 3; i++) rows[at + 3 + i] = tool[TOOL.bx + i]
}
