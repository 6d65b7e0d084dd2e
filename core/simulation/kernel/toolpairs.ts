/**
 * Contact of instruments with tissue: capsules against the free faces; kernel source, see `scalars.ts`. Pairs are found
 * once a tick around what each capsule sweeps; most are told apart in a substep by the balls around faces alone.
 */
import {
  BALLS,
  BOUND,
  DRIFT,
  GROUPS,
  HIT,
  POSITION,
  ROOMS,
  ROWS,
  TOOL_PAIR_ROOM,
  TOOL_PAIRS,
  TRIANGLES,
} from './contacttable.ts'
import { GROUP, gap2 } from './facegrid.ts'
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
import { closest, crosses, gapSquare, share, weightA, weightB, weightC } from './segmenttriangle.ts'

/** Bytes of a capsule, and where in it are the ends that the hand wants, the radius, and the number of its tool. */
export const CAPSULE_BYTES: I = 176
const LAST: I = 96
const RADIUS: I = 144
const TOOL: I = 152
/** How far tissue may come nearer in a tick by itself, m. */
const REACH: D = 0.006
/** What rounding may take from a distance, m. */
const SLACK: D = 1e-7

/** Faces that a capsule may meet in this tick; returns how many pairs there are, or −1 when they do not fit. */
export function findToolPairs(c: Ptr, faces: I, capsules: I): I {
  const groups: Ptr = readInt(c + GROUPS)
  const balls: Ptr = readInt(c + BALLS)
  const pairs: Ptr = readInt(c + TOOL_PAIRS)
  const room = readInt(c + TOOL_PAIR_ROOM)
  const drift = readDouble(c + DRIFT)
  let count: I = 0
  for (let n: I = 0; n < capsules; n++) {
    const row: Ptr = readInt(c + ROWS) + n * CAPSULE_BYTES
    const reach = readDouble(row + RADIUS) + REACH + sweep(row)
    for (let g: I = 0; g * GROUP < faces; g++) {
      if (!isNear(row, groups + g * 16, reach + drift)) continue
      const end: I = g * GROUP + GROUP < faces ? g * GROUP + GROUP : faces
      for (let f: I = g * GROUP; f < end; f++) {
        if (!isNear(row, balls + f * 16, reach + drift) || !isFaceNear(c, row, f, reach)) continue
        if (count === room) return -1
        writeInt(pairs + count * 8, n)
        writeInt(pairs + count * 8 + 4, f)
        count++
      }
    }
  }
  return count
}

/** How far the hand wants the end of a capsule that has the longer way, m. */
function sweep(row: Ptr): D {
  let most: D = 0
  for (let e: I = 0; e < 48; e += 24) {
    const x = readDouble(row + LAST + e) - readDouble(row + e)
    const y = readDouble(row + LAST + e + 8) - readDouble(row + e + 8)
    const z = readDouble(row + LAST + e + 16) - readDouble(row + e + 16)
    most = Math.max(most, x * x + y * y + z * z)
  }
  return Math.sqrt(most)
}

/** Whether a ball comes nearer to the axis of a capsule than `reach`. */
function isNear(row: Ptr, ball: Ptr, reach: D): boolean {
  const near = reach + readSingle(ball + 12) + SLACK
  return axisGap2(row, readSingle(ball), readSingle(ball + 4), readSingle(ball + 8)) <= near * near
}

/** Square of the distance of a place from the axis of a capsule, m². */
function axisGap2(row: Ptr, x: D, y: D, z: D): D {
  const px = x - readDouble(row)
  const py = y - readDouble(row + 8)
  const pz = z - readDouble(row + 16)
  const dx = readDouble(row + 24) - readDouble(row)
  const dy = readDouble(row + 32) - readDouble(row + 8)
  const dz = readDouble(row + 40) - readDouble(row + 16)
  const dd = dx * dx + dy * dy + dz * dz
  const s = dd > 0 ? Math.max(0, Math.min(1, (dx * px + dy * py + dz * pz) / dd)) : 0
  const ex = px - s * dx
  const ey = py - s * dy
  const ez = pz - s * dz
  return ex * ex + ey * ey + ez * ez
}

