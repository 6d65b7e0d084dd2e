/**
 * Contact of threads with themselves, each other and instruments. Position-based with Coulomb friction (Müller et al.
 * 2007, doi:10.1016/j.jvcir.2007.01.005; Macklin et al. 2014, doi:10.1145/2601097.2601152); a pair whose segments
 * passed through each other since they were last known to be apart is brought back to the side where it was, so that
 * knots keep their topology at any speed of the hand.
 */
import { closestPoints, found, meetingNormal, passThrough, touchNormal } from './closest.ts'
import { ROD_COUNT, type ThreadMemory } from './memory.ts'
import { ROOM, relativeMotion } from './pairs.ts'
import type { Workspace } from './workspace.ts'

/** What a vertex did at its contacts: bits of `touch`. */
export const HELD = 1
export const SLID = 2
/**
 * Friction of thread at rest on thread over friction in motion. Stands also for the nip that segments of a millimetre do
 * not resolve: threads flatten and bed into each other. Chosen so that a square knot of braid holds and a granny slips.
 */
const STATIC = 3

/** Friction within a set knot, which gives way by its load instead. */
const SET = 5

/** Squared gap below which its direction is noise, m². */
const TOUCHING = 1e-16

/** Solves all pairs once, in their order. */
export function solveContacts(t: ThreadMemory, k: Workspace): void {
  for (let n = 0; n < k.pairCount; n++) {
    const a = k.pairA[n]!
    const b = k.pairB[n]!
    if (mayPass(t, k, n) && passThrough(t.checked, k.x, a, b)) {
      meetingNormal(t.checked, a, b, normal)
      separate(t, k, a, b)
      continue
    }
    if (neighbours(t, a, b)) continue
    closestPoints(k.x, a, b)
    const thick = t.radius[a]! + t.radius[b]!
    if (found.squared >= thick * thick) continue
    if (found.squared > TOUCHING) {
      offset(k.x, a, b, found.s, found.t)
      const length = 1 / Math.sqrt(found.squared)
      normal[0] = delta[0]! * length
      normal[1] = delta[1]! * length
      normal[2] = delta[2]! * length
    } else touchNormal(k.x, a, b, normal)
    separate(t, k, a, b)
  }
}

/** Segments of one rod so near along it that bending may bring them within a diameter: they only may not pass. */
function neighbours(t: ThreadMemory, a: number, b: number): boolean {
  return t.rod[a] === t.rod[b] && b < t.size.slots && (b - a - 1) * t.length[a + 1]! < 4 * t.radius[a]!
}

/** Did the pair move far enough against each other to have met? */
function mayPass(t: ThreadMemory, k: Workspace, n: number): boolean {
  const gap = k.pairGap[n]!
  return relativeMotion(t.checked, k.x, k.pairA[n]!, k.pairB[n]!) >= gap * gap * 0.999
}

/** Unit vector from `b` to `a`: in, for `separate`. */
const normal = new Float64Array(3)
const delta = new Float64Array(3)

function offset(x: Float64Array, a: number, b: number, s: number, u: number): void {
  const i = 3 * a
  const j = 3 * b
  for (let axis = 0; axis < 3; axis++) {
    const p = (1 - s) * x[i + axis]! + s * x[i + 3 + axis]!
    const q = (1 - u) * x[j + axis]! + u * x[j + 3 + axis]!
    delta[axis] = p - q
  }
}

/** Brings the points `found` of a pair to the distance of touch along `normal`, with friction. */
function separate(t: ThreadMemory, k: Workspace, a: number, b: number): void {
  const { x, weight } = k
  const { s, t: u } = found
  const a0 = weight[a]! * (1 - s)
  const a1 = weight[a + 1]! * s
  const b0 = weight[b]! * (1 - u)
  const b1 = weight[b + 1]! * u
  const sum = a0 * (1 - s) + a1 * s + b0 * (1 - u) + b1 * u
  if (!(sum > 0)) return
  offset(x, a, b, s, u)
  const along = delta[0]! * normal[0]! + delta[1]! * normal[1]! + delta[2]! * normal[2]!
  const depth = t.radius[a]! + t.radius[b]! - along
  if (!(depth > 0)) return
  const dx = delta[0]!
  const dy = delta[1]!
  const dz = delta[2]!
  // slip of the two points against each other in this substep
  offset(t.checked, a, b, s, u)
  const sx = dx - delta[0]!
  const sy = dy - delta[1]!
  const sz = dz - delta[2]!
  const sn = sx * normal[0]! + sy * normal[1]! + sz * normal[2]!
  const tx = sx - sn * normal[0]!
  const ty = sy - sn * normal[1]!
  const tz = sz - sn * normal[2]!
  const slip = Math.sqrt(tx * tx + ty * ty + tz * tz)
  const friction = frictionOf(t, a, b)
  const slides = slip > friction * depth
  const grip = slides ? (friction * depth) / slip : 1
  const did = slides ? SLID : HELD
  k.touch[a] = k.touch[a]! | did
  k.touch[a + 1] = k.touch[a + 1]! | did
  const px = (depth * normal[0]! - grip * tx) / sum
  const py = (depth * normal[1]! - grip * ty) / sum
  const pz = (depth * normal[2]! - grip * tz) / sum
  move(x, a, a0, px, py, pz)
  move(x, a + 1, a1, px, py, pz)
  if (b < t.size.slots) {
    k.touch[b] = k.touch[b]! | did
    k.touch[b + 1] = k.touch[b + 1]! | did
  }
  move(x, b, -b0, px, py, pz)
  move(x, b + 1, -b1, px, py, pz)
}

