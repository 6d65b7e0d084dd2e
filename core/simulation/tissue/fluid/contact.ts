/**
 * Liquid against the surface of tissue. Faces are one-sided: a particle in front of a face stays in front, also when the
 * face or the particle crosses the other within a substep (swept test in the face's own motion), and one that another
 * contact pressed a little behind comes back. On the surface liquid clings, is drawn to it within reach of adhesion, and
 * stays where a slope is too gentle to overcome the hysteresis of its contact angle.
 */
import type { Flow } from './flow.ts'
import { LIQUID_ROWS } from './liquids.ts'
import { FLUID_COUNT, type FluidMemory } from './memory.ts'
import { PLANE, planeOf } from './plane.ts'
import { ADHESION, CONTACT, TICK_S } from './scale.ts'
import { findTriangles, type Surface } from './surface.ts'

/** Particles that travel less in a tick, in metres, share one query with their cell. */
const SLOW_TRAVEL = 0.0012
/** Metres around a particle's path in which faces count: contact, adhesion, and what pressure may add. */
const NEAR = CONTACT + ADHESION + 0.0008
/** A surface that moves less in a tick, in metres, counts as standing when candidates are chosen. */
const MOVES = 0.0002
/** Behind a face by less than this, in metres, a particle is brought back without having been seen to cross. */
const BEHIND = 0.0025
/** Barycentric overlap of neighbouring faces. */
const OVERLAP = 0.02
/** Candidates that a particle keeps. */
const MOST_CANDIDATES = 40
/** Metres that static friction takes from the motion along a surface in a substep: a slope of 1 in 6 holds a drop. */
const HOLD = 4e-5

const CLING = Float64Array.from(LIQUID_ROWS, (row) => row.cling)
const PULL = Float64Array.from(LIQUID_ROWS, (row) => row.pull)

/** Scratch: faces that each place in sorted order may meet in this tick. */
export type Contacts = {
  readonly first: Uint32Array
  readonly candidate: Uint32Array
  /** Face that a particle lies on (−1 none), and where on it. */
  readonly touching: Int32Array
  readonly touchB: Float64Array
  readonly touchC: Float64Array
}

export function createContacts(particles: number): Contacts {
  return {
    first: new Uint32Array(particles + 1),
    candidate: new Uint32Array(particles * MOST_CANDIDATES),
    touching: new Int32Array(particles),
    touchB: new Float64Array(particles),
    touchC: new Float64Array(particles),
  }
}

/** Lists the faces that each waking particle may meet. Slow particles of one cell ask together. */
export function listContacts(contacts: Contacts, flow: Flow, surface: Surface, memory: FluidMemory): void {
  const { first, touching } = contacts
  const { neighbours, x, y, z, vx, vy, vz, awake } = flow
  const { key, count } = neighbours
  let used = 0
  let asked = -1
  for (let i = 0; i < count; i++) {
    first[i] = used
    touching[i] = -1
    if (awake[i] === 0) continue
    const dx = vx[i]! * TICK_S
    const dy = vy[i]! * TICK_S
    const dz = vz[i]! * TICK_S
    const travel = Math.sqrt(dx * dx + dy * dy + dz * dz)
    if (travel > SLOW_TRAVEL) {
      const reach = NEAR + surface.motion
      findTriangles(
        surface,
        x[i]! + Math.min(0, dx) - reach,
        y[i]! + Math.min(0, dy) - reach,
        z[i]! + Math.min(0, dz) - reach,
        x[i]! + Math.max(0, dx) + reach,
        y[i]! + Math.max(0, dy) + reach,
        z[i]! + Math.max(0, dz) + reach,
      )
      asked = -1
    } else if (asked !== key[i]) {
      asked = key[i]!
      findForCell(surface, flow, i, NEAR + SLOW_TRAVEL + surface.motion)
    }
    if (surface.foundCount > 0) used = keepNear(contacts, surface, memory, x[i]!, y[i]!, z[i]!, dx, dy, dz, used)
  }
  first[count] = used
}

