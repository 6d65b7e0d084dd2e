/** What hands that tie see: where thread and tools are, mm, and what pulls, N. */
import { atan2, PI } from '../exactmath.ts'
import { knotIn } from '../tissue/fieldknots.ts'
import type { Threads, TissueField } from '../tissue/fieldtype.ts'
import { knotAlong, knotOf } from '../tissue/thread/knot/security.ts'
import { TOOL } from '../tissue/tools/tool.ts'
import type { Hands } from './hands.ts'
import { add, cross, dot, minus, sizeOf, unit, type Vector } from './vectors.ts'

export type Sight = { readonly field: TissueField; readonly threads: Threads; readonly hands: Hands }

const MM = 1e-3

/** A vertex of the thread, counted from its short end. */
function vertex({ threads: { memory: t }, hands }: Sight, n: number): Vector {
  const at = 3 * (t.first[hands.thread] + n)
  return [0, 1, 2].map((i) => t.checked[at + i] / MM)
}

export const toolOf = ({ field, hands }: Sight, who: 'driver' | 'holder'): Float64Array => field.each[hands[who]]

const placeIn = (row: Float64Array, slot: number): Vector => [0, 1, 2].map((i) => row[slot + i] / MM)

/** A hand goes so far ahead of a tool that something holds back: it pulls by a spring. */
const AHEAD = 6

/** Where the hand wants the tip. */
export function handOf(row: Float64Array): Vector {
  const tip = placeIn(row, TOOL.ax)
  const ahead = minus(placeIn(row, TOOL.gax), tip)
  return add(tip, ahead, AHEAD / Math.max(sizeOf(ahead), AHEAD))
}

/** From tip to hand, as the hand wants it. */
export const axisOf = (row: Float64Array): Vector => unit(minus(placeIn(row, TOOL.gbx), placeIn(row, TOOL.gax)))

/** A way back along a tool's shaft, mm. */
export const backwards =
  (who: 'driver' | 'holder', mm: number) =>
  (see: Sight): Vector =>
    axisOf(toolOf(see, who)).map((x) => mm * x)

/** Pull of the thread in a tool's jaws. */
export const tugAt = ({ threads: { tug } }: Sight, t: number): number => sizeOf([0, 1, 2].map((i) => tug[3 * t + i]))

/** Vertex of the short end that the driver takes, and how far from it jaws may have taken it instead. */
const TAIL = 6
const NEAR = 6

/** Whether the driver has the short end in its jaws. */
export function holdsTail({ threads: { memory: t, heldBy }, hands }: Sight): boolean {
  return heldBy[hands.driver] > 0 && Math.abs(heldBy[hands.driver] - 1 - t.first[hands.thread] - TAIL) <= NEAR
}

/** A place so far before the short end, from the driver's hand. */
export const beforeTail =
  (mm: number) =>
  (see: Sight): Vector =>
    add(vertex(see, TAIL), axisOf(toolOf(see, 'driver')), mm)

/** Across the driver's shaft and the short end: so jaws open about it. */
export function acrossTail(see: Sight): Vector {
  const row = toolOf(see, 'driver')
  const up = unit(cross(axisOf(row), minus(vertex(see, TAIL + 3), vertex(see, TAIL - 3))))
  return dot(up, placeIn(row, TOOL.upX)) < 0 ? up.map((x) => -x) : up
}

/** Thread counts as wound about the shaft from there on, from the tip: what lies in the jaws does not. */
const SHAFT = 1.5

/** Turns that the thread takes about the driver's shaft, leaving out its short end. */
export function windsOn(see: Sight): number {
  const row = toolOf(see, 'driver')
  const tip = placeIn(row, TOOL.ax)
  const along = unit(minus(placeIn(row, TOOL.bx), tip))
  const across = unit(cross(along, [0, 1, 0]))
  const third = cross(along, across)
  let turns = 0
  let before: Vector | undefined
  for (let n = TAIL + NEAR; n <= see.threads.memory.segments[see.hands.thread]; n++) {
    const off = minus(vertex(see, n), tip)
    const now = [dot(off, across), dot(off, third)]
    if (before && dot(off, along) > SHAFT) turns += atan2(before[0] * now[1] - before[1] * now[0], dot(before, now))
    before = now
  }
  return Math.abs(turns) / (2 * PI)
}

/** Throws that the thread holds by now. */
export const throwsIn = ({ threads: { memory }, hands: { thread } }: Sight): number =>
  knotAlong(memory, thread).throws.length

/** Whether the throw with that number, from 0, is drawn down and set. */
export const isDrawnDown = ({ threads: { memory: t, knot }, hands: { thread } }: Sight, nth: number): boolean =>
  knotOf(t, thread) >= 0 && knotIn(knot[thread]).throws > nth

/** How far from a place the thread's post comes out of its knot, mm; Infinity without a knot. */
export function knotFrom(see: Sight, placeMm: Vector): number {
  const [knot] = knotAlong(see.threads.memory, see.hands.thread).throws
  return knot ? sizeOf(minus(vertex(see, Math.floor(knot.from)), placeMm)) : Infinity
}
