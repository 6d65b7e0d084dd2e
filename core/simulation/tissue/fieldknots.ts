/** Knots of a field: told when a thread is drawn tight, set with what they hold, and let go when they bear more. */
import { noteAt } from './events.ts'
import { CLOCK, type Threads, type TissueField } from './fieldtype.ts'
import { loopMiddle, strangle, unstrangle } from './strangle.ts'
import { KNOTS, type KnotKind } from './thread/knot/recognise.ts'
import { knotOf, loosenKnot, SETTING, setKnot } from './thread/knot/security.ts'
import { ROD_COUNT, type ThreadMemory } from './thread/memory.ts'

/** A thread that is drawn is looked at once in so many ticks, each in its turn, and no more than so often in one draw. */
const EVERY = 20
const LOOKS = 8
/** A draw is over when the pull falls to this share of what sets a knot. */
const SLACK = 0.25
/** Throws that a figure tells apart. */
const MOST_THROWS = 16
const MM = 1000

/** A knot in one number, as its events carry it. */
export const knotFigure = (kind: KnotKind, throws: number): number =>
  KNOTS.indexOf(kind) * MOST_THROWS + Math.min(throws, MOST_THROWS - 1)

/** The knot that a figure tells. */
export const knotIn = (figure: number): { readonly kind: KnotKind; readonly throws: number } => ({
  kind: KNOTS[Math.floor(figure / MOST_THROWS)],
  throws: figure % MOST_THROWS,
})

/** Ends a tick. */
export function watchKnots(field: TissueField, threads: Threads): void {
  const { memory: t, knot, looks, strangled } = threads
  for (let rod = 0; rod < t.counts[ROD_COUNT.rods]; rod++) {
    const at = knotOf(t, rod)
    const holds = at < 0 ? 0 : t.holding[at]
    if (at >= 0 && loosenKnot(t, rod)) {
      noteAt(field.events, 'knot-slipped', -1, knot[rod], t.checked, 3 * at, holds)
      if (strangled[rod] > 0) {
        unstrangle(field, t, t.loop[2 * rod], t.loop[2 * rod + 1], boundLength(t, rod))
        strangled[rod] = 0
      }
    } else if (at >= 0 && strangled[rod] === 0 && (field.clock[CLOCK.tick] + rod) % EVERY === 0)
      strangleIn(field, threads, rod)
    if (!isDrawn(t, rod, SETTING)) {
      if (!isDrawn(t, rod, SETTING * SLACK)) looks[rod] = 0
      continue
    }
    if (looks[rod] >= LOOKS || (field.clock[CLOCK.tick] + rod) % EVERY !== 0 || !turnsBack(t, rod)) continue
    look(field, threads, rod)
  }
}

/** Tells when vessels are tied by the loop under a set knot. */
function strangleIn(field: TissueField, { memory: t, strangled }: Threads, rod: number): void {
  const length = boundLength(t, rod)
  const from = t.loop[2 * rod]
  const vessels = strangle(field, t, from, t.loop[2 * rod + 1], length)
  if (vessels < 0) return
  strangled[rod] = 1
  if (vessels > 0) noteAt(field.events, 'tied', -1, length * MM, loopMiddle, 0, t.tension[from])
}

/** Length of thread about what a set knot is tied around, m. */
function boundLength(t: ThreadMemory, rod: number): number {
  let sum = 0
  for (let s = t.loop[2 * rod]; s < t.loop[2 * rod + 1]; s++) sum += t.length[s]
  return sum
}

/** Names and sets the knot of a rod, if it is drawn tight. */
function look(field: TissueField, { memory: t, knot, looks }: Threads, rod: number): void {
  const found = setKnot(t, rod)
  if (found.holdsN === 0) {
    // A knot that still slides is looked at until it is where it goes.
    if (!found.runs) looks[rod]++
    return
  }
  looks[rod] = LOOKS
  const figure = knotFigure(found.kind, found.throws.length)
  if (figure === knot[rod]) return
  knot[rod] = figure
  noteAt(field.events, 'knot', -1, figure, t.checked, 3 * knotOf(t, rod), found.pullN)
}

/** Whether any of a rod bears as much, N. */
function isDrawn(t: ThreadMemory, rod: number, newtons: number): boolean {
  const last = t.first[rod] + t.segments[rod]
  for (let s = t.first[rod]; s < last; s++) if (t.tension[s] >= newtons) return true
  return false
}

/** Vertices of one rod that lie on each other are as far apart along it at least. */
const APART = 6
/** They touch within so many radii. */
const NEAR = 3

/** Whether a rod lies on itself anywhere: without that it has no knot. */
function turnsBack(t: ThreadMemory, rod: number): boolean {
  const first = t.first[rod] + t.steel[rod]
  const last = t.first[rod] + t.segments[rod]
  const x = t.checked
  for (let s = first; s <= last; s++)
    for (let o = s + APART; o <= last; o++) {
      const dx = x[3 * o] - x[3 * s]
      const dy = x[3 * o + 1] - x[3 * s + 1]
      const dz = x[3 * o + 2] - x[3 * s + 2]
      const near = NEAR * t.radius[s] + 0.5 * t.length[s]
      if (dx * dx + dy * dy + dz * dz < near * near) return true
    }
  return false
}
