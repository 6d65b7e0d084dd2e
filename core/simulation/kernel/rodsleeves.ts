/** Rods in hollow needles: they keep to the bore and slide along it freely; kernel source, see `scalars.ts`. */
import { moveBy } from './rodstretch.ts'
import { HELD_SLOTS, SLEEVES, X } from './rodtable.ts'
import { type D, floorInt, type I, type Ptr, readByte, readDouble, readInt } from './scalars.ts'

/** Sleeves, one for each tool, and doubles of each: tip x y z, end x y z, first and last vertex in it; none when these cross. */
export const MOST_SLEEVES: I = 4
export const SLEEVE: I = 8
/** How far a wire lies off the axis of what fits it at most, m (estimate). */
const PLAY: D = 1e-4

/** Brings what lies in a bore to its axis. The tool is held by a hand: it does not give way. */
export function solveSleeves(r: Ptr): void {
  for (let n: I = 0; n < MOST_SLEEVES; n++) {
    const at: Ptr = readInt(r + SLEEVES) + n * SLEEVE * 8
    const last = floorInt(readDouble(at + 56))
    for (let s = floorInt(readDouble(at + 48)); s <= last; s++)
      if (readByte(readInt(r + HELD_SLOTS) + s) === 0) keepIn(at, readInt(r + X) + s * 24)
  }
}

function keepIn(sleeve: Ptr, x: Ptr): void {
  const ax = readDouble(sleeve)
  const ay = readDouble(sleeve + 8)
  const az = readDouble(sleeve + 16)
  const ux = readDouble(sleeve + 24) - ax
  const uy = readDouble(sleeve + 32) - ay
  const uz = readDouble(sleeve + 40) - az
  const dx = readDouble(x) - ax
  const dy = readDouble(x + 8) - ay
  const dz = readDouble(x + 16) - az
  const share = (dx * ux + dy * uy + dz * uz) / (ux * ux + uy * uy + uz * uz)
  if (share < 0 || share > 1) return
  const ox = dx - share * ux
  const oy = dy - share * uy
  const oz = dz - share * uz
  const off = Math.sqrt(ox * ox + oy * oy + oz * oz)
  if (off > PLAY) moveBy(x, (PLAY - off) / off, ox, oy, oz)
}
