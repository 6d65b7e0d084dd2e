/**
 * Contact of points with the free faces: tissue against tissue, and threads that lie on it. A point that came behind a
 * face is put back before it, and the two share the way by their masses, with friction.
 */
import { SimulationError } from '../../contract.ts'
import { COUNT, FIRST_PARTICLE, OWNER, type TissueMemory } from '../memory.ts'
import { createFaceGrid, type FaceGrid, facesNear, layFaces } from './facegrid.ts'
import type { Surface } from './toolcontact.ts'

/** A point this far behind a face has come through it; deeper ones belong elsewhere, m. */
const DEEPEST = { tissue: 0.002, thread: 0.006 } as const
/** How much nearer a point and a face may come in a tick by themselves, m, beyond the point's own speed. */
const REACH = 0.001
/** Points that are faster are looked after by what they meet, m. */
const FARTHEST = 0.005
/** Threads lie this far off the surface, m. */
const THREAD = 0.0002
/** A point that lies behind a face at rest, nearer than this, is of the same sheet: they may not touch, m. */
const SHEET = 0.006
const BEHIND = 0.0003
const FRICTION = 0.25
/** Share of the way that tissue goes back from tissue in a substep: at once, heaps of shreds would never rest. */
const GENTLE = 0.3

export type SurfaceContact = {
  readonly grid: FaceGrid
  /** Middle of each face and the radius of the circle around it, as the tick began; m. */
  readonly balls: Float64Array
  /** Point and face of each pair. */
  readonly pairs: Uint32Array
  count: number
  /** Particles on free faces, marked with the present pass. */
  readonly outer: Uint32Array
  pass: number
}

/** @param faces, particles, pairs capacities */
export const createSurfaceContact = (faces: number, particles: number, pairs: number): SurfaceContact => ({
  grid: createFaceGrid(faces),
  balls: new Float64Array(faces * 4),
  pairs: new Uint32Array(pairs * 2),
  count: 0,
  outer: new Uint32Array(particles),
  pass: 0,
})

/** Lists points and faces that may meet in this tick. Throws `simulation/tissue-full`. @param tickS length of a tick, s */
export function findSurfacePairs(contact: SurfaceContact, tissue: TissueMemory, surface: Surface, tickS: number): void {
  const { grid, outer } = contact
  const { position, velocity, owner, counts } = tissue
  layFaces(grid, position, surface)
  layBalls(contact.balls, position, surface)
  contact.pass++
  for (let i = 0; i < surface.count * 3; i++) outer[surface.triangles[i]] = contact.pass
  contact.count = 0
  for (let p = FIRST_PARTICLE; p < counts[COUNT.particles]; p++) {
    const thread = owner[p] === OWNER.thread
    if (position[p * 4 + 3] === 0 || (!thread && outer[p] !== contact.pass)) continue
    const speed = Math.sqrt(
      velocity[p * 4] * velocity[p * 4] +
        velocity[p * 4 + 1] * velocity[p * 4 + 1] +
        velocity[p * 4 + 2] * velocity[p * 4 + 2],
    )
    grid.reach[0] = Math.min(FARTHEST, REACH + speed * tickS)
    facesNear(grid, position, p)
    let count = 0
    for (let i = 0; i < grid.foundCount; i++) {
      const f = grid.found[i]
      if (isNear(tissue, surface.triangles, contact.balls, f, p, grid.reach, thread)) count = rank(f, count)
    }
    for (let i = 0; i < count; i++) keep(contact, p, nearest[i])
  }
}

/** A point is checked against the faces whose planes are nearest to it; more than these it cannot meet in a tick. */
const MOST_FACES = 12
const nearest = new Uint32Array(MOST_FACES)
const heights = new Float64Array(MOST_FACES)
/** Height of the point over the face that `isNear` looked at last, m; in an array, since a variable of a module is boxed. */
const height = new Float64Array(1)

