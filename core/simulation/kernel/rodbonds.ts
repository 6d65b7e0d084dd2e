/** Bonds within knots that are set: strands that nip each other keep their distance; kernel source, see `scalars.ts`. */
import { moveBy } from './rodstretch.ts'
import { BOND, BOND_LENGTH, COUNTS, HOLDING, SLOT_COUNT, WEIGHT, X } from './rodtable.ts'
import { type D, type I, type Ptr, readDouble, readInt } from './scalars.ts'

/** Bonds of a vertex. */
export const BONDS: I = 2

/** Solves all bonds once. */
export function solveBonds(r: Ptr): void {
  const holding: Ptr = readInt(r + HOLDING)
  const bond: Ptr = readInt(r + BOND)
  const slots = readInt(readInt(r + COUNTS) + SLOT_COUNT)
  for (let s: I = 0; s < slots; s++) {
    if (readDouble(holding + s * 8) === 0) continue
    for (let n = s * BONDS; n < s * BONDS + BONDS; n++) {
      const other = readInt(bond + n * 4) - 1
      if (other >= 0) keepApart(r, s, other, readDouble(readInt(r + BOND_LENGTH) + n * 8))
    }
  }
}

/** Brings two vertices to a distance, m. */
function keepApart(r: Ptr, a: I, b: I, length: D): void {
  const i: Ptr = readInt(r + X) + a * 24
  const j: Ptr = readInt(r + X) + b * 24
  const weight: Ptr = readInt(r + WEIGHT)
  const w = readDouble(weight + a * 8)
  const v = readDouble(weight + b * 8)
  const dx = readDouble(i) - readDouble(j)
  const dy = readDouble(i + 8) - readDouble(j + 8)
  const dz = readDouble(i + 16) - readDouble(j + 16)
  const far = Math.sqrt(dx * dx + dy * dy + dz * dz)
  if (!(w + v > 0) || !(far > 1e-9)) return
  const by = (length - far) / (far * (w + v))
  moveBy(i, w * by, dx, dy, dz)
  moveBy(j, -(v * by), dx, dy, dz)
}
