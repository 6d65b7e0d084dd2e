/**
 * Balls around the free faces at their base, around each eight of them that follow each other, and around eight of those;
 * kernel source, see `lanes.ts` and `scalars.ts`. They are laid anew only when the surface is another, or has moved too far:
 * who asks adds what it drifted since.
 */
import { BALLS, BASE, CLUSTERS, GROUPS, POINT_COUNT, POINTS, POSITION, SPANS, TRIANGLES } from './contacttable.ts'
import { type D, type I, type Ptr, readInt, readSingle, writeSingle } from './scalars.ts'

/** Balls that one ball of the next level is around. */
export const GROUP: I = 8
/** What rounding may take from a radius, m. */
const SLACK: D = 1e-7
/** Where balls lie that are near nothing, m. */
export const NOWHERE: D = 1e6

/** Takes where all particles are now as their base. */
export function layBase(c: Ptr, particles: I): void {
  for (let p: I = 0; p < particles; p++) basePoint(c, p)
}

/** Takes where a particle is now as its base. */
export function basePoint(c: Ptr, p: I): void {
  const at: Ptr = readInt(c + POSITION) + p * 16
  const base: Ptr = readInt(c + BASE) + p * 16
  writeSingle(base, readSingle(at))
  writeSingle(base + 4, readSingle(at + 4))
  writeSingle(base + 8, readSingle(at + 8))
}

/** Lays balls over the faces at their base, and measures how far from each point its faces reach. */
export function layBalls(c: Ptr, faces: I): void {
  const base: Ptr = readInt(c + BASE)
  const balls: Ptr = readInt(c + BALLS)
  const triangles: Ptr = readInt(c + TRIANGLES)
  const spans: Ptr = readInt(c + SPANS)
  const points: Ptr = readInt(c + POINTS)
  for (let n: I = 0; n < readInt(c + POINT_COUNT); n++) writeSingle(spans + readInt(points + n * 4) * 4, 0)
  for (let f: I = 0; f < faces; f++) {
    const at: Ptr = triangles + f * 12
    const a = readInt(at)
    const b = readInt(at + 4)
    const d = readInt(at + 8)
    const i: Ptr = base + a * 16
    const j: Ptr = base + b * 16
    const k: Ptr = base + d * 16
    const ix = readSingle(i)
    const iy = readSingle(i + 4)
    const iz = readSingle(i + 8)
    const ij = gap2(j, ix, iy, iz)
    const ki = gap2(k, ix, iy, iz)
    const jk = gap2(j, readSingle(k), readSingle(k + 4), readSingle(k + 8))
    widenSpan(spans + a * 4, ij > ki ? ij : ki)
    widenSpan(spans + b * 4, ij > jk ? ij : jk)
    widenSpan(spans + d * 4, ki > jk ? ki : jk)
    const x = (ix + readSingle(j) + readSingle(k)) / 3
    const y = (iy + readSingle(j + 4) + readSingle(k + 4)) / 3
    const z = (iz + readSingle(j + 8) + readSingle(k + 8)) / 3
    const g = gap2(i, x, y, z)
    const h = gap2(j, x, y, z)
    const l = gap2(k, x, y, z)
    const gh = g > h ? g : h
    writeBall(balls + f * 16, x, y, z, Math.sqrt(gh > l ? gh : l))
  }
  const groups: Ptr = readInt(c + GROUPS)
  layOuter(groups, layOuter(balls, faces, groups), readInt(c + CLUSTERS))
}

/** Keeps the square of the greatest length, m². */
function widenSpan(at: Ptr, length2: D): void {
  if (readSingle(at) < length2) writeSingle(at, length2 * (1 + 1e-6))
}

/** Lays balls around each eight of `count` balls, fills the last eight of these up with empty ones; returns how many they are. */
function layOuter(balls: Ptr, count: I, outer: Ptr): I {
  let end = count
  for (; end % GROUP !== 0; end++) writeBall(balls + end * 16, NOWHERE, NOWHERE, NOWHERE, 0)
  let made: I = 0
  for (let from: I = 0; from < count; from += GROUP) {
    const those: I = count - from < GROUP ? count - from : GROUP
    let x: D = 0
    let y: D = 0
    let z: D = 0
    for (let n: I = from; n < from + those; n++) {
      const ball: Ptr = balls + n * 16
      x += readSingle(ball)
      y += readSingle(ball + 4)
      z += readSingle(ball + 8)
    }
    x /= those
    y /= those
    z /= those
    let most: D = 0
    for (let n: I = from; n < from + those; n++) {
      const ball: Ptr = balls + n * 16
      const reach = Math.sqrt(gap2(ball, x, y, z)) + readSingle(ball + 12)
      if (reach > most) most = reach
    }
    writeBall(outer + made * 16, x, y, z, most)
    made++
  }
  for (let n: I = made; n % GROUP !== 0; n++) writeBall(outer + n * 16, NOWHERE, NOWHERE, NOWHERE, 0)
  return made
}

function writeBall(at: Ptr, x: D, y: D, z: D, radius: D): void {
  writeSingle(at, x)
  writeSingle(at + 4, y)
  writeSingle(at + 8, z)
  writeSingle(at + 12, radius + SLACK)
}

/** Square of the distance of what lies at `at` from a place, m². */
// @inline
export function gap2(at: Ptr, x: D, y: D, z: D): D {
  const dx = readSingle(at) - x
  const dy = readSingle(at + 4) - y
  const dz = readSingle(at + 8) - z
  return dx * dx + dy * dy + dz * dz
}
