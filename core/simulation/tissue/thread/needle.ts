/**
 * Curved needles: the first segments of a rod, of steel, with the curvature of an arc at rest; the thread is swaged to
 * them. A needle driver holds them as one rigid piece.
 */
import { cos, PI, sin } from '../../exactmath.ts'
import type { TissueMemory } from '../memory.ts'
import { director } from './bend.ts'
import { aim, grasp } from './grasp.ts'
import { type RodMaterial, rodMaterial } from './materials.ts'
import { addRod, setMaterial, shapeAtRest, type ThreadMemory, weigh } from './memory.ts'

/** A needle: length along the arc (m), share of a circle, radius of the wire (m). */
export type NeedleShape = { readonly length: number; readonly circle: number; readonly radius: number }

/** Usual needles by what they sew; sizes from manufacturers' charts (length along the arc, share of the circle). */
export const NEEDLES = {
  /** 26 mm half circle, taper: bowel, vessels, general. */
  'half-26': { length: 26e-3, circle: 0.5, radius: 0.35e-3 },
  /** 36 mm half circle: fascia. */
  'half-36': { length: 36e-3, circle: 0.5, radius: 0.5e-3 },
  /** 19 mm three eighths, reverse cutting: skin. */
  'three-eighths-19': { length: 19e-3, circle: 0.375, radius: 0.3e-3 },
} as const satisfies Readonly<Record<string, NeedleShape>>

/** What a needle and its thread are made of: as many segments each. */
export type Armed = {
  readonly needle: NeedleShape
  readonly thread: RodMaterial
  /** Length of the thread, m. */
  readonly length: number
  readonly needleSegments: number
  readonly threadSegments: number
}

/**
 * Adds a needle with its thread: the point of the needle at `at`, leading along +x, its arc in the x–y plane turning
 * towards +y; the thread lies straight behind the swage. The point is the first vertex, the swage is vertex
 * `needleSegments`. Returns the number of the rod.
 */
export function addArmedThread(t: ThreadMemory, tissue: TissueMemory, armed: Armed, at: readonly number[]): number {
  const { needle, thread, length, needleSegments, threadSegments } = armed
  const bend = needle.length / (2 * PI * needle.circle)
  const points: number[] = []
  for (let i = 0; i <= needleSegments; i++) {
    // backwards along the arc from the point
    const angle = (2 * PI * needle.circle * i) / needleSegments
    points.push(at[0]! - bend * sin(angle), at[1]! + bend * (1 - cos(angle)), at[2]!)
  }
  const end = 3 * needleSegments
  const leaving = 2 * PI * needle.circle
  for (let i = 1; i <= threadSegments; i++) {
    const s = (length * i) / threadSegments
    points.push(points[end]! - s * cos(leaving), points[end + 1]! + s * sin(leaving), points[end + 2]!)
  }
  const rod = addRod(t, tissue, points, thread)
  const first = t.first[rod]!
  const steel = { ...rodMaterial('needle'), radius: needle.radius }
  for (let s = first; s < first + needleSegments; s++) setMaterial(t, s, steel)
  weigh(t, tissue, rod)
  for (let s = first + 1; s < first + needleSegments; s++) shapeAsLaid(t, s)
  return rod
}

/** Makes the present curvature at a vertex its curvature at rest. */
export function shapeAsLaid(t: ThreadMemory, s: number): void {
  const length = 0.5 * (t.length[s - 1]! + t.length[s]!)
  let one = 0
  let two = 0
  let oneOne = 0
  let oneTwo = 0
  let twoTwo = 0
  for (let axis = 0; axis < 3; axis++) {
    const here = t.checked[3 * s + axis]!
    const before = (here - t.checked[3 * s - 3 + axis]!) / t.length[s - 1]!
    const after = (t.checked[3 * s + 3 + axis]! - here) / t.length[s]!
    const curvature = (after - before) / length
    // the means of the directors are shorter than 1 and not quite at right angles
    const meanOne = 0.5 * (director(t.frame, s - 1, 0, axis) + director(t.frame, s, 0, axis))
    const meanTwo = 0.5 * (director(t.frame, s - 1, 1, axis) + director(t.frame, s, 1, axis))
    one += curvature * meanOne
    two += curvature * meanTwo
    oneOne += meanOne * meanOne
    oneTwo += meanOne * meanTwo
    twoTwo += meanTwo * meanTwo
  }
  const det = oneOne * twoTwo - oneTwo * oneTwo
  shapeAtRest(t, s, (one * twoTwo - two * oneTwo) / det, (two * oneOne - one * oneTwo) / det, 0)
}

/** A pose: place (m) and turn (unit quaternion x y z w). */
export type Pose = { readonly at: readonly number[]; readonly turn: readonly number[] }

/** Takes the vertices `from` … `to` into one rigid grasp, whose pose now is `pose`. */
export function graspRigid(t: ThreadMemory, tissue: TissueMemory, from: number, to: number, pose: Pose): void {
  const [x, y, z, w] = pose.turn as [number, number, number, number]
  for (let s = from; s <= to; s++) {
    grasp(t, tissue, s, Infinity)
    const dx = t.checked[3 * s]! - pose.at[0]!
    const dy = t.checked[3 * s + 1]! - pose.at[1]!
    const dz = t.checked[3 * s + 2]! - pose.at[2]!
    rotate(t.local, 3 * s, -x, -y, -z, w, dx, dy, dz)
  }
}

/** Moves a rigid grasp to a pose. */
export function aimRigid(t: ThreadMemory, from: number, to: number, pose: Pose): void {
  const [x, y, z, w] = pose.turn as [number, number, number, number]
  for (let s = from; s <= to; s++) {
    rotate(moved, 0, x, y, z, w, t.local[3 * s]!, t.local[3 * s + 1]!, t.local[3 * s + 2]!)
    aim(t, s, pose.at[0]! + moved[0]!, pose.at[1]! + moved[1]!, pose.at[2]! + moved[2]!)
  }
}

const moved = new Float64Array(3)

function rotate(
  out: Float64Array,
  at: number,
  x: number,
  y: number,
  z: number,
  w: number,
  px: number,
  py: number,
  pz: number,
): void {
  const tx = 2 * (y * pz - z * py)
  const ty = 2 * (z * px - x * pz)
  const tz = 2 * (x * py - y * px)
  out[at] = px + w * tx + y * tz - z * ty
  out[at + 1] = py + w * ty + z * tx - x * tz
  out[at + 2] = pz + w * tz + x * ty - y * tx
}
