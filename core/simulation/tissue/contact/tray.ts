/** The tray under the field: nothing falls through it, and what lies on it slides little. */
import { COUNT, FIRST_PARTICLE, type TissueMemory } from '../memory.ts'

const FRICTION = 0.5

/** Lifts all particles below `height` (m, +Y up) onto the tray. */
export function solveTray({ position, previous, counts }: TissueMemory, height: number): void {
  const end = counts[COUNT.particles] * 4
  for (let p = FIRST_PARTICLE * 4; p < end; p += 4) {
    const depth = height - position[p + 1]
    if (!(depth > 0) || position[p + 3] === 0) continue
    position[p + 1] = height
    const x = position[p] - previous[p]
    const z = position[p + 2] - previous[p + 2]
    const slid = Math.sqrt(x * x + z * z)
    const held = slid > 1e-12 ? Math.min(1, (FRICTION * depth) / slid) : 0
    position[p] -= x * held
    position[p + 2] -= z * held
  }
}
