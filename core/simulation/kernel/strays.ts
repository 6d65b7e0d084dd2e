/** Particles that left a field; kernel source, see `scalars.ts`. */
import { type D, type I, type Ptr, readSingle } from './scalars.ts'

/** The first particle from number `from` on that is further than `far` (m) from the origin along an axis, or nowhere; or `end`. */
export function findStray(position: Ptr, from: I, end: I, far: D): I {
  for (let p: I = from; p < end; p++) {
    const at: Ptr = position + p * 16
    const most = Math.max(
      Math.abs(readSingle(at)),
      Math.max(Math.abs(readSingle(at + 4)), Math.abs(readSingle(at + 8))),
    )
    // False for what is not a number, too.
    if (!(most <= far)) return p
  }
  return end
}
