/** A digest of memory that tells states apart; kernel source, see `lanes.ts`. */
import { type Count, keepWords, LANES, mixWords, type Ptr, setLane, words } from './lanes.ts'

/** Bytes of the sums: four rows of four words. */
export const SUMS_BYTES = 64

/**
 * Mixes `rows` rows of sixteen bytes into the sums, each row into one of four in turn. Every word goes by a bijection
 * (xor, rotation, odd multiple), so a change of one word always changes the sums, and two that meet in one of the
 * sixteen cancel with a chance of 2⁻³². It tells accidents apart, not adversaries: whoever hashes for that, hashes the sums.
 */
export function digest(at: Ptr, rows: Count, sums: Ptr): void {
  for (let l = 0; l < LANES; l++) {
    setLane(l)
    let a = words(sums)
    let b = words(sums + 16)
    let c = words(sums + 32)
    let d = words(sums + 48)
    const fours = rows & ~3
    for (let i: Count = 0; i < fours; i += 4) {
      const from: Ptr = at + i * 16
      a = mixWords(a, words(from))
      b = mixWords(b, words(from + 16))
      c = mixWords(c, words(from + 32))
      d = mixWords(d, words(from + 48))
    }
    for (let i: Count = fours; i < rows; i++) {
      const from: Ptr = at + i * 16
      a = mixWords(a, words(from))
    }
    keepWords(sums, a)
    keepWords(sums + 16, b)
    keepWords(sums + 32, c)
    keepWords(sums + 48, d)
  }
}
