/**
 * Tracts of needles: a list of points of the tissue (tetrahedron and barycentric coordinates) that a rod must run
 * through. The rod slides along its tract against friction, and the tissue feels the reaction: two edges that were sewn
 * come together when the thread is drawn. A sliding knot is the same with a vertex of a rod in place of the tissue.
 */
import { SimulationError } from '../../contract.ts'
import { type Block, createBlock, slots } from '../../state.ts'
import { NONE, type TissueMemory } from '../memory.ts'
import type { ThreadMemory } from './memory.ts'
import type { Workspace } from './workspace.ts'

const TRACT = slots(['points'] as const)

function planOf(points: number) {
  return {
    float64: {
      /** Barycentric coordinates of each point. */
      bary: points * 4,
      /** Which place of the rod is at the point: slot and share of its segment. */
      place: points,
      /** The same when the substep began. */
      stay: points,
      /** Friction of the point against sliding towards the end of the rod (its start leading), N, and back. */
      drag: points,
      back: points,
      /** What the point pulls the rod back with now, N. */
      pull: points,
    },
    uint32: {
      counts: 4,
      /** Tetrahedron of each point, or the slot of its vertex in a sliding knot. */
      tet: points,
      rod: points,
    },
    uint16: {},
    uint8: {
      /** 1: the rod is in this point. */
      active: points,
      /** 1: a sliding knot. */
      knot: points,
    },
  }
}

export type TractMemory = Block<ReturnType<typeof planOf>>['float64'] &
  Block<ReturnType<typeof planOf>>['uint32'] &
  Block<ReturnType<typeof planOf>>['uint8'] & { readonly capacity: number; readonly bytes: Uint8Array<ArrayBuffer> }

/** Room for so many points of tracts. */
export function createTractMemory(points: number, memory?: ArrayBuffer, start = 0): TractMemory {
  const block = createBlock(planOf(points), memory, start)
  return { ...block.float64, ...block.uint32, ...block.uint8, capacity: points, bytes: block.bytes }
}

/**
 * The point of a rod (its first vertex) has entered the tissue here: adds a point to its tract, which resists sliding
 * with `drag` newtons. Call it every millimetre or two of the way. Returns the number of the point.
 * Throws `simulation/tissue-full` when there is no more room.
 */
export function pierce(
  tracts: TractMemory,
  t: ThreadMemory,
  rod: number,
  tet: number,
  bary: ArrayLike<number>,
  drag: number,
): number {
  const n = addPoint(tracts, rod, tet, t.first[rod]!)
  for (let i = 0; i < 4; i++) tracts.bary[4 * n + i] = bary[i]!
  tracts.drag[n] = drag
  tracts.back[n] = drag
  tracts.knot[n] = 0
  return n
}

/**
 * Ties a sliding knot: the rod at `place` (slot and share of its segment) runs through a knot at the vertex `slot` of the
 * same rod. `closing` newtons draw the loop closed; it opens again at `opening` newtons only.
 */
export function tieSliding(
  tracts: TractMemory,
  t: ThreadMemory,
  slot: number,
  place: number,
  closing: number,
  opening: number,
): number {
  const n = addPoint(tracts, t.rod[slot]!, slot, place)
  // a place further along the rod is a larger loop where the knot is before it
  tracts.drag[n] = place > slot ? opening : closing
  tracts.back[n] = place > slot ? closing : opening
  tracts.knot[n] = 1
  const first = t.first[t.rod[slot]!]!
  const last = first + t.segments[t.rod[slot]!]!
  t.bare.fill(1, Math.max(first, slot - 3), Math.min(last, slot + 3) + 1)
  return n
}

function addPoint(tracts: TractMemory, rod: number, tet: number, place: number): number {
  let n = 0
  while (n < tracts.counts[TRACT.points]! && tracts.active[n] === 1) n++
  if (n >= tracts.capacity) throw new SimulationError('simulation/tissue-full', 'points of tracts')
  if (n === tracts.counts[TRACT.points]) tracts.counts[TRACT.points] = n + 1
  tracts.place[n] = place
  tracts.stay[n] = place
  tracts.pull[n] = 0
  tracts.tet[n] = tet
  tracts.rod[n] = rod
  tracts.active[n] = 1
  return n
}

