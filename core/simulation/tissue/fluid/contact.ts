/**
 * Liquid against the surface of tissue. Faces are one-sided: a particle in front of a face stays in front, also when the
 * face or the particle crosses the other within a substep (swept test in the face's own motion), and one that another
 * contact pressed a little behind comes back. On the surface liquid clings, is drawn to it within reach of adhesion, and
 * stays where a slope is too gentle to overcome the hysteresis of its contact angle.
 */
import { facesNearBox, facesNearCell } from './cellcache.ts'
import type { Flow } from './flow.ts'
import { LIQUID_ROWS } from './liquids.ts'
import type { FluidMemory } from './memory.ts'
import { CELL, cellCorner } from './neighbours.ts'
import { PLANE, planeOf } from './plane.ts'
import { ADHESION, CONTACT, TICK_S } from './scale.ts'
import type { Surface } from './surface.ts'

/** Particles that travel less in a tick, in metres, share one query with their cell. */
const SLOW_TRAVEL = 0.0006
/** Metres around a particle's path in which faces count: contact, adhesion, and what pressure may add. */
const NEAR = CONTACT + ADHESION + 0.0008
/** Behind a face by less than this, in metres, a particle is brought back without having been seen to cross. */
const BEHIND = 0.0025
/** Metres from the nearest face within which a particle behind two of them is brought back. */
const WEDGE = 0.007
/** Barycentric overlap of neighbouring faces. */
const OVERLAP = 0.02
/** Candidates for which there is room, on average. */
const ROOM = 64
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
    candidate: new Uint32Array(particles * ROOM),
    touching: new Int32Array(particles),
    touchB: new Float64Array(particles),
    touchC: new Float64Array(particles),
  }
}

/** Lists the faces that each waking particle may meet in this tick. Slow particles of one cell ask together. */
export function listContacts(contacts: Contacts, flow: Flow, surface: Surface, memory: FluidMemory): void {
  const { first, touching } = contacts
  const { neighbours, x, y, z, vx, vy, vz, awake } = flow
  const { key, count } = neighbours
  const laid = memory.surfaceLaid
  const before = memory.surfaceBefore
  const { motion } = surface
  // what a moving face gave a particle in the first substep it flies on in the next
  const near = NEAR + 0.5 * motion
  const standing = motion < SLOW_TRAVEL
  let used = 0
  let asked = -1
  for (let i = 0; i < count; i++) {
    first[i] = used
    touching[i] = -1
    if (awake[i] === 0) continue
    const xi = x[i]!
    const yi = y[i]!
    const zi = z[i]!
    const dx = vx[i]! * TICK_S
    const dy = vy[i]! * TICK_S
    const dz = vz[i]! * TICK_S
    if (dx * dx + dy * dy + dz * dz > SLOW_TRAVEL * SLOW_TRAVEL) {
      facesNearBox(
        surface,
        laid,
        xi + Math.min(0, dx),
        yi + Math.min(0, dy),
        zi + Math.min(0, dz),
        xi + Math.max(0, dx),
        yi + Math.max(0, dy),
        zi + Math.max(0, dz),
        near + motion,
      )
      asked = -1
    } else if (asked !== key[i]) {
      asked = key[i]!
      const cx = cellCorner(asked & 1023)
      const cy = cellCorner((asked >>> 10) & 1023)
      const cz = cellCorner(asked >>> 20)
      if (standing) facesNearCell(surface, laid, asked, cx, cy, cz, CELL, NEAR + 3 * SLOW_TRAVEL)
      else facesNearBox(surface, laid, cx, cy, cz, cx + CELL, cy + CELL, cz + CELL, near + motion + SLOW_TRAVEL)
    }
    if (surface.foundCount > 0) used = keepNear(contacts, surface, before, xi, yi, zi, dx, dy, dz, near, used)
  }
  first[count] = used
}

