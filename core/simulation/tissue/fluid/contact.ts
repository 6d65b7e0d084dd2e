/**
 * Liquid against the surface of tissue. Faces are one-sided: a particle in front of a face stays in front, also when the
 * face or the particle crosses the other within a substep (swept test in the face's own motion), and one that another
 * contact pressed a little behind comes back. On the surface liquid clings, is drawn to it within reach of adhesion, and
 * stays where a slope is too gentle to overcome the hysteresis of its contact angle.
 */
import { beganBehind, bringBack, hand, OVERLAP } from './crossing.ts'
import { KEPT_ROOM } from './facelists.ts'
import type { Flow } from './flow.ts'
import { LIQUID_ROWS } from './liquids.ts'
import type { FluidMemory } from './memory.ts'
import { facesNearBox, facesNearCell, type Tier } from './nearfaces.ts'
import { CELL, cellCorner } from './neighbours.ts'
import { PLANE, planeOf } from './plane.ts'
import { ADHESION, CONTACT, TICK_S } from './scale.ts'
import type { Surface } from './surface.ts'

/** Metres around a particle's path in which faces count: contact, adhesion, and what pressure may add. */
const NEAR = CONTACT + ADHESION + 0.0005
/** Particles and faces that go less far in a tick, in metres, share lists with their cell: those of calm cells, then longer ones. */
const CALM = 0.0006
const LIVELY = 0.002
const CALM_CELLS: Tier = { tier: 0, edge: 0.0026, pad: NEAR + CALM }
const LIVELY_CELLS: Tier = { tier: 1, edge: 0.0034, pad: NEAR + LIVELY }
/** After a substep with less way than this, in metres, the list is cut down for the next. */
const SHORT = 0.001
/** It keeps faces nearer than this, in metres, at whose feet it almost is (barycentric). */
const FAR = CONTACT + ADHESION + 0.0012
const ASIDE = 0.6
/** Behind a face by less than this, in metres, a particle is brought back without having been seen to cross. */
const BEHIND = 0.0025
/** Metres from the nearest face within which a particle behind two of them is brought back. */
const WEDGE = 0.007
/** Metres that static friction takes from the motion along a surface in a substep: a slope of 1 in 10 holds a drop. */
const HOLD = 2.5e-5

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

/** Lists the faces that each waking particle may meet in this tick. */
export function listContacts(contacts: Contacts, flow: Flow, surface: Surface, memory: FluidMemory): void {
  const { from, to, touching } = contacts
  const { key, count, x, y, z, velocity, awake } = flow
  const { lists } = surface
  const { box } = lists
  const laid = memory.surfaceLaid
  // a face's own way, and half of it again: what it gave a particle in one substep, that flies on in the next
  const swing = 1.5 * surface.motion
  let asked = -1
  let askedFrom = 0
  let askedTo = 0
  for (let i = 0; i < count; i++) {
    touching[i] = -1
    from[i] = 0
    to[i] = 0
    if (awake[i] === 0) continue
    const xi = x[i]!
    const yi = y[i]!
    const zi = z[i]!
    const dx = velocity[i * 4]! * TICK_S
    const dy = velocity[i * 4 + 1]! * TICK_S
    const dz = velocity[i * 4 + 2]! * TICK_S
    const way = Math.sqrt(dx * dx + dy * dy + dz * dz) + swing
    box[0] = xi
    box[1] = yi
    box[2] = zi
    if (way < CALM) facesNearCell(surface, laid, CALM_CELLS)
    else if (way < LIVELY) facesNearCell(surface, laid, LIVELY_CELLS)
    else if (way - swing >= LIVELY) {
      for (let k = 0; k < 3; k++) {
        const path = k === 0 ? dx : k === 1 ? dy : dz
        box[k + 3] = box[k]! + Math.max(0, path)
        box[k] = box[k]! + Math.min(0, path)
      }
      box[6] = NEAR + swing
      facesNearBox(surface, laid)
    } else {
      // the surface is fast, the particle is not: one list for its cell
      if (asked !== key[i]) {
        asked = key[i]!
        for (let k = 0; k < 3; k++) {
          box[k] = cellCorner((asked >>> (10 * k)) & 1023)
          box[k + 3] = box[k]! + CELL
        }
        box[6] = NEAR + LIVELY + swing
        facesNearBox(surface, laid)
        askedFrom = lists.start
        askedTo = lists.stop
      }
      lists.start = askedFrom
      lists.stop = askedTo
    }
    from[i] = lists.start
    to[i] = lists.stop
  }
}

