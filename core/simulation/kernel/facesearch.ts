/**
 * The free faces near a place: those around several points are gathered out of the balls around faces (`faceballs.ts`), and
 * those of each point sifted out of them; kernel source, see `lanes.ts` and `scalars.ts`. Single precision takes some
 * more than asked for, never less.
 */
import {
  ASKED,
  BALLS,
  CLUSTERS,
  FACE_COUNT,
  FACE_ROOM,
  FOUND,
  FOUND_BALLS,
  GROUPS,
  LANE_TABLE,
  SIFTED,
} from './contacttable.ts'
import { GROUP, NOWHERE } from './faceballs.ts'
import {
  add,
  append,
  appendWords,
  every,
  type F,
  fetch,
  gather,
  gatherOne,
  gatherRun,
  gotW,
  gotX,
  gotY,
  gotZ,
  keep,
  LANES,
  mul,
  row,
  setLane,
  sub,
  type V,
  wOf,
  xOf,
  yOf,
  zOf,
} from './lanes.ts'
import { type D, type I, type Ptr, readInt, readSingle, writeInt, writeSingle } from './scalars.ts'

/** What rounding may take from a distance, m. */
const SLACK: F = 2e-6

/** Asks about what is nearer to (x, y, z) than `reach`. */
export function ask(c: Ptr, x: D, y: D, z: D, reach: D): void {
  writeSingle(c + ASKED, x)
  writeSingle(c + ASKED + 4, y)
  writeSingle(c + ASKED + 8, z)
  writeSingle(c + ASKED + 12, reach)
}

/** A box around places. */
let lowX: D = 0
let lowY: D = 0
let lowZ: D = 0
let topX: D = 0
let topY: D = 0
let topZ: D = 0

/** Opens a box at the place at `at`. */
export function openBox(at: Ptr): void {
  lowX = readSingle(at)
  lowY = readSingle(at + 4)
  lowZ = readSingle(at + 8)
  topX = lowX
  topY = lowY
  topZ = lowZ
}

/** Takes the place at `at` into the box, if no edge of it is then longer than `most`; tells whether it did. */
export function widenBox(at: Ptr, most: D): boolean {
  const x = readSingle(at)
  const y = readSingle(at + 4)
  const z = readSingle(at + 8)
  const x0 = Math.min(lowX, x)
  const y0 = Math.min(lowY, y)
  const z0 = Math.min(lowZ, z)
  const x1 = Math.max(topX, x)
  const y1 = Math.max(topY, y)
  const z1 = Math.max(topZ, z)
  if (x1 - x0 > most || y1 - y0 > most || z1 - z0 > most) return false
  lowX = x0
  lowY = y0
  lowZ = z0
  topX = x1
  topY = y1
  topZ = z1
  return true
}

/** Asks about what is nearer to the box than `reach`, and some more. */
export function askBox(c: Ptr, reach: D): void {
  const x = (topX - lowX) / 2
  const y = (topY - lowY) / 2
  const z = (topZ - lowZ) / 2
  ask(c, lowX + x, lowY + y, lowZ + z, reach + Math.sqrt(x * x + y * y + z * z))
}

/** Above zero where a ball comes nearer to a place than `reach`. */
// @inline
function comesNear(ballX: V, ballY: V, ballZ: V, radius: V, x: V, y: V, z: V, reach: V): V {
  const dx = sub(ballX, x)
  const dy = sub(ballY, y)
  const dz = sub(ballZ, z)
  const near = add(radius, reach)
  return sub(mul(near, near), add(add(mul(dx, dx), mul(dy, dy)), mul(dz, dz)))
}

/** Gathers the faces whose balls are near what was asked about, in order of number, for {@link siftFaces}. Gives how many. */
export function gatherFaces(c: Ptr): I {
  const found: Ptr = readInt(c + FOUND)
  const sifted: Ptr = readInt(c + SIFTED)
  const groups: I = (readInt(c + FACE_COUNT) + GROUP - 1) >> 3
  // Clusters stand in `found` until its faces do, their groups in `sifted`.
  writeInt(found, 0)
  const clusters = expand(c, readInt(c + CLUSTERS), found, 1, (groups + GROUP - 1) >> 3, found)
  const those = expand(c, readInt(c + GROUPS), found, clusters, GROUP, sifted)
  const count = expand(c, readInt(c + BALLS), sifted, those, GROUP, found)
  layRows(c, count)
  return count
}

