/**
 * Needles that go through tissue: a point that comes onto a free face presses it in until it gives way, leaves points of
 * its tract behind it in the depth, and emerges where it meets a free face from within. What sits in a bite too tight or
 * is drawn too hard tears out.
 */

import { substepsOf } from './clock.ts'
import { noteAt } from './events.ts'
import type { Threads, TissueField } from './fieldtype.ts'
import { MATERIALS } from './materials.ts'
import { NONE, type TissueMemory } from './memory.ts'
import { heights, rise, weighOver } from './thread/facehit.ts'
import { ROD_COUNT } from './thread/memory.ts'
import { cuttingForce, dragForce, POINTS, sutureHold } from './thread/piercing.ts'
import { pierce, STAGE, TRACT, type TractMemory, tissueWeight } from './thread/tract.ts'
import { coordinatesIn, createWalk, sizeOf, tetAt, walkTo } from './thread/walk.ts'

/** Points of a tract are as far apart, m. */
const SPACING = 1.5e-3
/** A face that the point has gone through by this much is pierced, m. */
const POP = 0.3e-3
/** A point that draws back by this share of a segment leaves the face that it pressed. */
const OFF = 0.1
/** Faces within this of a needle's point are looked at in a tick, beyond its own way, m. */
const REACH = 4e-3
const MOST_FACES = 512
/**
 * A point of a half-space of cubes gives way by F/(LOCAL·G·edge) (estimate). One pass of the solver over them holds a
 * point by little more than its mass over the square of a substep: forces are given to the tissue by so much less, and
 * read by so much more, that it gives way as far as its material would.
 */
const LOCAL = 8
/** Numbers of bites begin again after these. */
const MOST_BITES = 65_535

/** Scratch: faces near the needles' points in this tick, by rod. */
export type Needles = { readonly faces: Uint32Array; readonly rods: Uint8Array; count: number }

export const createNeedles = (): Needles => ({
  faces: new Uint32Array(MOST_FACES),
  rods: new Uint8Array(MOST_FACES),
  count: 0,
})

const tip = new Float64Array(3)
const at = new Float64Array(3)
const here = new Float64Array(4)
const there = new Float64Array(4)
const walk = createWalk()

/**
 * Lists the faces that needles may meet in this tick; a needle without a driver meets none. One whose point is in tissue
 * already, because it came from other tissue that lay close, begins its bite there.
 */
export function findFaces(field: TissueField, threads: Threads): void {
  const { tissue, surface } = field
  const { memory: t, needles, bite } = threads
  const { position } = tissue.memory
  needles.count = 0
  for (let rod = 0; rod < t.counts[ROD_COUNT.rods]; rod++) {
    if (t.leader[rod] === 0) continue
    const a = 3 * t.first[rod]
    const before = needles.count
    let way = 0
    for (let axis = 0; axis < 3; axis++) way += Math.abs(t.target[a + axis] - t.checked[a + axis])
    const reach = REACH + way
    for (let f = 0; f < surface.count && needles.count < MOST_FACES; f++) {
      let near = true
      for (let axis = 0; axis < 3 && near; axis++) {
        const x = position[surface.triangles[f * 3] * 4 + axis]
        const y = position[surface.triangles[f * 3 + 1] * 4 + axis]
        const z = position[surface.triangles[f * 3 + 2] * 4 + axis]
        const c = t.checked[a + axis]
        near = Math.min(x, y, z) < c + reach && Math.max(x, y, z) > c - reach
      }
      if (!near) continue
      needles.faces[needles.count] = f
      needles.rods[needles.count++] = rod
    }
    if (bite[rod] > 0 || needles.count === before) continue
    for (let axis = 0; axis < 3; axis++) tip[axis] = t.checked[a + axis]
    const tet = tetAt(tissue.memory, tip, here)
    if (tet < 0) continue
    begin(threads, tissue.memory, rod, tet, STAGE.front)
    noteAt(field.events, 'pierced', t.leader[rod] - 1, bite[rod], tip, 0, 0)
  }
}

/** Ends a substep: needles' points that met a face press it, those in tissue have gone on. */
export function driveNeedles(field: TissueField, threads: Threads): void {
  const { memory: t, bite } = threads
  for (let rod = 0; rod < t.counts[ROD_COUNT.rods]; rod++) {
    if (t.steel[rod] === 0) continue
    for (let axis = 0; axis < 3; axis++) tip[axis] = t.checked[3 * t.first[rod] + axis]
    if (bite[rod] === 0) {
      if (t.leader[rod] > 0) meet(field, threads, rod)
      continue
    }
    const n = foremost(threads, rod)
    if (n < 0) bite[rod] = 0
    else if (threads.tracts.stage[n] === STAGE.pressed) press(field, threads, rod, n)
    else goOn(field, threads, rod, n)
  }
}

