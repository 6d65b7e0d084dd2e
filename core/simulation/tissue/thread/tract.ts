/**
 * Tracts of needles: a list of points of the tissue (tetrahedron and barycentric coordinates) that a rod must run
 * through. The rod slides along its tract against friction, and the tissue feels the reaction: two edges that were sewn
 * come together when the thread is drawn. A sliding knot is the same with a vertex of a rod in place of the tissue.
 */
import { SimulationError } from '../../contract.ts'
import { type Block, blockSize, createBlock, slots } from '../../state.ts'
import type { TissueMemory } from '../memory.ts'
import type { ThreadMemory } from './memory.ts'

export const TRACT = slots(['points'] as const)

/** What a point is to the needle: friction only; the face under its point; the last one behind its point. */
export const STAGE = { settled: 0, pressed: 1, front: 2 } as const

function planOf(points: number) {
  return {
    float64: {
      /** Barycentric coordinates of each point. */
      bary: points * 4,
      /** Which place of the rod is at the point: slot and share of its segment. */
      place: points,
      /** Where friction held it last. */
      stay: points,
      /** Friction of the point against sliding towards the end of the rod (its start leading), N, and back. */
      drag: points,
      back: points,
      /** What the point pulls the rod back with along itself now, N; negative forth. */
      pull: points,
      /** How many times softer than its material the tissue at the point is in the solver; see `fieldneedles.ts`. */
      soft: points,
      /** Pull of the rod on the point, x y z: sum over the substeps of a tick, N. */
      load: points * 3,
    },
    uint32: {
      counts: 4,
      /** Tetrahedron of each point, or the slot of its vertex in a sliding knot. */
      tet: points,
      rod: points,
    },
    uint16: {
      /** Points between an entry and the exit that follows have the same number; 0 where nobody counts bites. */
      bite: points,
    },
    uint8: {
      /** See `STAGE`. */
      stage: points,
      /** 1: friction gave way in the last substep. */
      slid: points,
      /** 1: the rod is in this point. */
      active: points,
      /** 1: a sliding knot. */
      knot: points,
    },
  }
}

type TractBlock = Block<ReturnType<typeof planOf>>

export type TractMemory = TractBlock['float64'] &
  TractBlock['uint32'] &
  TractBlock['uint16'] &
  TractBlock['uint8'] & { readonly capacity: number; readonly bytes: Uint8Array<ArrayBuffer> }

/** Bytes needed for so many points. */
export const tractBytes = (points: number): number => blockSize(planOf(points))

/** Room for so many points of tracts, in a kernel's memory from `start` on, or in memory of its own. */
export function createTractMemory(points: number, memory?: ArrayBuffer, start = 0): TractMemory {
  const block = createBlock(planOf(points), memory, start)
  return {
    ...block.float64,
    ...block.uint32,
    ...block.uint16,
    ...block.uint8,
    capacity: points,
    bytes: block.bytes,
  }
}

/**
 * A rod runs through the tissue here, at `place` (slot and share of its segment): adds a point to its tract, which
 * resists sliding with `drag` newtons. One is wanted every millimetre or two of the way. Returns the number of the
 * point. Throws `simulation/tissue-full` when there is no more room.
 */
export function pierce(
  tracts: TractMemory,
  rod: number,
  tet: number,
  bary: ArrayLike<number>,
  drag: number,
  place: number,
): number {
  const n = addPoint(tracts, rod, tet, place)
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
  tracts.slid[n] = 0
  tracts.pull[n] = 0
  tracts.load.fill(0, 3 * n, 3 * n + 3)
  tracts.bite[n] = 0
  tracts.soft[n] = 1
  tracts.stage[n] = STAGE.settled
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
    if (tracts.active[n] === 1 && tracts.rod[n] === rod) sum += Math.abs(tracts.pull[n]!)
  }
  return sum
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
