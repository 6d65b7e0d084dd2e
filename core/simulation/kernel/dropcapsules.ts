/** Drops of liquid against instruments; kernel source, see `lanes.ts` and `scalars.ts`. */
import { append, gatherOne, gatherRun, gotX, gotY, gotZ, LANES, least, setLane, sub } from './lanes.ts'
import { type D, type I, type Ptr, readByte, readDouble, readInt, readSingle, writeSingle } from './scalars.ts'

/** Bytes of a capsule: both ends and the radius, doubles. */
export const CAPSULE_BYTES: I = 56
/** Share of the motion along metal that is lost in a substep. */
const DRAG: D = 0.1
/** What rounding may take from a box, m. */
const SLACK: D = 1e-6

/**
 * Keeps drops that are awake `skin` metres off the metal of capsules, and takes a little of their motion. `hit` has room
 * for `count` drops and four more. `box`: two rows.
 */
export function solveCapsules(
  capsule: Ptr,
  capsules: I,
  skin: D,
  position: Ptr,
  start: Ptr,
  awake: Ptr,
  count: I,
  box: Ptr,
  hit: Ptr,
  table: Ptr,
): void {
  for (let n: I = 0; n < capsules; n++) {
    const at: Ptr = capsule + n * CAPSULE_BYTES
    const keep = readDouble(at + 48) + skin
    for (let k: I = 0; k < 3; k++) {
      const from = readDouble(at + k * 8)
      const to = readDouble(at + 24 + k * 8)
      writeSingle(box + k * 4, Math.min(from, to) - keep - SLACK)
      writeSingle(box + 16 + k * 4, Math.max(from, to) + keep + SLACK)
    }
    gatherOne(box)
    const lowX = gotX
    const lowY = gotY
    const lowZ = gotZ
    gatherOne(box + 16)
    const topX = gotX
    const topY = gotY
    const topZ = gotZ
    let hits: I = 0
    for (let i: I = 0; i < count; i += 4) {
      for (let l = 0; l < LANES; l++) {
        setLane(l)
        gatherRun(position + i * 16)
        const x = least(sub(gotX, lowX), sub(topX, gotX))
        const y = least(sub(gotY, lowY), sub(topY, gotY))
        const z = least(sub(gotZ, lowZ), sub(topZ, gotZ))
        hits += append(hit + hits * 4, i, count, least(least(x, y), z), table)
      }
    }
    for (let q: I = 0; q < hits; q++) {
      const drop = readInt(hit + q * 4)
      if (readByte(awake + drop) !== 0) part(at, keep, position + drop * 16, start + drop * 16)
    }
  }
}

/** Keeps a drop off a capsule. */
function part(capsule: Ptr, keep: D, drop: Ptr, start: Ptr): void {
  const ax = readDouble(capsule)
  const ay = readDouble(capsule + 8)
  const az = readDouble(capsule + 16)
  const ux = readDouble(capsule + 24) - ax
  const uy = readDouble(capsule + 32) - ay
  const uz = readDouble(capsule + 40) - az
  const px = readSingle(drop)
  const py = readSingle(drop + 4)
  const pz = readSingle(drop + 8)
  const length2 = ux * ux + uy * uy + uz * uz
  const along: D = length2 > 0 ? ((px - ax) * ux + (py - ay) * uy + (pz - az) * uz) / length2 : 0
  const t: D = along < 0 ? 0 : along > 1 ? 1 : along
  let dx = px - (ax + ux * t)
  let dy = py - (ay + uy * t)
  let dz = pz - (az + uz * t)
  let far = Math.sqrt(dx * dx + dy * dy + dz * dz)
  if (far >= keep) return
  if (far < 1e-9) {
    // On the axis: out along a fixed line.
    dx = 0
    dy = 1e-9
    dz = 0
    far = 1e-9
  }
  const out = (keep - far) / far
  writeSingle(drop, px + dx * out + (readSingle(start) - px) * DRAG)
  writeSingle(drop + 4, py + dy * out + (readSingle(start + 4) - py) * DRAG)
  writeSingle(drop + 8, pz + dz * out + (readSingle(start + 8) - pz) * DRAG)
}
