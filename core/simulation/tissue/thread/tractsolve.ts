/** One pass of all tracts: the rods in them and the tissue around share what is between them. */
import { NONE, type TissueMemory } from '../memory.ts'
import type { ThreadMemory } from './memory.ts'
import { TRACT, type TractMemory } from './tract.ts'
import type { Workspace } from './workspace.ts'

/** Begins a substep: friction holds the rod where it held it before, or where it has slid to. */
export function startTracts(tracts: TractMemory): void {
  for (let n = 0; n < tracts.counts[TRACT.points]!; n++) {
    if (tracts.slid[n] === 1) tracts.stay[n] = tracts.place[n]!
    tracts.slid[n] = 0
    tracts.pull[n] = 0
  }
}

/** Solves all points once, for the rods at `k.x` and the tissue at its positions, within a substep of `h` seconds. */
export function solveTracts(tracts: TractMemory, t: ThreadMemory, tissue: TissueMemory, k: Workspace, h: number): void {
  for (let n = 0; n < tracts.counts[TRACT.points]!; n++) {
    if (tracts.active[n] === 0) continue
    // where the tetrahedron was cut away, the rod is free
    if (tracts.knot[n] === 0 && tissue.tetVertex[4 * tracts.tet[n]!] === NONE) tracts.active[n] = 0
    else if (!follow(tracts, t, tissue, k, n)) tracts.active[n] = 0
    else if (isSheathed(tracts, k, n)) tracts.slid[n] = 1
    else hold(tracts, t, tissue, k, n, h)
  }
}

/** Whether a tool lies between the rod and the tissue at a point: there the rod slides freely. */
function isSheathed(tracts: TractMemory, k: Workspace, n: number): boolean {
  return tracts.knot[n] === 0 && k.sheathed[Math.floor(tracts.place[n]!)] === 1
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
    if (next < first || next > last) {
      if (share < -LEAVE || share > 1 + LEAVE) return false
      break
    }
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
  const first = t.first[tracts.rod[n]!]!
  const last = first + t.segments[tracts.rod[n]!]! - 1
  const s = Math.min(Math.floor(place), last)
  const share = place - s
  const a = 3 * s
  const a0 = weight[s]! * (1 - share)
  const a1 = weight[s + 1]! * share
  const hand = (1 - share) * k.hand[s]! + share * k.hand[s + 1]!
  let sum = a0 * (1 - share) + a1 * share + hand
  if (tracts.knot[n] === 1) sum += weight[tracts.tet[n]!]!
  else sum += tissueWeight(tracts, tissue, n)
  if (!(sum > 0)) return
  // across the rod: where the place on the rod is from the point
  let dx = (1 - share) * x[a]! + share * x[a + 3]! - point[0]!
  let dy = (1 - share) * x[a + 1]! + share * x[a + 4]! - point[1]!
  let dz = (1 - share) * x[a + 2]! + share * x[a + 5]! - point[2]!
  // along the rod: how far the material of the rod has gone through the point since it last held
  const ux = x[a + 3]! - x[a]!
  const uy = x[a + 4]! - x[a + 1]!
  const uz = x[a + 5]! - x[a + 2]!
  const length2 = ux * ux + uy * uy + uz * uz + 1e-24
  if (place === first || place === last + 1) {
    // an end that goes out is not held
    const out = (dx * ux + dy * uy + dz * uz) / length2
    dx -= out * ux
    dy -= out * uy
    dz -= out * uz
  }
  const gone = (place - tracts.stay[n]!) * t.length[s]!
  const across = Math.sqrt(dx * dx + dy * dy + dz * dz) / sum
  const turned = t.friction[s]! * across
  const newton = tracts.soft[n]! / (h * h)
  const most = tracts.drag[n]! / newton + turned
  const least = -tracts.back[n]! / newton - turned
  // what the passes before have held counts
  const before = tracts.pull[n]! / newton
  const wanted = before + gone / sum
  const all = wanted > most ? most : wanted < least ? least : wanted
  if (all !== wanted) tracts.slid[n] = 1
  tracts.pull[n] = all * newton
  const back = (all - before) / Math.sqrt(length2)
  const px = -dx / sum + back * ux
  const py = -dy / sum + back * uy
  const pz = -dz / sum + back * uz
  tracts.load[3 * n] = tracts.load[3 * n]! - px * newton
  tracts.load[3 * n + 1] = tracts.load[3 * n + 1]! - py * newton
  tracts.load[3 * n + 2] = tracts.load[3 * n + 2]! - pz * newton
  if (hand > 0) {
    // no more than brings the tool to where the tissue is
    const felt = Math.min(tracts.soft[n]!, sum / hand)
    const react = 3 * tracts.rod[n]!
    k.react[react] = k.react[react]! + px * felt
    k.react[react + 1] = k.react[react + 1]! + py * felt
    k.react[react + 2] = k.react[react + 2]! + pz * felt
  }
  push(tracts, tissue, k, n, s, a0, a1, px, py, pz)
}

/** Inverse mass of a point of the tissue, 1/kg. */
export function tissueWeight(tracts: TractMemory, tissue: TissueMemory, n: number): number {
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
