/** Drops of liquid against instruments; kernel source, see `scalars.ts`. */
import { type D, type I, type Ptr, readByte, readDouble, readSingle, writeSingle } from './scalars.ts'

/** Bytes of a capsule: both ends and the radius, doubles. */
const CAPSULE_BYTES: I = 56
/** Share of the motion along metal that is lost in a substep. */
const DRAG: D = 0.1

/** Keeps drops that are awake `skin` metres off the metal of capsules, and takes a little of their motion. */
export function solveCapsules(
  capsule: Ptr,
  capsules: I,
  skin: D,
  position: Ptr,
  start: Ptr,
  awake: Ptr,
  count: I,
): void {
  for (let n: I = 0; n < capsules; n++) {
    const at: Ptr = capsule + n * CAPSULE_BYTES
    const ax = readDouble(at)
    const ay = readDouble(at + 8)
    const az = readDouble(at + 16)
    const ux = readDouble(at + 24) - ax
    const uy = readDouble(at + 32) - ay
    const uz = readDouble(at + 40) - az
    const keep = readDouble(at + 48) + skin
    const length2 = ux * ux + uy * uy + uz * uz
    const x1 = Math.min(0, ux) + ax - keep
    const x2 = Math.max(0, ux) + ax + keep
    const y1 = Math.min(0, uy) + ay - keep
    const y2 = Math.max(0, uy) + ay + keep
    const z1 = Math.min(0, uz) + az - keep
    const z2 = Math.max(0, uz) + az + keep
    for (let i: I = 0; i < count; i++) {
      const drop: Ptr = position + i * 16
      const px = readSingle(drop)
      if (px < x1 || px > x2) continue
      const py = readSingle(drop + 4)
      const pz = readSingle(drop + 8)
      if (py < y1 || py > y2 || pz < z1 || pz > z2 || readByte(awake + i) === 0) continue
      const along: D = length2 > 0 ? ((px - ax) * ux + (py - ay) * uy + (pz - az) * uz) / length2 : 0
      const t: D = along < 0 ? 0 : along > 1 ? 1 : along
      let dx = px - (ax + ux * t)
      let dy = py - (ay + uy * t)
      let dz = pz - (az + uz * t)
      let far = Math.sqrt(dx * dx + dy * dy + dz * dz)
      if (far >= keep) continue
      if (far < 1e-9) {
        // On the axis: out along a fixed line.
        dx = 0
        dy = 1e-9
        dz = 0
        far = 1e-9
      }
      const out = (keep - far) / far
      const began: Ptr = start + i * 16
      writeSingle(drop, px + dx * out + (readSingle(began) - px) * DRAG)
      writeSingle(drop + 4, py + dy * out + (readSingle(began + 4) - py) * DRAG)
      writeSingle(drop + 8, pz + dz * out + (readSingle(began + 8) - pz) * DRAG)
    }
  }
}
