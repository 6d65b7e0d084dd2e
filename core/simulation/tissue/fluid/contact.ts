/**
 * Liquid against the surface of tissue. Faces are one-sided: a particle in front of a face stays in front, also when the
 * face or the particle crosses the other within a substep (swept test in the face's own motion), and one that another
 * contact pressed a little behind comes back. On the surface liquid clings, is drawn to it within reach of adhesion, and
 * stays where a slope is too gentle to overcome the hysteresis of its contact angle.
 */
import { crosses, met, OVERLAP, side } from './crossing.ts'
import { facesNearBox, facesNearCell } from './facelists.ts'
import type { Flow } from './flow.ts'
import { LIQUID_ROWS } from './liquids.ts'
import type { FluidMemory } from './memory.ts'
import { CELL, cellCorner } from './neighbours.ts'
import { PLANE, planeOf } from './plane.ts'
import { ADHESION, CONTACT, TICK_S } from './scale.ts'
import type { Surface } from './surface.ts'

/** Particles that travel less in a tick, in metres, share one list of faces with their cell. */
const SLOW_TRAVEL = 0.0006
/** Metres around a particle's path in which faces count: contact, adhesion, and what pressure may add. */
const NEAR = CONTACT + ADHESION + 0.0005
/** Behind a face by less than this, in metres, a particle is brought back without having been seen to cross. */
const BEHIND = 0.0025
/** Metres from the nearest face within which a particle behind two of them is brought back. */
const WEDGE = 0.007
/** Metres that static friction takes from the motion along a surface in a substep: a slope of 1 in 6 holds a drop. */
const HOLD = 4e-5

const CLING = Float64Array.from(LIQUID_ROWS, (row) => row.cling)
const PULL = Float64Array.from(LIQUID_ROWS, (row) => row.pull)

/** Scratch: faces that each place in sorted order may meet in this tick, and the one that it met. */
export type Contacts = {
  /** Run of `surface.lists.face`. */
  readonly from: Uint32Array
  readonly to: Uint32Array
  /** Face that a particle lies on (−1 none), and where on it: weights of the second and third vertex. */
  readonly touching: Int32Array
  readonly touchB: Float64Array
  readonly touchC: Float64Array
}

export function createContacts(particles: number): Contacts {
  return {
    from: new Uint32Array(particles),
    to: new Uint32Array(particles),
    touching: new Int32Array(particles),
    touchB: new Float64Array(particles),
    touchC: new Float64Array(particles),
  }
}

/** Lists the faces that each waking particle may meet in this tick. Slow particles of one cell ask together. */
export function listContacts(contacts: Contacts, flow: Flow, surface: Surface, memory: FluidMemory): void {
  const { from, to, touching } = contacts
  const { neighbours, x, y, z, vx, vy, vz, awake } = flow
  const { key, count } = neighbours
  const { motion, lists } = surface
  const laid = memory.surfaceLaid
  // a face's own way, and half of it again: what it gave a particle in one substep, that flies on in the next
  const near = NEAR + 1.5 * motion
  const standing = motion < SLOW_TRAVEL
  let asked = -1
  for (let i = 0; i < count; i++) {
    touching[i] = -1
    from[i] = 0
    to[i] = 0
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
        near,
      )
      asked = -1
    } else if (asked !== key[i]) {
      asked = key[i]!
      const cx = cellCorner(asked & 1023)
      const cy = cellCorner((asked >>> 10) & 1023)
      const cz = cellCorner(asked >>> 20)
      if (standing) facesNearCell(surface, laid, asked, cx, cy, cz, CELL, NEAR + 2.5 * SLOW_TRAVEL)
      else facesNearBox(surface, laid, cx, cy, cz, cx + CELL, cy + CELL, cz + CELL, near + SLOW_TRAVEL)
    }
    from[i] = lists.start
    to[i] = lists.stop
  }
}

/** The particle in hand: where it is, and the face that it met. */
const at = new Float64Array(3)
const on = { face: -1, b: 0, c: 0 }