/** Points that a rod runs through. */
export function pointsIn(tracts: TractMemory, rod: number): number {
  let count = 0
  for (let n = 0; n < tracts.counts[TRACT.points]!; n++) if (tracts.active[n] === 1 && tracts.rod[n] === rod) count++
  return count
}

/** Force in N with which the tissue holds a rod back along its tract. */
export function resistance(tracts: TractMemory, rod: number): number {
  let sum = 0
  for (let n = 0; n < tracts.counts[TRACT.points]!; n++) {
    if (tracts.active[n] === 1 && tracts.rod[n] === rod) sum += tracts.pull[n]!
  }
  return sum
}

/** Begins a substep: friction holds the rod where it is now. */
export function startTracts(tracts: TractMemory): void {
  for (let n = 0; n < tracts.counts[TRACT.points]!; n++) tracts.stay[n] = tracts.place[n]!
}

/** Solves all points once, for the rods at `k.x` and the tissue at its positions, within a substep of `h` seconds. */
export function solveTracts(tracts: TractMemory, t: ThreadMemory, tissue: TissueMemory, k: Workspace, h: number): void {
  for (let n = 0; n < tracts.counts[TRACT.points]!; n++) {
    if (tracts.active[n] === 0) continue
    // where the tetrahedron was cut away, the rod is free
    if (tracts.knot[n] === 0 && tissue.tetVertex[4 * tracts.tet[n]!] === NONE) tracts.active[n] = 0
    else if (!follow(tracts, t, tissue, k, n)) tracts.active[n] = 0
    else hold(tracts, t, tissue, k, n, h)
  }
}

const point = new Float64Array(3)

function locate(tracts: TractMemory, tissue: TissueMemory, k: Workspace, n: number): void {
  if (tracts.knot[n] === 1) {
    for (let axis = 0; axis < 3; axis++) point[axis] = k.x[3 * tracts.tet[n]! + axis]!
    return
  }
  point[0] = point[1] = point[2] = 0
  for (let i = 0; i < 4; i++) {
    const p = 4 * tissue.tetVertex[4 * tracts.tet[n]! + i]!
    const b = tracts.bary[4 * n + i]!
    for (let axis = 0; axis < 3; axis++) point[axis] = point[axis]! + b * tissue.position[p + axis]!
  }
}

/** Segments that a rod may slide in a substep. */
const STEPS = 8

/**
 * Finds the segment of the rod that is at the point, from the one that was there. False when the rod has left the point
 * with its end or its start.
 */
function follow(tracts: TractMemory, t: ThreadMemory, tissue: TissueMemory, k: Workspace, n: number): boolean {
  locate(tracts, tissue, k, n)
  const first = t.first[tracts.rod[n]!]!
  const last = first + t.segments[tracts.rod[n]!]! - 1
  let s = Math.floor(tracts.place[n]!)
  if (s > last) s = last
  let share = along(k.x, s)
  for (let step = 0; step < STEPS && (share < 0 || share > 1); step++) {
    const next = share < 0 ? s - 1 : s + 1
    if (next < first || next > last) return share > -LEAVE && share < 1 + LEAVE
    const there = along(k.x, next)
    s = next
    // at a bend the point may lie beyond both segments: stay at their common vertex
    if (share > 1 && there < 0) {
      share = 0
      break
    }
    share = there
  }
  tracts.place[n] = s + (share < 0 ? 0 : share > 1 ? 1 : share)
  return true
}

/** How far beyond its end, in segments, a rod still counts as in the point. */
const LEAVE = 0.5

/** Where the point lies along the segment at `s`: 0 at its start, 1 at its end. */
function along(x: Float64Array, s: number): number {
  const a = 3 * s
  const ux = x[a + 3]! - x[a]!
  const uy = x[a + 4]! - x[a + 1]!
  const uz = x[a + 5]! - x[a + 2]!
  const dot = (point[0]! - x[a]!) * ux + (point[1]! - x[a + 1]!) * uy + (point[2]! - x[a + 2]!) * uz
  return dot / (ux * ux + uy * uy + uz * uz + 1e-24)
}

