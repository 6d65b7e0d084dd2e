/** Drops of liquid that sleep wake where metal comes near; kernel source, see `scalars.ts`. */
import { type D, type I, type Ptr, readByte, readDouble, readSingle, writeByte } from './scalars.ts'

/** Bytes of a capsule: both ends and the radius, doubles. */
const CAPSULE_BYTES: I = 56

/** Wakes those of `count` drops that sleep within `reach` metres of one of the capsules. */
export function wakeNear(capsule: Ptr, capsules: I, reach: D, position: Ptr, still: Ptr, count: I, asleep: I): void {
  for (let n: I = 0; n < capsules; n++) {
    const at: Ptr = capsule + n * CAPSULE_BYTES
    const ax = readDouble(at)
    const ay = readDouble(at + 8)
    const az = readDouble(at + 16)
    const ux = readDouble(at + 24) - ax
    const uy = readDouble(at + 32) - ay
    const uz = readDouble(at + 40) - az
    const far = readDouble(at + 48) + reach
    const length2 = ux * ux + uy * uy + uz * uz
    const lowY = Math.min(0, uy) - far
    const topY = Math.max(0, uy) + far
    for (let p: I = 0; p < count; p++) {
      if (readByte(still + p) < asleep) continue
      const y = readSingle(position + p * 12 + 4) - ay
      if (y < lowY || y > topY) continue
      const x = readSingle(position + p * 12) - ax
      const z = readSingle(position + p * 12 + 8) - az
      const along: D = length2 > 0 ? (x * ux + y * uy + z * uz) / length2 : 0
      const t: D = along < 0 ? 0 : along > 1 ? 1 : along
      const dx = x - ux * t
      const dy = y - uy * t
      const dz = z - uz * t
      if (dx * dx + dy * dy + dz * dz < far * far) writeByte(still + p, 0)
    }
  }
}
