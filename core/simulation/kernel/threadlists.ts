/**
 * Lists of the faces around each vertex of a thread, nearest first (Verlet 1967, doi:10.1103/PhysRev.159.98); kernel source,
 * see `scalars.ts`. Threads move by themselves, so each vertex has a base of its own, and a list is made anew when what is
 * asked of it is more than it can know of: faces are as far from the base as listed, give or take what the surface has
 * moved since. Where the surface is parted, only the faces that are others there are listed anew.
 */
import {
  BALLS,
  CORNERS,
  CORNERS_BEFORE,
  DRIFT,
  FACE_OF,
  FOUND,
  OUTER,
  POSITION,
  SHIFT,
  SIFTED,
  SIFTED_FARS,
  THREAD_BASE,
  THREAD_FACES,
  THREAD_FARS,
  THREAD_LISTED,
  THREAD_ROOM,
  THREAD_SINCE,
  TOUCHED,
  TRIANGLES,
} from './contacttable.ts'
import { gap2 } from './faceballs.ts'
import { measureFars } from './facefars.ts'
import { ask, gatherFaces, layRows, siftFaces } from './facesearch.ts'
import {
  type D,
  type I,
  type Ptr,
  readByte,
  readDouble,
  readInt,
  readSingle,
  writeByte,
  writeDouble,
  writeInt,
  writeSingle,
} from './scalars.ts'

/** Faces in a list, and how far it reaches, m. */
export const THREAD_LIST: I = 64
const REACH: D = 0.008
/** Marks a particle around which the surface is another one, beside what `outer` says. */
const CHANGED: I = 2

/** How far the vertex of list `n` is from its base at most, and the faces listed from where they were, m. */
export function listSlack(c: Ptr, n: I, x: D, y: D, z: D): D {
  const moved = Math.sqrt(gap2(readInt(c + THREAD_BASE) + n * 16, x, y, z))
  return moved + (readDouble(c + SHIFT) - readDouble(readInt(c + THREAD_SINCE) + n * 8)) + readDouble(c + DRIFT)
}

/** How many faces of list `n` may be nearer to (x, y, z) than `far`; −1 where it does not tell. */
export function listedWithin(c: Ptr, n: I, x: D, y: D, z: D, far: D): I {
  if (n >= readInt(c + THREAD_ROOM)) return -1
  const within = far + listSlack(c, n, x, y, z)
  if (within > readSingle(readInt(c + THREAD_BASE) + n * 16 + 12)) return -1
  const fars: Ptr = readInt(c + THREAD_FARS) + n * THREAD_LIST * 4
  const count = readInt(readInt(c + THREAD_LISTED) + n * 4)
  let end: I = 0
  while (end < count && readSingle(fars + end * 4) <= within) end++
  return end
}

/** Lists the faces around the particle `p` of a thread, as list `n`. */
export function makeThreadList(c: Ptr, p: I, n: I): void {
  const at: Ptr = readInt(c + POSITION) + p * 16
  const own: Ptr = readInt(c + THREAD_BASE) + n * 16
  const x = readSingle(at)
  const y = readSingle(at + 4)
  const z = readSingle(at + 8)
  writeSingle(own, x)
  writeSingle(own + 4, y)
  writeSingle(own + 8, z)
  writeSingle(own + 12, REACH)
  writeDouble(readInt(c + THREAD_SINCE) + n * 8, readDouble(c + SHIFT))
  writeInt(readInt(c + THREAD_LISTED) + n * 4, 0)
  ask(c, x, y, z, REACH)
  enterFaces(c, n, siftFaces(c, gatherFaces(c)))
}

/** Enters the `count` faces sifted into list `n`, around whose place they were asked for. */
function enterFaces(c: Ptr, n: I, count: I): void {
  measureFars(c, count)
  for (let e: I = 0; e < count; e++)
    enterFace(c, n, readInt(readInt(c + SIFTED) + e * 4), readSingle(readInt(c + SIFTED_FARS) + e * 4))
}

/** Enters a face into list `n` in order, if it is within its reach; a full list reaches no further than what it has no room for. */
function enterFace(c: Ptr, n: I, f: I, far: D): void {
  const own: Ptr = readInt(c + THREAD_BASE) + n * 16
  if (far > readSingle(own + 12)) return
  const faces: Ptr = readInt(c + THREAD_FACES) + n * THREAD_LIST * 4
  const fars: Ptr = readInt(c + THREAD_FARS) + n * THREAD_LIST * 4
  const listed: Ptr = readInt(c + THREAD_LISTED) + n * 4
  let slot = readInt(listed)
  if (slot === THREAD_LIST) {
    slot--
    const last = readSingle(fars + slot * 4)
    writeSingle(own + 12, Math.min(far, last))
    if (far >= last) return
  } else writeInt(listed, slot + 1)
  while (slot > 0 && readSingle(fars + (slot - 1) * 4) > far) {
    writeSingle(fars + slot * 4, readSingle(fars + (slot - 1) * 4))
    writeInt(faces + slot * 4, readInt(faces + (slot - 1) * 4))
    slot--
  }
  writeSingle(fars + slot * 4, far)
  writeInt(faces + slot * 4, f)
}

