/**
 * Liquid against the surface of tissue; kernel source, see `scalars.ts`. Faces are one-sided: a drop in front of a face
 * stays in front, also when the face or the drop crosses the other within a substep (swept test in the face's own motion),
 * and one that another contact pressed a little behind comes back. On the surface liquid clings, is drawn to it within
 * reach of adhesion, and stays where a slope is too gentle to overcome the hysteresis of its contact angle.
 */
import {
  beganAt,
  bringBack,
  CONTACT,
  faceWay,
  handB,
  handC,
  handX,
  handY,
  handZ,
  moveHand,
  OVERLAP,
  onFace,
  planeOf,
  startX,
  startY,
  startZ,
  takeDrop,
  weighHand,
} from './dropfaces.ts'
import {
  type D,
  type I,
  type Ptr,
  readByte,
  readDouble,
  readInt,
  readSingle,
  writeInt,
  writeSingle,
} from './scalars.ts'

/** Farther from a surface than contact by this, in metres, liquid is still drawn to it. */
export const ADHESION: D = 0.0008
/** After a substep with less way than this, in metres, the list is cut down for the next. */
const SHORT: D = 0.001
/** It keeps faces nearer than this, in metres, at whose feet the drop almost is (barycentric). */
const FAR: D = 0.00325
const ASIDE: D = 0.6
/** Behind a face by less than this, in metres, a drop is brought back without having been seen to cross. */
const BEHIND: D = 0.0025
/** Metres from the nearest face within which a drop behind two of them is brought back. */
const WEDGE: D = 0.007
/** Metres that static friction takes from the motion along a surface in a substep: a slope of 1 in 10 holds a drop. */
const HOLD: D = 0.000025

let list: Ptr = 0
/** The face that the drop in hand met, or −1. */
let face: I = -1
/** Where the faces near it are noted, and the end of that. */
let noted: I = 0
let room: I = 0

/**
 * Keeps drops in front of the faces, then friction. The faces of the drop at place i are `faces[from[i]] … faces[to[i] − 1]`;
 * where `cuts` is not 0 those lists are cut down after `end`, up to `size`. `traits`: for each liquid the share of a gap that
 * adhesion closes and the share of the way along a face that a drop loses. Writes for each drop the face that it lies on,
 * plus one (0: none), and its weights there.
 * Where faces lie is said before by `takeFaces`.
 */
export function solveContacts(
  position: Ptr,
  start: Ptr,
  liquid: Ptr,
  traits: Ptr,
  count: I,
  from: Ptr,
  to: Ptr,
  faces: Ptr,
  end: I,
  size: I,
  cuts: I,
  touching: Ptr,
  weights: Ptr,
): void {
  list = faces
  let free = end
  for (let i: I = 0; i < count; i++) {
    const first = readInt(from + i * 4)
    const last = readInt(to + i * 4)
    if (first === last) {
      writeInt(touching + i * 4, 0)
      continue
    }
    const at: Ptr = position + i * 16
    const trait: Ptr = traits + readByte(liquid + i) * 16
    takeDrop(at, start + i * 16)
    face = -1
    noted = free
    room = cuts !== 0 ? size : free
    const pull = readDouble(trait)
    const beside = meetFaces(first, last, pull)
    if (beside && face < 0 && meetRim(first, last)) {
      noted = free
      meetFaces(first, last, pull)
    }
    writeInt(touching + i * 4, face + 1)
    if (face >= 0) {
      writeSingle(weights + i * 8, handB)
      writeSingle(weights + i * 8 + 4, handC)
      cling(readDouble(trait + 8))
    }
    writeSingle(at, handX)
    writeSingle(at + 4, handY)
    writeSingle(at + 8, handZ)
    if (cuts === 0 || noted >= room) continue
    const x = handX - startX
    const y = handY - startY
    const z = handZ - startZ
    if (x * x + y * y + z * z < SHORT * SHORT) {
      writeInt(from + i * 4, free)
      writeInt(to + i * 4, noted)
      free = noted
    }
  }
}

/** Notes a face as near. */
function note(t: I): void {
  if (noted >= room) return
  writeInt(list + noted * 4, t)
  noted++
}

