/** How far the living wall was moved from its shape at rest. */
import { COUNT, FIRST_PARTICLE } from '../tissue/memory.ts'
import { PATCH, toPatch, type WallPatch } from './patch.ts'

/** Particles so near to a place at rest tell how the tissue there was moved, m: wider than a step of the lattice. */
const ABOUT_M = 0.011

/**
 * Writes how far the tissue that lies at (u, v, w), mm, at rest was moved, mm, into `out` from `at` on: the mean of the
 * particles about it by a kernel that falls to nothing at `ABOUT_M`. Nothing is moved where there is no patch.
 */
export function shiftAt(patch: WallPatch, u: number, v: number, w: number, out: Float64Array, at: number): void {
  out.fill(0, at, at + 3)
  if (patch.slots[PATCH.laid] === 0) return
  const { rest, position, counts } = patch.field.tissue.memory
  const place = patch.tip
  toPatch(patch, u, v, w, place)
  const end = counts[COUNT.particles] * 4
  let sum = 0
  for (let p = FIRST_PARTICLE * 4; p < end; p += 4) {
    const x = rest[p] - place[0]
    const y = rest[p + 1] - place[1]
    const z = rest[p + 2] - place[2]
    const left = 1 - (x * x + y * y + z * z) / (ABOUT_M * ABOUT_M)
    // Parked particles have no mass.
    if (left <= 0 || rest[p + 3] === 0) continue
    const weight = left * left
    sum += weight
    for (let i = 0; i < 3; i++) out[at + i] += weight * (position[p + i] - rest[p + i])
  }
  if (sum > 0) for (let i = at; i < at + 3; i++) out[i] *= 1000 / sum
}