/** Friction of a pair: higher while threads that touch do not slip, highest in a knot that is set. */
function frictionOf(t: ThreadMemory, a: number, b: number): number {
  const friction = Math.sqrt(t.friction[a]! * t.friction[b]!)
  if (b >= t.size.slots) return friction
  if (t.holding[a]! > 0 && t.holding[b]! > 0) return SET
  return t.stuck[a]! + t.stuck[a + 1]! > 0 && t.stuck[b]! + t.stuck[b + 1]! > 0 ? friction * STATIC : friction
}

function move(x: Float64Array, v: number, by: number, px: number, py: number, pz: number): void {
  x[3 * v] = x[3 * v]! + by * px
  x[3 * v + 1] = x[3 * v + 1]! + by * py
  x[3 * v + 2] = x[3 * v + 2]! + by * pz
}

/** Rounds that try to undo a pass by pushing before vertices are put back to where they were. */
const PUSHES = 6
const ROUNDS = 40

/**
 * The last word of a substep: positions rounded as they are stored, and no pair passed through. What pushing cannot
 * settle stays where it last was. Returns the number of pairs that passed nevertheless (0 unless instruments leave a
 * thread no room).
 */
export function guard(t: ThreadMemory, k: Workspace): number {
  const { x } = k
  const slots = t.counts[ROD_COUNT.slots]!
  for (let s = 0; s < slots; s++) settle(t, k, s)
  let passed = 0
  for (let round = 0; round < ROUNDS; round++) {
    passed = 0
    for (let n = 0; n < k.pairCount; n++) {
      const a = k.pairA[n]!
      const b = k.pairB[n]!
      if (!mayPass(t, k, n) || !passThrough(t.checked, x, a, b)) continue
      passed++
      if (round < PUSHES) {
        meetingNormal(t.checked, a, b, normal)
        separate(t, k, a, b)
      } else {
        restore(t, k, a)
        restore(t, k, a + 1)
        if (b < slots) {
          restore(t, k, b)
          restore(t, k, b + 1)
        }
      }
      settle(t, k, a)
      settle(t, k, a + 1)
      if (b < slots) {
        settle(t, k, b)
        settle(t, k, b + 1)
      }
    }
    if (passed === 0) break
  }
  return passed
}

function restore(t: ThreadMemory, k: Workspace, v: number): void {
  if (k.weight[v] === 0) return
  for (let a = 3 * v; a < 3 * v + 3; a++) k.x[a] = t.checked[a]!
}

/** Keeps a vertex within the room in which pairs were looked for, rounded as it is stored. */
function settle(t: ThreadMemory, k: Workspace, v: number): void {
  const inset = t.radius[v]! + INSET
  for (let a = 3 * v; a < 3 * v + 3; a++) {
    const low = k.low[a]! + inset
    const high = k.high[a]! - inset
    const x = k.x[a]!
    const held = x < low ? low : x > high ? high : x
    // what is nearly nothing is nothing: processors are slow with denormal numbers
    k.x[a] = held < 1e-12 && held > -1e-12 ? 0 : Math.fround(held)
  }
}

/** Is every vertex still within the room in which pairs were looked for? */
export function withinRoom(t: ThreadMemory, k: Workspace): boolean {
  const slots = t.counts[ROD_COUNT.slots]!
  for (let s = 0; s < slots; s++) {
    const inset = t.radius[s]! + INSET
    for (let a = 3 * s; a < 3 * s + 3; a++) {
      if (k.x[a]! < k.low[a]! + inset || k.x[a]! > k.high[a]! - inset) return false
    }
  }
  return true
}

/** Part of the room of `pairs.ts` that a vertex may not use: two vertices together stay within it. */
const INSET = ROOM - 0.085e-3
