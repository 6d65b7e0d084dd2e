/**
 * Lists of the faces around each point of the surface, nearest first (Verlet 1967, doi:10.1103/PhysRev.159.98); kernel
 * source, see `scalars.ts`. Distances are those at a base: where points were when they were last listed. They are made anew
 * when the surface has moved too far since; where it was parted, only around there.
 */
import {
  BALLS,
  BASE,
  CORNERS,
  CORNERS_BEFORE,
  DRIFT,
  EPOCH,
  FACE_OF,
  FARS,
  FARS_BEFORE,
  FOUND,
  FRESH,
  GREATEST,
  LIST_COUNT,
  LIST_ROOM,
  LISTED,
  LISTED_BEFORE,
  LISTS,
  LISTS_BEFORE,
  OUTER,
  PARTICLE_COUNT,
  PARTICLE_ROOM,
  POINT_COUNT,
  POINTS,
  POINTS_BEFORE,
  POSITION,
  REST,
  TOUCHED,
  TOUCHED_COUNT,
  TRIANGLES,
  VERSION,
} from './contacttable.ts'
import { basePoint, gap2, gatherFaces, layBase, layFaces } from './facegrid.ts'
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
import { distance2, height, measure } from './triangles.ts'

/** A point that lies behind a face at rest, nearer than this, is of the same sheet: they may not touch, m. */
const SHEET: D = 0.006
const BEHIND: D = 0.0003
/** Lists hold what is nearer than this, and are made anew when the surface has moved so far, m. */
export const LIST: D = 0.004
const MOST_DRIFT: D = 0.0008
/** Where it moves no further in a tick than this, lists are worth their making again, m. */
const CALM: D = 0.0002

/**
 * Brings lists up to date with a version of the surface; false when its cells are more than there is room for. Where the
 * surface moves too far from one tick to the next, lists would cost more than they save: there are none until it is calmer,
 * and points search in the grid.
 */
export function updateLists(c: Ptr, particles: I, faces: I, version: I): boolean {
  const touched = readInt(c + TOUCHED_COUNT)
  const parted = version !== readInt(c + VERSION)
  if (parted && touched >= 0) openBox(c, touched)
  measureDrift(c)
  const drift = readDouble(c + DRIFT)
  const bare = readInt(c + LIST_COUNT) === 0 && readInt(c + POINT_COUNT) > 0
  const restless = drift > MOST_DRIFT && readInt(c + FRESH) !== 0
  const all = (parted && touched < 0) || drift > MOST_DRIFT || (bare && drift < CALM)
  writeInt(c + FRESH, all ? 1 : 0)
  if (!parted && !all) return true
  exchange(c, POINTS, POINTS_BEFORE)
  exchange(c, LISTS, LISTS_BEFORE)
  exchange(c, LISTED, LISTED_BEFORE)
  exchange(c, FARS, FARS_BEFORE)
  const before = readInt(c + LIST_COUNT)
  const greatest = readDouble(c + GREATEST)
  if (all) layBase(c, particles)
  markOuter(c, particles, faces)
  if (layFaces(c, faces) === 0) return false
  // What has a corner in the box reaches no further out of it than across a face; a copy lies where its original drifted.
  widenBox(LIST + MOST_DRIFT + 2 * Math.max(greatest, readDouble(c + GREATEST)))
  if (restless || (bare && !all)) writeInt(c + LIST_COUNT, 0)
  else makeLists(c, all ? 0 : before)
  keepCorners(c, faces)
  writeInt(c + VERSION, version)
  writeInt(c + EPOCH, readInt(c + EPOCH) + 1)
  writeInt(c + PARTICLE_COUNT, particles)
  writeInt(c + TOUCHED_COUNT, 0)
  if (all) writeDouble(c + DRIFT, 0)
  return true
}

function exchange(c: Ptr, one: I, other: I): void {
  const kept = readInt(c + one)
  writeInt(c + one, readInt(c + other))
  writeInt(c + other, kept)
}

/** Box around what was touched, then and now. */
let lowX: D = 0
let lowY: D = 0
let lowZ: D = 0
let topX: D = 0
let topY: D = 0
let topZ: D = 0

/** Finds the box around the particles touched, which get a new base. */
function openBox(c: Ptr, touched: I): void {
  const position: Ptr = readInt(c + POSITION)
  const base: Ptr = readInt(c + BASE)
  const known = readInt(c + PARTICLE_COUNT)
  lowX = Infinity
  lowY = Infinity
  lowZ = Infinity
  topX = -Infinity
  topY = -Infinity
  topZ = -Infinity
  for (let n: I = 0; n < touched; n++) {
    const p = readInt(readInt(c + TOUCHED) + n * 4)
    if (p < known) include(base + p * 16)
    include(position + p * 16)
    basePoint(c, p)
  }
}

