/**
 * Lists of the faces around capsules at the base of the surface, which last until capsule and surface have moved too far;
 * kernel source, see `scalars.ts`.
 */
import {
  BALLS,
  BASE,
  DRIFT,
  EPOCH,
  GROUPS,
  NEAR_CAPSULES,
  NEAR_ENDS,
  NEAR_EPOCH,
  NEAR_FACES,
  NEAR_FARS,
  NEAR_REACH,
  NEAR_STARTS,
  ROWS,
  TOOL_PAIR_ROOM,
  TRIANGLES,
} from './contacttable.ts'
import { GROUP } from './faceballs.ts'
import { type D, type I, type Ptr, readDouble, readInt, readSingle, writeDouble, writeInt } from './scalars.ts'
import { closest, gapSquare } from './segmenttriangle.ts'

/** Bytes of a capsule, and where in it are the ends that the hand wants, the radius, and the number of its tool. */
export const CAPSULE_BYTES: I = 176
export const LAST: I = 96
export const RADIUS: I = 144
export const TOOL: I = 152
/** Bytes of both ends of a capsule. */
export const ENDS: I = 48
/** So much further faces are listed, lest they be at every tick, m. */
const SPARE: D = 0.003
/** What rounding may take from a distance, m. */
export const SLACK: D = 1e-7

/** Whether the faces listed around capsules hold all that they may meet. */
export function areNearKnown(c: Ptr, capsules: I, comes: D): boolean {
  if (readInt(c + NEAR_EPOCH) !== readInt(c + EPOCH) || readInt(c + NEAR_CAPSULES) !== capsules) return false
  const drift = readDouble(c + DRIFT) + SLACK
  for (let n: I = 0; n < capsules; n++) {
    const row: Ptr = readInt(c + ROWS) + n * CAPSULE_BYTES
    const reach = reachOf(row, comes) + drift + sweep(readInt(c + NEAR_ENDS) + n * ENDS, row)
    if (reach > readDouble(readInt(c + NEAR_REACH) + n * 8)) return false
  }
  return true
}

/** Lists the faces around capsules, by where these are now and faces at their base; false when they do not fit. */
export function listNear(c: Ptr, faces: I, capsules: I, comes: D): boolean {
  const groups: Ptr = readInt(c + GROUPS)
  const balls: Ptr = readInt(c + BALLS)
  const base: Ptr = readInt(c + BASE)
  let count: I = 0
  for (let n: I = 0; n < capsules; n++) {
    const row: Ptr = readInt(c + ROWS) + n * CAPSULE_BYTES
    const reach = reachOf(row, comes) + readDouble(c + DRIFT) + SPARE
    writeInt(readInt(c + NEAR_STARTS) + n * 4, count)
    writeDouble(readInt(c + NEAR_REACH) + n * 8, reach)
    copyEnds(row, readInt(c + NEAR_ENDS) + n * ENDS)
    openAxis(row)
    for (let g: I = 0; g * GROUP < faces; g++) {
      if (!isNear(groups + g * 16, reach)) continue
      const end: I = g * GROUP + GROUP < faces ? g * GROUP + GROUP : faces
      for (let f: I = g * GROUP; f < end; f++) {
        if (!isNear(balls + f * 16, reach)) continue
        measure(c, base, row, f)
        const far = Math.sqrt(gapSquare)
        if (far > reach) continue
        if (count === readInt(c + TOOL_PAIR_ROOM)) return false
        writeInt(readInt(c + NEAR_FACES) + count * 4, f)
        writeDouble(readInt(c + NEAR_FARS) + count * 8, far)
        count++
      }
    }
  }
  writeInt(readInt(c + NEAR_STARTS) + capsules * 4, count)
  writeInt(c + NEAR_EPOCH, readInt(c + EPOCH))
  writeInt(c + NEAR_CAPSULES, capsules)
  return true
}

export function copyEnds(row: Ptr, to: Ptr): void {
  for (let e: I = 0; e < ENDS; e += 8) writeDouble(to + e, readDouble(row + e))
}

/** How far from its axis a capsule may meet a face in this tick, when that comes nearer by `comes`; m. */
export function reachOf(row: Ptr, comes: D): D {
  return readDouble(row + RADIUS) + comes + sweep(row, row + LAST)
}

/** The longer way of both ends of a capsule to other ones, m. */
export function sweep(from: Ptr, to: Ptr): D {
  let most: D = 0
  for (let e: I = 0; e < ENDS; e += 24) {
    const x = readDouble(to + e) - readDouble(from + e)
    const y = readDouble(to + e + 8) - readDouble(from + e + 8)
    const z = readDouble(to + e + 16) - readDouble(from + e + 16)
    most = Math.max(most, x * x + y * y + z * z)
  }
  return Math.sqrt(most)
}

/** First end and way to the other one of the axis that is asked about, and 1 over the square of that. */
let fromX: D = 0
let fromY: D = 0
let fromZ: D = 0
let wayX: D = 0
let wayY: D = 0
let wayZ: D = 0
let perWay2: D = 0

function openAxis(row: Ptr): void {
  fromX = readDouble(row)
  fromY = readDouble(row + 8)
  fromZ = readDouble(row + 16)
  wayX = readDouble(row + 24) - fromX
  wayY = readDouble(row + 32) - fromY
  wayZ = readDouble(row + 40) - fromZ
  const way2 = wayX * wayX + wayY * wayY + wayZ * wayZ
  perWay2 = way2 > 0 ? 1 / way2 : 0
}

/** Whether a ball comes nearer to the axis than `reach`. */
function isNear(ball: Ptr, reach: D): boolean {
  const near = reach + readSingle(ball + 12) + SLACK
  const x = readSingle(ball) - fromX
  const y = readSingle(ball + 4) - fromY
  const z = readSingle(ball + 8) - fromZ
  const s = Math.max(0, Math.min(1, (wayX * x + wayY * y + wayZ * z) * perWay2))
  const ex = x - s * wayX
  const ey = y - s * wayY
  const ez = z - s * wayZ
  return ex * ex + ey * ey + ez * ez <= near * near
}

/** Finds the closest points of a capsule's axis and face `f` of particles where `position` says. */
export function measure(c: Ptr, position: Ptr, row: Ptr, f: I): void {
  const face: Ptr = readInt(c + TRIANGLES) + f * 12
  const i: Ptr = position + readInt(face) * 16
  const j: Ptr = position + readInt(face + 4) * 16
  const k: Ptr = position + readInt(face + 8) * 16
  const ax = readSingle(i)
  const ay = readSingle(i + 4)
  const az = readSingle(i + 8)
  const px = readDouble(row)
  const py = readDouble(row + 8)
  const pz = readDouble(row + 16)
  closest(
    px - ax,
    py - ay,
    pz - az,
    readDouble(row + 24) - px,
    readDouble(row + 32) - py,
    readDouble(row + 40) - pz,
    readSingle(j) - ax,
    readSingle(j + 4) - ay,
    readSingle(j + 8) - az,
    readSingle(k) - ax,
    readSingle(k + 4) - ay,
    readSingle(k + 8) - az,
  )
}
