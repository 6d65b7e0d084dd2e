/**
 * Grasping: what lies between closing jaws is bound to them and follows them, until the pull on one jaw passes what it
 * holds; then the most loaded particle slips out.
 */
import { slots } from '../../state.ts'
import { note, type TissueEvents } from '../events.ts'
import { materialNumber } from '../materials.ts'
import { COUNT, FIRST_PARTICLE, NONE, OWNER, type TissueMemory } from '../memory.ts'
import { starOf } from '../mesh/around.ts'
import type { Mesh } from '../mesh/mesh.ts'
import { cauchyGreen } from '../mesh/strain.ts'
import { INSTRUMENTS } from './catalogue.ts'
import { placeInJaws, readyJaws, toolFrame } from './frame.ts'
import { givePush, PUSH, push, readyPush, straighten } from './motion.ts'
import { TOOL } from './tool.ts'

/** A particle in the jaws: its place in the tool's frame (towards the hand, in the opening direction, aside), m. */
export const HELD = slots(['particle', 'along', 'up', 'aside', 'load'] as const)
const HELD_SLOTS = Object.keys(HELD).length
/** Particles that jaws can hold. */
export const MOST_HELD = 32
export const GRASP_SLOTS = MOST_HELD * HELD_SLOTS

/** Jaws grasp when they close past this opening and let go when they open past it again. */
export const CLOSED = 0.4
/** Closed jaws leave this share of the thickness of what they hold, but for stones. */
const SQUEEZE = 0.7
const STONE = materialNumber('gallstone')
/**
 * Greatest tr FᵀF of what is held: a stretch of five along one axis, half again as far as the solver lets tissue go. Below
 * that the pull is handed on, up to what the jaws hold or the tissue around bears.
 */
const STRAIN_LIMIT = 28
/** Give of the hold, m/N. */
const GIVE = 2e-5

const axis = new Float64Array(9)
const place = new Float64Array(3)

/** Closes or opens the grasp of one tool as its jaws ask; `bound` marks particles with the number of the tool that holds them, plus one. */
export function workGrasp(
  tool: Float64Array,
  number: number,
  held: Float64Array,
  mesh: Mesh,
  bound: Uint8Array,
  events: TissueEvents,
): void {
  const { gripN } = INSTRUMENTS[tool[TOOL.kind]]
  if (gripN === undefined) return
  const count = tool[TOOL.held]
  if (count > 0 && tool[TOOL.jaw] > CLOSED) letGo(tool, held, bound)
  else if (count === 0 && tool[TOOL.jaw] <= CLOSED && tool[TOOL.jawBefore] > CLOSED) {
    take(tool, number, held, mesh, bound)
    if (tool[TOOL.held] > 0) note(events, 'grasped', number, tool[TOOL.held])
  } else if (count > 0 && tool[TOOL.grip] > gripN) {
    slip(tool, held, bound)
    note(events, 'slipped', number, count - 1)
  }
}

/** Opens the jaws' hold on everything. */
export function letGo(tool: Float64Array, held: Float64Array, bound: Uint8Array): void {
  for (let n = 0; n < tool[TOOL.held]; n++) bound[held[n * HELD_SLOTS]] = 0
  tool[TOOL.held] = 0
  tool[TOOL.grip] = 0
}

function take(tool: Float64Array, number: number, held: Float64Array, mesh: Mesh, bound: Uint8Array): void {
  const { position, counts, owner } = mesh.memory
  readyJaws(tool)
  let count = 0
  for (let p = FIRST_PARTICLE; p < counts[COUNT.particles] && count < MOST_HELD; p++) {
    if (position[p * 4 + 3] === 0 || bound[p] !== 0 || owner[p] === OWNER.thread) continue
    if (!placeInJaws(tool, position, p * 4, place)) continue
    const at = count++ * HELD_SLOTS
    held[at] = p
    held[at + HELD.along] = place[0]
    held[at + HELD.up] = isStone(mesh, p) ? place[1] : place[1] * SQUEEZE
    held[at + HELD.aside] = place[2]
    held[at + HELD.load] = 0
    bound[p] = number + 1
  }
  tool[TOOL.held] = count
}

