/** Vectors of lanes; kernel source, see `lanes.ts`. */
import { add, mul, type V } from './lanes.ts'

// @inline
export function dot(ax: V, ay: V, az: V, bx: V, by: V, bz: V): V {
  return add(add(mul(ax, bx), mul(ay, by)), mul(az, bz))
}
