/** Contact of points with free faces; kernel source, see `scalars.ts`. */
import { OWNER, PAIRS, POSITION, PREVIOUS, TRIANGLES } from './contacttable.ts'
import { type D, type I, type Ptr, readByte, readInt, readSingle, writeSingle } from './scalars.ts'
import { DEEPEST, DEEPEST_THREAD, THREAD } from './surfacepairs.ts'
import { height, lean, lean2, measure, normalX, normalY, normalZ, overhang } from './triangles.ts'

/** Threads lie this far off the surface, m. */
const THICK: D = 0.0002
const FRICTION: D = 0.25
/** Share of the way that tissue goes back from tissue in a substep: at once, heaps of shreds would never rest. */
const GENTLE: D = 0.3
/** Times which rounding may make a square greater. */
const MORE: D = 1.000001

/**
 * Puts points that came behind a face back before it, once: the two share the way by their masses, with friction.
 * @param count pairs
 */
export function solveSurfacePairs(c: Ptr, count: I): void {
  const position: Ptr = readInt(c + POSITION)
  const owner: Ptr = readInt(c + OWNER)
  const triangles: Ptr = readInt(c + TRIANGLES)
  const pairs: Ptr = readInt(c + PAIRS)
  for (let n: I = 0; n < count; n++) {
    const p = readInt(pairs + n * 8)
    const face: Ptr = triangles + readInt(pairs + n * 8 + 4) * 12
    const i = readInt(face)
    const j = readInt(face + 4)
    const k = readInt(face + 8)
    const thread = readByte(owner + p) === THREAD
    lean(position + p * 16, position + i * 16, position + j * 16, position + k * 16)
    // Mostly it is well before the face.
    if (overhang > 0 && (!thread || overhang * overhang > THICK * THICK * lean2 * MORE)) continue
    if (!measure(position + p * 16, position + i * 16, position + j * 16, position + k * 16)) continue
    const depth = (thread ? THICK : 0) - height
    if (depth <= 0 || depth > (thread ? DEEPEST_THREAD : DEEPEST)) continue
    putBack(c, p, i, j, k, thread ? depth : depth * GENTLE)
  }
}

/** Puts particle `p` by `way` (m) along the normal measured last before the face of `i`, `j`, `k`, if it lies over it. */
function putBack(c: Ptr, p: I, i: I, j: I, k: I, way: D): void {
  const position: Ptr = readInt(c + POSITION)
  const previous: Ptr = readInt(c + PREVIOUS)
  const at: Ptr = position + p * 16
  const ati: Ptr = position + i * 16
  const atj: Ptr = position + j * 16
  const atk: Ptr = position + k * 16
  const nx = normalX
  const ny = normalY
  const nz = normalZ
  const px = readSingle(at)
  const py = readSingle(at + 4)
  const pz = readSingle(at + 8)
  const ax = readSingle(ati)
  const ay = readSingle(ati + 4)
  const az = readSingle(ati + 8)
  const bx = readSingle(atj)
  const by = readSingle(atj + 4)
  const bz = readSingle(atj + 8)
  const cx = readSingle(atk)
  const cy = readSingle(atk + 4)
  const cz = readSingle(atk + 8)
  // Weights of the corners where the point lies over the face.
  const ux = bx - ax
  const uy = by - ay
  const uz = bz - az
  const vx = cx - ax
  const vy = cy - ay
  const vz = cz - az
  const rx = px - ax
  const ry = py - ay
  const rz = pz - az
  const twice = nx * (uy * vz - uz * vy) + ny * (uz * vx - ux * vz) + nz * (ux * vy - uy * vx)
  const v = (nx * (ry * vz - rz * vy) + ny * (rz * vx - rx * vz) + nz * (rx * vy - ry * vx)) / twice
  const w = (nx * (uy * rz - uz * ry) + ny * (uz * rx - ux * rz) + nz * (ux * ry - uy * rx)) / twice
  const u = 1 - v - w
  if (u < 0 || v < 0 || w < 0) return
  const wp = readSingle(at + 12)
  const wa = readSingle(ati + 12) * u
  const wb = readSingle(atj + 12) * v
  const wc = readSingle(atk + 12) * w
  const sum = wp + wa * u + wb * v + wc * w
  if (!(sum > 0)) return
  const was: Ptr = previous + p * 16
  const wasi: Ptr = previous + i * 16
  const wasj: Ptr = previous + j * 16
  const wask: Ptr = previous + k * 16
  let tx =
    px - readSingle(was) - u * (ax - readSingle(wasi)) - v * (bx - readSingle(wasj)) - w * (cx - readSingle(wask))
  let ty =
    py -
    readSingle(was + 4) -
    u * (ay - readSingle(wasi + 4)) -
    v * (by - readSingle(wasj + 4)) -
    w * (cy - readSingle(wask + 4))
  let tz =
    pz -
    readSingle(was + 8) -
    u * (az - readSingle(wasi + 8)) -
    v * (bz - readSingle(wasj + 8)) -
    w * (cz - readSingle(wask + 8))
  const along = tx * nx + ty * ny + tz * nz
  tx -= along * nx
  ty -= along * ny
  tz -= along * nz
  const slid = Math.sqrt(tx * tx + ty * ty + tz * tz)
  const held = slid > 1e-12 ? Math.min(1, (FRICTION * way) / slid) : 0
  const fx = (way * nx - held * tx) / sum
  const fy = (way * ny - held * ty) / sum
  const fz = (way * nz - held * tz) / sum
  push(at, wp, fx, fy, fz)
  push(ati, -wa, fx, fy, fz)
  push(atj, -wb, fx, fy, fz)
  push(atk, -wc, fx, fy, fz)
}

function push(at: Ptr, weight: D, fx: D, fy: D, fz: D): void {
  writeSingle(at, readSingle(at) + weight * fx)
  writeSingle(at + 4, readSingle(at + 4) + weight * fy)
  writeSingle(at + 8, readSingle(at + 8) + weight * fz)
}
