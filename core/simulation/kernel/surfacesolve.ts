/** Contact of points with free faces; kernel source, see `scalars.ts`. */
import { OWNER, PAIRS, POSITION, PREVIOUS, TRIANGLES } from './contacttable.ts'
import { type D, type I, type Ptr, readByte, readInt, readSingle, writeSingle } from './scalars.ts'
import { DEEPEST, DEEPEST_THREAD, THREAD } from './surfacepairs.ts'
import { foot2, footV, footW, footX, footY, footZ, lean, nearestOn, overhang } from './triangles.ts'

/** Threads lie this far off the surface, m. */
export const THICK: D = 0.0002
const FRICTION: D = 0.25
/** Share of the way that tissue goes back from tissue in a substep: at once, heaps of shreds would never rest. */
const GENTLE: D = 0.3
/** How far what is within may come out in a substep, m: as fast as anything may be. */
const FARTHEST_OUT: D = 0.016
/** Times which rounding may make a square greater. */
const MORE: D = 1.000001

/**
 * Puts points that came behind a face back before it, once: the two share the way by their masses, with friction.
 * @param count pairs
 */
export function solveSurfacePairs(c: Ptr, count: I): void {
  const position: Ptr = readInt(c + POSITION)
  const previous: Ptr = readInt(c + PREVIOUS)
  const owner: Ptr = readInt(c + OWNER)
  const triangles: Ptr = readInt(c + TRIANGLES)
  const pairs: Ptr = readInt(c + PAIRS)
  // The vertex of a thread that lay over a face last.
  let over: I = -1
  for (let n: I = 0; n < count; n++) {
    const p = readInt(pairs + n * 8)
    const f = readInt(pairs + n * 8 + 4)
    const thread = readByte(owner + p) === THREAD
    if (f < 0 && thread) {
      if (over !== p) leaveGroove(c, p, ~f)
      continue
    }
    // To what is within, it looks the other way.
    const within = f < 0
    const face: Ptr = triangles + (within ? ~f : f) * 12
    const i = readInt(face)
    const j = readInt(within ? face + 8 : face + 4)
    const k = readInt(within ? face + 4 : face + 8)
    const at: Ptr = position + p * 16
    const ati: Ptr = position + i * 16
    const atj: Ptr = position + j * 16
    const atk: Ptr = position + k * 16
    const ax = readSingle(ati)
    const ay = readSingle(ati + 4)
    const az = readSingle(ati + 8)
    const ux = readSingle(atj) - ax
    const uy = readSingle(atj + 4) - ay
    const uz = readSingle(atj + 8) - az
    const vx = readSingle(atk) - ax
    const vy = readSingle(atk + 4) - ay
    const vz = readSingle(atk + 8) - az
    const rx = readSingle(at) - ax
    const ry = readSingle(at + 4) - ay
    const rz = readSingle(at + 8) - az
    const mx = uy * vz - uz * vy
    const my = uz * vx - ux * vz
    const mz = ux * vy - uy * vx
    const square = mx * mx + my * my + mz * mz
    // Mostly it is well before the face.
    const overhang = rx * mx + ry * my + rz * mz
    if (overhang > 0 && (!thread || overhang * overhang > THICK * THICK * square * MORE)) continue
    // Mostly it lies beside the face: weights of the corners where it lies over it, times the square.
    const second = mx * (ry * vz - rz * vy) + my * (rz * vx - rx * vz) + mz * (rx * vy - ry * vx)
    const third = mx * (uy * rz - uz * ry) + my * (uz * rx - ux * rz) + mz * (ux * ry - uy * rx)
    if (second < 0 || third < 0 || second + third > square) continue
    over = p
    const size = Math.sqrt(square)
    if (!(size > 1e-12)) continue
    const depth = (thread ? THICK : 0) - overhang / size
    if (depth <= 0 || depth > (within ? FARTHEST_OUT : thread ? DEEPEST_THREAD : DEEPEST)) continue
    const nx = mx / size
    const ny = my / size
    const nz = mz / size
    const v = second / square
    const w = third / square
    const u = 1 - v - w
    const way: D = thread || within ? depth : depth * GENTLE
    part(at, ati, atj, atk, previous - position, 1, -u, -v, -w, nx, ny, nz, way)
  }
}

