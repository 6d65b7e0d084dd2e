/**
 * Over which faces a place lies, four at a time; kernel source, see `lanes.ts` and `scalars.ts`. Single precision takes some
 * more than asked for, never less.
 */
import {
  ASKED,
  ASKED_HEIGHTS,
  CORNERS_ASKED,
  FACE_COUNT,
  LANE_TABLE,
  POSITION,
  SIFTED,
  TRIANGLES,
} from './contacttable.ts'
import {
  add,
  appendWords,
  choose,
  div,
  every,
  type F,
  gather,
  gatherOne,
  gotX,
  gotY,
  gotZ,
  LANES,
  least,
  most,
  mul,
  root,
  setLane,
  sub,
  type V,
} from './lanes.ts'
import { type D, type I, type Ptr, readInt, writeInt, writeSingle } from './scalars.ts'
import { dot } from './vectors.ts'

/** What rounding may take from a height, m. Faces whose area is less than this share (squared) of the product of two edges pass unseen. */
const COARSE: D = 2e-5
const SLIVER: F = 1e-4
/** Square of twice the area below which a face has none, m⁴. */
const TINY: F = 1e-24

/** Asks about faces over which a place lies no higher than `highest` and no deeper than `deepest`, give or take `aside`. */
export function askHeights(c: Ptr, highest: D, deepest: D, aside: D): void {
  writeSingle(c + ASKED_HEIGHTS, highest + COARSE)
  writeSingle(c + ASKED_HEIGHTS + 4, deepest + COARSE)
  writeSingle(c + ASKED_HEIGHTS + 8, aside + COARSE)
}

/** Above zero where a foot lies no farther beyond an edge than `aside`: `weight` of the corner across it and 2·area, edge, squared. */
// @inline
function within(weight: V, n2: V, edgeX: V, edgeY: V, edgeZ: V, aside: V): V {
  const edge2 = dot(edgeX, edgeY, edgeZ, edgeX, edgeY, edgeZ)
  return add(weight, mul(aside, root(mul(n2, edge2))))
}

/**
 * Of the `count` faces at SIFTED leaves those over which the place asked about lies, as far as can be told from the plane
 * and the edges of each; returns how many.
 */
export function siftHeights(c: Ptr, count: I): I {
  const table: Ptr = readInt(c + LANE_TABLE)
  const sifted: Ptr = readInt(c + SIFTED)
  const position: Ptr = readInt(c + POSITION)
  const corners: Ptr = c + CORNERS_ASKED
  // The face after the last one has no area.
  for (let n: I = count; (n & 3) !== 0; n++) writeInt(sifted + n * 4, readInt(c + FACE_COUNT))
  gatherOne(c + ASKED_HEIGHTS)
  const highest = gotX
  const deepest = gotY
  const aside = gotZ
  gatherOne(c + ASKED)
  const x = gotX
  const y = gotY
  const z = gotZ
  const none = every(0)
  const one = every(1)
  const tiny = every(TINY)
  const sliver = every(SLIVER)
  let hits: I = 0
  for (let n: I = 0; n < count; n += 4) {
    const at: Ptr = sifted + n * 4
    takeCorners(c, at)
    for (let l = 0; l < LANES; l++) {
      setLane(l)
      gather(corners, position)
      const ax = gotX
      const ay = gotY
      const az = gotZ
      gather(corners + 16, position)
      const ux = sub(gotX, ax)
      const uy = sub(gotY, ay)
      const uz = sub(gotZ, az)
      gather(corners + 32, position)
      const vx = sub(gotX, ax)
      const vy = sub(gotY, ay)
      const vz = sub(gotZ, az)
      const rx = sub(x, ax)
      const ry = sub(y, ay)
      const rz = sub(z, az)
      const nx = sub(mul(uy, vz), mul(uz, vy))
      const ny = sub(mul(uz, vx), mul(ux, vz))
      const nz = sub(mul(ux, vy), mul(uy, vx))
      const n2 = dot(nx, ny, nz, nx, ny, nz)
      const over = dot(nx, ny, nz, rx, ry, rz)
      const height = div(over, root(most(n2, tiny)))
      // Weights of the second and third corner at the foot, times n2.
      const second = dot(
        nx,
        ny,
        nz,
        sub(mul(ry, vz), mul(rz, vy)),
        sub(mul(rz, vx), mul(rx, vz)),
        sub(mul(rx, vy), mul(ry, vx)),
      )
      const third = dot(
        nx,
        ny,
        nz,
        sub(mul(uy, rz), mul(uz, ry)),
        sub(mul(uz, rx), mul(ux, rz)),
        sub(mul(ux, ry), mul(uy, rx)),
      )
      const first = sub(sub(n2, second), third)
      const beside = least(
        least(within(second, n2, vx, vy, vz, aside), within(third, n2, ux, uy, uz, aside)),
        within(first, n2, sub(vx, ux), sub(vy, uy), sub(vz, uz), aside),
      )
      const near = least(least(sub(highest, height), add(deepest, height)), beside)
      const u2 = dot(ux, uy, uz, ux, uy, uz)
      const v2 = dot(vx, vy, vz, vx, vy, vz)
      const isSliver = sub(mul(mul(u2, v2), sliver), n2)
      const test = choose(isSliver, one, choose(sub(n2, tiny), near, none))
      hits += appendWords(sifted + hits * 4, at, test, table)
    }
  }
  return hits
}

/** Fetches the corners of four faces. */
export function takeCorners(c: Ptr, faces: Ptr): void {
  const triangles: Ptr = readInt(c + TRIANGLES)
  const to: Ptr = c + CORNERS_ASKED
  for (let n: I = 0; n < 16; n += 4) {
    const face: Ptr = triangles + readInt(faces + n) * 12
    writeInt(to + n, readInt(face))
    writeInt(to + 16 + n, readInt(face + 4))
    writeInt(to + 32 + n, readInt(face + 8))
  }
}