function findForCell(surface: Surface, flow: Flow, from: number, reach: number): void {
  const { neighbours, x, y, z } = flow
  const { key, count } = neighbours
  const k = key[from]!
  let x0 = x[from]!
  let x1 = x0
  let y0 = y[from]!
  let y1 = y0
  let z0 = z[from]!
  let z1 = z0
  for (let j = from + 1; j < count && key[j] === k; j++) {
    x0 = Math.min(x0, x[j]!)
    x1 = Math.max(x1, x[j]!)
    y0 = Math.min(y0, y[j]!)
    y1 = Math.max(y1, y[j]!)
    z0 = Math.min(z0, z[j]!)
    z1 = Math.max(z1, z[j]!)
  }
  findTriangles(surface, x0 - reach, y0 - reach, z0 - reach, x1 + reach, y1 + reach, z1 + reach)
}

/** Of the faces found keeps those that a particle's path (dx, dy, dz) comes near, seen from the moving face. */
function keepNear(
  contacts: Contacts,
  surface: Surface,
  memory: FluidMemory,
  x: number,
  y: number,
  z: number,
  dx: number,
  dy: number,
  dz: number,
  used: number,
): number {
  const { found, foundCount, plane, triangle, motion } = surface
  const { candidate } = contacts
  const tick = memory.count[FLUID_COUNT.tick]!
  const before = memory.surfaceBefore
  const most = Math.min(used + MOST_CANDIDATES, candidate.length)
  const moves = motion > MOVES
  let n = used
  for (let f = 0; f < foundCount && n < most; f++) {
    const t = found[f]!
    planeOf(surface, t, tick)
    const p = t * PLANE
    const cx = plane[p + 12]!
    const cy = plane[p + 13]!
    const cz = plane[p + 14]!
    // the path in the frame of the face: from (rx, ry, rz) by (ex, ey, ez)
    let rx = x - cx
    let ry = y - cy
    let rz = z - cz
    let ex = dx
    let ey = dy
    let ez = dz
    if (moves) {
      const a = triangle[t * 3]! * 3
      const b = triangle[t * 3 + 1]! * 3
      const c = triangle[t * 3 + 2]! * 3
      const mx = cx - (before[a]! + before[b]! + before[c]!) / 3
      const my = cy - (before[a + 1]! + before[b + 1]! + before[c + 1]!) / 3
      const mz = cz - (before[a + 2]! + before[b + 2]! + before[c + 2]!) / 3
      rx += mx
      ry += my
      rz += mz
      ex -= mx
      ey -= my
      ez -= mz
    }
    const s = plane[p]! * rx + plane[p + 1]! * ry + plane[p + 2]! * rz
    const e = plane[p]! * ex + plane[p + 1]! * ey + plane[p + 2]! * ez
    if (Math.min(s, s + e) > NEAR || Math.max(s, s + e) < -NEAR) continue
    const e2 = ex * ex + ey * ey + ez * ez
    const along = e2 > 0 ? -(rx * ex + ry * ey + rz * ez) / e2 : 0
    const k = along < 0 ? 0 : along > 1 ? 1 : along
    const qx = rx + ex * k
    const qy = ry + ey * k
    const qz = rz + ez * k
    const r = plane[p + 15]! + NEAR
    if (qx * qx + qy * qy + qz * qz < r * r) candidate[n++] = t
  }
  return n
}

/**
 * Keeps particles in front of the faces. In a tick's first substep the faces travel from where they were; afterwards they
 * stand. Friction acts once, against the motion relative to the face that a particle lies on last.
 */
