/**
 * State of rods (suture threads, drains, catheters, guidewires): one block for all. A rod is a run of slots, one a
 * vertex; slot `i` also holds the segment from vertex `i` to vertex `i + 1` (the last slot of a rod holds none). The
 * vertices are particles of the tissue's memory. SI units, relative to the origin of the operative field.
 */
import { SimulationError } from '../../contract.ts'
import { PI } from '../../exactmath.ts'
import { BONDS } from '../../kernel/rodbonds.ts'
import { type Block, blockSize, createBlock, slots } from '../../state.ts'
import { COUNT, OWNER, type TissueMemory } from '../memory.ts'
import { bendingStiffness, ROD_LOOKS, type RodMaterial } from './materials.ts'

export const ROD_COUNT = slots(['rods', 'slots', 'proxies'] as const)

/** Capacities. `proxies`: capsules of instruments that threads touch. */
export type ThreadSize = { readonly rods: number; readonly slots: number; readonly proxies: number }

function planOf({ rods, slots, proxies }: ThreadSize) {
  const all = slots + 2 * proxies
  return {
    float64: {
      /** Rest length of each segment, m; 0 where a slot holds none. */
      length: slots,
      /** Radius of each segment, m; proxies follow at `slots + 2 k`. */
      radius: all,
      /** Mass of each segment by its length, kg/m. */
      line: slots,
      /** Coulomb friction of each segment. */
      friction: all,
      /** E·A of each segment, N. */
      axial: slots,
      /** E·I at each vertex, N·m². */
      bending: slots,
      /** G·J of each segment, N·m². */
      torsion: slots,
      /** Curvature at rest at each vertex along the first and second director, 1/m, and twist, rad/m. */
      rest: slots * 3,
      /** Frame of each segment, (x, y, z, w); the third director lies along the segment. */
      frame: slots * 4,
      /** Where each vertex (and the ends of each proxy) last was with nothing passed through. */
      checked: all * 3,
      /** How far each vertex went in the last substep, m. */
      went: slots * 3,
      /** Where the hand wants a held vertex. */
      target: slots * 3,
      /** Most tension in N that a grasp bears before it gives way. */
      limit: slots,
      /** How far a held vertex may go in a substep, m. */
      pace: slots,
      /** Where a vertex lies in the frame of the grasp that holds it with others, m. */
      local: slots * 3,
      /** Pull on a held vertex as its grasp feels it, N. */
      pull: slots,
      /** Tension of each segment, N. */
      tension: slots,
      /** Load in N up to which a set knot holds at this vertex; 0: not part of a set knot. See `knot/security.ts`. */
      holding: slots,
      /** How far each vertex of a set knot is from those that it is bound to, m. */
      bondLength: BONDS * slots,
      /** Dimensionless: how much heavier than its mass a jammed vertex counts in the solver; see `solve.ts`. */
      jam: slots,
      /** The same for a vertex of taut thread. */
      taut: slots,
      /** Radius of the arc of a rod's needle, m. */
      bend: rods,
    },
    uint32: {
      counts: 4,
      /** Particle of each vertex. */
      particle: slots,
      /** First slot and number of segments of each rod. */
      first: rods,
      segments: rods,
      /** Segments of steel at the start of a rod; 0 without a needle. */
      steel: rods,
      /** Rod of each slot. */
      rod: slots,
      /** Vertices that each is bound to in a set knot, plus one; 0 for none. See `knot/security.ts`. */
      bond: BONDS * slots,
      /** Slots between which lies what a rod's knot is tied about, as it was looked at last. */
      loop: 2 * rods,
    },
    uint16: {},
    uint8: {
      /** What each segment looks like: row of `ROD_LOOKS`. */
      look: slots,
      /** 1: vertex held by a grasp. */
      held: slots,
      /** 1: frame of this segment turned by a grasp, else free to turn. */
      clamped: slots,
      /** 1: segment of a sliding knot, through which its own rod may run. */
      bare: slots,
      /** 1: rod with curvature or twist at rest, or held by a turned segment: its frames matter in every substep. */
      shaped: rods,
      /** Point of a rod's needle: row of `POINTS` in `piercing.ts`. */
      point: rods,
      /** Number of the tool that leads a rod's needle as one rigid piece, plus one. */
      leader: rods,
      /** 1: vertex that touches something and did not slip in the last substep. */
      stuck: slots,
    },
  }
}