/** Keeps particles in front of the faces, which travel from `begin` to `now` in a substep; then friction. */
export function solveContacts(contacts: Contacts, flow: Flow, surface: Surface): void {
  const { from, to, touching, touchB, touchC } = contacts
  const { neighbours, x, y, z, x0, y0, z0, liquid } = flow
  const count = neighbours.count
  for (let i = 0; i < count; i++) {
    const start = from[i]!
    const stop = to[i]!
    if (start === stop) continue
    at[0] = x[i]!
    at[1] = y[i]!
    at[2] = z[i]!
    const sx = x0[i]!
    const sy = y0[i]!
    const sz = z0[i]!
    const kind = liquid[i]!
    on.face = -1
    const beside = meetFaces(surface, start, stop, sx, sy, sz, PULL[kind]!)
    if (beside && on.face < 0 && meetRim(surface, start, stop, sx, sy, sz)) {
      meetFaces(surface, start, stop, sx, sy, sz, PULL[kind]!)
    }
    touching[i] = on.face
    if (on.face >= 0) {
      touchB[i] = on.b
      touchC[i] = on.c
      cling(surface, sx, sy, sz, CLING[kind]!)
    }
    x[i] = at[0]!
    y[i] = at[1]!
    z[i] = at[2]!
  }
}

/** Contact with the faces at whose feet the particle is, or that it crossed. Tells whether others lie close beside. */
function meetFaces(
  surface: Surface,
  start: number,
  stop: number,
  sx: number,
  sy: number,
  sz: number,
  pull: number,
): boolean {
  const { plane, lists, triangle, now } = surface
  const face = lists.face
  let px = at[0]!
  let py = at[1]!
  let pz = at[2]!
  let beside = false
  for (let k = start; k < stop; k++) {
    const t = face[k]!
    planeOf(surface, t)
    const p = t * PLANE
    const nx = plane[p]!
    const ny = plane[p + 1]!
    const nz = plane[p + 2]!
    const s = nx * px + ny * py + nz * pz - plane[p + 3]!
    if (s > CONTACT + ADHESION) continue
    if (s > -BEHIND) {
      const u = plane[p + 4]! * px + plane[p + 5]! * py + plane[p + 6]! * pz - plane[p + 7]!
      const v = plane[p + 8]! * px + plane[p + 9]! * py + plane[p + 10]! * pz - plane[p + 11]!
      if (u >= -OVERLAP && v >= -OVERLAP && u + v <= 1 + OVERLAP) {
        if (s < 0 && side(surface, t, sx, sy, sz) < -BEHIND) continue
        const gap = s - CONTACT
        const step = gap > 0 ? gap * pull : gap
        px -= nx * step
        py -= ny * step
        pz -= nz * step
        on.face = t
        on.b = u
        on.c = v
      } else if (s < CONTACT) beside = true
      continue
    }
    const began = side(surface, t, sx, sy, sz)
    if (began < -BEHIND || !crosses(surface, t, sx, sy, sz, px, py, pz, Math.max(0, began), s)) continue
    const b = met[0]!
    const c = met[1]!
    const a = 1 - b - c
    const ja = triangle[t * 3]! * 3
    const jb = triangle[t * 3 + 1]! * 3
    const jc = triangle[t * 3 + 2]! * 3
    px = now[ja]! * a + now[jb]! * b + now[jc]! * c + nx * CONTACT
    py = now[ja + 1]! * a + now[jb + 1]! * b + now[jc + 1]! * c + ny * CONTACT
    pz = now[ja + 2]! * a + now[jb + 2]! * b + now[jc + 2]! * c + nz * CONTACT
    on.face = t
    on.b = b
    on.c = c
  }
  at[0] = px
  at[1] = py
  at[2] = pz
  return beside
}

/**
 * A particle at the foot of no face: in front of one, near its rim, it is kept off the rim, which is round; behind two that
 * meet in a hollow it goes back to the nearer (then the result is true, and it must meet the faces again).
 */