/** Puts the face looked at last among the nearest of a point; returns how many there are. */
function rank(f: number, count: number): number {
  const far = Math.abs(height[0])
  let at = count
  while (at > 0 && heights[at - 1] > far) at--
  if (at === MOST_FACES) return count
  const end = Math.min(count, MOST_FACES - 1)
  for (let i = end; i > at; i--) {
    heights[i] = heights[i - 1]
    nearest[i] = nearest[i - 1]
  }
  heights[at] = far
  nearest[at] = f
  return end + 1
}

function keep(contact: SurfaceContact, p: number, f: number): void {
  if (contact.count * 2 >= contact.pairs.length) throw new SimulationError('simulation/tissue-full', 'surface pairs')
  contact.pairs[contact.count * 2] = p
  contact.pairs[contact.count++ * 2 + 1] = f
}

const plane = new Float64Array(4)

/** Unit normal of a face and the height of a point over it; false for a face without area. */
function measure(at: Float32Array, a: number, b: number, c: number, p: number): boolean {
  const ux = at[b] - at[a]
  const uy = at[b + 1] - at[a + 1]
  const uz = at[b + 2] - at[a + 2]
  const vx = at[c] - at[a]
  const vy = at[c + 1] - at[a + 1]
  const vz = at[c + 2] - at[a + 2]
  const nx = uy * vz - uz * vy
  const ny = uz * vx - ux * vz
  const nz = ux * vy - uy * vx
  const size = Math.sqrt(nx * nx + ny * ny + nz * nz)
  if (!(size > 1e-12)) return false
  plane[0] = nx / size
  plane[1] = ny / size
  plane[2] = nz / size
  plane[3] = ((at[p] - at[a]) * nx + (at[p + 1] - at[a + 1]) * ny + (at[p + 2] - at[a + 2]) * nz) / size
  return true
}

function layBalls(balls: Float64Array, at: Float32Array, { triangles, count }: Surface): void {
  for (let f = 0; f < count; f++) {
    const a = triangles[f * 3] * 4
    const b = triangles[f * 3 + 1] * 4
    const c = triangles[f * 3 + 2] * 4
    const x = (at[a] + at[b] + at[c]) / 3
    const y = (at[a + 1] + at[b + 1] + at[c + 1]) / 3
    const z = (at[a + 2] + at[b + 2] + at[c + 2]) / 3
    balls[f * 4] = x
    balls[f * 4 + 1] = y
    balls[f * 4 + 2] = z
    // No function between: its numbers would be boxed.
    let most = 0
    for (let corner = 0; corner < 3; corner++) {
      const p = triangles[f * 3 + corner] * 4
      const far = (at[p] - x) * (at[p] - x) + (at[p + 1] - y) * (at[p + 1] - y) + (at[p + 2] - z) * (at[p + 2] - z)
      if (far > most) most = far
    }
    balls[f * 4 + 3] = Math.sqrt(most)
  }
}

/** Whether a point may come through a face in this tick. */
function isNear(
  tissue: TissueMemory,
  triangles: Uint32Array,
  balls: Float64Array,
  f: number,
  p: number,
  reach: Float64Array,
  thread: boolean,
): boolean {
  const { position, rest } = tissue
  const deepest = thread ? DEEPEST.thread : DEEPEST.tissue
  // Over or under the face's circle, give or take the reach; at first with the greatest height that counts.
  const dx = position[p * 4] - balls[f * 4]
  const dy = position[p * 4 + 1] - balls[f * 4 + 1]
  const dz = position[p * 4 + 2] - balls[f * 4 + 2]
  const far2 = dx * dx + dy * dy + dz * dz
  const r = reach[0] + balls[f * 4 + 3]
  const most = Math.max(reach[0], deepest)
  if (far2 - most * most > r * r) return false
  const a = triangles[f * 3]
  const b = triangles[f * 3 + 1]
  const c = triangles[f * 3 + 2]
  if (a === p || b === p || c === p) return false
  if (!measure(position, a * 4, b * 4, c * 4, p * 4)) return false
  if (plane[3] > reach[0] || plane[3] < -deepest) return false
  height[0] = plane[3]
  if (far2 - plane[3] * plane[3] > r * r) return false
  if (thread) return true
  const x = rest[p * 4] - rest[a * 4]
  const y = rest[p * 4 + 1] - rest[a * 4 + 1]
  const z = rest[p * 4 + 2] - rest[a * 4 + 2]
  if (x * x + y * y + z * z > SHEET * SHEET) return true
  return measure(rest, a * 4, b * 4, c * 4, p * 4) && plane[3] > -BEHIND
}

