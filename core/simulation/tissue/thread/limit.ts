/**
 * The last word on length: segments that contact left longer than their tension makes them are shortened again, one
 * after the other from either end of a rod in turn (strain limiting: Provot 1995, Graphics Interface, 147–154).
 */
import type { ThreadMemory } from './memory.ts'
import type { Workspace } from './workspace.ts'

/** Strain that is left, beyond that of the tension; and how much of that. */
const LEFT = 0.01
const TENSE = 1.5
/** How much of its lightness a vertex has here that something pushes: what it lies on goes before length. */
const TOUCHED = 0.02
/** Sweeps there and back. */
const SWEEPS = 12

/** Whether a segment is longer than its tension makes it. */
export function isLong(
  t: ThreadMemory,
  { x, multiplier }: Workspace,
  first: number,
  segments: number,
  h: number,
): boolean {
  for (let s = first; s < first + segments; s++) {
    const a = 3 * s
    const dx = x[a + 3]! - x[a]!
    const dy = x[a + 4]! - x[a + 1]!
    const dz = x[a + 5]! - x[a + 2]!
    const tense = (-TENSE * multiplier[s]!) / (h * h * t.axial[s]!)
    const most = t.length[s]! * (1 + LEFT + (tense > 0 ? tense : 0))
    if (dx * dx + dy * dy + dz * dz > most * most) return true
  }
  return false
}

/** Shortens the segments of a rod, within a substep of `h` seconds. */
export function limitStretch(t: ThreadMemory, k: Workspace, first: number, segments: number, h: number): void {
  const { x, weight, multiplier, touch } = k
  const last = first + segments
  let found = true
  for (let sweep = 0; sweep < SWEEPS && found; sweep++) {
    found = false
    for (let i = 0; i < 2 * segments; i++) {
      const s = i < segments ? first + i : last - 1 - (i - segments)
      const a = 3 * s
      const dx = x[a + 3]! - x[a]!
      const dy = x[a + 4]! - x[a + 1]!
      const dz = x[a + 5]! - x[a + 2]!
      const far2 = dx * dx + dy * dy + dz * dz
      const tense = (-TENSE * multiplier[s]!) / (h * h * t.axial[s]!)
      const most = t.length[s]! * (1 + LEFT + (tense > 0 ? tense : 0))
      if (far2 <= most * most) continue
      const w = touch[s] === 0 ? weight[s]! : TOUCHED * weight[s]!
      const v = touch[s + 1] === 0 ? weight[s + 1]! : TOUCHED * weight[s + 1]!
      if (!(w + v > 0)) continue
      found = true
      const far = Math.sqrt(far2)
      const by = (far - most) / (far * (w + v))
      const p = w * by
      const q = v * by
      x[a] = x[a]! + p * dx
      x[a + 1] = x[a + 1]! + p * dy
      x[a + 2] = x[a + 2]! + p * dz
      x[a + 3] = x[a + 3]! - q * dx
      x[a + 4] = x[a + 4]! - q * dy
      x[a + 5] = x[a + 5]! - q * dz
    }
  }
}
