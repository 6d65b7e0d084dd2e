/** Drops of liquid that sleep wake where metal comes near; kernel source, see `scalars.ts`. */
import { CAPSULE_BYTES } from './dropcapsules.ts'
import { type D, type I, type Ptr, readByte, readDouble, readSingle, writeByte } from './scalars.ts'

/** Wakes those of `count` drops that have been still for `asleep` ticks and lie within `reach` metres of one of the capsules. */
export function wakeNear(capsule: Ptr, capsules: I, reach: D, position: Ptr, still: Ptr, count: I, asleep: I): void {
  for (let p: I = 0; p < count; p++) {
    if (readByte(still + p) < asleep) continue
    const at: Ptr = position + p * 12
    for (let n: I = 0; n < capsules; n++)
      if (isNear(capsule + n * CAPSULE_BYTES, reach, readSingle(at), readSingle(at + 4), readSingle(at + 8))) {
        writeByte(still + p, 0)
        break
      }
  }
}

// @inline
function isNear(capsule: Ptr, reach: D, px: D, py: D, pz: D): boolean {
  const far = readDouble(capsule + 48) + reach
  const ay = readDouble(capsule + 8)
  const uy = readDouble(capsule + 32) - ay
  const y = py - ay
  if (y < (uy < 0 ? uy : 0) - far || y > (uy > 0 ? uy : 0) + far) return false
  const ax = readDouble(capsule)
  const az = readDouble(capsule + 16)
  const ux = readDouble(capsule + 24) - ax
  const uz = readDouble(capsule + 40) - az
  const length2 = ux * ux + uy * uy + uz * uz
  const x = px - ax
  const z = pz - az
  const along: D = length2 > 0 ? (x * ux + y * uy + z * uz) / length2 : 0
  const t: D = along < 0 ? 0 : along > 1 ? 1 : along
  const dx = x - ux * t
  const dy = y - uy * t
  const dz = z - uz * t
  return dx * dx + dy * dy + dz * dz < far * far
}
