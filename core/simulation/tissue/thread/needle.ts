/**
 * Curved needles: the first segments of a rod, of steel, with the curvature of an arc at rest; the thread is swaged to
 * them. A needle driver holds them as one rigid piece.
 */
import { cos, PI, sin } from '../../exactmath.ts'
import type { TissueMemory } from '../memory.ts'
import { director } from './frames.ts'
import { grasp, release } from './grasp.ts'
import { type RodMaterial, rodMaterial } from './materials.ts'
import { addRod, setMaterial, shapeAtRest, type ThreadMemory, weigh } from './memory.ts'
import { type PointName, pointNumber } from './piercing.ts'

/** A needle: length along the arc (m), share of a circle, radius of the wire (m), and its point. */
export type NeedleShape = {
  readonly length: number
  readonly circle: number
  readonly radius: number
  readonly point: PointName
}

/** Usual needles by what they sew; sizes from manufacturers' charts (length along the arc, share of the circle). */
export const NEEDLES = {
  /** 26 mm half circle, taper: bowel, vessels, general. */
  'half-26': { length: 26e-3, circle: 0.5, radius: 0.35e-3, point: 'taper' },
  /** The same with a cutting point: tough tissue. */
  'half-26-cutting': { length: 26e-3, circle: 0.5, radius: 0.35e-3, point: 'cutting' },
  /** 36 mm half circle: fascia. */
  'half-36': { length: 36e-3, circle: 0.5, radius: 0.5e-3, point: 'taper' },
  /** 19 mm three eighths, reverse cutting: skin. */
  'three-eighths-19': { length: 19e-3, circle: 0.375, radius: 0.3e-3, point: 'cutting' },
} as const satisfies Readonly<Record<string, NeedleShape>>

export type NeedleName = keyof typeof NEEDLES
export const NEEDLE_NAMES = Object.keys(NEEDLES) as NeedleName[]

/** A needle, its thread, and where they lie. */
export type Armed = {
  readonly needle: NeedleShape
  readonly thread: RodMaterial
  /** Segments of the needle. */
  readonly segments: number
  /** Its point, m; unit directions in which it leads there, and from there to the middle of its arc. */
  readonly at: readonly number[]
  readonly leads: readonly number[]
  readonly inwards: readonly number[]
  /** Where the vertices of the thread lie behind the swage: x y z each, m. */
  readonly trail: readonly number[]
}

/** Where the needle of an armed thread is at so many radians of its arc behind its point, m. */
export function placeOnArc(
  { needle, at, leads, inwards }: Pick<Armed, 'needle' | 'at' | 'leads' | 'inwards'>,
  angle: number,
): number[] {
  const bend = needle.length / (2 * PI * needle.circle)
  return at.map((x, axis) => x - bend * sin(angle) * leads[axis]! + bend * (1 - cos(angle)) * inwards[axis]!)
}

/**
 * Adds a needle with its thread. The point is the first vertex, the swage is vertex `segments`. Returns the number of
 * the rod.
 */
export function addArmedThread(t: ThreadMemory, tissue: TissueMemory, armed: Armed): number {
  const { needle, thread, segments, trail } = armed
  const bend = needle.length / (2 * PI * needle.circle)
  const points: number[] = []
  for (let i = 0; i <= segments; i++) points.push(...placeOnArc(armed, (2 * PI * needle.circle * i) / segments))
  points.push(...trail)
  const rod = addRod(t, tissue, points, thread)
  const first = t.first[rod]!
  const steel = { ...rodMaterial('needle'), radius: needle.radius }
  for (let s = first; s < first + segments; s++) setMaterial(t, s, steel)
  weigh(t, tissue, rod)
  for (let s = first + 1; s < first + segments; s++) shapeAsLaid(t, s)
  t.steel[rod] = segments
  t.bend[rod] = bend
  t.point[rod] = pointNumber(needle.point)
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

/** A frame: three unit directions and a place in m, x y z each. */
export const FRAME = 12

/**
 * Takes the needle of a rod into a rigid grasp at its vertex `grip` (not an end): from now on `aimNeedle` moves all of it with a frame,
 * which lies at `frame` now, until its thread pulls with `limit` newtons. What bent while nobody held it springs back to its arc.
 */
export function graspNeedle(
  t: ThreadMemory,
  tissue: TissueMemory,
  rod: number,
  grip: number,
  frame: Float64Array,
  limit: number,
): void {
  const first = t.first[rod]!
  const last = first + t.steel[rod]!
  for (let s = first; s <= last; s++) grasp(t, tissue, s, limit)
  layArc(t, first, last, grip, t.bend[rod]!)
  for (let s = 3 * first; s <= 3 * last; s += 3)
    for (let row = 0; row < 3; row++) {
      let sum = 0
      for (let axis = 0; axis < 3; axis++) sum += frame[3 * row + axis]! * (t.target[s + axis]! - frame[9 + axis]!)
      t.local[s + row] = sum
    }
}

/** Says where a needle that is held goes with its frame. */
export function aimNeedle(t: ThreadMemory, rod: number, frame: Float64Array): void {
  const end = 3 * (t.first[rod]! + t.steel[rod]!)
  for (let s = 3 * t.first[rod]!; s <= end; s += 3)
    for (let axis = 0; axis < 3; axis++)
      t.target[s + axis] =
        frame[9 + axis]! +
        frame[axis]! * t.local[s]! +
        frame[3 + axis]! * t.local[s + 1]! +
        frame[6 + axis]! * t.local[s + 2]!
}

/** Lets a needle go. */
export function releaseNeedle(t: ThreadMemory, tissue: TissueMemory, rod: number): void {
  for (let s = t.first[rod]!; s <= t.first[rod]! + t.steel[rod]!; s++) release(t, tissue, s)
}

/** Directions along the arc and inwards at the vertex that is gripped. */
const along = new Float64Array(3)
const inwards = new Float64Array(3)

/** Lays the targets of a needle's vertices on its arc, as it runs through the vertex `grip` (not an end) now. */
function layArc(t: ThreadMemory, first: number, last: number, grip: number, bend: number): void {
  const x = t.checked
  let along2 = 0
  let lean = 0
  for (let axis = 0; axis < 3; axis++) {
    along[axis] = x[3 * grip + 3 + axis]! - x[3 * grip - 3 + axis]!
    inwards[axis] = 0.5 * (x[3 * first + axis]! + x[3 * last + axis]!) - x[3 * grip + axis]!
    along2 += along[axis]! * along[axis]!
    lean += along[axis]! * inwards[axis]!
  }
  let inner2 = 0
  for (let axis = 0; axis < 3; axis++) {
    inwards[axis] = inwards[axis]! - (lean / along2) * along[axis]!
    inner2 += inwards[axis]! * inwards[axis]!
  }
  if (!(along2 > 0 && inner2 > 0)) return
  const step = t.length[first]! / bend
  for (let s = first; s <= last; s++) {
    const ahead = (bend * sin(step * (s - grip))) / Math.sqrt(along2)
    const inner = (bend * (1 - cos(step * (s - grip)))) / Math.sqrt(inner2)
    for (let axis = 0; axis < 3; axis++)
      t.target[3 * s + axis] = x[3 * grip + axis]! + ahead * along[axis]! + inner * inwards[axis]!
  }
}