function isStone({ memory, vertexTet }: Mesh, p: number): boolean {
  return vertexTet[p] !== NONE && memory.tetMaterial[vertexTet[p]] === STONE
}

function slip(tool: Float64Array, held: Float64Array, bound: Uint8Array): void {
  const count = tool[TOOL.held]
  let worst = 0
  for (let n = 1; n < count; n++) if (held[n * HELD_SLOTS + HELD.load] > held[worst * HELD_SLOTS + HELD.load]) worst = n
  drop(tool, held, bound, worst)
}

/** Lets one particle go. @param n its place among those held */
function drop(tool: Float64Array, held: Float64Array, bound: Uint8Array, n: number): void {
  bound[held[n * HELD_SLOTS]] = 0
  held.copyWithin(n * HELD_SLOTS, (n + 1) * HELD_SLOTS, tool[TOOL.held] * HELD_SLOTS)
  tool[TOOL.held]--
}

const tensor = new Float64Array(6)

/**
 * Lets go what jaws have drawn out far past the strain limit of the solver: a hand that leaps away would else take it along
 * however far, as so light a particle pulls with so little force. Returns how many were lost.
 */
export function loseDrawn(tool: Float64Array, held: Float64Array, mesh: Mesh, bound: Uint8Array): number {
  const before = tool[TOOL.held]
  for (let n = before - 1; n >= 0; n--) {
    const tets = starOf(mesh, held[n * HELD_SLOTS])
    for (let i = 0; i < tets; i++) {
      cauchyGreen(mesh.memory, mesh.work.star[i], tensor)
      if (tensor[0] + tensor[1] + tensor[2] <= STRAIN_LIMIT) continue
      drop(tool, held, bound, n)
      break
    }
  }
  return before - tool[TOOL.held]
}

/** Holds what is in the jaws, once. @param h s @param share of the tick that a substep is */
export function solveGrasp(
  tool: Float64Array,
  held: Float64Array,
  { position }: TissueMemory,
  h: number,
  share: number,
): void {
  const count = tool[TOOL.held]
  if (count === 0) return
  toolFrame(tool, axis)
  const soft = GIVE / (h * h)
  const newton = share / (h * h)
  const length = INSTRUMENTS[tool[TOOL.kind]].length
  let fx = 0
  let fy = 0
  let fz = 0
  for (let n = 0; n < count; n++) {
    const at = n * HELD_SLOTS
    const p = held[at] * 4
    const along = held[at + HELD.along]
    const up = held[at + HELD.up]
    const aside = held[at + HELD.aside]
    const dx = tool[TOOL.ax] + along * axis[0] + up * axis[3] + aside * axis[6] - position[p]
    const dy = tool[TOOL.ay] + along * axis[1] + up * axis[4] + aside * axis[7] - position[p + 1]
    const dz = tool[TOOL.az] + along * axis[2] + up * axis[5] + aside * axis[8] - position[p + 2]
    const far = Math.sqrt(dx * dx + dy * dy + dz * dz)
    if (!(far > 1e-9)) continue
    push[PUSH.share] = along > 0 ? along / length : 0
    readyPush(tool)
    const w = position[p + 3]
    const lambda = far / (w + push[PUSH.light] + soft)
    const nx = dx / far
    const ny = dy / far
    const nz = dz / far
    position[p] += w * lambda * nx
    position[p + 1] += w * lambda * ny
    position[p + 2] += w * lambda * nz
    push[PUSH.lambda] = -lambda
    push[PUSH.x] = nx
    push[PUSH.y] = ny
    push[PUSH.z] = nz
    givePush(tool)
    held[at + HELD.load] += lambda * newton
    fx -= lambda * newton * nx
    fy -= lambda * newton * ny
    fz -= lambda * newton * nz
  }
  straighten(tool)
  tool[TOOL.touched]++
  tool[TOOL.gripX] += fx
  tool[TOOL.gripY] += fy
  tool[TOOL.gripZ] += fz
}

/** Forgets the loads of the last tick. */
export function clearLoads(tools: readonly Float64Array[], grasps: readonly Float64Array[]): void {
  for (let t = 0; t < tools.length; t++)
    for (let n = 0; n < tools[t][TOOL.held]; n++) grasps[t][n * HELD_SLOTS + HELD.load] = 0
}