export type ThreadBlock = Block<ReturnType<typeof planOf>>

/** All arrays of rods, flat. */
export type ThreadMemory = ThreadBlock['float64'] &
  ThreadBlock['uint32'] &
  ThreadBlock['uint8'] & {
    readonly size: ThreadSize
    readonly bytes: Uint8Array<ArrayBuffer>
  }

/** Bytes needed for these capacities. */
export const threadBytes = (size: ThreadSize): number => blockSize(planOf(size))

/** Lays rods out in a kernel's memory from `start` on, or in memory of their own. */
export function createThreadMemory(size: ThreadSize, memory?: ArrayBuffer, start = 0): ThreadMemory {
  const block = createBlock(planOf(size), memory, start)
  return { ...block.float64, ...block.uint32, ...block.uint8, size, bytes: block.bytes }
}

/**
 * Adds a rod whose vertices lie at `points` (x, y, z, …; metres); its shape is its rest shape in length but straight
 * unless `rest` curvatures are written afterwards. Returns the number of the rod.
 * Throws `simulation/tissue-full` naming the capacity that is spent.
 */
export function addRod(thread: ThreadMemory, tissue: TissueMemory, points: ArrayLike<number>, m: RodMaterial): number {
  const vertices = points.length / 3
  const rod = thread.counts[ROD_COUNT.rods]!
  const first = thread.counts[ROD_COUNT.slots]!
  const particle = tissue.counts[COUNT.particles]!
  if (rod >= thread.size.rods) throw new SimulationError('simulation/tissue-full', 'rods')
  if (first + vertices > thread.size.slots) throw new SimulationError('simulation/tissue-full', 'rod slots')
  if (particle + vertices > tissue.size.particles) throw new SimulationError('simulation/tissue-full', 'particles')
  thread.counts[ROD_COUNT.rods] = rod + 1
  thread.counts[ROD_COUNT.slots] = first + vertices
  tissue.counts[COUNT.particles] = particle + vertices
  thread.first[rod] = first
  thread.segments[rod] = vertices - 1
  for (let k = 0; k < vertices; k++) placeVertex(thread, tissue, first + k, particle + k, points, k)
  for (let k = 0; k < vertices; k++) {
    const s = first + k
    thread.rod[s] = rod
    thread.length[s] = k === vertices - 1 ? 0 : distance(thread.checked, s, s + 1)
    setMaterial(thread, s, m)
  }
  weigh(thread, tissue, rod)
  startFrames(thread, rod)
  return rod
}

function placeVertex(
  t: ThreadMemory,
  tissue: TissueMemory,
  s: number,
  p: number,
  points: ArrayLike<number>,
  k: number,
) {
  t.particle[s] = p
  tissue.owner[p] = OWNER.thread
  for (let axis = 0; axis < 3; axis++) {
    const x = Math.fround(points[3 * k + axis]!)
    tissue.position[4 * p + axis] = x
    tissue.previous[4 * p + axis] = x
    tissue.rest[4 * p + axis] = x
    tissue.velocity[4 * p + axis] = 0
    t.checked[3 * s + axis] = x
  }
}

/** Gives a vertex its curvature at rest along the first and second director, 1/m, and its twist, rad/m. */
export function shapeAtRest(t: ThreadMemory, slot: number, one: number, two: number, twist: number): void {
  t.rest[3 * slot] = one
  t.rest[3 * slot + 1] = two
  t.rest[3 * slot + 2] = twist
  t.shaped[t.rod[slot]!] = 1
}