/** The face that the particle in hand met, or −1. */
let face = -1
/** How many faces of its list are near it: written after the lists of the tick. */
let near = 0

/** Keeps particles in front of the faces, which travel from `begin` to `now` in a substep; then friction. */
export function solveContacts(contacts: Contacts, flow: Flow, surface: Surface): void {
  const { from, to, touching, touchB, touchC } = contacts
  const { lists } = surface
  const { position, start: began, liquid, count } = flow
  const standing = surface.motion < CALM
  for (let i = 0; i < count; i++) {
    const start = from[i]!
    const stop = to[i]!
    if (start === stop) continue
    const at = i * 4
    hand[0] = position[at]!
    hand[1] = position[at + 1]!
    hand[2] = position[at + 2]!
    hand[5] = began[at]!
    hand[6] = began[at + 1]!
    hand[7] = began[at + 2]!
    hand[8] = PULL[liquid[i]!]!
    hand[9] = CLING[liquid[i]!]!
    face = -1
    const beside = meetFaces(surface, start, stop)
    if (beside && face < 0 && meetRim(surface, start, stop)) meetFaces(surface, start, stop)
    touching[i] = face
    if (face >= 0) {
      touchB[i] = hand[3]!
      touchC[i] = hand[4]!
      cling(surface)
    }
    if (standing && start < KEPT_ROOM && lists.end + stop - start <= lists.face.length) {
      const wx = hand[0]! - hand[5]!
      const wy = hand[1]! - hand[6]!
      const wz = hand[2]! - hand[7]!
      if (wx * wx + wy * wy + wz * wz < SHORT * SHORT) {
        from[i] = lists.end
        lists.end += near
        to[i] = lists.end
      }
    }
    position[at] = hand[0]!
    position[at + 1] = hand[1]!
    position[at + 2] = hand[2]!
  }
}

/** Contact with the faces at whose feet the particle is, or that it crossed. Tells whether others lie close beside. */
function meetFaces(surface: Surface, start: number, stop: number): boolean {
  const { plane, planeStamp, stamp, lists } = surface
  const listed = lists.face
  const pull = hand[8]!
  let px = hand[0]!
  let py = hand[1]!
  let pz = hand[2]!
  let beside = false
  const room = Math.min(lists.end + stop - start, listed.length)
  let kept = lists.end
  for (let k = start; k < stop; k++) {
    const t = listed[k]!
    if (planeStamp[t] !== stamp) planeOf(surface, t)
    const p = t * PLANE
    const nx = plane[p]!
    const ny = plane[p + 1]!
    const nz = plane[p + 2]!
    const s = nx * px + ny * py + nz * pz - plane[p + 3]!
    if (s > CONTACT + ADHESION) {
      if (s < FAR && kept < room) listed[kept++] = t
      continue
    }
    if (s > -BEHIND) {
      const u = plane[p + 4]! * px + plane[p + 5]! * py + plane[p + 6]! * pz - plane[p + 7]!
      const v = plane[p + 8]! * px + plane[p + 9]! * py + plane[p + 10]! * pz - plane[p + 11]!
      if (u > -ASIDE && v > -ASIDE && u + v < 1 + ASIDE && kept < room) listed[kept++] = t
      if (u >= -OVERLAP && v >= -OVERLAP && u + v <= 1 + OVERLAP) {
        if (s < 0 && beganBehind(surface, t, BEHIND)) continue
        const gap = s - CONTACT
        const step = gap > 0 ? gap * pull : gap
        px -= nx * step
        py -= ny * step
        pz -= nz * step
        face = t
        hand[3] = u
        hand[4] = v
      } else if (s < CONTACT) beside = true
      continue
    }
    if (beganBehind(surface, t, BEHIND)) continue
    hand[0] = px
    hand[1] = py
    hand[2] = pz
    if (bringBack(surface, t, nx, ny, nz, s)) {
      face = t
      px = hand[0]!
      py = hand[1]!
      pz = hand[2]!
    }
  }
  hand[0] = px
  hand[1] = py
  hand[2] = pz
  near = kept - lists.end
  return beside
}