/** The point of a needle's present bite that is nearest to its point, −1 when it has left all. */
function foremost({ tracts, bite }: Threads, rod: number): number {
  let best = -1
  for (let n = 0; n < tracts.counts[TRACT.points]; n++) {
    if (tracts.active[n] === 0 || tracts.rod[n] !== rod || tracts.bite[n] !== bite[rod]) continue
    if (best < 0 || tracts.place[n] < tracts.place[best]) best = n
  }
  return best
}

/** Finds the face that a needle's point came through in this substep, and begins to press it. */
function meet(field: TissueField, threads: Threads, rod: number): void {
  const { needles, memory: t } = threads
  const { tissue, surface } = field
  const { tetVertex, position } = tissue.memory
  let earliest = 2
  let met = -1
  for (let i = 0; i < needles.count; i++) {
    if (needles.rods[i] !== rod) continue
    const f = needles.faces[i]
    rise(tissue.memory.previous, surface.triangles, f, t, rod, 0)
    rise(position, surface.triangles, f, t, rod, 1)
    if (!(heights[0] > 0 && heights[1] <= 0)) continue
    const share = heights[0] / (heights[0] - heights[1])
    if (share >= earliest || !weighOver(position, surface.triangles, f, tip, here)) continue
    earliest = share
    met = f
    for (let k = 0; k < 3; k++) there[k] = here[k]
  }
  if (met < 0) return
  const tet = surface.corners[met] >> 2
  here.fill(0)
  for (let k = 0; k < 4; k++)
    for (let c = 0; c < 3; c++) if (tetVertex[tet * 4 + k] === surface.triangles[met * 3 + c]) here[k] = there[c]
  begin(threads, tissue.memory, rod, tet, STAGE.pressed)
}

/** Begins a bite of a needle at its point, which lies in `tet` at `here`. */
function begin(threads: Threads, tissue: TissueMemory, rod: number, tet: number, stage: number): void {
  const { tracts, bites, bite } = threads
  bites[0] = (bites[0] % MOST_BITES) + 1
  bite[rod] = bites[0]
  const n = leave(threads, tissue, rod, tet, here)
  tracts.stage[n] = stage
  tracts.back[n] = 0
}

/** Leaves a point of a tract at a needle's point, in `tet` at `bary`: there it cuts. Returns its number. */
function leave(threads: Threads, tissue: TissueMemory, rod: number, tet: number, bary: Float64Array): number {
  const { tracts, memory: t, bite } = threads
  const n = addPoint(threads, tissue, rod, tet, bary, t.first[rod])
  const { shearPa } = MATERIALS[tissue.tetMaterial[tet]]
  tracts.drag[n] = POINTS[t.point[rod]].share * cuttingForce(t.radius[t.first[rod]], shearPa)
  tracts.back[n] = tracts.drag[n]
  tracts.bite[n] = bite[rod]
  tracts.stage[n] = STAGE.front
  return n
}

/** Adds a point of a tract, in `tet` at `bary`, that has a place of a rod in it. */
export function addPoint(
  { tracts }: Threads,
  tissue: TissueMemory,
  rod: number,
  tet: number,
  bary: Float64Array,
  place: number,
): number {
  const n = pierce(tracts, rod, tet, bary, 0, place)
  const { shearPa } = MATERIALS[tissue.tetMaterial[tet]]
  const size = sizeOf(tissue, tet)
  tracts.soft[n] = 1 + LOCAL * shearPa * size * tissue.substepS * tissue.substepS * tissueWeight(tracts, tissue, n)
  return n
}

/** Leaves a point to friction alone. */
export function settle({ tracts, memory: t }: Threads, { tetMaterial }: TissueMemory, n: number): void {
  const { shearPa } = MATERIALS[tetMaterial[tracts.tet[n]]]
  const drag = dragForce(t.radius[t.first[tracts.rod[n]]], shearPa, SPACING)
  tracts.drag[n] = drag
  tracts.back[n] = drag
  tracts.stage[n] = STAGE.settled
}

/** Writes where a point of a tract is now. */
function locate(tracts: TractMemory, { tetVertex, position }: TissueMemory, n: number): void {
  for (let axis = 0; axis < 3; axis++) {
    let sum = 0
    for (let i = 0; i < 4; i++) sum += tracts.bary[4 * n + i] * position[tetVertex[4 * tracts.tet[n] + i] * 4 + axis]
    at[axis] = sum
  }
}

