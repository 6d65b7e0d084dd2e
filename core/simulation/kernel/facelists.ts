/**
 * Lists of the faces around each point of the surface, nearest first (Verlet 1967, doi:10.1103/PhysRev.159.98); kernel
 * source, see `scalars.ts`. Distances are those at a base: where points were when they were last listed. They are made anew
 * when the surface has moved too far since; where it was parted, only around there.
 */
import {
  BASE,
  CORNERS,
  CORNERS_BEFORE,
  DRIFT,
  EPOCH,
  FACE_COUNT,
  FACE_OF,
  FARS,
  FARS_BEFORE,
  LIST_COUNT,
  LIST_ROOM,
  LISTED,
  LISTED_BEFORE,
  LISTS,
  LISTS_BEFORE,
  MARKS,
  OUTER,
  PARTICLE_COUNT,
  PARTICLE_ROOM,
  POINT_COUNT,
  POINTS,
  POINTS_BEFORE,
  POSITION,
  REST,
  SHIFT,
  SIFTED,
  SIFTED_FARS,
  TOUCHED_COUNT,
  TRIANGLES,
  VERSION,
} from './contacttable.ts'
import { gap2, layBalls, layBase } from './faceballs.ts'
import { LIST, MOST_DRIFT, markTouched, measureDrift, rebaseTouched, touchMoved } from './facedrift.ts'
import { measureFars } from './facefars.ts'
import { isMarked } from './facemarks.ts'
import { ask, askBox, gatherFaces, openBox, siftFaces, widenBox } from './facesearch.ts'
import { listOwnFaces } from './ownfaces.ts'
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
import { dropThreadLists, mendThreadLists } from './threadlists.ts'
import { lean, lean2, overhang } from './triangles.ts'

/**
 * A point that lies behind a face at rest, nearer than this, is of the same sheet: they may not touch, m. It lies behind from
 * this depth on: less than the thinnest layer, which its own other side would else press flat.
 */
const SHEET: D = 0.006
const BEHIND: D = 0.0002
/** The same where the face never moves: nearer than this, the point may not come out through it, m. */
const WITHIN: D = 0.012
/** Points that lie within a box of this edge are searched for together, m. */
const TOGETHER: D = 0.012

/** Brings lists up to date with a version of the surface. */
export function updateLists(c: Ptr, particles: I, faces: I, version: I): void {
  const parted = version !== readInt(c + VERSION)
  const unknown = readInt(c + TOUCHED_COUNT) < 0
  let all = unknown
  if (!unknown) {
    measureDrift(c)
    if (readDouble(c + DRIFT) > MOST_DRIFT) all = !touchMoved(c)
    if (!parted && !all && readInt(c + TOUCHED_COUNT) === 0) return
  }
  exchange(c, POINTS, POINTS_BEFORE)
  exchange(c, LISTS, LISTS_BEFORE)
  exchange(c, LISTED, LISTED_BEFORE)
  exchange(c, FARS, FARS_BEFORE)
  const before: I = all ? 0 : readInt(c + LIST_COUNT)
  if (all) layBase(c, particles)
  else rebaseTouched(c)
  markOuter(c, particles, faces)
  listOwnFaces(c, particles, faces)
  writeInt(c + FACE_COUNT, faces)
  // One face more has no area.
  for (let k: I = 0; k < 12; k += 4) writeInt(readInt(c + TRIANGLES) + faces * 12 + k, 0)
  layBalls(c, faces)
  if (!all) markTouched(c)
  makeLists(c, before)
  if (unknown) dropThreadLists(c)
  else if (parted || !all) mendThreadLists(c, faces, readInt(c + TOUCHED_COUNT))
  keepCorners(c, faces)
  writeInt(c + VERSION, version)
  writeInt(c + EPOCH, readInt(c + EPOCH) + 1)
  writeInt(c + PARTICLE_COUNT, particles)
  writeInt(c + TOUCHED_COUNT, 0)
  if (all) writeDouble(c + SHIFT, readDouble(c + SHIFT) + readDouble(c + DRIFT))
  measureDrift(c)
}

function exchange(c: Ptr, one: I, other: I): void {
  const kept = readInt(c + one)
  writeInt(c + one, readInt(c + other))
  writeInt(c + other, kept)
}