/** Of the faces found keeps those that a particle's path (dx, dy, dz), seen from the moving face, comes near. */
function keepNear(
  contacts: Contacts,
  surface: Surface,
  before: Float32Array,
  x: number,
  y: number,
  z: number,
  dx: number,
  dy: number,
  dz: number,
  near: number,
  used: number,
): number {
  const { found, foundCount, plane, motion, triangle } = surface
  const { candidate } = contacts
  const most = candidate.length
  let ex = dx
  let ey = dy
  let ez = dz
  let n = used
  for (let f = 0; f < foundCount && n < most; f++) {
    const t = found[f]!
    planeOf(surface, t)
    const p = t * PLANE
    const cx = plane[p + 12]!
    const cy = plane[p + 13]!
    const cz = plane[p + 14]!
    let rx = x - cx
    let ry = y - cy
    let rz = z - cz
    if (motion > 0) {
      const a = triangle[t * 3]! * 3
      const b = triangle[t * 3 + 1]! * 3
      const c = triangle[t * 3 + 2]! * 3
      const mx = cx - (before[a]! + before[b]! + before[c]!) / 3
      const my = cy - (before[a + 1]! + before[b + 1]! + before[c + 1]!) / 3
      const mz = cz - (before[a + 2]! + before[b + 2]! + before[c + 2]!) / 3
      rx += mx
      ry += my
      rz += mz
      ex = dx - mx
      ey = dy - my
      ez = dz - mz
    }
    const nx = plane[p]!
    const ny = plane[p + 1]!
    const nz = plane[p + 2]!
    const s = nx * rx + ny * ry + nz * rz
    const e = nx * ex + ny * ey + nz * ez
    if ((s > near && s + e > near) || (s < -near && s + e < -near)) continue
    const e2 = ex * ex + ey * ey + ez * ez
    const along = e2 > 0 ? -(rx * ex + ry * ey + rz * ez) / e2 : 0
    const k = along < 0 ? 0 : along > 1 ? 1 : along
    const qx = rx + ex * k
    const qy = ry + ey * k
    const qz = rz + ez * k
    const r = plane[p + 15]! + near
    if (qx * qx + qy * qy + qz * qz < r * r) candidate[n++] = t
  }
  return n
}

/**
 * Keeps particles in front of the faces, which travel from `begin` to `now` in a substep. Friction acts once, against the
 * motion relative to the face that a particle met last.
 */