export function solveContacts(contacts: Contacts, flow: Flow, surface: Surface, memory: FluidMemory, moving: number): void {
  const { first, candidate, touching, touchB, touchC } = contacts
  const { neighbours, x, y, z, x0, y0, z0, liquid } = flow
  const { plane, triangle } = surface
  const before = memory.surfaceBefore
  const position = surface.tissue.position
  const count = neighbours.count
  for (let i = 0; i < count; i++) {
    const end = first[i + 1]!
    if (first[i] === end) continue
    let px = x[i]!
    let py = y[i]!
    let pz = z[i]!
    const sx = x0[i]!
    const sy = y0[i]!
    const sz = z0[i]!
    const pull = PULL[liquid[i]!]!
    let on = -1
    let onB = 0
    let onC = 0
    for (let k = first[i]!; k < end; k++) {
      const t = candidate[k]!
      const p = t * PLANE
      const nx = plane[p]!
      const ny = plane[p + 1]!
      const nz = plane[p + 2]!
      const s = nx * px + ny * py + nz * pz - plane[p + 3]!
      if (s > CONTACT + ADHESION) continue
      const u = plane[p + 4]! * px + plane[p + 5]! * py + plane[p + 6]! * pz - plane[p + 7]!
      const v = plane[p + 8]! * px + plane[p + 9]! * py + plane[p + 10]! * pz - plane[p + 11]!
      if (s > -BEHIND) {
        if (u >= -OVERLAP && v >= -OVERLAP && u + v <= 1 + OVERLAP) {
          if (s < 0 && side(surface, before, t, moving, sx, sy, sz) < -BEHIND) continue
          const gap = s - CONTACT
          const step = gap > 0 ? gap * pull : gap
          px -= nx * step
          py -= ny * step
          pz -= nz * step
          on = t
          onB = u
          onC = v
        } else if (s > 0 && s < CONTACT) {
          // beside the face but near its rim: the rim is round
          const wu = u < 0 ? 0 : u
          const wv = v < 0 ? 0 : v
          const over = wu + wv > 1 ? 1 / (wu + wv) : 1
          const b = wu * over
          const c = wv * over
          const ja = triangle[t * 3]! * 4
          const jb = triangle[t * 3 + 1]! * 4
          const jc = triangle[t * 3 + 2]! * 4
          const ex = px - (position[ja]! * (1 - b - c) + position[jb]! * b + position[jc]! * c)
          const ey = py - (position[ja + 1]! * (1 - b - c) + position[jb + 1]! * b + position[jc + 1]! * c)
          const ez = pz - (position[ja + 2]! * (1 - b - c) + position[jb + 2]! * b + position[jc + 2]! * c)
          const d2 = ex * ex + ey * ey + ez * ez
          if (d2 < CONTACT * CONTACT && d2 > 1e-12) {
            const d = Math.sqrt(d2)
            const step = (CONTACT - d) / d
            px += ex * step
            py += ey * step
            pz += ez * step
          }
        }
        continue
      }
      const began = side(surface, before, t, moving, sx, sy, sz)
      if (began < -BEHIND || !crosses(surface, before, t, moving, sx, sy, sz, px, py, pz, Math.max(0, began), s)) continue
      onB = met[0]!
      onC = met[1]!
      on = t
      const ja = triangle[t * 3]! * 4
      const jb = triangle[t * 3 + 1]! * 4
      const jc = triangle[t * 3 + 2]! * 4
      const onA = 1 - onB - onC
      px = position[ja]! * onA + position[jb]! * onB + position[jc]! * onC + nx * CONTACT
      py = position[ja + 1]! * onA + position[jb + 1]! * onB + position[jc + 1]! * onC + ny * CONTACT
      pz = position[ja + 2]! * onA + position[jb + 2]! * onB + position[jc + 2]! * onC + nz * CONTACT
    }
    touching[i] = on
    if (on >= 0) {
      touchB[i] = onB
      touchC[i] = onC
      const a = triangle[on * 3]!
      const b = triangle[on * 3 + 1]!
      const c = triangle[on * 3 + 2]!
      const wa = moving * (1 - onB - onC)
      const wb = moving * onB
      const wc = moving * onC
      const mx =
        wa * (position[a * 4]! - before[a * 3]!) +
        wb * (position[b * 4]! - before[b * 3]!) +
        wc * (position[c * 4]! - before[c * 3]!)
      const my =
        wa * (position[a * 4 + 1]! - before[a * 3 + 1]!) +
        wb * (position[b * 4 + 1]! - before[b * 3 + 1]!) +
        wc * (position[c * 4 + 1]! - before[c * 3 + 1]!)
      const mz =
        wa * (position[a * 4 + 2]! - before[a * 3 + 2]!) +
        wb * (position[b * 4 + 2]! - before[b * 3 + 2]!) +
        wc * (position[c * 4 + 2]! - before[c * 3 + 2]!)
      const p = on * PLANE
      let tx = px - sx - mx
      let ty = py - sy - my
      let tz = pz - sz - mz
      const along = tx * plane[p]! + ty * plane[p + 1]! + tz * plane[p + 2]!
      tx -= plane[p]! * along
      ty -= plane[p + 1]! * along
      tz -= plane[p + 2]! * along
      const slid = Math.sqrt(tx * tx + ty * ty + tz * tz)
      const left = slid * (1 - CLING[liquid[i]!]!) - HOLD
      const lost = left > 0 ? 1 - left / slid : 1
      px -= tx * lost
      py -= ty * lost
      pz -= tz * lost
    }
    x[i] = px
    y[i] = py
    z[i] = pz
  }
}

