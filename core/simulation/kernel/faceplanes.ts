/**
 * Planes of faces, four at a time; kernel source, see `lanes.ts`. Four rows of four numbers a face: unit normal and offset
 * (distance s = n·x − o); two gradients and offsets that give the barycentric weights of its second and third vertex at a
 * point's foot; and by how much those two and the first weight fall over {@link ASIDE} metres.
 */
import {
  add,
  type Count,
  choose,
  div,
  every,
  type F,
  gather,
  gotX,
  gotY,
  gotZ,
  LANES,
  most,
  mul,
  type Ptr,
  root,
  scatterRun,
  setLane,
  sub,
} from './lanes.ts'
import { readByte } from './scalars.ts'

/** Metres beside a face in which it counts. */
const ASIDE: F = 0.0022
/** Offset of a face without area, which is met by nothing. */
const NOWHERE: F = -1e9

/**
 * Computes the planes of blocks of sixteen faces whose byte in `marks` is not 0. `a`, `b`, `c` are rows of the faces'
 * vertices, which have four numbers each in `now`.
 */
export function planeFaces(
  a: Ptr,
  b: Ptr,
  c: Ptr,
  now: Ptr,
  marks: Ptr,
  blocks: Count,
  normals: Ptr,
  seconds: Ptr,
  thirds: Ptr,
  margins: Ptr,
): void {
  const tiny = every(1e-24)
  const none = every(0)
  const one = every(1)
  const aside = every(ASIDE)
  for (let block = 0; block < blocks; block++) {
    if (readByte(marks + block) === 0) continue
    for (let t = block * 16; t < block * 16 + 16; t += 4) {
      const at: Ptr = t * 4
      const to: Ptr = t * 16
      for (let l = 0; l < LANES; l++) {
        setLane(l)
        gather(a + at, now)
        const ax = gotX
        const ay = gotY
        const az = gotZ
        gather(b + at, now)
        const ux = sub(gotX, ax)
        const uy = sub(gotY, ay)
        const uz = sub(gotZ, az)
        gather(c + at, now)
        const vx = sub(gotX, ax)
        const vy = sub(gotY, ay)
        const vz = sub(gotZ, az)
        const nx = sub(mul(uy, vz), mul(uz, vy))
        const ny = sub(mul(uz, vx), mul(ux, vz))
        const nz = sub(mul(ux, vy), mul(uy, vx))
        const n2 = add(add(mul(nx, nx), mul(ny, ny)), mul(nz, nz))
        const isFlat = sub(n2, tiny)
        const scale = choose(isFlat, div(one, root(most(n2, tiny))), none)
        const flat = mul(scale, scale)
        const px = mul(nx, scale)
        const py = mul(ny, scale)
        const pz = mul(nz, scale)
        const offset = choose(isFlat, add(add(mul(px, ax), mul(py, ay)), mul(pz, az)), every(NOWHERE))
        scatterRun(normals + to, px, py, pz, offset)
        // v × n and n × u, over n²
        const bx = mul(sub(mul(vy, nz), mul(vz, ny)), flat)
        const by = mul(sub(mul(vz, nx), mul(vx, nz)), flat)
        const bz = mul(sub(mul(vx, ny), mul(vy, nx)), flat)
        scatterRun(seconds + to, bx, by, bz, add(add(mul(bx, ax), mul(by, ay)), mul(bz, az)))
        const cx = mul(sub(mul(ny, uz), mul(nz, uy)), flat)
        const cy = mul(sub(mul(nz, ux), mul(nx, uz)), flat)
        const cz = mul(sub(mul(nx, uy), mul(ny, ux)), flat)
        scatterRun(thirds + to, cx, cy, cz, add(add(mul(cx, ax), mul(cy, ay)), mul(cz, az)))
        // A weight falls by one over the height on its edge: area over length.
        const fall = mul(scale, aside)
        const wx = sub(ux, vx)
        const wy = sub(uy, vy)
        const wz = sub(uz, vz)
        scatterRun(
          margins + to,
          mul(root(add(add(mul(vx, vx), mul(vy, vy)), mul(vz, vz))), fall),
          mul(root(add(add(mul(ux, ux), mul(uy, uy)), mul(uz, uz))), fall),
          mul(root(add(add(mul(wx, wx), mul(wy, wy)), mul(wz, wz))), fall),
          none,
        )
      }
    }
  }
}
