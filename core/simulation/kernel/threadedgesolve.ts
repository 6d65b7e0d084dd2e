/**
 * Contact of segments of threads with edges of the surface that stand out, from a list (`threadedges.ts`); kernel source, see
 * `scalars.ts`. The nearest points of the two are parted along what is at right angles to both, on the outward side of the
 * edge's two faces.
 */
import { POSITION, PREVIOUS, THREAD_EDGES } from './contacttable.ts'
import { type D, type I, type Ptr, readInt, readSingle } from './scalars.ts'
import { part, THICK } from './surfacesolve.ts'

/** Bytes of a pair: ends of the segment, ends of the edge, corners across it of its two faces. */
export const EDGE_BYTES: I = 24
/** A segment deeper under an edge is not pushed by it, m. */
const DEEPEST: D = 0.003
/** Edges whose other face falls off by less than this sine do not stand out. */
const FLAT: D = 0.1
/** Squared sine below which segment and edge count as parallel. */
const PARALLEL: D = 0.01
/** Cosine between what parts the two and the outward side, at least: steeper, the segment goes into the tissue. */
const STEEP: D = 0.3

/** Shares along segment and edge at their nearest points, what is at right angles to both, of length 1, and how high the segment lies over the edge along it, m. */
let crossS: D = 0
let crossT: D = 0
let crossX: D = 0
let crossY: D = 0
let crossZ: D = 0
export let crossHeight: D = 0

/** Finds where the segment from `p` to `q` crosses the edge from `i` to `j` no farther than `reach`; false where it passes its ends. */
export function crossEdge(position: Ptr, p: I, q: I, i: I, j: I, reach: D): boolean {
  const atp: Ptr = position + p * 16
  const atq: Ptr = position + q * 16
  const ati: Ptr = position + i * 16
  const atj: Ptr = position + j * 16
  const ux = readSingle(atq) - readSingle(atp)
  const uy = readSingle(atq + 4) - readSingle(atp + 4)
  const uz = readSingle(atq + 8) - readSingle(atp + 8)
  const vx = readSingle(atj) - readSingle(ati)
  const vy = readSingle(atj + 4) - readSingle(ati + 4)
  const vz = readSingle(atj + 8) - readSingle(ati + 8)
  const rx = readSingle(atp) - readSingle(ati)
  const ry = readSingle(atp + 4) - readSingle(ati + 4)
  const rz = readSingle(atp + 8) - readSingle(ati + 8)
  const nx = uy * vz - uz * vy
  const ny = uz * vx - ux * vz
  const nz = ux * vy - uy * vx
  const n2 = nx * nx + ny * ny + nz * nz
  const over = rx * nx + ry * ny + rz * nz
  if (!(over * over <= reach * reach * n2)) return false
  const uu = ux * ux + uy * uy + uz * uz
  const vv = vx * vx + vy * vy + vz * vz
  if (!(n2 > PARALLEL * uu * vv)) return false
  const uv = ux * vx + uy * vy + uz * vz
  const ur = ux * rx + uy * ry + uz * rz
  const vr = vx * rx + vy * ry + vz * rz
  crossS = (uv * vr - vv * ur) / n2
  crossT = (uu * vr - uv * ur) / n2
  if (crossS < 0 || crossS > 1 || crossT < 0 || crossT > 1) return false
  const size = Math.sqrt(n2)
  crossX = nx / size
  crossY = ny / size
  crossZ = nz / size
  crossHeight = over / size
  return true
}

/** After `crossEdge`: turns what it found to the outward side of the edge's faces; false where the edge does not stand out. @param a corner of the face of `i` and `j` @param b that of the other */
export function crossOver(position: Ptr, i: I, j: I, a: I, b: I): boolean {
  const ati: Ptr = position + i * 16
  const atj: Ptr = position + j * 16
  const ata: Ptr = position + a * 16
  const atb: Ptr = position + b * 16
  const x = readSingle(ati)
  const y = readSingle(ati + 4)
  const z = readSingle(ati + 8)
  const vx = readSingle(atj) - x
  const vy = readSingle(atj + 4) - y
  const vz = readSingle(atj + 8) - z
  const ax = readSingle(ata) - x
  const ay = readSingle(ata + 4) - y
  const az = readSingle(ata + 8) - z
  const bx = readSingle(atb) - x
  const by = readSingle(atb + 4) - y
  const bz = readSingle(atb + 8) - z
  const mx = vy * az - vz * ay
  const my = vz * ax - vx * az
  const mz = vx * ay - vy * ax
  const sunk = mx * bx + my * by + mz * bz
  if (sunk >= 0 || sunk * sunk < FLAT * FLAT * (mx * mx + my * my + mz * mz) * (bx * bx + by * by + bz * bz))
    return false
  const kx = by * vz - bz * vy
  const ky = bz * vx - bx * vz
  const kz = bx * vy - by * vx
  const m = Math.sqrt(mx * mx + my * my + mz * mz)
  const k = Math.sqrt(kx * kx + ky * ky + kz * kz)
  if (!(m > 1e-12) || !(k > 1e-12)) return false
  const outX = mx / m + kx / k
  const outY = my / m + ky / k
  const outZ = mz / m + kz / k
  const along = outX * crossX + outY * crossY + outZ * crossZ
  if (!(along * along > STEEP * STEEP * (outX * outX + outY * outY + outZ * outZ))) return false
  if (along > 0) return true
  crossX = -crossX
  crossY = -crossY
  crossZ = -crossZ
  crossHeight = -crossHeight
  return true
}

/** Puts segments that came under an edge back over it, once: the two share the way by their masses, with friction. */
export function solveThreadEdges(c: Ptr, count: I): void {
  const position: Ptr = readInt(c + POSITION)
  const pairs: Ptr = readInt(c + THREAD_EDGES)
  const back: Ptr = readInt(c + PREVIOUS) - position
  for (let n: I = 0; n < count; n++) {
    const pair: Ptr = pairs + n * EDGE_BYTES
    const p = readInt(pair)
    const q = readInt(pair + 4)
    const i = readInt(pair + 8)
    const j = readInt(pair + 12)
    if (!crossEdge(position, p, q, i, j, DEEPEST)) continue
    if (!crossOver(position, i, j, readInt(pair + 16), readInt(pair + 20))) continue
    if (crossHeight >= THICK) continue
    part(
      position + p * 16,
      position + q * 16,
      position + i * 16,
      position + j * 16,
      back,
      1 - crossS,
      crossS,
      -(1 - crossT),
      -crossT,
      crossX,
      crossY,
      crossZ,
      THICK - crossHeight,
    )
  }
}
