/**
 * What of the surface moved or was parted since lists of faces were made: only around there they are made anew; kernel
 * source, see `scalars.ts`.
 */
import {
  BASE,
  DRIFT,
  MARKS,
  PARTICLE_COUNT,
  PARTICLE_ROOM,
  POINT_COUNT,
  POINTS,
  POSITION,
  QUERY,
  SEEN,
  SPANS,
  TOUCHED,
  TOUCHED_COUNT,
} from './contacttable.ts'
import { basePoint, gap2 } from './faceballs.ts'
import { clearMarks, markAround } from './facemarks.ts'
import { type D, type I, type Ptr, readInt, readSingle, writeDouble, writeInt } from './scalars.ts'

/** Lists hold what is nearer than this, m. */
export const LIST: D = 0.004
/** Points that moved further than this get a new base, and those that moved half as far with them, m. */
export const MOST_DRIFT: D = 0.0008
/** Where more than one of so many points would, all do. */
const MOST_MOVED: I = 3

/** How far the surface has moved since balls were laid. */
export function measureDrift(c: Ptr): void {
  const position: Ptr = readInt(c + POSITION)
  const base: Ptr = readInt(c + BASE)
  const points: Ptr = readInt(c + POINTS)
  const count = readInt(c + POINT_COUNT)
  let most: D = 0
  for (let n: I = 0; n < count; n++) {
    const at = readInt(points + n * 4) * 16
    const now: Ptr = position + at
    const way2 = gap2(base + at, readSingle(now), readSingle(now + 4), readSingle(now + 8))
    if (way2 > most) most = way2
  }
  writeDouble(c + DRIFT, Math.sqrt(most))
}

/** Notes the points that moved as touched; false where they are too many. */
export function touchMoved(c: Ptr): boolean {
  const position: Ptr = readInt(c + POSITION)
  const base: Ptr = readInt(c + BASE)
  const points: Ptr = readInt(c + POINTS)
  const touched: Ptr = readInt(c + TOUCHED)
  const count = readInt(c + POINT_COUNT)
  let end = readInt(c + TOUCHED_COUNT)
  let moved: I = 0
  for (let n: I = 0; n < count; n++) {
    const p = readInt(points + n * 4)
    const now: Ptr = position + p * 16
    if (gap2(base + p * 16, readSingle(now), readSingle(now + 4), readSingle(now + 8)) * 4 < MOST_DRIFT * MOST_DRIFT)
      continue
    moved++
    if (moved * MOST_MOVED > count || end === readInt(c + PARTICLE_ROOM)) return false
    writeInt(touched + end * 4, p)
    end++
  }
  writeInt(c + TOUCHED_COUNT, end)
  return true
}

/** Marks where lists may name faces of particles touched, and gives these a new base; each once. */
export function rebaseTouched(c: Ptr): void {
  const touched: Ptr = readInt(c + TOUCHED)
  const base: Ptr = readInt(c + BASE)
  const seen: Ptr = readInt(c + SEEN)
  const known = readInt(c + PARTICLE_COUNT)
  const query = readInt(c + QUERY) + 1
  writeInt(c + QUERY, query)
  clearMarks(readInt(c + MARKS))
  const count = readInt(c + TOUCHED_COUNT)
  let end: I = 0
  for (let n: I = 0; n < count; n++) {
    const p = readInt(touched + n * 4)
    if (readInt(seen + p * 4) === query) continue
    writeInt(seen + p * 4, query)
    writeInt(touched + end * 4, p)
    end++
    if (p < known) markFrom(c, base + p * 16, p)
    basePoint(c, p)
  }
  writeInt(c + TOUCHED_COUNT, end)
}

/** Marks where lists are to name faces of particles touched. */
export function markTouched(c: Ptr): void {
  const touched: Ptr = readInt(c + TOUCHED)
  const base: Ptr = readInt(c + BASE)
  const count = readInt(c + TOUCHED_COUNT)
  for (let n: I = 0; n < count; n++) {
    const p = readInt(touched + n * 4)
    markFrom(c, base + p * 16, p)
  }
}

/** Marks where points list the faces of a particle at a place; a copy of a point lies where its original drifted. */
function markFrom(c: Ptr, at: Ptr, p: I): void {
  markAround(readInt(c + MARKS), at, LIST + MOST_DRIFT + Math.sqrt(readSingle(readInt(c + SPANS) + p * 4)))
}