/** Lists the particles on free faces in order, and finds faces by their corners. */
function markOuter(c: Ptr, particles: I, faces: I): void {
  const outer: Ptr = readInt(c + OUTER)
  const triangles: Ptr = readInt(c + TRIANGLES)
  const points: Ptr = readInt(c + POINTS)
  const room = readInt(c + PARTICLE_ROOM)
  for (let p: I = 0; p < room; p += 4) writeInt(outer + p, 0)
  for (let i: I = 0; i < faces * 3; i++) writeByte(outer + readInt(triangles + i * 4), 1)
  for (let f: I = 0; f < faces; f++) writeInt(readInt(c + FACE_OF) + readInt(readInt(c + CORNERS) + f * 4) * 4, f)
  let count: I = 0
  for (let p: I = 0; p < particles; p++) {
    if (readByte(outer + p) === 0) continue
    writeInt(points + count * 4, p)
    count++
  }
  writeInt(c + POINT_COUNT, count)
}

/**
 * Lists the faces around each point; those for which there is no room any more search each tick. Of the points listed
 * before, of which there were `before`, those where nothing is marked keep their lists.
 */
function makeLists(c: Ptr, before: I): void {
  const points: Ptr = readInt(c + POINTS)
  const pointsBefore: Ptr = readInt(c + POINTS_BEFORE)
  const marks: Ptr = readInt(c + MARKS)
  const lists: Ptr = readInt(c + LISTS)
  const base: Ptr = readInt(c + BASE)
  const count = readInt(c + POINT_COUNT)
  let end: I = 0
  let m: I = 0
  // Faces gathered for the points before this one.
  let gathered: I = 0
  let until: I = 0
  for (let n: I = 0; n < count; n++) {
    writeInt(lists + n * 4, end)
    const p = readInt(points + n * 4)
    const at: Ptr = base + p * 16
    while (m < before && readInt(pointsBefore + m * 4) < p) m++
    if (m < before && readInt(pointsBefore + m * 4) === p && !isMarked(marks, at)) end = copyList(c, m, end)
    else {
      if (n >= until) {
        until = askAround(c, n)
        gathered = gatherFaces(c)
      }
      ask(c, readSingle(at), readSingle(at + 4), readSingle(at + 8), LIST)
      const near = siftFaces(c, gathered)
      measureFars(c, near)
      end = makeList(c, p, end, near)
    }
    if (end < 0) {
      writeInt(c + LIST_COUNT, n)
      return
    }
  }
  writeInt(lists + count * 4, end)
  writeInt(c + LIST_COUNT, count)
}

/** Asks about what is near point number `first` and those after it that lie close by; returns the number of the next one. */
function askAround(c: Ptr, first: I): I {
  const points: Ptr = readInt(c + POINTS)
  const base: Ptr = readInt(c + BASE)
  const count = readInt(c + POINT_COUNT)
  openBox(base + readInt(points + first * 4) * 16)
  let next: I = first + 1
  while (next < count && widenBox(base + readInt(points + next * 4) * 16, TOGETHER)) next++
  askBox(c, LIST)
  return next
}

/** Copies list number `m` of before, with the numbers that its faces have now; returns where it ends, or −1 when it does not fit. */
function copyList(c: Ptr, m: I, first: I): I {
  const listsBefore: Ptr = readInt(c + LISTS_BEFORE)
  const listed: Ptr = readInt(c + LISTED)
  const fars: Ptr = readInt(c + FARS)
  const listedBefore: Ptr = readInt(c + LISTED_BEFORE)
  const farsBefore: Ptr = readInt(c + FARS_BEFORE)
  const cornersBefore: Ptr = readInt(c + CORNERS_BEFORE)
  const faceOf: Ptr = readInt(c + FACE_OF)
  const last = readInt(listsBefore + (m + 1) * 4)
  let end = first
  for (let e = readInt(listsBefore + m * 4); e < last; e++) {
    if (end === readInt(c + LIST_ROOM)) return -1
    const corner = readInt(cornersBefore + readInt(listedBefore + e * 4) * 4)
    writeInt(listed + end * 4, readInt(faceOf + corner * 4))
    writeSingle(fars + end * 4, readSingle(farsBefore + e * 4))
    end++
  }
  return end
}