/** Brings rod and tissue together across the rod; along it with as much as friction holds. */
function hold(tracts: TractMemory, t: ThreadMemory, tissue: TissueMemory, k: Workspace, n: number, h: number): void {
  const { x, weight } = k
  const place = tracts.place[n]!
  const last = t.first[tracts.rod[n]!]! + t.segments[tracts.rod[n]!]! - 1
  const s = Math.min(Math.floor(place), last)
  const share = place - s
  const a = 3 * s
  const a0 = weight[s]! * (1 - share)
  const a1 = weight[s + 1]! * share
  let sum = a0 * (1 - share) + a1 * share
  if (tracts.knot[n] === 1) sum += weight[tracts.tet[n]!]!
  else sum += tissueWeight(tracts, tissue, n)
  if (!(sum > 0)) return
  // across the rod: where the place on the rod is from the point
  const dx = (1 - share) * x[a]! + share * x[a + 3]! - point[0]!
  const dy = (1 - share) * x[a + 1]! + share * x[a + 4]! - point[1]!
  const dz = (1 - share) * x[a + 2]! + share * x[a + 5]! - point[2]!
  // along the rod: how far the material of the rod has gone through the point in this substep
  const ux = x[a + 3]! - x[a]!
  const uy = x[a + 4]! - x[a + 1]!
  const uz = x[a + 5]! - x[a + 2]!
  const length = Math.sqrt(ux * ux + uy * uy + uz * uz + 1e-24)
  const gone = (tracts.place[n]! - tracts.stay[n]!) * t.length[s]!
  const across = Math.sqrt(dx * dx + dy * dy + dz * dz) / sum
  const turned = t.friction[s]! * across
  const most = tracts.drag[n]! * h * h + turned
  const least = -tracts.back[n]! * h * h - turned
  const wanted = gone / sum
  const held = wanted > most ? most : wanted < least ? least : wanted
  tracts.pull[n] = Math.abs(held) / (h * h)
  const back = held / length
  push(tracts, tissue, k, n, s, a0, a1, -dx / sum + back * ux, -dy / sum + back * uy, -dz / sum + back * uz)
}

/** Inverse mass of a point of the tissue, 1/kg. */
function tissueWeight(tracts: TractMemory, tissue: TissueMemory, n: number): number {
  let sum = 0
  for (let i = 0; i < 4; i++) {
    const b = tracts.bary[4 * n + i]!
    sum += b * b * tissue.position[4 * tissue.tetVertex[4 * tracts.tet[n]! + i]! + 3]!
  }
  return sum
}

function push(
  tracts: TractMemory,
  tissue: TissueMemory,
  k: Workspace,
  n: number,
  s: number,
  a0: number,
  a1: number,
  px: number,
  py: number,
  pz: number,
): void {
  const { x } = k
  x[3 * s] = x[3 * s]! + a0 * px
  x[3 * s + 1] = x[3 * s + 1]! + a0 * py
  x[3 * s + 2] = x[3 * s + 2]! + a0 * pz
  x[3 * s + 3] = x[3 * s + 3]! + a1 * px
  x[3 * s + 4] = x[3 * s + 4]! + a1 * py
  x[3 * s + 5] = x[3 * s + 5]! + a1 * pz
  if (tracts.knot[n] === 1) {
    const v = tracts.tet[n]!
    x[3 * v] = x[3 * v]! - k.weight[v]! * px
    x[3 * v + 1] = x[3 * v + 1]! - k.weight[v]! * py
    x[3 * v + 2] = x[3 * v + 2]! - k.weight[v]! * pz
    return
  }
  for (let i = 0; i < 4; i++) {
    const p = 4 * tissue.tetVertex[4 * tracts.tet[n]! + i]!
    const w = tracts.bary[4 * n + i]! * tissue.position[p + 3]!
    tissue.position[p] = tissue.position[p]! - w * px
    tissue.position[p + 1] = tissue.position[p + 1]! - w * py
    tissue.position[p + 2] = tissue.position[p + 2]! - w * pz
  }
}