/** The face under a point gives way, or is left. */
function press(field: TissueField, threads: Threads, rod: number, n: number): void {
  const { memory: t, tracts } = threads
  const first = t.first[rod]
  if ((tracts.place[n] - first) * t.length[first] > POP) {
    tracts.stage[n] = STAGE.front
    tracts.back[n] = tracts.drag[n] * POP
    noteAt(field.events, 'pierced', t.leader[rod] - 1, tracts.bite[n], tip, 0, tracts.pull[n])
    return
  }
  if (tracts.place[n] > first) return
  locate(tracts, field.tissue.memory, n)
  let along = 0
  let length2 = 0
  for (let axis = 0; axis < 3; axis++) {
    const d = t.checked[3 * first + 3 + axis] - tip[axis]
    along += d * (at[axis] - tip[axis])
    length2 += d * d
  }
  if (along < -OFF * length2) tracts.active[n] = 0
}

/** A needle's point that is in tissue cuts on, and leaves a point of its tract every so often. */
function goOn(field: TissueField, threads: Threads, rod: number, n: number): void {
  const { memory: t, tracts } = threads
  const { memory } = field.tissue
  const first = t.first[rod]
  if (tracts.stage[n] === STAGE.settled && tracts.place[n] - first < 1) {
    // drawn back along its tract to the last point but one: there it cuts anew
    tracts.stage[n] = STAGE.front
    tracts.drag[n] =
      POINTS[t.point[rod]].share * cuttingForce(t.radius[first], MATERIALS[memory.tetMaterial[tracts.tet[n]]].shearPa)
  }
  const ahead = (tracts.place[n] - first) * t.length[first]
  if (ahead < SPACING) return
  walkTo(memory, tracts.tet[n], tip, there, walk)
  if (walk.end === 'lost') return
  const { bite } = threads
  if (walk.end === 'inside') {
    settle(threads, memory, n)
    leave(threads, memory, rod, walk.tet, there)
    return
  }
  const pull = tracts.pull[n]
  settle(threads, memory, n)
  locate(tracts, memory, n)
  // where the way from the last point leaves the free face
  if (coordinatesIn(memory, walk.tet, at, here)) {
    const k = walk.through
    const share = here[k] > 0 ? here[k] / (here[k] - there[k]) : 0
    for (let i = 0; i < 4; i++) here[i] += share * (there[i] - here[i])
    const exit = leave(threads, memory, rod, walk.tet, here)
    tracts.place[exit] = first + (1 - share) * (tracts.place[n] - first)
    tracts.stay[exit] = tracts.place[exit]
    settle(threads, memory, exit)
  }
  noteAt(field.events, 'emerged', t.leader[rod] - 1, bite[rod], tip, 0, pull)
  bite[rod] = 0
}

const force = new Float64Array(3)

/** Ends a tick: bites that bear more than their tissue holds tear out. */
export function tearOut(field: TissueField, { tracts }: Threads): void {
  const { tetMaterial, tetVertex, substepS } = field.tissue.memory
  const share = 1 / substepsOf(substepS)
  for (let n = 0; n < tracts.counts[TRACT.points]; n++) {
    if (tracts.active[n] === 0 || tracts.bite[n] === 0 || isCounted(tracts, n)) continue
    force.fill(0)
    for (let m = n; m < tracts.counts[TRACT.points]; m++) {
      if (!isOf(tracts, m, n)) continue
      for (let axis = 0; axis < 3; axis++) force[axis] += tracts.load[3 * m + axis] * share
    }
    const pull = Math.sqrt(force[0] * force[0] + force[1] * force[1] + force[2] * force[2])
    if (tetVertex[tracts.tet[n] * 4] === NONE) continue
    if (pull <= sutureHold(MATERIALS[tetMaterial[tracts.tet[n]]].name)) continue
    locate(tracts, field.tissue.memory, n)
    noteAt(field.events, 'torn-out', -1, tracts.bite[n], at, 0, pull)
    for (let m = tracts.counts[TRACT.points] - 1; m >= n; m--) if (isOf(tracts, m, n)) tracts.active[m] = 0
  }
}

const isOf = ({ active, bite, rod }: TractMemory, m: number, n: number): boolean =>
  active[m] === 1 && bite[m] === bite[n] && rod[m] === rod[n]

/** Whether a point of the same bite comes before it. */
function isCounted(tracts: TractMemory, n: number): boolean {
  for (let m = 0; m < n; m++) if (isOf(tracts, m, n)) return true
  return false
}