/** Puts points that came behind a face back before it, once. */
export function solveSurfacePairs(contact: SurfaceContact, tissue: TissueMemory, surface: Surface): void {
  const { pairs } = contact
  const { position, previous, owner } = tissue
  const { triangles } = surface
  for (let n = 0; n < contact.count; n++) {
    const point = pairs[n * 2]
    const f = pairs[n * 2 + 1] * 3
    const thread = owner[point] === OWNER.thread
    const p = point * 4
    const a = triangles[f] * 4
    const b = triangles[f + 1] * 4
    const c = triangles[f + 2] * 4
    if (!measure(position, a, b, c, p)) continue
    const depth = (thread ? THREAD : 0) - plane[3]
    if (depth <= 0 || depth > (thread ? DEEPEST.thread : DEEPEST.tissue)) continue
    const nx = plane[0]
    const ny = plane[1]
    const nz = plane[2]
    // Weights of the corners where the point lies over the face.
    const ux = position[b] - position[a]
    const uy = position[b + 1] - position[a + 1]
    const uz = position[b + 2] - position[a + 2]
    const vx = position[c] - position[a]
    const vy = position[c + 1] - position[a + 1]
    const vz = position[c + 2] - position[a + 2]
    const rx = position[p] - position[a]
    const ry = position[p + 1] - position[a + 1]
    const rz = position[p + 2] - position[a + 2]
    const twice = nx * (uy * vz - uz * vy) + ny * (uz * vx - ux * vz) + nz * (ux * vy - uy * vx)
    const v = (nx * (ry * vz - rz * vy) + ny * (rz * vx - rx * vz) + nz * (rx * vy - ry * vx)) / twice
    const w = (nx * (uy * rz - uz * ry) + ny * (uz * rx - ux * rz) + nz * (ux * ry - uy * rx)) / twice
    const u = 1 - v - w
    if (u < 0 || v < 0 || w < 0) continue
    const way = thread ? depth : depth * GENTLE
    const wp = position[p + 3]
    const wa = position[a + 3] * u
    const wb = position[b + 3] * v
    const wc = position[c + 3] * w
    const sum = wp + wa * u + wb * v + wc * w
    if (!(sum > 0)) continue
    let tx =
      position[p] -
      previous[p] -
      u * (position[a] - previous[a]) -
      v * (position[b] - previous[b]) -
      w * (position[c] - previous[c])
    let ty =
      position[p + 1] -
      previous[p + 1] -
      u * (position[a + 1] - previous[a + 1]) -
      v * (position[b + 1] - previous[b + 1]) -
      w * (position[c + 1] - previous[c + 1])
    let tz =
      position[p + 2] -
      previous[p + 2] -
      u * (position[a + 2] - previous[a + 2]) -
      v * (position[b + 2] - previous[b + 2]) -
      w * (position[c + 2] - previous[c + 2])
    const along = tx * nx + ty * ny + tz * nz
    tx -= along * nx
    ty -= along * ny
    tz -= along * nz
    const slid = Math.sqrt(tx * tx + ty * ty + tz * tz)
    const held = slid > 1e-12 ? Math.min(1, (FRICTION * way) / slid) : 0
    const fx = (way * nx - held * tx) / sum
    const fy = (way * ny - held * ty) / sum
    const fz = (way * nz - held * tz) / sum
    position[p] += wp * fx
    position[p + 1] += wp * fy
    position[p + 2] += wp * fz
    position[a] -= wa * fx
    position[a + 1] -= wa * fy
    position[a + 2] -= wa * fz
    position[b] -= wb * fx
    position[b + 1] -= wb * fy
    position[b + 2] -= wb * fz
    position[c] -= wc * fx
    position[c + 1] -= wc * fy
    position[c + 2] -= wc * fz
  }
}
