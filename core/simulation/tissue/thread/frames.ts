/**
 * Frames of the segments: the third director follows the segment by the least turn (parallel transport in time), and
 * twist is in balance at every moment, since torsional waves of thin rods are far faster than a substep (quasistatic
 * material frames; Bergou et al. 2008, doi:10.1145/1360612.1360662). Between two turned segments twist spreads evenly;
 * towards a free end it vanishes.
 */
import { atan2, cos, sin } from '../../exactmath.ts'
import { alignFrame, type ThreadMemory } from './memory.ts'

/** Brings the frames of a rod to its vertices and their twist to balance; of an armed thread only its needle has a shape at rest. */
export function settleRod(t: ThreadMemory, rod: number): void {
  const segments = t.steel[rod]! > 0 ? t.steel[rod]! : t.segments[rod]!
  followFrames(t, t.checked, t.first[rod]!, segments)
  if (!relaxTwist(t, t.first[rod]!, segments)) matchShape(t, t.first[rod]!, segments)
}

/**
 * Turns all frames of a rod that nothing holds by one angle about their segments, so that the curvature at rest lies
 * where the rod is curved: a bent wire that rolls takes its frames along.
 */
function matchShape(t: ThreadMemory, first: number, segments: number): void {
  let along = 0
  let across = 0
  for (let s = first + 1; s < first + segments; s++) {
    const one = t.rest[3 * s]!
    const two = t.rest[3 * s + 1]!
    if (one === 0 && two === 0) continue
    let isOne = 0
    let isTwo = 0
    for (let axis = 0; axis < 3; axis++) {
      const a = 3 * s + axis
      const bend =
        (t.checked[a + 3]! - t.checked[a]!) / t.length[s]! - (t.checked[a]! - t.checked[a - 3]!) / t.length[s - 1]!
      isOne += bend * (director(t.frame, s - 1, 0, axis) + director(t.frame, s, 0, axis))
      isTwo += bend * (director(t.frame, s - 1, 1, axis) + director(t.frame, s, 1, axis))
    }
    along += t.bending[s]! * (one * isOne + two * isTwo)
    across += t.bending[s]! * (one * isTwo - two * isOne)
  }
  work[ANGLE] = atan2(across, along)
  halve()
  for (let s = first; s < first + segments; s++) rotate(t.frame, s)
}

function followFrames(t: ThreadMemory, x: Float64Array, first: number, segments: number): void {
  const last = first + segments
  for (let s = first; s < last; s++) alignFrame(t.frame, 4 * s, x, 3 * s)
}

/** Lets the twist of a rod come to balance between the segments that grasps hold; false where none is held. */
function relaxTwist(t: ThreadMemory, first: number, segments: number): boolean {
  const last = first + segments
  let clamp = -1
  for (let s = first; s < last; s++) {
    if (t.clamped[s] === 0) continue
    if (clamp < 0) spreadTo(t, s, first, -1)
    else spreadBetween(t, clamp, s)
    clamp = s
  }
  spreadTo(t, clamp < 0 ? first : clamp, last - 1, 1)
  return clamp >= 0
}

/** Takes all twist (but that of rest) out of the joints from segment `from` to `to`, walking by `step`. */
function spreadTo(t: ThreadMemory, from: number, to: number, step: 1 | -1): void {
  for (let s = from; s !== to; s += step) {
    const joint = step > 0 ? s + 1 : s
    measureTwist(t.frame, joint - 1)
    work[ANGLE] = step * (t.rest[3 * joint + 2]! * t.length[joint]! - work[ANGLE]!)
    halve()
    rotate(t.frame, s + step)
  }
}

/** Shares the twist between two held segments out over the joints between them. */
function spreadBetween(t: ThreadMemory, a: number, b: number): void {
  let sum = 0
  for (let s = a; s < b; s++) {
    measureTwist(t.frame, s)
    sum += work[ANGLE]! - t.rest[3 * s + 5]! * t.length[s + 1]!
  }
  const each = sum / (b - a)
  for (let s = a; s < b - 1; s++) {
    measureTwist(t.frame, s)
    work[ANGLE] = t.rest[3 * s + 5]! * t.length[s + 1]! + each - work[ANGLE]!
    halve()
    rotate(t.frame, s + 1)
  }
}

/** Half-angles up to which sines are taken as angles (error below 1e-10). */
const SMALL = 1e-3

/** An angle in radians, and cosine and sine of half of it; in an array, lest numbers that calls pass be boxed. */
const work = new Float64Array(3)
const ANGLE = 0
const COSINE = 1
const SINE = 2

/** Measures the twist from the frame of segment `s` to the next, −π … π. */
function measureTwist(q: Float64Array, s: number): void {
  const a = 4 * s
  const z = q[a + 3]! * q[a + 6]! - q[a + 2]! * q[a + 7]! - (q[a]! * q[a + 5]! - q[a + 1]! * q[a + 4]!)
  const w = q[a + 3]! * q[a + 7]! + q[a]! * q[a + 4]! + q[a + 1]! * q[a + 5]! + q[a + 2]! * q[a + 6]!
  if (z < SMALL && z > -SMALL) work[ANGLE] = w < 0 ? -2 * z : 2 * z
  else work[ANGLE] = w < 0 ? 2 * atan2(-z, -w) : 2 * atan2(z, w)
}

/** Finds cosine and sine of half the angle. */
function halve(): void {
  const angle = work[ANGLE]!
  const small = angle < SMALL && angle > -SMALL
  work[COSINE] = small ? 1 - 0.125 * angle * angle : cos(0.5 * angle)
  work[SINE] = small ? 0.5 * angle : sin(0.5 * angle)
}

/** Turns the frame of segment `s` by the angle about its own third director. */
function rotate(q: Float64Array, s: number): void {
  if (work[ANGLE]! < 1e-12 && work[ANGLE]! > -1e-12) return
  const c = work[COSINE]!
  const n = work[SINE]!
  const a = 4 * s
  const x = q[a]!
  const y = q[a + 1]!
  const z = q[a + 2]!
  const w = q[a + 3]!
  q[a] = x * c + y * n
  q[a + 1] = y * c - x * n
  q[a + 2] = z * c + w * n
  q[a + 3] = w * c - z * n
}

/** Turns the frame of segment `s` by an angle in radians about its own third director. */
export function turn(q: Float64Array, s: number, angle: number): void {
  work[ANGLE] = angle
  halve()
  rotate(q, s)
}

/** Component `axis` of director 0 or 1 of the frame of segment `s`. */
export function director(q: Float64Array, s: number, which: 0 | 1, axis: number): number {
  const x = q[4 * s]!
  const y = q[4 * s + 1]!
  const z = q[4 * s + 2]!
  const w = q[4 * s + 3]!
  if (which === 0) return axis === 0 ? 1 - 2 * (y * y + z * z) : axis === 1 ? 2 * (x * y + w * z) : 2 * (x * z - w * y)
  return axis === 0 ? 2 * (x * y - w * z) : axis === 1 ? 1 - 2 * (x * x + z * z) : 2 * (y * z + w * x)
}
