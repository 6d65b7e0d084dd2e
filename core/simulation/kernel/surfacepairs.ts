/**
 * Points that may come through free faces: tissue against tissue, and threads on it; kernel source, see `scalars.ts`.
 *
 * Each point on the surface has a list of the faces around it, nearest first (`facelists.ts`). How far they are can only
 * have changed by what point and faces moved since, so of a list only the beginning is looked at. What is chosen depends
 * on where everything is now, never on when lists were made: they are no state.
 */
import {
  BASE,
  DRIFT,
  FASTEST,
  LIST_COUNT,
  OUTER,
  OWNER,
  PAIR_ROOM,
  PAIRS,
  POSITION,
  RANK_FACES,
  RANK_HEIGHTS,
  SIFTED,
  THREAD_BASE,
  THREAD_FACES,
  THREAD_FARS,
  THREAD_LISTED,
  THREAD_NEAREST,
  THREAD_ROOM,
  TRIANGLES,
  VELOCITY,
} from './contacttable.ts'
import { gap2 } from './faceballs.ts'
import { LIST } from './facedrift.ts'
import { askHeights, siftHeights } from './faceheights.ts'
import { isWithin, mayTouch, takeList, updateLists } from './facelists.ts'
import { ask, gatherFaces, siftFaces } from './facesearch.ts'
import { look, lookX, lookY, lookZ } from './ownfaces.ts'
import {
  type D,
  type I,
  type Ptr,
  readByte,
  readDouble,
  readInt,
  readSingle,
  writeDouble,
  writeInt,
} from './scalars.ts'
import { listSlack, makeThreadList, THREAD_LIST } from './threadlists.ts'
import { gap2To } from './triangles.ts'

/** The first particles are never moved. */
const FIRST: I = 4
/** Owner of threads' particles. */
export const THREAD: I = 3
/** A point this far behind a face has come through it; deeper ones belong elsewhere, m. */
export const DEEPEST: D = 0.002
export const DEEPEST_THREAD: D = 0.006
/** How much nearer a point and a face may come in a tick by themselves, m, beyond the point's own speed. */
const REACH: D = 0.001
/** A face that looks the way that a point does is not the one that it meets: square of the cosine between them. */
const ALIKE: D = 0.1
/** Faces that a point lies this much deeper behind than behind the nearest one are beside its way out, m. */
const BESIDE: D = 0.0002
/** Points that are faster are looked after by what they meet, m. */
const FARTHEST: D = 0.005
/** A point is checked against the faces whose planes are nearest to it; more than these it cannot meet in a tick. */
const MOST_FACES: I = 12
/** Vertices of threads that go further in a tick need no list, m: it would not last. */
const MOST_STEP: D = 0.001
/** A thread's vertex that lies higher over the nearest face does not come into a groove in a tick, m. */
const GROOVE: D = 0.0003
/** Faces of a thread's list that are looked at together. */
const AT_ONCE: I = 8
/** What rounding may take from a distance, m. */
const SLACK: D = 1e-6

/**
 * Lists points and faces that may meet in this tick; returns how many, or −1 when they are more than there is room for.
 * @param version of the surface @param tickS length of a tick, s
 */
export function findSurfacePairs(c: Ptr, particles: I, faces: I, version: I, tickS: D): I {
  updateLists(c, particles, faces, version)
  return choosePairs(c, particles, tickS)
}

/** How many faces are ranked for the present point; of the nearest of all the number, the square of the distance, and the height. */
let ranked: I = 0
let nearest: I = -1
let least2: D = 0
let leastHeight: D = 0