/**
 * Of the balls that each of `count` outer ones in `outer` is around, `those` of them, lists at `to` which are near what was
 * asked about; returns how many.
 */
function expand(c: Ptr, balls: Ptr, outer: Ptr, count: I, those: I, to: Ptr): I {
  const table: Ptr = readInt(c + LANE_TABLE)
  gatherOne(c + ASKED)
  const x = gotX
  const y = gotY
  const z = gotZ
  const reach = add(gotW, every(SLACK))
  let hits: I = 0
  for (let q: I = 0; q < count; q++) {
    const first: I = readInt(outer + q * 4) * GROUP
    for (let n: I = first; n < first + those; n += 4) {
      for (let l = 0; l < LANES; l++) {
        setLane(l)
        gatherRun(balls + n * 16)
        hits += append(to + hits * 4, n, first + those, comesNear(gotX, gotY, gotZ, gotW, x, y, z, reach), table)
      }
    }
  }
  return hits
}

/** Lays the balls of the faces found as rows of x, y, z and radius; what fills up the last four is near nothing. */
export function layRows(c: Ptr, count: I): void {
  const found: Ptr = readInt(c + FOUND)
  const balls: Ptr = readInt(c + BALLS)
  const rows: Ptr = readInt(c + FOUND_BALLS)
  const stride: I = readInt(c + FACE_ROOM) * 4
  for (let n: I = count; (n & 3) !== 0; n++) writeInt(found + n * 4, readInt(found))
  for (let n: I = 0; n < count; n += 4) {
    const at: Ptr = found + n * 4
    const to: Ptr = rows + n * 4
    for (let l = 0; l < LANES; l++) {
      setLane(l)
      const i = fetch(at, 0, balls)
      const j = fetch(at, 1, balls)
      const k = fetch(at, 2, balls)
      const m = fetch(at, 3, balls)
      keep(to, xOf(i, j, k, m))
      keep(to + stride, yOf(i, j, k, m))
      keep(to + stride * 2, zOf(i, j, k, m))
      keep(to + stride * 3, wOf(i, j, k, m))
    }
  }
  for (let n: I = count; (n & 3) !== 0; n++) writeSingle(rows + n * 4, NOWHERE)
}

/** Lists at SIFTED those of the `count` faces gathered that are near what was asked about; returns how many. */
export function siftFaces(c: Ptr, count: I): I {
  const table: Ptr = readInt(c + LANE_TABLE)
  const found: Ptr = readInt(c + FOUND)
  const sifted: Ptr = readInt(c + SIFTED)
  const rows: Ptr = readInt(c + FOUND_BALLS)
  const stride: I = readInt(c + FACE_ROOM) * 4
  gatherOne(c + ASKED)
  const x = gotX
  const y = gotY
  const z = gotZ
  const reach = add(gotW, every(SLACK))
  let hits: I = 0
  for (let n: I = 0; n < count; n += 4) {
    const at: Ptr = rows + n * 4
    for (let l = 0; l < LANES; l++) {
      setLane(l)
      const test = comesNear(row(at), row(at + stride), row(at + stride * 2), row(at + stride * 3), x, y, z, reach)
      hits += appendWords(sifted + hits * 4, found + n * 4, test, table)
    }
  }
  return hits
}

/** Leaves those of `count` faces at SIFTED, each there once, that are near what was asked about; returns how many. */
export function siftAgain(c: Ptr, count: I): I {
  const table: Ptr = readInt(c + LANE_TABLE)
  const sifted: Ptr = readInt(c + SIFTED)
  const balls: Ptr = readInt(c + BALLS)
  const last = count > 0 ? readInt(sifted + (count - 1) * 4) : -1
  for (let n: I = count; (n & 3) !== 0; n++) writeInt(sifted + n * 4, last)
  gatherOne(c + ASKED)
  const x = gotX
  const y = gotY
  const z = gotZ
  const reach = add(gotW, every(SLACK))
  let hits: I = 0
  for (let n: I = 0; n < count; n += 4) {
    const at: Ptr = sifted + n * 4
    for (let l = 0; l < LANES; l++) {
      setLane(l)
      gather(at, balls)
      hits += appendWords(sifted + hits * 4, at, comesNear(gotX, gotY, gotZ, gotW, x, y, z, reach), table)
    }
  }
  // What filled up the last four is the last once more.
  while (hits > 1 && readInt(sifted + (hits - 1) * 4) === readInt(sifted + (hits - 2) * 4)) hits--
  return hits
}