/**
 * A particle at the foot of no face: in front of one, near its rim, it is kept off the rim, which is round; behind two that
 * meet in a hollow it goes back to the nearer (then the result is true, and it must meet the faces again).
 */
function meetRim(surface: Surface, start: number, stop: number): boolean {
  const { plane, lists, triangle, now } = surface
  const listed = lists.face
  let wedge = WEDGE * WEDGE
  let wedged = -1
  for (let k = start; k < stop; k++) {
    const t = listed[k]!
    const p = t * PLANE
    const px = hand[0]!
    const py = hand[1]!
    const pz = hand[2]!
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
      hand[0] = px + ex * step
      hand[1] = py + ey * step
      hand[2] = pz + ez * step
    } else if (s <= 0 && d2 < wedge) {
      wedge = d2
      wedged = t
      hand[3] = b
      hand[4] = c
    }
  }
  if (wedged < 0 || beganBehind(surface, wedged, BEHIND)) return false
  const p = wedged * PLANE
  const out = CONTACT - (plane[p]! * hand[0]! + plane[p + 1]! * hand[1]! + plane[p + 2]! * hand[2]! - plane[p + 3]!)
  hand[0] = hand[0]! + plane[p]! * out
  hand[1] = hand[1]! + plane[p + 1]! * out
  hand[2] = hand[2]! + plane[p + 2]! * out
  face = wedged
  return true
}

/** Friction against the motion relative to the face that the particle lies on. */
function cling(surface: Surface): void {
  const { plane, triangle, begin, now } = surface
  const b = hand[3]!
  const c = hand[4]!
  const a = 1 - b - c
  const ja = triangle[face * 3]! * 3
  const jb = triangle[face * 3 + 1]! * 3
  const jc = triangle[face * 3 + 2]! * 3
  const mx = a * (now[ja]! - begin[ja]!) + b * (now[jb]! - begin[jb]!) + c * (now[jc]! - begin[jc]!)
  const my =
    a * (now[ja + 1]! - begin[ja + 1]!) + b * (now[jb + 1]! - begin[jb + 1]!) + c * (now[jc + 1]! - begin[jc + 1]!)
  const mz =
    a * (now[ja + 2]! - begin[ja + 2]!) + b * (now[jb + 2]! - begin[jb + 2]!) + c * (now[jc + 2]! - begin[jc + 2]!)
  const p = face * PLANE
  let tx = hand[0]! - hand[5]! - mx
  let ty = hand[1]! - hand[6]! - my
  let tz = hand[2]! - hand[7]! - mz
  const along = tx * plane[p]! + ty * plane[p + 1]! + tz * plane[p + 2]!
  tx -= plane[p]! * along
  ty -= plane[p + 1]! * along
  tz -= plane[p + 2]! * along
  const slid = Math.sqrt(tx * tx + ty * ty + tz * tz)
  const left = slid * (1 - hand[9]!) - HOLD
  const lost = left > 0 ? 1 - left / slid : 1
  hand[0] = hand[0]! - tx * lost
  hand[1] = hand[1]! - ty * lost
  hand[2] = hand[2]! - tz * lost
}