/** Whether a face as it is now comes nearer to a capsule's axis than `reach`, by its ball; not when the tool holds it. */
function isFaceNear(c: Ptr, row: Ptr, f: I, reach: D): boolean {
  const face: Ptr = readInt(c + TRIANGLES) + f * 12
  const bound: Ptr = readInt(c + BOUND)
  const i = readInt(face)
  const j = readInt(face + 4)
  const k = readInt(face + 8)
  // Jaws do not push away what they hold.
  const own = readDouble(row + TOOL) + 1
  if (readByte(bound + i) === own || readByte(bound + j) === own || readByte(bound + k) === own) return false
  return axisGap(c, row, i, j, k) <= reach
}

/** No more than the distance of a face from a capsule's axis, m; below zero where its ball is on the axis. */
function axisGap(c: Ptr, row: Ptr, i: I, j: I, k: I): D {
  const position: Ptr = readInt(c + POSITION)
  const ati: Ptr = position + i * 16
  const atj: Ptr = position + j * 16
  const atk: Ptr = position + k * 16
  const x = (readSingle(ati) + readSingle(atj) + readSingle(atk)) / 3
  const y = (readSingle(ati + 4) + readSingle(atj + 4) + readSingle(atk + 4)) / 3
  const z = (readSingle(ati + 8) + readSingle(atj + 8) + readSingle(atk + 8)) / 3
  const radius2 = Math.max(gap2(ati, x, y, z), Math.max(gap2(atj, x, y, z), gap2(atk, x, y, z)))
  return Math.sqrt(axisGap2(row, x, y, z)) - Math.sqrt(radius2) - SLACK
}

/**
 * The first pair from number `from` on that touches, or `count`; what is found there is left at HIT: share along the axis,
 * weights of the corners, distance, m, and 1 where they cross. On the way, notes the room of capsules.
 */
export function nextTouch(c: Ptr, from: I, count: I): I {
  const position: Ptr = readInt(c + POSITION)
  const pairs: Ptr = readInt(c + TOOL_PAIRS)
  const rooms: Ptr = readInt(c + ROOMS)
  for (let n = from; n < count; n++) {
    const capsule = readInt(pairs + n * 8)
    const row: Ptr = readInt(c + ROWS) + capsule * CAPSULE_BYTES
    const face: Ptr = readInt(c + TRIANGLES) + readInt(pairs + n * 8 + 4) * 12
    const i = readInt(face)
    const j = readInt(face + 4)
    const k = readInt(face + 8)
    const radius = readDouble(row + RADIUS)
    const room = readDouble(rooms + capsule * 8)
    if (axisGap(c, row, i, j, k) >= Math.max(radius, room)) continue
    measure(row, position + i * 16, position + j * 16, position + k * 16)
    const far = Math.sqrt(gapSquare)
    if (far < radius) {
      if (radius < room) writeDouble(rooms + capsule * 8, radius)
      writeHit(readInt(c + HIT), far)
      return n
    }
    if (far < room) writeDouble(rooms + capsule * 8, far)
  }
  return count
}

/** Finds the closest points of a capsule's axis and the face of the particles at `a`, `b`, `c`. */
function measure(row: Ptr, a: Ptr, b: Ptr, c: Ptr): void {
  const ax = readSingle(a)
  const ay = readSingle(a + 4)
  const az = readSingle(a + 8)
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
    readSingle(b) - ax,
    readSingle(b + 4) - ay,
    readSingle(b + 8) - az,
    readSingle(c) - ax,
    readSingle(c + 4) - ay,
    readSingle(c + 8) - az,
  )
}

function writeHit(hit: Ptr, far: D): void {
  writeDouble(hit, share)
  writeDouble(hit + 8, weightA)
  writeDouble(hit + 16, weightB)
  writeDouble(hit + 24, weightC)
  writeDouble(hit + 32, far)
  writeDouble(hit + 40, crosses ? 1 : 0)
}
