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
  normals,
  OVERLAP,
  onFace,
  seconds,
  startX,
  startY,
  startZ,
  takeDrop,
  thirds,
  weighHand,
} from './dropfaces.ts'
import { sift } from './facesift.ts'
import type { F } from './lanes.ts'
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
/** After a substep with less way than this, in metres, the faces that were near will do for the next. */
const SHORT: D = 0.001
/**
 * Behind a face by less than this, in metres, a drop is brought back without having been seen to cross. What lies in front
 * of a thin flap is farther behind its other side.
 */
const BEHIND: D = 0.00125
/** Metres from the nearest face within which a drop behind two of them is brought back: what lies farther may not be listed. */
const WEDGE: D = 0.00285
/** Times by which squares of distances to one edge or vertex may differ by rounding. */
const ALIKE: D = 1.001
/** Metres that static friction takes from the motion along a surface in a substep: a slope of 1 in 10 holds a drop. */
const HOLD: D = 0.000025

let list: Ptr = 0
/** The face that the drop in hand met, or −1. */
let face: I = -1

/**
 * Keeps drops in front of the faces, then friction. The faces of the drop at place i are `faces[from[i]] … faces[to[i] − 1]`;
 * those near it are noted after all lists, in `size` words, and where `keeps` is not 0 they are its list from then on. Two
 * words in `used` tell where lists of cells end, and all lists. `traits`: for each liquid the share of a gap that adhesion closes and the share of the way along a face that a drop loses. No face moves
 * farther than `motion` metres. Writes for each drop the face that it lies on, plus one (0: none), and its weights there.
 * Where faces lie is said before by `takeFaces`; `margins` are those of `faceplanes.ts`.
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
  used: Ptr,
  size: I,
  keeps: I,
  margins: Ptr,
  motion: F,
  table: Ptr,
  touching: Ptr,
  weights: Ptr,
): void {
  list = faces
  const cells = readInt(used)
  let free = readInt(used + 4)
  for (let i: I = 0; i < count; i++) {
    const first = readInt(from + i * 4)
    const last = readInt(to + i * 4)
    if (first === last) {
      writeInt(touching + i * 4, 0)
      continue
    }
    const at: Ptr = position + i * 16
    const trait: Ptr = traits + readByte(liquid + i) * 16
    const pull = readDouble(trait)
    takeDrop(at, start + i * 16)
    face = -1
    const sifts = first < cells && free + last - first + 4 <= size
    const near = sifts ? free : first
    const stop = sifts ? sift(list, at, start + i * 16, first, last, free, margins, motion, table) : last
    let beside = meetFaces(near, stop, pull)
    if (sifts && isFar(at)) beside = meetFaces(first, last, pull)
    if (beside && face < 0 && meetRim(near, stop)) meetFaces(near, stop, pull)
    writeInt(touching + i * 4, face + 1)
    if (face >= 0) {
      writeSingle(weights + i * 8, handB)
      writeSingle(weights + i * 8 + 4, handC)
      cling(readDouble(trait + 8))
    }
    writeSingle(at, handX)
    writeSingle(at + 4, handY)
    writeSingle(at + 8, handZ)
    if (keeps === 0 || !sifts) continue
    const x = handX - startX
    const y = handY - startY
    const z = handZ - startZ
    if (x * x + y * y + z * z < SHORT * SHORT) {
      writeInt(from + i * 4, free)
      writeInt(to + i * 4, stop)
      free = stop
    }
  }
  writeInt(used + 4, free)
}

/** Whether the drop in hand was pushed farther than what was near before will do for. */
function isFar(position: Ptr): boolean {
  const x = handX - readSingle(position)
  const y = handY - readSingle(position + 4)
  const z = handZ - readSingle(position + 8)
  return x * x + y * y + z * z > SHORT * SHORT
}

/** A barycentric weight at a point's foot. */
function weightAt(row: Ptr, x: D, y: D, z: D): D {
  return readSingle(row) * x + readSingle(row + 4) * y + readSingle(row + 8) * z - readSingle(row + 12)
}

/** Contact with the faces at whose feet the drop is, or that it crossed. Tells whether others lie close beside. */
function meetFaces(first: I, last: I, pull: D): boolean {
  let x = handX
  let y = handY
  let z = handZ
  let beside = false
  for (let k: I = first; k < last; k++) {
    const t = readInt(list + k * 4)
    const plane: Ptr = normals + t * 16
    const nx = readSingle(plane)
    const ny = readSingle(plane + 4)
    const nz = readSingle(plane + 8)
    const s = nx * x + ny * y + nz * z - readSingle(plane + 12)
    if (s > CONTACT + ADHESION) continue
    if (s > -BEHIND) {
      const u = weightAt(seconds + t * 16, x, y, z)
      const v = weightAt(thirds + t * 16, x, y, z)
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
    if (bringBack(t, s)) {
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
 * meet in a hollow it goes back to the nearer (then the result is true, and it must meet the faces again). Of faces that
 * are equally near, by a rim that they share, the one whose plane is farthest tells the side: any other may not (Bærentzen
 * and Aanæs 2005, doi:10.1109/TVCG.2005.49).
 */
function meetRim(first: I, last: I): boolean {
  let wedge = WEDGE * WEDGE
  let height: D = 0
  let wedged: I = -1
  for (let k: I = first; k < last; k++) {
    const t = readInt(list + k * 4)
    const plane: Ptr = normals + t * 16
    const x = handX
    const y = handY
    const z = handZ
    const s = readSingle(plane) * x + readSingle(plane + 4) * y + readSingle(plane + 8) * z - readSingle(plane + 12)
    if (s < -BEHIND || s * s > wedge * ALIKE) continue
    const u = weightAt(seconds + t * 16, x, y, z)
    const v = weightAt(thirds + t * 16, x, y, z)
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
    } else if (d2 * ALIKE < wedge || (d2 < wedge * ALIKE && Math.abs(s) > height)) {
      wedge = d2
      height = Math.abs(s)
      wedged = s <= 0 ? t : -1
      weighHand(b, c)
    }
  }
  if (wedged < 0 || beganAt(wedged) < -BEHIND) return false
  const plane: Ptr = normals + wedged * 16
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
  const plane: Ptr = normals + face * 16
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