/** Barycentric weights of the second and third vertex where a path met a face. */
const met = new Float64Array(2)

/** Whether the path from (x0, y0, z0) to (x1, y1, z1) goes through a face, which may move; `s0`, `s1`: distances at its ends. */
function crosses(
  surface: Surface,
  before: Float32Array,
  t: number,
  moving: number,
  x0: number,
  y0: number,
  z0: number,
  x1: number,
  y1: number,
  z1: number,
  s0: number,
  s1: number,
): boolean {
  const f = s0 / (s0 - s1)
  const g = moving === 1 ? 1 - f : 0
  const p = surface.tissue.position
  const a = surface.triangle[t * 3]!
  const b = surface.triangle[t * 3 + 1]!
  const c = surface.triangle[t * 3 + 2]!
  const ax = p[a * 4]! + (before[a * 3]! - p[a * 4]!) * g
  const ay = p[a * 4 + 1]! + (before[a * 3 + 1]! - p[a * 4 + 1]!) * g
  const az = p[a * 4 + 2]! + (before[a * 3 + 2]! - p[a * 4 + 2]!) * g
  const bx = p[b * 4]! + (before[b * 3]! - p[b * 4]!) * g - ax
  const by = p[b * 4 + 1]! + (before[b * 3 + 1]! - p[b * 4 + 1]!) * g - ay
  const bz = p[b * 4 + 2]! + (before[b * 3 + 2]! - p[b * 4 + 2]!) * g - az
  const cx = p[c * 4]! + (before[c * 3]! - p[c * 4]!) * g - ax
  const cy = p[c * 4 + 1]! + (before[c * 3 + 1]! - p[c * 4 + 1]!) * g - ay
  const cz = p[c * 4 + 2]! + (before[c * 3 + 2]! - p[c * 4 + 2]!) * g - az
  const wx = x0 + (x1 - x0) * f - ax
  const wy = y0 + (y1 - y0) * f - ay
  const wz = z0 + (z1 - z0) * f - az
  const bb = bx * bx + by * by + bz * bz
  const bc = bx * cx + by * cy + bz * cz
  const cc = cx * cx + cy * cy + cz * cz
  const wb = wx * bx + wy * by + wz * bz
  const wc = wx * cx + wy * cy + wz * cz
  const det = bb * cc - bc * bc
  if (!(det > 1e-24)) return false
  const u = (wb * cc - wc * bc) / det
  const v = (wc * bb - wb * bc) / det
  met[0] = u
  met[1] = v
  return u >= -OVERLAP && v >= -OVERLAP && u + v <= 1 + OVERLAP
}

/** Distance in metres in front of a face: where it was when the tick began (`moving` 1), or where it is now. */
function side(
  surface: Surface,
  before: Float32Array,
  t: number,
  moving: number,
  x: number,
  y: number,
  z: number,
): number {
  if (moving === 0) {
    const { plane } = surface
    const p = t * PLANE
    return plane[p]! * x + plane[p + 1]! * y + plane[p + 2]! * z - plane[p + 3]!
  }
  const a = surface.triangle[t * 3]! * 3
  const b = surface.triangle[t * 3 + 1]! * 3
  const c = surface.triangle[t * 3 + 2]! * 3
  const ax = before[a]!
  const ay = before[a + 1]!
  const az = before[a + 2]!
  const ux = before[b]! - ax
  const uy = before[b + 1]! - ay
  const uz = before[b + 2]! - az
  const vx = before[c]! - ax
  const vy = before[c + 1]! - ay
  const vz = before[c + 2]! - az
  const nx = uy * vz - uz * vy
  const ny = uz * vx - ux * vz
  const nz = ux * vy - uy * vx
  const length = Math.sqrt(nx * nx + ny * ny + nz * nz)
  return length > 1e-12 ? (nx * (x - ax) + ny * (y - ay) + nz * (z - az)) / length : -1
}