export function solveContacts(contacts: Contacts, flow: Flow, surface: Surface): void {
  const { first, candidate, touching, touchB, touchC } = contacts
  const { neighbours, x, y, z, x0, y0, z0, liquid } = flow
  const { plane, triangle, begin, now } = surface
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
    let wedge = WEDGE * WEDGE
    let wedged = -1
    let wedgeB = 0
    let wedgeC = 0
    let again = 1
    for (let k = first[i]!; k < end || again === 1; k++) {
      if (k === end) {
        again = 0
        if (on >= 0 || wedged < 0 || side(surface, wedged, sx, sy, sz) < -BEHIND) break
        // behind two faces that meet, and at the foot of neither: back to the nearer one, then through all once more
        const p = wedged * PLANE
        const out = CONTACT - (plane[p]! * px + plane[p + 1]! * py + plane[p + 2]! * pz - plane[p + 3]!)
        px += plane[p]! * out
        py += plane[p + 1]! * out
        pz += plane[p + 2]! * out
        on = wedged
        onB = wedgeB
        onC = wedgeC
        k = first[i]! - 1
        continue
      }
      const t = candidate[k]!
      planeOf(surface, t)
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
          if (s < 0 && side(surface, t, sx, sy, sz) < -BEHIND) continue
          const gap = s - CONTACT
          const step = gap > 0 ? gap * pull : gap
          px -= nx * step
          py -= ny * step
          pz -= nz * step
          on = t
          onB = u
          onC = v
        } else if (s < CONTACT) {
          const wu = u < 0 ? 0 : u
          const wv = v < 0 ? 0 : v
          const over = wu + wv > 1 ? 1 / (wu + wv) : 1
          const b = wu * over
          const c = wv * over
          const ja = triangle[t * 3]! * 3
          const jb = triangle[t * 3 + 1]! * 3
          const jc = triangle[t * 3 + 2]! * 3
          const ex = px - (now[ja]! * (1 - b - c) + now[jb]! * b + now[jc]! * c)
          const ey = py - (now[ja + 1]! * (1 - b - c) + now[jb + 1]! * b + now[jc + 1]! * c)
          const ez = pz - (now[ja + 2]! * (1 - b - c) + now[jb + 2]! * b + now[jc + 2]! * c)
          const d2 = ex * ex + ey * ey + ez * ez
          if (s > 0 && d2 < CONTACT * CONTACT && d2 > 1e-12) {
            // in front, beside the face but near its rim: the rim is round
            const d = Math.sqrt(d2)
            const step = (CONTACT - d) / d
            px += ex * step
            py += ey * step
            pz += ez * step
          } else if (s <= 0 && d2 < wedge) {
            wedge = d2
            wedged = t
            wedgeB = b
            wedgeC = c
          }
        }
        continue
      }
      const began = side(surface, t, sx, sy, sz)
      if (began < -BEHIND || !crosses(surface, t, sx, sy, sz, px, py, pz, Math.max(0, began), s)) continue
      onB = met[0]!
      onC = met[1]!
      on = t
      const ja = triangle[t * 3]! * 3
      const jb = triangle[t * 3 + 1]! * 3
      const jc = triangle[t * 3 + 2]! * 3
      const onA = 1 - onB - onC
      px = now[ja]! * onA + now[jb]! * onB + now[jc]! * onC + nx * CONTACT
      py = now[ja + 1]! * onA + now[jb + 1]! * onB + now[jc + 1]! * onC + ny * CONTACT
      pz = now[ja + 2]! * onA + now[jb + 2]! * onB + now[jc + 2]! * onC + nz * CONTACT
    }
    touching[i] = on
    if (on >= 0) {
      touchB[i] = onB
      touchC[i] = onC
      const a = triangle[on * 3]!
      const b = triangle[on * 3 + 1]!
      const c = triangle[on * 3 + 2]!
      const onA = 1 - onB - onC
      const mx =
        onA * (now[a * 3]! - begin[a * 3]!) + onB * (now[b * 3]! - begin[b * 3]!) + onC * (now[c * 3]! - begin[c * 3]!)
      const my =
        onA * (now[a * 3 + 1]! - begin[a * 3 + 1]!) +
        onB * (now[b * 3 + 1]! - begin[b * 3 + 1]!) +
        onC * (now[c * 3 + 1]! - begin[c * 3 + 1]!)
      const mz =
        onA * (now[a * 3 + 2]! - begin[a * 3 + 2]!) +
        onB * (now[b * 3 + 2]! - begin[b * 3 + 2]!) +
        onC * (now[c * 3 + 2]! - begin[c * 3 + 2]!)
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

/** Whether the path from (x0, y0, z0) to (x1, y1, z1) goes through a moving face; `s0`, `s1`: distances at its ends. */
function crosses(
  surface: Surface,
  t: number,
  x0: number,
  y0: number,
  z0: number,
  x1: number,
  y1: number,
  z1: number,
  s0: number,
  s1: number,
): boolean {
  const { begin, now, triangle } = surface
  const f = s0 / (s0 - s1)
  const g = 1 - f
  const a = triangle[t * 3]! * 3
  const b = triangle[t * 3 + 1]! * 3
  const c = triangle[t * 3 + 2]! * 3
  const ax = now[a]! * f + begin[a]! * g
  const ay = now[a + 1]! * f + begin[a + 1]! * g
  const az = now[a + 2]! * f + begin[a + 2]! * g
  const bx = now[b]! * f + begin[b]! * g - ax
  const by = now[b + 1]! * f + begin[b + 1]! * g - ay
  const bz = now[b + 2]! * f + begin[b + 2]! * g - az
  const cx = now[c]! * f + begin[c]! * g - ax
  const cy = now[c + 1]! * f + begin[c + 1]! * g - ay
  const cz = now[c + 2]! * f + begin[c + 2]! * g - az
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

/** Distance in metres in front of a face where it was when the substep began. */
function side(surface: Surface, t: number, x: number, y: number, z: number): number {
  const { begin, triangle } = surface
  const a = triangle[t * 3]! * 3
  const b = triangle[t * 3 + 1]! * 3
  const c = triangle[t * 3 + 2]! * 3
  const ax = begin[a]!
  const ay = begin[a + 1]!
  const az = begin[a + 2]!
  const ux = begin[b]! - ax
  const uy = begin[b + 1]! - ay
  const uz = begin[b + 2]! - az
  const vx = begin[c]! - ax
  const vy = begin[c + 1]! - ay
  const vz = begin[c + 2]! - az
  const nx = uy * vz - uz * vy
  const ny = uz * vx - ux * vz
  const nz = ux * vy - uy * vx
  const length = Math.sqrt(nx * nx + ny * ny + nz * nz)
  return length > 1e-12 ? (nx * (x - ax) + ny * (y - ay) + nz * (z - az)) / length : -1
}
