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
 * Lists which of `count` vertices in `used` moved farther than `way` metres from where they were `laid` to their `goal`, and
 * lays these anew. Returns how many.
 */
export function listMoved(used: Ptr, count: I, goal: Ptr, laid: Ptr, way: D, list: Ptr): I {
  let end: I = 0
  for (let i: I = 0; i < count; i++) {
    const v = readInt(used + i * 4)
    const at: Ptr = v * 16
    const x = readSingle(goal + at) - readSingle(laid + at)
    const y = readSingle(goal + at + 4) - readSingle(laid + at + 4)
    const z = readSingle(goal + at + 8) - readSingle(laid + at + 8)
    if (x * x + y * y + z * z <= way * way) continue
    lay(goal + at, laid + at)
    writeInt(list + end * 4, v)
    end++
  }
  return end
}

/**
 * Lists which of `count` vertices came to a surface or left it (`uses` is what `bindFaces` wrote), and lays those that came.
 * Returns how many.
 */
export function listChanged(uses: Ptr, count: I, goal: Ptr, laid: Ptr, list: Ptr): I {
  let end: I = 0
  for (let v: I = 0; v < count; v++) {
    const use = readByte(uses + v)
    if (use !== 1 && use !== 2) continue
    if (use === 1) lay(goal + v * 16, laid + v * 16)
    writeInt(list + end * 4, v)
    end++
  }
  return end
}

function lay(goal: Ptr, laid: Ptr): void {
  for (let k: I = 0; k < 12; k += 4) writeInt(laid + k, readInt(goal + k))
}

/**
 * Lets those of `drops` drops that have been still for `asleep` ticks and lie within `reach` metres of one of the `count`
 * vertices listed have been still for only `ticks`. Whether a vertex may be so near, `marks` tell (`facemarks.ts`).
 */
export function wakeAround(
  list: Ptr,
  count: I,
  goal: Ptr,
  reach: D,
  marks: Ptr,
  position: Ptr,
  still: Ptr,
  drops: I,
  asleep: I,
  ticks: I,
): void {
  clearMarks(marks)
  for (let n: I = 0; n < count; n++) markAround(marks, goal + readInt(list + n * 4) * 16, reach)
  for (let p: I = 0; p < drops; p++) {
    const at: Ptr = position + p * 12
    if (readByte(still + p) < asleep || !isMarked(marks, at)) continue
    for (let n: I = 0; n < count; n++) {
      const v: Ptr = goal + readInt(list + n * 4) * 16
      const x = readSingle(v) - readSingle(at)
      const y = readSingle(v + 4) - readSingle(at + 4)
      const z = readSingle(v + 8) - readSingle(at + 8)
      if (x * x + y * y + z * z > reach * reach) continue
      writeByte(still + p, ticks)
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
  // Few lie near the axis' line: the others need no division. Rounding may take a little.
  const lineX = y * uz - z * uy
  const lineY = z * ux - x * uz
  const lineZ = x * uy - y * ux
  if (lineX * lineX + lineY * lineY + lineZ * lineZ > 1.000001 * far * far * length2) return false
  const along: D = length2 > 0 ? (x * ux + y * uy + z * uz) / length2 : 0
  const t: D = along < 0 ? 0 : along > 1 ? 1 : along
  const dx = x - ux * t
  const dy = y - uy * t
  const dz = z - uz * t
  return dx * dx + dy * dy + dz * dz < far * far
}