/**
 * Parts two things along a direction by a way: what four particles weigh (`k0` to `k3`, those of one thing together 1, of the
 * other −1). They share it by their masses, with friction. @param back to where they were when the substep began
 */
export function part(
  at0: Ptr,
  at1: Ptr,
  at2: Ptr,
  at3: Ptr,
  back: Ptr,
  k0: D,
  k1: D,
  k2: D,
  k3: D,
  nx: D,
  ny: D,
  nz: D,
  way: D,
): void {
  const w0 = readSingle(at0 + 12) * k0
  const w1 = readSingle(at1 + 12) * k1
  const w2 = readSingle(at2 + 12) * k2
  const w3 = readSingle(at3 + 12) * k3
  const sum = w0 * k0 + w1 * k1 + w2 * k2 + w3 * k3
  if (!(sum > 0)) return
  let tx = slip(at0, at1, at2, at3, back, k0, k1, k2, k3)
  let ty = slip(at0 + 4, at1 + 4, at2 + 4, at3 + 4, back, k0, k1, k2, k3)
  let tz = slip(at0 + 8, at1 + 8, at2 + 8, at3 + 8, back, k0, k1, k2, k3)
  const along = tx * nx + ty * ny + tz * nz
  tx -= along * nx
  ty -= along * ny
  tz -= along * nz
  const slid = Math.sqrt(tx * tx + ty * ty + tz * tz)
  const held: D = slid > 1e-12 ? Math.min(1, (FRICTION * way) / slid) : 0
  const fx = (way * nx - held * tx) / sum
  const fy = (way * ny - held * ty) / sum
  const fz = (way * nz - held * tz) / sum
  push(at0, w0, fx, fy, fz)
  push(at1, w1, fx, fy, fz)
  push(at2, w2, fx, fy, fz)
  push(at3, w3, fx, fy, fz)
}

/** Puts a thread's vertex that lies in the bottom of a groove, under no face, out of it by the way to its nearest face. */
function leaveGroove(c: Ptr, p: I, f: I): void {
  const position: Ptr = readInt(c + POSITION)
  const face: Ptr = readInt(c + TRIANGLES) + f * 12
  const at: Ptr = position + p * 16
  const ati: Ptr = position + readInt(face) * 16
  const atj: Ptr = position + readInt(face + 4) * 16
  const atk: Ptr = position + readInt(face + 8) * 16
  lean(at, ati, atj, atk)
  if (!(overhang < 0)) return
  nearestOn(at, ati, atj, atk)
  const far = Math.sqrt(foot2)
  if (!(far > 1e-9) || far > DEEPEST_THREAD) return
  const u = 1 - footV - footW
  part(
    at,
    ati,
    atj,
    atk,
    readInt(c + PREVIOUS) - position,
    1,
    -u,
    -footV,
    -footW,
    footX / far,
    footY / far,
    footZ / far,
    far + THICK,
  )
}

/** How far the two slid on each other in this substep, along an axis. */
// @inline
function slip(at0: Ptr, at1: Ptr, at2: Ptr, at3: Ptr, back: Ptr, k0: D, k1: D, k2: D, k3: D): D {
  return (
    k0 * (readSingle(at0) - readSingle(at0 + back)) +
    k1 * (readSingle(at1) - readSingle(at1 + back)) +
    k2 * (readSingle(at2) - readSingle(at2 + back)) +
    k3 * (readSingle(at3) - readSingle(at3 + back))
  )
}

// @inline
function push(at: Ptr, weight: D, fx: D, fy: D, fz: D): void {
  writeSingle(at, readSingle(at) + weight * fx)
  writeSingle(at + 4, readSingle(at + 4) + weight * fy)
  writeSingle(at + 8, readSingle(at + 8) + weight * fz)
}