/** Forgets all lists. */
export function dropThreadLists(c: Ptr): void {
  const lists = readInt(c + THREAD_ROOM)
  for (let n: I = 0; n < lists; n++) {
    writeSingle(readInt(c + THREAD_BASE) + n * 16 + 12, -1)
    writeInt(readInt(c + THREAD_LISTED) + n * 4, 0)
  }
}

/** Box around the faces that are others. */
let lowX: D = 0
let lowY: D = 0
let lowZ: D = 0
let topX: D = 0
let topY: D = 0
let topZ: D = 0

/** Brings lists up to date with a surface that is another one around `touched` particles. */
export function mendThreadLists(c: Ptr, faces: I, touched: I): void {
  const outer: Ptr = readInt(c + OUTER)
  const lists = readInt(c + THREAD_ROOM)
  if (lists === 0) return
  for (let n: I = 0; n < touched; n++) {
    const p = readInt(readInt(c + TOUCHED) + n * 4)
    writeByte(outer + p, readByte(outer + p) | CHANGED)
  }
  const changed = findChanged(c, faces)
  layRows(c, changed)
  for (let n: I = 0; n < lists; n++) {
    const own: Ptr = readInt(c + THREAD_BASE) + n * 16
    const reach = readSingle(own + 12)
    if (reach <= 0) continue
    renumber(c, n, faces)
    const x = readSingle(own)
    const y = readSingle(own + 4)
    const z = readSingle(own + 8)
    if (x < lowX - reach || x > topX + reach || y < lowY - reach || y > topY + reach) continue
    if (z < lowZ - reach || z > topZ + reach) continue
    ask(c, x, y, z, reach)
    enterFaces(c, n, siftFaces(c, changed))
  }
  for (let n: I = 0; n < touched; n++) {
    const p = readInt(readInt(c + TOUCHED) + n * 4)
    writeByte(outer + p, readByte(outer + p) & ~CHANGED)
  }
}

/** Finds the faces that are others, and the box around them; returns how many. */
function findChanged(c: Ptr, faces: I): I {
  const found: Ptr = readInt(c + FOUND)
  lowX = Infinity
  lowY = Infinity
  lowZ = Infinity
  topX = -Infinity
  topY = -Infinity
  topZ = -Infinity
  let count: I = 0
  for (let f: I = 0; f < faces; f++) {
    if (!isChanged(c, f)) continue
    writeInt(found + count * 4, f)
    count++
    const ball: Ptr = readInt(c + BALLS) + f * 16
    const radius = readSingle(ball + 12)
    lowX = Math.min(lowX, readSingle(ball) - radius)
    lowY = Math.min(lowY, readSingle(ball + 4) - radius)
    lowZ = Math.min(lowZ, readSingle(ball + 8) - radius)
    topX = Math.max(topX, readSingle(ball) + radius)
    topY = Math.max(topY, readSingle(ball + 4) + radius)
    topZ = Math.max(topZ, readSingle(ball + 8) + radius)
  }
  return count
}

function isChanged(c: Ptr, f: I): boolean {
  const outer: Ptr = readInt(c + OUTER)
  const face: Ptr = readInt(c + TRIANGLES) + f * 12
  const marks =
    readByte(outer + readInt(face)) | readByte(outer + readInt(face + 4)) | readByte(outer + readInt(face + 8))
  return (marks & CHANGED) !== 0
}

/** Gives the faces of list `n` the numbers that they have now, and takes those out that are others or no more. */
function renumber(c: Ptr, n: I, faces: I): void {
  const corners: Ptr = readInt(c + CORNERS)
  const cornersBefore: Ptr = readInt(c + CORNERS_BEFORE)
  const faceOf: Ptr = readInt(c + FACE_OF)
  const list: Ptr = readInt(c + THREAD_FACES) + n * THREAD_LIST * 4
  const fars: Ptr = readInt(c + THREAD_FARS) + n * THREAD_LIST * 4
  const listed: Ptr = readInt(c + THREAD_LISTED) + n * 4
  const before = readInt(listed)
  let count: I = 0
  for (let e: I = 0; e < before; e++) {
    const corner = readInt(cornersBefore + readInt(list + e * 4) * 4)
    const f = readInt(faceOf + corner * 4)
    if (f >= faces || readInt(corners + f * 4) !== corner || isChanged(c, f)) continue
    writeInt(list + count * 4, f)
    writeSingle(fars + count * 4, readSingle(fars + e * 4))
    count++
  }
  writeInt(listed, count)
}
