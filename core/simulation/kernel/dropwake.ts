/** Drops of liquid that sleep wake where metal comes near and where their surface moves or changes; kernel source, see `scalars.ts`. */
import { CAPSULE_BYTES } from './dropcapsules.ts'
import { clearMarks, isMarked, markAround } from './facemarks.ts'
import { type D, type I, type Ptr, readByte, readDouble, readInt, readSingle, writeByte, writeInt } from './scalars.ts'

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

/**
 * Marks the space within `reach` metres of where each of the vertices in `used` that moved farther than `way` metres lay
 * (`laid`) and lies (`goal`), and lays these anew.
 */
export function markMoved(used: Ptr, count: I, goal: Ptr, laid: Ptr, way: D, reach: D, marks: Ptr): void {
  clearMarks(marks)
  for (let i: I = 0; i < count; i++) {
    const v: Ptr = readInt(used + i * 4) * 16
    const x = readSingle(goal + v) - readSingle(laid + v)
    const y = readSingle(goal + v + 4) - readSingle(laid + v + 4)
    const z = readSingle(goal + v + 8) - readSingle(laid + v + 8)
    if (x * x + y * y + z * z <= way * way) continue
    markAround(marks, laid + v, reach)
    markAround(marks, goal + v, reach)
    for (let k: I = 0; k < 12; k += 4) writeInt(laid + v + k, readInt(goal + v + k))
  }
}

/**
 * Marks the space within `reach` metres of those of `count` vertices that came to a surface or left it (`uses` is what
 * `bindFaces` wrote), and lays (`laid`) those that came.
 */
export function markChanged(uses: Ptr, count: I, goal: Ptr, laid: Ptr, reach: D, marks: Ptr): void {
  clearMarks(marks)
  for (let v: I = 0; v < count; v++) {
    const use = readByte(uses + v)
    if (use !== 1 && use !== 2) continue
    const at: Ptr = v * 16
    markAround(marks, goal + at, reach)
    if (use === 1) for (let k: I = 0; k < 12; k += 4) writeInt(laid + at + k, readInt(goal + at + k))
  }
}

/** Lets those of `count` drops that have been still for `asleep` ticks and lie in marked space have been still for only `ticks`. */
export function wakeMarked(marks: Ptr, position: Ptr, still: Ptr, count: I, asleep: I, ticks: I): void {
  for (let p: I = 0; p < count; p++)
    if (readByte(still + p) >= asleep && isMarked(marks, position + p * 12)) writeByte(still + p, ticks)
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