/** Chooses the pairs of this tick. */
function choosePairs(c: Ptr, particles: I, tickS: D): I {
  const position: Ptr = readInt(c + POSITION)
  const velocity: Ptr = readInt(c + VELOCITY)
  const base: Ptr = readInt(c + BASE)
  const outer: Ptr = readInt(c + OUTER)
  const owner: Ptr = readInt(c + OWNER)
  const listCount = readInt(c + LIST_COUNT)
  const nearestFaces: Ptr = readInt(c + THREAD_NEAREST)
  const drift = readDouble(c + DRIFT)
  let count: I = 0
  let next: I = 0
  let vertex: I = -1
  let fastest: D = 0
  for (let p: I = FIRST; p < particles; p++) {
    const thread = readByte(owner + p) === THREAD
    if (thread) {
      vertex++
      writeInt(nearestFaces + vertex * 4, -1)
    }
    const n = next
    if (readByte(outer + p) !== 0) next++
    else if (!thread) continue
    const at: Ptr = position + p * 16
    if (readSingle(at + 12) === 0) continue
    const x = readSingle(at)
    const y = readSingle(at + 4)
    const z = readSingle(at + 8)
    const speed = Math.sqrt(gap2(velocity + p * 16, 0, 0, 0))
    if (!thread && speed > fastest) fastest = speed
    const reach = Math.min(FARTHEST, REACH + speed * tickS)
    const deepest = thread ? DEEPEST_THREAD : DEEPEST
    const most = Math.max(reach, deepest)
    const far = Math.sqrt(reach * reach + most * most) + SLACK
    if (thread) {
      rankThread(c, p, vertex, x, y, z, speed * tickS, far)
      writeInt(nearestFaces + vertex * 4, nearest)
    } else {
      const allowed = far + Math.sqrt(gap2(base + p * 16, x, y, z)) + drift
      ask(c, x, y, z, far + drift)
      if (n < listCount && allowed <= LIST) rankSifted(c, p, takeList(c, n, allowed), reach, DEEPEST, true)
      else rankSifted(c, p, siftFaces(c, gatherFaces(c)), reach, DEEPEST, false)
    }
    // What lies before the nearest face is outside, and what lies behind it goes back through it, not through the other
    // side of a thin wall, however fast a thread is.
    count = enterPairs(c, p, count, Math.min(0, leastHeight) - (thread ? REACH : BESIDE))
    if (count < 0) return -1
    if (!thread || nearest < 0 || leastHeight > GROOVE || ranked === 0) continue
    if (count === readInt(c + PAIR_ROOM)) return -1
    enter(c, count, p, ~nearest)
    count++
  }
  writeDouble(c + FASTEST, fastest)
  return count
}

/** Ranks `count` faces sifted for the point asked about. @param known whether these may touch it */
function rankSifted(c: Ptr, p: I, count: I, reach: D, deepest: D, known: boolean): void {
  ranked = 0
  nearest = -1
  least2 = Infinity
  if (count === 0) return
  askHeights(c, deepest === DEEPEST_THREAD ? deepest : reach, deepest, reach)
  const left = siftHeights(c, count)
  if (left > 0 && deepest === DEEPEST) look(c, p)
  for (let e: I = 0; e < left; e++) {
    const f = readInt(readInt(c + SIFTED) + e * 4)
    if (known || mayTouch(c, p, f)) rank(c, p, f, reach, deepest)
  }
}

/**
 * Ranks the faces around a thread's vertex from its list, which is made anew where it does not tell, or by a search
 * where no list would. @param step how far the vertex goes in a tick, m
 */
function rankThread(c: Ptr, p: I, n: I, x: D, y: D, z: D, step: D, far: D): void {
  const reach = Math.min(FARTHEST, REACH + step)
  if (n < readInt(c + THREAD_ROOM)) {
    if (rankListed(c, p, n, x, y, z, reach, far)) return
    if (step < MOST_STEP) {
      makeThreadList(c, p, n)
      if (rankListed(c, p, n, x, y, z, reach, far)) return
    }
  }
  ask(c, x, y, z, far + readDouble(c + DRIFT))
  rankSifted(c, p, siftFaces(c, gatherFaces(c)), reach, DEEPEST_THREAD, true)
}

/** Ranks faces from a list of a thread, as far as they may matter; false when it does not reach so far. */
function rankListed(c: Ptr, p: I, n: I, x: D, y: D, z: D, reach: D, far: D): boolean {
  const faces: Ptr = readInt(c + THREAD_FACES) + n * THREAD_LIST * 4
  const fars: Ptr = readInt(c + THREAD_FARS) + n * THREAD_LIST * 4
  const count = readInt(readInt(c + THREAD_LISTED) + n * 4)
  const whole = readSingle(readInt(c + THREAD_BASE) + n * 16 + 12)
  const slack = listSlack(c, n, x, y, z)
  const sifted: Ptr = readInt(c + SIFTED)
  ranked = 0
  nearest = -1
  least2 = Infinity
  ask(c, x, y, z, far)
  askHeights(c, DEEPEST_THREAD, DEEPEST_THREAD, reach)
  let bound = far
  let e: I = 0
  while (e < count && readSingle(fars + e * 4) <= bound + slack) {
    let some: I = 0
    for (; some < AT_ONCE && e < count && readSingle(fars + e * 4) <= bound + slack; e++) {
      writeInt(sifted + some * 4, readInt(faces + e * 4))
      some++
    }
    const left = siftHeights(c, some)
    for (let n: I = 0; n < left; n++) rank(c, p, readInt(sifted + n * 4), reach, DEEPEST_THREAD)
    // What is deeper behind than the nearest face is not entered.
    const deep = Math.sqrt(least2) + reach
    bound = Math.min(far, Math.sqrt(deep * deep + reach * reach) + SLACK)
  }
  return bound + slack <= whole
}

