/** Liquids mix: neighbouring drops exchange shares, so that blood dilutes in irrigation; kernel source, see `scalars.ts`. */
import { bookable, DROP_ML, mostOf, moveShare, SHARE_BYTES } from './dropshares.ts'
import { type D, type I, type Ptr, readByte, readDouble, readInt, writeByte } from './scalars.ts'

/** One drop of so many exchanges with its neighbours in a tick; share of the difference that changes sides then. */
const TURNS: I = 16
const RATE: D = 0.12
/** Smaller differences, in mL, are left alone. */
const LEAST: D = DROP_ML * 0.02

/**
 * Lets the drops whose turn it is in a tick exchange with their neighbours (see `droplists.ts`). `order` names the drop of
 * each of `count` places, `liquid` the row of what prevails in each drop.
 */
export function mixDrops(
  order: Ptr,
  first: Ptr,
  near: Ptr,
  count: I,
  spare: I,
  tick: I,
  shares: Ptr,
  liquid: Ptr,
): void {
  for (let i: I = tick & (TURNS - 1); i < count; i += TURNS) {
    const p = readInt(order + i * 4)
    const mine: Ptr = shares + p * SHARE_BYTES
    const end = readInt(first + i * 4 + 4)
    for (let k = readInt(first + i * 4); k < end; k++) {
      const j = readInt(near + k * 4)
      if (j === i || j === spare) continue
      const q = readInt(order + j * 4)
      const other: Ptr = shares + q * SHARE_BYTES
      if (readByte(liquid + p) === readByte(liquid + q) && Math.abs(readDouble(mine) - readDouble(other)) < LEAST)
        continue
      for (let l: I = 0; l < SHARE_BYTES; l += 8)
        moveShare(mine + l, other + l, bookable((readDouble(mine + l) - readDouble(other + l)) * RATE))
      writeByte(liquid + p, mostOf(mine))
      writeByte(liquid + q, mostOf(other))
    }
  }
}