function meetRim(surface: Surface, start: number, stop: number, sx: number, sy: number, sz: number): boolean {
  const { plane, lists, triangle, now } = surface
  const face = lists.face
  let wedge = WEDGE * WEDGE
  let wedged = -1
  for (let k = start; k < stop; k++) {
    const t = face[k]!
    const p = t * PLANE
    const px = at[0]!
    const py = at[1]!
    const pz = at[2]!
    const s = plane[p]! * px + plane[p + 1]! * py + plane[p + 2]! * pz - plane[p + 3]!
    if (s >= CONTACT || s < -BEHIND) continue
    const u = Math.max(0, plane[p + 4]! * px + plane[p + 5]! * py + plane[p + 6]! * pz - plane[p + 7]!)
    const v = Math.max(0, plane[p + 8]! * px + plane[p + 9]! * py + plane[p + 10]! * pz - plane[p + 11]!)
    const over = u + v > 1 ? 1 / (u + v) : 1
    const b = u * over
    const c = v * over
    const a = 1 - b - c
    const ja = triangle[t * 3]! * 3
    const jb = triangle[t * 3 + 1]! * 3
    const jc = triangle[t * 3 + 2]! * 3
    const ex = px - (now[ja]! * a + now[jb]! * b + now[jc]! * c)
    const ey = py - (now[ja + 1]! * a + now[jb + 1]! * b + now[jc + 1]! * c)
    const ez = pz - (now[ja + 2]! * a + now[jb + 2]! * b + now[jc + 2]! * c)
    const d2 = ex * ex + ey * ey + ez * ez
    if (s > 0 && d2 < CONTACT * CONTACT && d2 > 1e-12) {
      const d = Math.sqrt(d2)
      const step = (CONTACT - d) / d
      at[0] = px + ex * step
      at[1] = py + ey * step
      at[2] = pz + ez * step
    } else if (s <= 0 && d2 < wedge) {
      wedge = d2
      wedged = t
      on.b = b
      on.c = c
    }
  }
  if (wedged < 0 || side(surface, wedged, sx, sy, sz) < -BEHIND) return false
  const p = wedged * PLANE
  const out = CONTACT - (plane[p]! * at[0]! + plane[p + 1]! * at[1]! + plane[p + 2]! * at[2]! - plane[p + 3]!)
  at[0] = at[0]! + plane[p]! * out
  at[1] = at[1]! + plane[p + 1]! * out
  at[2] = at[2]! + plane[p + 2]! * out
  on.face = wedged
  return true
}

/** Friction against the motion relative to the face that the particle lies on; (sx, sy, sz): where the substep began. */
function cling(surface: Surface, sx: number, sy: number, sz: number, share: number): void {
  const { plane, triangle, begin, now } = surface
  const b = on.b
  const c = on.c
  const a = 1 - b - c
  const ja = triangle[on.face * 3]! * 3
  const jb = triangle[on.face * 3 + 1]! * 3
  const jc = triangle[on.face * 3 + 2]! * 3
  const mx = a * (now[ja]! - begin[ja]!) + b * (now[jb]! - begin[jb]!) + c * (now[jc]! - begin[jc]!)
  const my = a * (now[ja + 1]! - begin[ja + 1]!) + b * (now[jb + 1]! - begin[jb + 1]!) + c * (now[jc + 1]! - begin[jc + 1]!)
  const mz = a * (now[ja + 2]! - begin[ja + 2]!) + b * (now[jb + 2]! - begin[jb + 2]!) + c * (now[jc + 2]! - begin[jc + 2]!)
  const p = on.face * PLANE
  let tx = at[0]! - sx - mx
  let ty = at[1]! - sy - my
  let tz = at[2]! - sz - mz
  const along = tx * plane[p]! + ty * plane[p + 1]! + tz * plane[p + 2]!
  tx -= plane[p]! * along
  ty -= plane[p + 1]! * along
  tz -= plane[p + 2]! * along
  const slid = Math.sqrt(tx * tx + ty * ty + tz * tz)
  const left = slid * (1 - share) - HOLD
  const lost = left > 0 ? 1 - left / slid : 1
  at[0] = at[0]! - tx * lost
  at[1] = at[1]! - ty * lost
  at[2] = at[2]! - tz * lost
}
