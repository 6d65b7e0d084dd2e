/** How far faces are from a place, four at a time; kernel source, see `lanes.ts` and `scalars.ts`. */
import { ASKED, BASE, CORNERS_ASKED, FACE_COUNT, SIFTED, SIFTED_FARS } from './contacttable.ts'
import { takeCorners } from './faceheights.ts'
import {
  choose,
  div,
  every,
  type F,
  gather,
  gatherOne,
  gotX,
  gotY,
  gotZ,
  keep,
  LANES,
  least,
  most,
  mul,
  root,
  setLane,
  sub,
  type V,
} from './lanes.ts'
import { type I, type Ptr, readInt, writeInt } from './scalars.ts'
import { dot } from './vectors.ts'

/** Squares of a length and of an area below which there is none, m² and m⁴. */
const POINT: F = 1e-20
const TINY: F = 1e-24

/** Square of the distance of (x, y, z) from the edge that goes by e from the origin, m². */
// @inline
function edgeGap2(x: V, y: V, z: V, ex: V, ey: V, ez: V): V {
  const share = div(dot(x, y, z, ex, ey, ez), most(dot(ex, ey, ez, ex, ey, ez), every(POINT)))
  const t = least(most(share, every(0)), every(1))
  const dx = sub(x, mul(t, ex))
  const dy = sub(y, mul(t, ey))
  const dz = sub(z, mul(t, ez))
  return dot(dx, dy, dz, dx, dy, dz)
}

/** Measures how far the `count` faces at SIFTED were at their base from the place asked about; writes that to SIFTED_FARS, m. */
export function measureFars(c: Ptr, count: I): void {
  const sifted: Ptr = readInt(c + SIFTED)
  const fars: Ptr = readInt(c + SIFTED_FARS)
  const base: Ptr = readInt(c + BASE)
  const corners: Ptr = c + CORNERS_ASKED
  // The face after the last one has no area.
  for (let n: I = count; (n & 3) !== 0; n++) writeInt(sifted + n * 4, readInt(c + FACE_COUNT))
  gatherOne(c + ASKED)
  const px = gotX
  const py = gotY
  const pz = gotZ
  const none = every(0)
  const tiny = every(TINY)
  for (let n: I = 0; n < count; n += 4) {
    takeCorners(c, sifted + n * 4)
    for (let l = 0; l < LANES; l++) {
      setLane(l)
      gather(corners, base)
      const ax = gotX
      const ay = gotY
      const az = gotZ
      gather(corners + 16, base)
      const ux = sub(gotX, ax)
      const uy = sub(gotY, ay)
      const uz = sub(gotZ, az)
      gather(corners + 32, base)
      const vx = sub(gotX, ax)
      const vy = sub(gotY, ay)
      const vz = sub(gotZ, az)
      const x = sub(px, ax)
      const y = sub(py, ay)
      const z = sub(pz, az)
      const beside2 = least(
        least(edgeGap2(x, y, z, ux, uy, uz), edgeGap2(x, y, z, vx, vy, vz)),
        edgeGap2(sub(x, ux), sub(y, uy), sub(z, uz), sub(vx, ux), sub(vy, uy), sub(vz, uz)),
      )
      const nx = sub(mul(uy, vz), mul(uz, vy))
      const ny = sub(mul(uz, vx), mul(ux, vz))
      const nz = sub(mul(ux, vy), mul(uy, vx))
      const n2 = dot(nx, ny, nz, nx, ny, nz)
      const over = dot(nx, ny, nz, x, y, z)
      // Weights of the corners at the foot, times n2.
      const second = dot(
        nx,
        ny,
        nz,
        sub(mul(y, vz), mul(z, vy)),
        sub(mul(z, vx), mul(x, vz)),
        sub(mul(x, vy), mul(y, vx)),
      )
      const third = dot(
        nx,
        ny,
        nz,
        sub(mul(uy, z), mul(uz, y)),
        sub(mul(uz, x), mul(ux, z)),
        sub(mul(ux, y), mul(uy, x)),
      )
      const within = least(least(second, third), least(sub(sub(n2, second), third), sub(n2, tiny)))
      const above2 = div(mul(over, over), most(n2, tiny))
      keep(fars + n * 4, root(choose(within, least(above2, beside2), most(beside2, none))))
    }
  }
}
