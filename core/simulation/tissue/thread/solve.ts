/**
 * One substep of all rods: Cosserat rods without shear (the frame of a segment follows it), after Kugelstadt and Schömer
 * 2016 (doi:10.2312/sca.20161234) in what they hold, but bending and stretching are solved for a whole rod at once, and
 * twist is in balance. Knots tighten stably because a vertex that contacts keep pushing back (a jam) counts as heavier
 * in the solver until the pushing is small against the radius: thread is so light that otherwise a pull of one newton
 * would tear it out of any contact within a substep. In balance the metric does not change the forces.
 */
import type { TissueMemory } from '../memory.ts'
import { solveBend } from './bend.ts'
import { guard, HELD, solveContacts, withinRoom } from './contact.ts'
import { settleRod } from './frames.ts'
import { moveGrasps } from './grasp.ts'
import { isLong, limitStretch } from './limit.ts'
import { ROD_COUNT, type ThreadMemory } from './memory.ts'
import { findPairs } from './pairs.ts'
import { solveStretch } from './stretch.ts'
import type { TractMemory } from './tract.ts'
import { solveTracts, startTracts } from './tractsolve.ts'
import { PROXY, type Workspace } from './workspace.ts'

/** Time in which air and fluid take most of the speed of a thread, s. */
const DRAG = 0.05
/** Passes of contact and stretch in a substep. */
const PASSES = 2
/** Most often that contact may move vertices out of the room in which pairs were looked for, and they are looked for again. */
const ROUNDS = 3
/** A jam hardens while contacts push more than this share of the radius in a substep, and softens below the second. */
const HARDEN = 0.1
const SOFTEN = 0.03
const SOFTER = 1.15
/** Jam of a vertex that is touched at all. */
const TOUCH = 0.01
/** A jammed vertex counts at most as this, kg. */
const HEAVIEST = 1

/**
 * Moves the vertices of all rods from where gravity and their speed took them to where the rods may be. Called once a
 * substep of `h` seconds, after everything else that moves these particles. Returns the number of pairs of segments
 * that passed through each other nevertheless; see `guard`.
 */
export function solveThreads(
  t: ThreadMemory,
  tracts: TractMemory,
  tissue: TissueMemory,
  k: Workspace,
  h: number,
): number {
  gather(t, tissue, k)
  moveGrasps(t, k)
  startTracts(tracts)
  const rods = t.counts[ROD_COUNT.rods]!
  k.multiplier.fill(0)
  k.touch.fill(0)
  k.react.fill(0)
  slowDown(t, k, h)
  for (let rod = 0; rod < rods; rod++) solveBend(t, k, t.first[rod]!, t.segments[rod]!, h)
  stretchAll(t, k, h)
  findPairs(t, k)
  for (let pass = 1; pass < PASSES; pass++) {
    solveTracts(tracts, t, tissue, k, h)
    solveContacts(t, k)
    stretchAll(t, k, h)
  }
  for (let i = 0; i < k.wanted.length; i++) k.wanted[i] = k.x[i]!
  solveTracts(tracts, t, tissue, k, h)
  if (!withinRoom(t, k)) findPairs(t, k)
  part(t, k)
  let passed = guard(t, k)
  for (let round = 0; round < ROUNDS && isAnyLong(t, k, h); round++) {
    k.kept.set(k.x)
    for (let rod = 0; rod < rods; rod++) limitStretch(t, k, t.first[rod]!, t.segments[rod]!, h)
    if (!withinRoom(t, k)) findPairs(t, k)
    part(t, k)
    const now = guard(t, k)
    if (now > passed) {
      // better too long than through another
      k.x.set(k.kept)
      break
    }
    passed = now
  }
  scatter(t, tissue, k, h)
  for (let rod = 0; rod < rods; rod++) if (t.shaped[rod] === 1) settleRod(t, rod)
  return passed
}

function stretchAll(t: ThreadMemory, k: Workspace, h: number): void {
  for (let rod = 0; rod < t.counts[ROD_COUNT.rods]!; rod++) solveStretch(t, k, t.first[rod]!, t.segments[rod]!, h)
}

/** Contact, until it leaves the vertices where pairs were looked for. */
function part(t: ThreadMemory, k: Workspace): void {
  solveContacts(t, k)
  for (let round = 0; round < ROUNDS && !withinRoom(t, k); round++) {
    findPairs(t, k)
    solveContacts(t, k)
  }
}

function isAnyLong(t: ThreadMemory, k: Workspace, h: number): boolean {
  for (let rod = 0; rod < t.counts[ROD_COUNT.rods]!; rod++)
    if (isLong(t, k, t.first[rod]!, t.segments[rod]!, h)) return true
  return false
}

