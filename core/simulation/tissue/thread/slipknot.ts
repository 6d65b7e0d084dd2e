/** A thread with a loose Roeder knot, tied outside the body, whose loop lies round what it will be drawn down on. */
import { cos, PI, sin } from '../../exactmath.ts'
import { type RoederLock, roederPath } from './knot/roeder.ts'

export type SlipKnot = {
  readonly winds: number
  readonly lock: RoederLock
  /** Middle of the loop, m. */
  readonly centre: readonly number[]
  /** Unit directions: of the post, from there, and across to the side on which it comes down. */
  readonly up: readonly number[]
  readonly across: readonly number[]
  /** Radius of the loop; from its middle to where the knot begins; half the distance of the strands in the knot, m. */
  readonly radius: number
  readonly away: number
  readonly half: number
  /** Length of the post above the knot, and of the tail, m. */
  readonly post: number
  readonly tail: number
  /** Length of a segment, m. */
  readonly segment: number
}

/** Corners of half a loop. */
const BEND = 12
/** The knot's length, in halves of the distance of its strands. */
const KNOT = 11

/** Vertices of the thread, x y z, from the free end of its post to the end of its tail. */
export function slipKnotPoints(knot: SlipKnot): number[] {
  const { centre, up, across } = knot
  const out = [0, 1, 2].map((k) => {
    const i = (k + 1) % 3
    const j = (k + 2) % 3
    return across[i] * up[j] - across[j] * up[i]
  })
  return evenly(
    cornersOf(knot).map(([x, y, z]) => centre.map((c, k) => c + x * across[k] + y * out[k] + z * up[k])),
    knot.segment,
  )
}

/** Corners across, out of the plane and up from the middle of the loop, m. */
function cornersOf({ winds, lock, radius, away, half, post, tail }: SlipKnot): readonly (readonly number[])[] {
  const [, ...path] = roederPath(winds, lock).map(([x, y, z]) => [x * half, y * half, away + z * half])
  const bend = Array.from({ length: BEND + 1 }, (_, i) => {
    const angle = (PI * i) / BEND
    return [radius * cos(angle), 0, -radius * sin(angle)]
  })
  const [x, y, z] = path.at(-1)!
  // the tail lies back along the post
  const end = [x, y * 2, z + tail]
  return [[half, 0, away + KNOT * half + post], ...path.slice(0, 2), ...bend, ...path.slice(3), end]
}

/** The same way in steps of one length, measured along it. */
function evenly(corners: readonly (readonly number[])[], step: number): number[] {
  const points = [...corners[0]]
  let over = step
  for (let i = 0; i + 1 < corners.length; i++) {
    const [a, b] = [corners[i], corners[i + 1]]
    const length = Math.sqrt(b.reduce((sum, v, k) => sum + (v - a[k]) * (v - a[k]), 0))
    for (; over <= length; over += step) points.push(...a.map((v, k) => v + ((b[k] - v) * over) / length))
    over -= length
  }
  return points
}
