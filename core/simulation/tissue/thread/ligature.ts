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

export type LoopShape = {
  readonly thread: RodMaterial
  /** Radius of the open loop and length of the tail, m. */
  readonly radius: number
  readonly tail: number
  /** Length of a segment, m. */
  readonly segment: number
}

/**
 * Adds a loop in the x–y plane about `centre`, the knot at its top (+y) and the tail rising from it. Returns the rod and
 * the number of its sliding knot.
 */
export function addLoop(
  t: ThreadMemory,
  tracts: TractMemory,
  tissue: TissueMemory,
  { thread, radius, tail, segment }: LoopShape,
  centre: readonly number[],
): { readonly rod: number; readonly knot: number } {
  const around = Math.ceil((2 * PI * radius) / segment)
  const up = Math.ceil(tail / segment)
  const points: number[] = []
  for (let i = 0; i <= around; i++) {
    const angle = (2 * PI * i) / around
    points.push(centre[0]! + radius * sin(angle), centre[1]! + radius * cos(angle), centre[2]!)
  }
  for (let i = 1; i <= up; i++) points.push(centre[0]!, centre[1]! + radius + (tail * i) / up, centre[2]!)
  const rod = addRod(t, tissue, points, thread)
  const first = t.first[rod]!
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