function gather(t: ThreadMemory, tissue: TissueMemory, k: Workspace): void {
  const slots = t.counts[ROD_COUNT.slots]!
  for (let s = 0; s < slots; s++) {
    const p = 4 * t.particle[s]!
    k.x[3 * s] = tissue.position[p]!
    k.x[3 * s + 1] = tissue.position[p + 1]!
    k.x[3 * s + 2] = tissue.position[p + 2]!
    k.lightness[s] = 1 / (1 + Math.max(jamAround(t, s), t.taut[s]!))
    k.weight[s] = tissue.position[p + 3]! * k.lightness[s]!
  }
  for (let p = 0; p < t.counts[ROD_COUNT.proxies]!; p++) {
    const at = 3 * (t.size.slots + 2 * p)
    let jump = 0
    for (let i = 0; i < 6; i++) {
      k.x[at + i] = k.proxies[PROXY * p + i]!
      const d = k.x[at + i]! - t.checked[at + i]!
      jump += d * d
    }
    // an instrument that comes into the field was nowhere before
    if (jump > LEAP * LEAP) for (let i = 0; i < 6; i++) t.checked[at + i] = k.x[at + i]!
    for (let end = t.size.slots + 2 * p; end < t.size.slots + 2 * p + 2; end++) {
      t.radius[end] = k.proxies[PROXY * p + 6]!
      t.friction[end] = k.proxies[PROXY * p + 7]!
    }
  }
}

/** Largest jam of a vertex and its neighbours: a hard knot moves as one. */
function jamAround(t: ThreadMemory, s: number): number {
  const here = t.jam[s]!
  const before = s > 0 && t.length[s - 1]! > 0 ? t.jam[s - 1]! : 0
  const after = t.length[s]! > 0 ? t.jam[s + 1]! : 0
  return here > before ? (here > after ? here : after) : before > after ? before : after
}

/** An instrument that moves farther than this in a substep was put elsewhere, m. */
const LEAP = 0.03

function slowDown(t: ThreadMemory, k: Workspace, h: number): void {
  const keep = DRAG / (DRAG + h)
  const slots = t.counts[ROD_COUNT.slots]!
  for (let s = 0; s < slots; s++) {
    if (k.weight[s] === 0) continue
    // what is jammed has no momentum
    const share = t.jam[s]! > 1 ? 0.5 * keep : keep
    // weight stays that of the true mass, whatever the solver reckons with
    const lightness = k.lightness[s]!
    for (let a = 3 * s; a < 3 * s + 3; a++) {
      const went = t.went[a]!
      k.x[a] = t.checked[a]! + (went + (k.x[a]! - t.checked[a]! - went) * lightness) * share + k.surface[a]!
    }
  }
}

/** How far contact moved a vertex from where stretch wanted it, m. */
function pushed({ x, wanted }: Workspace, s: number): number {
  const dx = x[3 * s]! - wanted[3 * s]!
  const dy = x[3 * s + 1]! - wanted[3 * s + 1]!
  const dz = x[3 * s + 2]! - wanted[3 * s + 2]!
  return Math.sqrt(dx * dx + dy * dy + dz * dz)
}

/**
 * Taut vertices count as so heavy that a substep of their tension moves them by less than a segment across the thread:
 * the direct solve keeps the directions of the segments, which is stable only so far.
 */
function tighten(t: ThreadMemory, tissue: TissueMemory, first: number, segments: number, h: number): void {
  for (let s = first; s <= first + segments; s++) {
    const before = s > first ? t.tension[s - 1]! : 0
    const after = s < first + segments ? t.tension[s]! : 0
    const most = before > after ? before : after
    const length = t.length[s < first + segments ? s : s - 1]!
    const w = tissue.position[4 * t.particle[s]! + 3]!
    const wanted = Math.min((TAUT * most * h * h * w) / length, w * HEAVIEST)
    const now = t.taut[s]!
    const next = wanted > now ? Math.min(wanted, 3 * now + 1) : Math.max(wanted, now / 1.5)
    t.taut[s] = next < 1e-3 ? 0 : next
  }
}

const TAUT = 2

function scatter(t: ThreadMemory, tissue: TissueMemory, k: Workspace, h: number): void {
  const slots = t.counts[ROD_COUNT.slots]!
  for (let s = 0; s < slots; s++) {
    const p = 4 * t.particle[s]!
    for (let axis = 0; axis < 3; axis++) {
      tissue.position[p + axis] = k.x[3 * s + axis]!
      t.went[3 * s + axis] = k.x[3 * s + axis]! - t.checked[3 * s + axis]!
      t.checked[3 * s + axis] = k.x[3 * s + axis]!
    }
    t.tension[s] = -k.multiplier[s]! / (h * h)
    const most = tissue.position[p + 3]! * HEAVIEST
    t.stuck[s] = k.touch[s] === HELD ? 1 : 0
    const share = pushed(k, s) / t.radius[s]!
    const jam = t.jam[s]!
    if (share > HARDEN) {
      const harder = (jam + 1) * (share > 5 * HARDEN ? 5 : share / HARDEN)
      t.jam[s] = harder > most ? most : harder
    } else if (share < SOFTEN) t.jam[s] = jam < 0.5 * TOUCH ? 0 : jam / SOFTER
    if (share > 1e-4 && t.jam[s]! < TOUCH) t.jam[s] = TOUCH
  }
  for (let rod = 0; rod < t.counts[ROD_COUNT.rods]!; rod++) tighten(t, tissue, t.first[rod]!, t.segments[rod]!, h)
  const from = 3 * t.size.slots
  const to = from + 6 * t.counts[ROD_COUNT.proxies]!
  for (let i = from; i < to; i++) t.checked[i] = k.x[i]!
}
