/**
 * How far a blunt tip presses in what is whole under it, where the spring between hand and tip balances the tissue. On
 * skin over the patch of living wall the tissue's force is that of the contact which the solver computed; elsewhere, and
 * in a channel that is narrower than the lattice, tissue is a spring that ends.
 */
import { COUPLING } from './instruments.ts'
import { HAND } from './worldstate.ts'

/** No contact of the tip is known: `HAND.pushed`. */
export const UNKNOWN = -1

/**
 * Indentation in mm for a hand `depth` mm below a floor of tissue that can be pressed in by no more than `give`. The
 * contact is that of the last tick, so from there it is followed by the stiffness of the tissue (a quasi-Newton step):
 * where both forces are equal it stays. @param stiffness N/mm
 */
export function indent(h: Float64Array, depth: number, stiffness: number, give: number): number {
  if (h[HAND.pushed] === UNKNOWN) {
    // Two springs in series, the tissue's ending at `give`.
    const linear = (depth * COUPLING) / (COUPLING + stiffness)
    return (linear * give) / (linear + give)
  }
  const balanced = (COUPLING * depth - h[HAND.pushed] + stiffness * h[HAND.pushedAt]) / (COUPLING + stiffness)
  return Math.max(0, Math.min(balanced, depth, give))
}