/** Contact with the faces at whose feet the drop is, or that it crossed. Tells whether others lie close beside. */
function meetFaces(first: I, last: I, pull: D): boolean {
  let x = handX
  let y = handY
  let z = handZ
  let beside = false
  for (let k: I = first; k < last; k++) {
    const t = readInt(list + k * 4)
    const plane: Ptr = planeOf(t)
    const nx = readSingle(plane)
    const ny = readSingle(plane + 4)
    const nz = readSingle(plane + 8)
    const s = nx * x + ny * y + nz * z - readSingle(plane + 12)
    if (s > CONTACT + ADHESION) {
      if (s < FAR) note(t)
      continue
    }
    if (s > -BEHIND) {
      const u =
        readSingle(plane + 16) * x + readSingle(plane + 20) * y + readSingle(plane + 24) * z - readSingle(plane + 28)
      const v =
        readSingle(plane + 32) * x + readSingle(plane + 36) * y + readSingle(plane + 40) * z - readSingle(plane + 44)
      if (u > -ASIDE && v > -ASIDE && u + v < 1 + ASIDE) note(t)
      if (u >= -OVERLAP && v >= -OVERLAP && u + v <= 1 + OVERLAP) {
        if (s < 0 && beganAt(t) < -BEHIND) continue
        const gap = s - CONTACT
        const step = gap > 0 ? gap * pull : gap
        x -= nx * step
        y -= ny * step
        z -= nz * step
        face = t
        weighHand(u, v)
      } else if (s < CONTACT) beside = true
      continue
    }
    if (beganAt(t) < -BEHIND) continue
    moveHand(x, y, z)
    if (bringBack(t, plane, s)) {
      face = t
      x = handX
      y = handY
      z = handZ
    }
  }
  moveHand(x, y, z)
  return beside
}

/**
 * A drop at the foot of no face: in front of one, near its rim, it is kept off the rim, which is round; behind two that
 * meet in a hollow it goes back to the nearer (then the result is true, and it must meet the faces again).
 */
function meetRim(first: I, last: I): boolean {
  let wedge = WEDGE * WEDGE
  let wedged: I = -1
  for (let k: I = first; k < last; k++) {
    const t = readInt(list + k * 4)
    const plane: Ptr = planeOf(t)
    const x = handX
    const y = handY
    const z = handZ
    const s = readSingle(plane) * x + readSingle(plane + 4) * y + readSingle(plane + 8) * z - readSingle(plane + 12)
    if (s >= CONTACT || s < -BEHIND) continue
    const u =
      readSingle(plane + 16) * x + readSingle(plane + 20) * y + readSingle(plane + 24) * z - readSingle(plane + 28)
    const v =
      readSingle(plane + 32) * x + readSingle(plane + 36) * y + readSingle(plane + 40) * z - readSingle(plane + 44)
    const up = Math.max(0, u)
    const vp = Math.max(0, v)
    const over: D = up + vp > 1 ? 1 / (up + vp) : 1
    const b = up * over
    const c = vp * over
    const ex = x - onFace(t, 0, b, c)
    const ey = y - onFace(t, 1, b, c)
    const ez = z - onFace(t, 2, b, c)
    const d2 = ex * ex + ey * ey + ez * ez
    if (s > 0 && d2 < CONTACT * CONTACT && d2 > 1e-12) {
      const d = Math.sqrt(d2)
      const step = (CONTACT - d) / d
      moveHand(x + ex * step, y + ey * step, z + ez * step)
    } else if (s <= 0 && d2 < wedge) {
      wedge = d2
      wedged = t
      weighHand(b, c)
    }
  }
  if (wedged < 0 || beganAt(wedged) < -BEHIND) return false
  const plane: Ptr = planeOf(wedged)
  const nx = readSingle(plane)
  const ny = readSingle(plane + 4)
  const nz = readSingle(plane + 8)
  const out = CONTACT - (nx * handX + ny * handY + nz * handZ - readSingle(plane + 12))
  moveHand(handX + nx * out, handY + ny * out, handZ + nz * out)
  face = wedged
  return true
}

/** Friction against the motion relative to the face that the drop lies on. */
function cling(lost: D): void {
  const plane: Ptr = planeOf(face)
  const nx = readSingle(plane)
  const ny = readSingle(plane + 4)
  const nz = readSingle(plane + 8)
  let x = handX - startX - faceWay(face, 0, handB, handC)
  let y = handY - startY - faceWay(face, 1, handB, handC)
  let z = handZ - startZ - faceWay(face, 2, handB, handC)
  const along = x * nx + y * ny + z * nz
  x -= nx * along
  y -= ny * along
  z -= nz * along
  const slid = Math.sqrt(x * x + y * y + z * z)
  const left = slid * (1 - lost) - HOLD
  const share: D = left > 0 ? 1 - left / slid : 1
  moveHand(handX - x * share, handY - y * share, handZ - z * share)
}
