/** The tray under a field; kernel source, see `scalars.ts`. */
import { type D, type I, type Ptr, readSingle, writeSingle } from './scalars.ts'

/** Of what lies on it. */
const FRICTION: D = 0.5

/**
 * Lifts all free particles from number `from` to `end` that are below `height` (m, +Y up) onto the tray: nothing falls
 * through it, and what lies on it slides little. `previous` is where particles were when the substep began.
 */
export function solveTray(position: Ptr, previous: Ptr, from: I, end: I, height: D): void {
  for (let p: I = from; p < end; p++) {
    const at: Ptr = position + p * 16
    const depth = height - readSingle(at + 4)
    if (!(depth > 0) || readSingle(at + 12) === 0) continue
    const before: Ptr = previous + p * 16
    const x = readSingle(at) - readSingle(before)
    const z = readSingle(at + 8) - readSingle(before + 8)
    const slid = Math.sqrt(x * x + z * z)
    const held = slid > 1e-12 ? Math.min(1, (FRICTION * depth) / slid) : 0
    writeSingle(at, readSingle(at) - x * held)
    writeSingle(at + 4, height)
    writeSingle(at + 8, readSingle(at + 8) - z * held)
  }
}
