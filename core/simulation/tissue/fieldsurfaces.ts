/**
 * How threads take part in contact with surfaces: not where a tract holds them within tissue, and with the mass that their
 * solver gives them where they are taut or jammed, lest tissue push a thread aside that cuts into it.
 */
import type { Threads } from './fieldtype.ts'
import type { TissueMemory } from './memory.ts'
import { ROD_COUNT } from './thread/memory.ts'
import { TRACT } from './thread/tract.ts'

/** How far from a point of its tract a rod still lies within tissue, m. */
const WITHIN = 1.5e-3

/** Takes vertices that lie in tracts, and points of needles that are led, out of contact: until `showThreads`. */
export function hideInside({ memory: t, tracts }: Threads, { position }: TissueMemory): void {
  for (let n = 0; n < tracts.counts[TRACT.points]; n++) {
    if (tracts.active[n] === 0 || tracts.knot[n] === 1) continue
    const first = t.first[tracts.rod[n]]
    const last = first + t.segments[tracts.rod[n]]
    const s = Math.floor(tracts.place[n])
    const reach = Math.ceil(WITHIN / t.length[Math.min(s, last - 1)])
    const to = Math.min(s + reach + 1, last)
    for (let v = Math.max(first, s - reach); v <= to; v++) position[t.particle[v] * 4 + 3] = 0
  }
}

/** Gives vertices their own mass again. */
export function showThreads({ memory: t }: Threads, { position, rest }: TissueMemory): void {
  for (let s = 0; s < t.counts[ROD_COUNT.slots]; s++) {
    const p = t.particle[s] * 4 + 3
    position[p] = t.held[s] === 1 ? 0 : 1 / rest[p]
  }
}
