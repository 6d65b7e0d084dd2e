/** Thread that lies in tissue from the start: every stretch of it that is inside becomes a bite. */
import { addPoint, settle } from './fieldneedles.ts'
import type { Threads, TissueField } from './fieldtype.ts'
import { tetAt } from './thread/walk.ts'

/** Points of a tract are as far apart, m. */
const SPACING = 1.5e-3
/** Halvings with which the place is found where thread goes in or comes out. */
const HALVINGS = 12

const point = new Float64Array(3)
const bary = new Float64Array(4)

/** Runs a rod that was just added through the tissue that it lies in. */
export function sewIn(field: TissueField, threads: Threads, rod: number): void {
  const { memory: t, bites } = threads
  const first = t.first[rod]
  const last = first + t.segments[rod]
  let inside = -1
  let since = 0
  for (let s = first; s < last; s++) {
    const steps = Math.max(1, Math.ceil(t.length[s] / SPACING))
    for (let step = 0; step < steps; step++) {
      const place = s + step / steps
      const tet = tetOf(field, threads, place)
      if (tet >= 0 !== inside >= 0) {
        if (tet >= 0) bites[0]++
        const from = place - 1 / steps
        const edge = tet >= 0 ? cross(field, threads, place, from) : cross(field, threads, from, place)
        leave(field, threads, rod, tetOf(field, threads, edge), edge)
        since = 0
      }
      since += t.length[s] / steps
      if (tet >= 0 && since >= SPACING) {
        leave(field, threads, rod, tetOf(field, threads, place), place)
        since = 0
      }
      inside = tet
    }
  }
}

/** The tetrahedron at a place of a rod, −1 outside; `bary` then has its coordinates there. */
function tetOf({ tissue }: TissueField, { memory: t }: Threads, place: number): number {
  const s = Math.floor(place)
  for (let axis = 0; axis < 3; axis++) {
    const a = t.checked[3 * s + axis]
    const b = place > s ? t.checked[3 * s + 3 + axis] : a
    point[axis] = a + (place - s) * (b - a)
  }
  return tetAt(tissue.memory, point, bary)
}

/** The last place inside on the way from a place inside to one outside. */
function cross(field: TissueField, threads: Threads, from: number, to: number): number {
  let [inside, outside] = [from, to]
  for (let i = 0; i < HALVINGS; i++) {
    const middle = 0.5 * (inside + outside)
    if (tetOf(field, threads, middle) >= 0) inside = middle
    else outside = middle
  }
  return inside
}

/** Adds a point of the bite begun last, in `tet` at `bary`. */
function leave({ tissue }: TissueField, threads: Threads, rod: number, tet: number, place: number): void {
  const n = addPoint(threads, tissue.memory, rod, tet, bary, place)
  threads.tracts.bite[n] = threads.bites[0]
  settle(threads, tissue.memory, n)
}
