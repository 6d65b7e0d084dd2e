/**
 * Ligating loops: a loop pre-tied with a Roeder knot at the end of a tube. Drawing the tail through the knot closes the
 * loop; the knot locks against opening (15.8 N in the comparison of `knot/security.ts`). The knot itself, half a dozen
 * turns within a millimetre, is not laid out in segments but acts as a sliding point on its own rod.
 */
import { cos, PI, sin } from '../../exactmath.ts'
import type { TissueMemory } from '../memory.ts'
import { ROEDER } from './knot/security.ts'
import type { RodMaterial } from './materials.ts'
import { addRod, type ThreadMemory } from './memory.ts'
import { type TractMemory, tieSliding } from './tract.ts'

/** Pull that draws a Roeder knot along its post, N (estimate). */
const CLOSING = 0.8

/** Pull through the knot of a ligating loop at which it is drawn tight, N (estimate). */
export const DRAWN = 12

/** Share of its bending stiffness that a loop keeps: it was packed as a loop, and its rest shape is not followed. */
const LIMP = 0.01

export type LoopShape = {
  readonly thread: RodMaterial
  /** Radius of the open loop and length of the tail, m. */
  readonly radius: number
  readonly tail: number
  /** Length of a segment, m. */
  readonly segment: number
  /** Middle of the loop, m; unit directions from there to its knot, around from there, and of the tail behind the knot. */
  readonly centre: readonly number[]
  readonly out: readonly number[]
  readonly side: readonly number[]
  readonly along: readonly number[]
}

/** Segments of an open loop. */
const roundOf = ({ radius, segment }: LoopShape): number => Math.ceil((2 * PI * radius) / segment)

/** Vertices that a loop and its tail take. */
export const loopVertices = (shape: LoopShape): number => roundOf(shape) + Math.ceil(shape.tail / shape.segment) + 1

/** Adds a loop: its first vertex is its knot. Returns the rod and the number of its sliding knot. */
export function addLoop(
  t: ThreadMemory,
  tracts: TractMemory,
  tissue: TissueMemory,
  shape: LoopShape,
): { readonly rod: number; readonly knot: number } {
  const { thread, radius, tail, segment, centre, out, side, along } = shape
  const around = roundOf(shape)
  const up = Math.ceil(tail / segment)
  const points: number[] = []
  for (let i = 0; i <= around; i++) {
    const angle = (2 * PI * i) / around
    for (let k = 0; k < 3; k++) points.push(centre[k]! + radius * (sin(angle) * side[k]! + cos(angle) * out[k]!))
  }
  for (let i = 1; i <= up; i++)
    for (let k = 0; k < 3; k++) points.push(centre[k]! + radius * out[k]! + ((tail * i) / up) * along[k]!)
  const rod = addRod(t, tissue, points, thread)
  const first = t.first[rod]!
  for (let s = first; s <= first + around + up; s++) t.bending[s] = t.bending[s]! * LIMP
  return { rod, knot: tieSliding(tracts, t, first, first + around, CLOSING, ROEDER) }
}

/** Length of thread in a loop, m. */
export function loopLength(t: ThreadMemory, tracts: TractMemory, knot: number): number {
  const place = tracts.place[knot]!
  const last = Math.floor(place)
  let sum = (place - last) * t.length[last]!
  for (let s = tracts.tet[knot]!; s < last; s++) sum += t.length[s]!
  return sum
}