function include(at: Ptr): void {
  lowX = Math.min(lowX, readSingle(at))
  lowY = Math.min(lowY, readSingle(at + 4))
  lowZ = Math.min(lowZ, readSingle(at + 8))
  topX = Math.max(topX, readSingle(at))
  topY = Math.max(topY, readSingle(at + 4))
  topZ = Math.max(topZ, readSingle(at + 8))
}

function widenBox(by: D): void {
  lowX -= by
  lowY -= by
  lowZ -= by
  topX += by
  topY += by
  topZ += by
}

function isInBox(at: Ptr): boolean {
  const x = readSingle(at)
  const y = readSingle(at + 4)
  const z = readSingle(at + 8)
  return x >= lowX && x <= topX && y >= lowY && y <= topY && z >= lowZ && z <= topZ
}

/** How far the surface has moved since the grid was laid. */
function measureDrift(c: Ptr): void {
  const position: Ptr = readInt(c + POSITION)
  const base: Ptr = readInt(c + BASE)
  const points: Ptr = readInt(c + POINTS)
  const count = readInt(c + POINT_COUNT)
  let most: D = 0
  for (let n: I = 0; n < count; n++) {
    const at = readInt(points + n * 4) * 16
    const now: Ptr = position + at
    most = Math.max(most, gap2(base + at, readSingle(now), readSingle(now + 4), readSingle(now + 8)))
  }
  writeDouble(c + DRIFT, Math.sqrt(most))
}

/** Lists the particles on free faces in order, and finds faces by their corners. */
function markOuter(c: Ptr, particles: I, faces: I): void {
  const outer: Ptr = readInt(c + OUTER)
  const triangles: Ptr = readInt(c + TRIANGLES)
  const points: Ptr = readInt(c + POINTS)
  const room = readInt(c + PARTICLE_ROOM)
  for (let p: I = 0; p < room; p++) writeByte(outer + p, 0)
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
 * Lists the faces around each point; those for which there is no room any more search in the grid each tick. Of the points
 * listed before, of which there were `before`, those out of the box keep their lists.
 */
function makeLists(c: Ptr, before: I): void {
  const points: Ptr = readInt(c + POINTS)
  const pointsBefore: Ptr = readInt(c + POINTS_BEFORE)
  const lists: Ptr = readInt(c + LISTS)
  const base: Ptr = readInt(c + BASE)
  const count = readInt(c + POINT_COUNT)
  let end: I = 0
  let m: I = 0
  for (let n: I = 0; n < count; n++) {
    writeInt(lists + n * 4, end)
    const p = readInt(points + n * 4)
    const at: Ptr = base + p * 16
    while (m < before && readInt(pointsBefore + m * 4) < p) m++
    if (m < before && readInt(pointsBefore + m * 4) === p && !isInBox(at)) end = copyList(c, m, end)
    else end = makeList(c, p, end, gatherFaces(c, readSingle(at), readSingle(at + 4), readSingle(at + 8), LIST))
    if (end < 0) {
      writeInt(c + LIST_COUNT, n)
      return
    }
  }
  writeInt(lists + count * 4, end)
  writeInt(c + LIST_COUNT, count)
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

/** Sorts the faces found into the list of a point, which begins at `first`; returns where it ends, or −1 when it does not fit. */
function makeList(c: Ptr, p: I, first: I, count: I): I {
  const found: Ptr = readInt(c + FOUND)
  const listed: Ptr = readInt(c + LISTED)
  const fars: Ptr = readInt(c + FARS)
  const balls: Ptr = readInt(c + BALLS)
  const base: Ptr = readInt(c + BASE)
  const triangles: Ptr = readInt(c + TRIANGLES)
  const room = readInt(c + LIST_ROOM)
  const at: Ptr = base + p * 16
  let end = first
  for (let n: I = 0; n < count; n++) {
    const f = readInt(found + n * 4)
    const ball: Ptr = balls + f * 16
    const near = LIST + readSingle(ball + 12)
    if (gap2(at, readSingle(ball), readSingle(ball + 4), readSingle(ball + 8)) > near * near) continue
    const face: Ptr = triangles + f * 12
    const i = readInt(face)
    const j = readInt(face + 4)
    const k = readInt(face + 8)
    if (i === p || j === p || k === p) continue
    const far = Math.sqrt(distance2(at, base + i * 16, base + j * 16, base + k * 16))
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

/** Whether a point is not of the face itself, nor of the same sheet behind it. */
export function mayTouch(c: Ptr, p: I, f: I): boolean {
  const face: Ptr = readInt(c + TRIANGLES) + f * 12
  const i = readInt(face)
  const j = readInt(face + 4)
  const k = readInt(face + 8)
  if (i === p || j === p || k === p) return false
  const rest: Ptr = readInt(c + REST)
  const at: Ptr = rest + p * 16
  const corner: Ptr = rest + i * 16
  if (gap2(corner, readSingle(at), readSingle(at + 4), readSingle(at + 8)) > SHEET * SHEET) return true
  return measure(at, corner, rest + j * 16, rest + k * 16) && height > -BEHIND
}