/** Gives a slot the mechanics of a material; see `weigh` for the masses. */
export function setMaterial(thread: ThreadMemory, slot: number, m: RodMaterial): void {
  const area = PI * m.radius * m.radius
  thread.radius[slot] = m.radius
  thread.look[slot] = ROD_LOOKS.indexOf(m.look)
  thread.friction[slot] = m.friction
  thread.line[slot] = area * m.density
  thread.axial[slot] = m.young * area
  thread.bending[slot] = bendingStiffness(m)
  thread.torsion[slot] = bendingStiffness(m) / (1 + m.poisson)
}

/** Masses of the vertices of a rod from the segments beside them. */
export function weigh(thread: ThreadMemory, tissue: TissueMemory, rod: number): void {
  const first = thread.first[rod]!
  const last = first + thread.segments[rod]!
  for (let s = first; s <= last; s++) {
    const before = s > first ? thread.length[s - 1]! * thread.line[s - 1]! : 0
    const p = 4 * thread.particle[s]!
    tissue.rest[p + 3] = 0.5 * (before + thread.length[s]! * thread.line[s]!)
    tissue.position[p + 3] = 1 / tissue.rest[p + 3]!
  }
}

/** Frames along the rod without twist (parallel transport; Bergou et al. 2008, doi:10.1145/1360612.1360662). */
function startFrames(thread: ThreadMemory, rod: number): void {
  const first = thread.first[rod]!
  const last = first + thread.segments[rod]!
  let q = [0, 0, 0, 1]
  for (let s = first; s < last; s++) {
    const at = 4 * s
    for (let i = 0; i < 4; i++) thread.frame[at + i] = q[i]!
    alignFrame(thread.frame, at, thread.checked, 3 * s)
    q = [thread.frame[at]!, thread.frame[at + 1]!, thread.frame[at + 2]!, thread.frame[at + 3]!]
  }
}

function distance(x: Float64Array, a: number, b: number): number {
  const dx = x[3 * b]! - x[3 * a]!
  const dy = x[3 * b + 1]! - x[3 * a + 1]!
  const dz = x[3 * b + 2]! - x[3 * a + 2]!
  return Math.sqrt(dx * dx + dy * dy + dz * dz)
}

/**
 * Turns the quaternion at `at` by the least rotation that brings its third director along the segment whose ends follow each
 * other in `ends` from `from` on. Keeps the frame of a segment without length.
 */
export function alignFrame(q: Float64Array, at: number, ends: Float64Array, from: number): void {
  const x = ends[from + 3]! - ends[from]!
  const y = ends[from + 4]! - ends[from + 1]!
  const z = ends[from + 5]! - ends[from + 2]!
  const n = Math.sqrt(x * x + y * y + z * z)
  if (!(n > 1e-12)) return
  const qx = q[at]!
  const qy = q[at + 1]!
  const qz = q[at + 2]!
  const qw = q[at + 3]!
  const dx = 2 * (qx * qz + qw * qy)
  const dy = 2 * (qy * qz - qw * qx)
  const dz = 1 - 2 * (qx * qx + qy * qy)
  const tx = x / n
  const ty = y / n
  const tz = z / n
  let rx = dy * tz - dz * ty
  let ry = dz * tx - dx * tz
  let rz = dx * ty - dy * tx
  let rw = 1 + dx * tx + dy * ty + dz * tz
  if (rw < 1e-9) {
    // half a turn: about the first director
    rx = 1 - 2 * (qy * qy + qz * qz)
    ry = 2 * (qx * qy + qw * qz)
    rz = 2 * (qx * qz - qw * qy)
    rw = 0
  }
  const wx = rw * qx + rx * qw + ry * qz - rz * qy
  const wy = rw * qy - rx * qz + ry * qw + rz * qx
  const wz = rw * qz + rx * qy - ry * qx + rz * qw
  const ww = rw * qw - rx * qx - ry * qy - rz * qz
  const norm = 1 / Math.sqrt(wx * wx + wy * wy + wz * wz + ww * ww)
  q[at] = wx * norm
  q[at + 1] = wy * norm
  q[at + 2] = wz * norm
  q[at + 3] = ww * norm
}
