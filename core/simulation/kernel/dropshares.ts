/** What drops and films hold of each liquid, in mL, as doubles one after the other; kernel source, see `scalars.ts`. */
import { type D, type I, type Ptr, readDouble, writeDouble } from './scalars.ts'

/** Liquids that there are, and the bytes of a drop's or film's shares. */
export const SHARES: I = 5
export const SHARE_BYTES: I = 40
/** Parts of a mL in which all volumes are whole numbers. */
const PER_ML: D = 1099511627776
/** mL of a whole drop: the bookable volume next to 0.03 mL. */
export const DROP_ML: D = 0.02999999999974534

/** The largest volume that can be booked and does not exceed `ml`. */
// @inline
export function bookable(ml: D): D {
  return Math.floor(ml * PER_ML) / PER_ML
}

/** mL of all liquids together. */
// @inline
export function allOf(shares: Ptr): D {
  return (
    readDouble(shares) +
    readDouble(shares + 8) +
    readDouble(shares + 16) +
    readDouble(shares + 24) +
    readDouble(shares + 32)
  )
}

/** The liquid of which most is there; the first of equals. */
export function mostOf(shares: Ptr): I {
  let best: I = 0
  for (let k: I = 1; k < SHARES; k++) if (readDouble(shares + k * 8) > readDouble(shares + best * 8)) best = k
  return best
}

/** Moves `ml` of what lies at one place to another. */
// @inline
export function moveShare(from: Ptr, to: Ptr, ml: D): void {
  writeDouble(from, readDouble(from) - ml)
  writeDouble(to, readDouble(to) + ml)
}