/** Keeps the corners of faces for when lists are made next. */
function keepCorners(c: Ptr, faces: I): void {
  for (let f: I = 0; f < faces; f++)
    writeInt(readInt(c + CORNERS_BEFORE) + f * 4, readInt(readInt(c + CORNERS) + f * 4))
}

/** Sorts `count` faces sifted and measured into the list of a point, which begins at `first`; returns where it ends, or −1 when it does not fit. */
function makeList(c: Ptr, p: I, first: I, count: I): I {
  const sifted: Ptr = readInt(c + SIFTED)
  const listed: Ptr = readInt(c + LISTED)
  const fars: Ptr = readInt(c + FARS)
  const siftedFars: Ptr = readInt(c + SIFTED_FARS)
  const room = readInt(c + LIST_ROOM)
  let end = first
  for (let n: I = 0; n < count; n++) {
    const f = readInt(sifted + n * 4)
    const far = readSingle(siftedFars + n * 4)
    if (far > LIST || !mayTouch(c, p, f)) continue
    if (end === room) return -1
    let slot = end
    end++
    while (slot > first && readSingle(fars + (slot - 1) * 4) > far) {
      writeSingle(fars + slot * 4, readSingle(fars + (slot - 1) * 4))
      writeInt(listed + slot * 4, readInt(listed + (slot - 1) * 4))
      slot--
    }
    writeSingle(fars + slot * 4, far)
    writeInt(listed + slot * 4, f)
  }
  return end
}

/** Takes the faces of list `n` that may be nearer than `far` as sifted; returns how many. */
export function takeList(c: Ptr, n: I, far: D): I {
  const lists: Ptr = readInt(c + LISTS)
  const fars: Ptr = readInt(c + FARS)
  const listed: Ptr = readInt(c + LISTED)
  const sifted: Ptr = readInt(c + SIFTED)
  const end = readInt(lists + (n + 1) * 4)
  let count: I = 0
  for (let e = readInt(lists + n * 4); e < end && readSingle(fars + e * 4) <= far; e++) {
    writeInt(sifted + count * 4, readInt(listed + e * 4))
    count++
  }
  return count
}

/** Whether a point is not of the face itself, nor of the same sheet behind it; what never moves is a wall to that too. */
export function mayTouch(c: Ptr, p: I, f: I): boolean {
  const face: Ptr = readInt(c + TRIANGLES) + f * 12
  if (readInt(face) === p || readInt(face + 4) === p || readInt(face + 8) === p) return false
  return isHeld(c, face) || !liesBehind(c, p, face, SHEET)
}

/** Whether a face never moves and a point is of the tissue behind it: that must not come out through it. */
export function isWithin(c: Ptr, p: I, f: I): boolean {
  const face: Ptr = readInt(c + TRIANGLES) + f * 12
  return isHeld(c, face) && liesBehind(c, p, face, WITHIN)
}

/** Whether the corners of a face never move. */
// @inline
function isHeld(c: Ptr, face: Ptr): boolean {
  const weights: Ptr = readInt(c + POSITION) + 12
  return (
    readSingle(weights + readInt(face) * 16) === 0 &&
    readSingle(weights + readInt(face + 4) * 16) === 0 &&
    readSingle(weights + readInt(face + 8) * 16) === 0
  )
}

/** Whether a point lies behind a face at rest, no farther from its nearest corner than `far`. */
function liesBehind(c: Ptr, p: I, face: Ptr, far: D): boolean {
  const rest: Ptr = readInt(c + REST)
  const at: Ptr = rest + p * 16
  const i: Ptr = rest + readInt(face) * 16
  const j: Ptr = rest + readInt(face + 4) * 16
  const k: Ptr = rest + readInt(face + 8) * 16
  const x = readSingle(at)
  const y = readSingle(at + 4)
  const z = readSingle(at + 8)
  if (gap2(i, x, y, z) > far * far && gap2(j, x, y, z) > far * far && gap2(k, x, y, z) > far * far) return false
  lean(at, i, j, k)
  return !(lean2 > 1e-24) || (overhang < 0 && overhang * overhang >= BEHIND * BEHIND * lean2)
}
