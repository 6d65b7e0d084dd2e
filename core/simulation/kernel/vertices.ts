/** The vertices of a surface on their way through a tick, four numbers each; kernel source, see `lanes.ts`. */
import {
  add,
  type Count,
  every,
  type F,
  gather,
  gotX,
  gotY,
  gotZ,
  keep,
  LANES,
  most,
  mostOfRow,
  mul,
  type Ptr,
  row,
  setLane,
  sub,
} from './lanes.ts'
import { writeSingle } from './scalars.ts'

/** Sets `begin` and `now` to shares `from` and `to` of the way from `origin` to `goal`. */
export function advanceVertices(origin: Ptr, goal: Ptr, begin: Ptr, now: Ptr, count: Count, from: F, to: F): void {
  const first = every(from)
  const last = every(to)
  for (let v = 0; v < count; v++) {
    const at: Ptr = v * 16
    for (let l = 0; l < LANES; l++) {
      setLane(l)
      const o = row(origin + at)
      const way = sub(row(goal + at), o)
      keep(begin + at, add(o, mul(way, first)))
      keep(now + at, add(o, mul(way, last)))
    }
  }
}

/**
 * Writes to `sums` (two rows) the square of the farthest that a vertex of those in `used` lies from where it is in `origin`,
 * and from where it is in `laid`; `count` is a multiple of four.
 */
export function farthestWay(used: Ptr, count: Count, goal: Ptr, origin: Ptr, laid: Ptr, sums: Ptr): void {
  for (let l = 0; l < LANES; l++) {
    setLane(l)
    let way = every(0)
    let off = every(0)
    for (let i = 0; i < count; i += 4) {
      const at: Ptr = used + i * 4
      gather(at, goal)
      const x = gotX
      const y = gotY
      const z = gotZ
      gather(at, origin)
      const ox = sub(x, gotX)
      const oy = sub(y, gotY)
      const oz = sub(z, gotZ)
      way = most(way, add(add(mul(ox, ox), mul(oy, oy)), mul(oz, oz)))
      gather(at, laid)
      const lx = sub(x, gotX)
      const ly = sub(y, gotY)
      const lz = sub(z, gotZ)
      off = most(off, add(add(mul(lx, lx), mul(ly, ly)), mul(lz, lz)))
    }
    keep(sums, way)
    keep(sums + 16, off)
  }
  writeSingle(sums, mostOfRow(sums))
  writeSingle(sums + 16, mostOfRow(sums + 16))
}
