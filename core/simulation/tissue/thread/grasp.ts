/** Grasps on thread: a held vertex goes where the hand wants it, unless the thread pulls harder than the grasp bears. */
import type { TissueMemory } from '../memory.ts'
import { ROD_COUNT, type ThreadMemory } from './memory.ts'
import type { Workspace } from './workspace.ts'

/** Most that a grasp moves in a substep, m: 2.5 m/s. */
const STRIDE = 5e-3
/** Most that a thread draws a grasp along in a substep, m: 0.25 m/s. */
const SLIP = 2e-3
/** Share of the limit below which the hand feels nothing. */
const SLACK = 0.05
/** Share of the way to the limit that a grasp goes in a substep. */
const SHARE = 0.05
/** Least gain of stride from substep to substep: a hand does not jerk when a thread gives, m. */
const QUICKEN = 2e-6
/** Share of a new tension that a grasp feels in a substep. */
const FEEL = 0.5
/** Thread this near to a grasp along the rod is not pushed by instruments, m. */
const WITHIN = 6e-3

/** Takes hold of a vertex; it stays until `limit` newtons pull at it. */
export function grasp(t: ThreadMemory, tissue: TissueMemory, slot: number, limit: number): void {
  t.held[slot] = 1
  t.limit[slot] = limit
  t.pull[slot] = 0
  t.pace[slot] = STRIDE
  tissue.position[4 * t.particle[slot]! + 3] = 0
  for (let a = 3 * slot; a < 3 * slot + 3; a++) t.target[a] = t.checked[a]!
}

/** Lets a vertex go. */
export function release(t: ThreadMemory, tissue: TissueMemory, slot: number): void {
  t.held[slot] = 0
  const p = 4 * t.particle[slot]!
  tissue.position[p + 3] = 1 / tissue.rest[p + 3]!
}

/** Says where the hand wants a held vertex, metres. */
export function aim(t: ThreadMemory, slot: number, x: number, y: number, z: number): void {
  t.target[3 * slot] = x
  t.target[3 * slot + 1] = y
  t.target[3 * slot + 2] = z
}

/** Moves the held vertices and marks the thread beside them. */
export function moveGrasps(t: ThreadMemory, k: Workspace): void {
  const slots = t.counts[ROD_COUNT.slots]!
  k.grasped.set(k.sheathed)
  for (let s = 0; s < slots; s++) {
    if (t.held[s] === 0) continue
    mark(t, k, s)
    const rod = t.rod[s]!
    if (t.leader[rod]! > 0 && s <= t.first[rod]! + t.steel[rod]!) {
      if (s === t.first[rod]!) moveNeedle(t, k, rod)
      continue
    }
    const before = s > 0 && t.length[s - 1]! > 0 ? t.tension[s - 1]! : -Infinity
    const after = t.length[s]! > 0 ? t.tension[s]! : -Infinity
    const pull = t.pull[s]! + FEEL * ((before > after ? before : after) - t.pull[s]!)
    t.pull[s] = pull
    const a = 3 * s
    for (let axis = 0; axis < 3; axis++) k.x[a + axis] = t.checked[a + axis]!
    const dx = t.target[a]! - t.checked[a]!
    const dy = t.target[a + 1]! - t.checked[a + 1]!
    const dz = t.target[a + 2]! - t.checked[a + 2]!
    const far = Math.sqrt(dx * dx + dy * dy + dz * dz)
    const most = strideOf(t, s, pull)
    const quicker = 1.05 * t.pace[s]! + QUICKEN
    const stride = most < quicker ? most : quicker
    t.pace[s] = stride > 0 ? stride : 0
    if (stride < 0) giveWay(t, k, s, before > after ? s - 1 : s + 1, -stride)
    else {
      const share = far > stride ? stride / far : 1
      k.x[a] = t.checked[a]! + share * dx
      k.x[a + 1] = t.checked[a + 1]! + share * dy
      k.x[a + 2] = t.checked[a + 2]! + share * dz
    }
  }
}

/** Moves a needle in one piece, no faster than its thread lets it at the swage. */
function moveNeedle(t: ThreadMemory, k: Workspace, rod: number): void {
  const first = t.first[rod]!
  const last = first + t.steel[rod]!
  const pull = t.pull[last]! + FEEL * ((t.length[last]! > 0 ? t.tension[last]! : 0) - t.pull[last]!)
  t.pull[last] = pull
  let far2 = 0
  for (let a = 3 * first; a < 3 * last + 3; a += 3) {
    let d2 = 0
    for (let axis = a; axis < a + 3; axis++) {
      const d = t.target[axis]! - t.checked[axis]!
      d2 += d * d
    }
    if (d2 > far2) far2 = d2
  }
  const most = strideOf(t, last, pull)
  const quicker = 1.05 * t.pace[last]! + QUICKEN
  const stride = Math.max(0, most < quicker ? most : quicker)
  t.pace[last] = stride
  const share = far2 > stride * stride ? stride / Math.sqrt(far2) : 1
  for (let a = 3 * first; a < 3 * last + 3; a++) k.x[a] = t.checked[a]! + share * (t.target[a]! - t.checked[a]!)
}

/**
 * How far a grasp may go in a substep, m: freely while the thread is slack, by a share of what would stretch it up to
 * the limit when it is taut, and back (negative) beyond the limit.
 */
function strideOf(t: ThreadMemory, s: number, pull: number): number {
  const limit = t.limit[s]!
  if (pull < SLACK * limit) return STRIDE
  const rod = t.rod[s]!
  // a needle does not stretch
  const soft = t.first[rod]! + t.steel[rod]!
  const span = t.length[soft]! * (t.segments[rod]! - t.steel[rod]!)
  const by = (SHARE * (limit - pull) * span) / t.axial[soft]!
  return by > STRIDE ? STRIDE : by < -SLIP ? -SLIP : by
}

/** The thread draws the vertex by `far` metres towards its neighbour `other`. */
function giveWay(t: ThreadMemory, k: Workspace, s: number, other: number, far: number): void {
  const dx = t.checked[3 * other]! - t.checked[3 * s]!
  const dy = t.checked[3 * other + 1]! - t.checked[3 * s + 1]!
  const dz = t.checked[3 * other + 2]! - t.checked[3 * s + 2]!
  const by = far / Math.sqrt(dx * dx + dy * dy + dz * dz + 1e-18)
  k.x[3 * s] = k.x[3 * s]! + by * dx
  k.x[3 * s + 1] = k.x[3 * s + 1]! + by * dy
  k.x[3 * s + 2] = k.x[3 * s + 2]! + by * dz
}

function mark(t: ThreadMemory, k: Workspace, s: number): void {
  const rod = t.rod[s]!
  const first = t.first[rod]!
  const last = first + t.segments[rod]!
  const reach = Math.ceil(WITHIN / t.length[s === last ? s - 1 : s]!)
  const from = s - reach < first ? first : s - reach
  const to = s + reach > last ? last : s + reach
  k.grasped.fill(1, from, to)
}