/**
 * Ranks a face for a point if the point lies over it, give or take `reach`, no higher than that, and no deeper behind it
 * than `deepest`; notes the nearest. Among those as near, the lower number comes first: the order in which they are met does not matter.
 */
function rank(c: Ptr, p: I, f: I, reach: D, deepest: D): void {
  const position: Ptr = readInt(c + POSITION)
  const face: Ptr = readInt(c + TRIANGLES) + f * 12
  const at: Ptr = position + p * 16
  const i: Ptr = position + readInt(face) * 16
  const j: Ptr = position + readInt(face + 4) * 16
  const k: Ptr = position + readInt(face + 8) * 16
  const ax = readSingle(i)
  const ay = readSingle(i + 4)
  const az = readSingle(i + 8)
  const ux = readSingle(j) - ax
  const uy = readSingle(j + 4) - ay
  const uz = readSingle(j + 8) - az
  const vx = readSingle(k) - ax
  const vy = readSingle(k + 4) - ay
  const vz = readSingle(k + 8) - az
  const x = readSingle(at) - ax
  const y = readSingle(at + 4) - ay
  const z = readSingle(at + 8) - az
  const nx = uy * vz - uz * vy
  const ny = uz * vx - ux * vz
  const nz = ux * vy - uy * vx
  const size = Math.sqrt(nx * nx + ny * ny + nz * nz)
  if (!(size > 1e-12)) return
  const within = deepest === DEEPEST && isWithin(c, p, f)
  if (deepest === DEEPEST && !within) {
    const along = nx * lookX + ny * lookY + nz * lookZ
    if (along > 0 && along * along > ALIKE * size * size * (lookX * lookX + lookY * lookY + lookZ * lookZ)) return
  }
  let over = x * (nx / size) + y * (ny / size) + z * (nz / size)
  // A thread in a hollow is before the wall around it, however near the wall's other side is behind.
  if (over > (deepest === DEEPEST_THREAD ? deepest : reach) || over < -deepest) return
  const d2 = gap2To(ux, uy, uz, vx, vy, vz, x, y, z)
  if (d2 - over * over > reach * reach) return
  let number: I = f
  if (within) {
    // To what is within, the face looks the other way.
    if (over < -reach) return
    over = -over
    number = ~f
  } else if (d2 < least2 || (d2 === least2 && (over > leastHeight || (over === leastHeight && f < nearest)))) {
    least2 = d2
    leastHeight = over
    nearest = f
  }
  if (over > reach) return
  const far = Math.abs(over)
  const heights: Ptr = c + RANK_HEIGHTS
  const faces: Ptr = c + RANK_FACES
  let slot = ranked
  while (slot > 0) {
    const before = Math.abs(readDouble(heights + (slot - 1) * 8))
    if (before < far || (before === far && readInt(faces + (slot - 1) * 4) < number)) break
    slot--
  }
  if (slot === MOST_FACES) return
  if (ranked < MOST_FACES) ranked++
  for (let n = ranked - 1; n > slot; n--) {
    writeDouble(heights + n * 8, readDouble(heights + (n - 1) * 8))
    writeInt(faces + n * 4, readInt(faces + (n - 1) * 4))
  }
  writeDouble(heights + slot * 8, over)
  writeInt(faces + slot * 4, number)
}

/** Enters a point with the faces ranked for it, but for those before it that it lies deeper behind than `lowest`; −1 when they do not fit. */
function enterPairs(c: Ptr, p: I, first: I, lowest: D): I {
  const room = readInt(c + PAIR_ROOM)
  let count = first
  for (let n: I = 0; n < ranked; n++) {
    const f = readInt(c + RANK_FACES + n * 4)
    if (f >= 0 && readDouble(c + RANK_HEIGHTS + n * 8) < lowest) continue
    if (count === room) return -1
    enter(c, count, p, f)
    count++
  }
  return count
}

// @inline
function enter(c: Ptr, n: I, p: I, f: I): void {
  const pair: Ptr = readInt(c + PAIRS) + n * 8
  writeInt(pair, p)
  writeInt(pair + 4, f)
}
