/** One substep of all rods; kernel source, see `scalars.ts`. What it is after: `tissue/thread/solve.ts`. */
import { calmCurves, solveBend } from './rodbend.ts'
import { guard, solveContacts, withinRoom } from './rodcontact.ts'
import { moveGrasps } from './rodgrasps.ts'
import { findPairs } from './rodpairs.ts'
import { solveSleeves } from './rodsleeves.ts'
import { copy, firstOf, gather, scatter, segmentsOf, slowDown } from './rodstate.ts'
import { isLong, limitStretch, measureMost, solveStretch } from './rodstretch.ts'
import { COUNTS, KEPT, ROD_COUNT, SLOT_COUNT, WANTED, X } from './rodtable.ts'
import { solveTracts, startTracts } from './rodtracts.ts'
import { type D, type I, type Ptr, readInt } from './scalars.ts'

/** Most often that contact may move vertices out of the room in which pairs were looked for, and they are looked for again. */
const ROUNDS: I = 3
/** The pairs of segments are more than there is room for. */
export const FULL_PAIRS: I = -1

/**
 * Moves all rods from where gravity and their speed took them to where they may be, within a substep of `h` seconds; returns
 * the number of pairs of segments that passed through each other nevertheless (see `guard`), or `FULL_PAIRS`.
 */
export function solveRods(r: Ptr, h: D): I {
  const rods = readInt(readInt(r + COUNTS) + ROD_COUNT)
  gather(r)
  moveGrasps(r)
  startTracts(r)
  slowDown(r, h)
  for (let rod: I = 0; rod < rods; rod++) solveBend(r, firstOf(r, rod), segmentsOf(r, rod), h)
  calmCurves(r)
  stretchAll(r, h)
  if (!findPairs(r)) return FULL_PAIRS
  solveTracts(r, h)
  solveSleeves(r)
  solveContacts(r)
  stretchAll(r, h)
  solveSleeves(r)
  copy(readInt(r + X), readInt(r + WANTED), readInt(readInt(r + COUNTS) + SLOT_COUNT) * 24)
  solveTracts(r, h)
  solveSleeves(r)
  return settleRods(r, h)
}

/**
 * Gives contact the last word, then length, then contact again, and writes the particles. Returns the number of pairs of
 * segments that passed through each other nevertheless (see `guard`), or `FULL_PAIRS`.
 */
function settleRods(r: Ptr, h: D): I {
  const x: Ptr = readInt(r + X)
  const kept: Ptr = readInt(r + KEPT)
  const counts: Ptr = readInt(r + COUNTS)
  const rods = readInt(counts + ROD_COUNT)
  const bytes = readInt(counts + SLOT_COUNT) * 24
  for (let rod: I = 0; rod < rods; rod++) measureMost(r, firstOf(r, rod), segmentsOf(r, rod), h)
  if (!withinRoom(r) && !findPairs(r)) return FULL_PAIRS
  if (!part(r)) return FULL_PAIRS
  let passed = guard(r)
  for (let round: I = 0; round < ROUNDS && isAnyLong(r); round++) {
    copy(x, kept, bytes)
    for (let rod: I = 0; rod < rods; rod++) limitStretch(r, firstOf(r, rod), segmentsOf(r, rod))
    if (!withinRoom(r) && !findPairs(r)) return FULL_PAIRS
    if (!part(r)) return FULL_PAIRS
    const now = guard(r)
    if (now > passed) {
      // better too long than through another
      copy(kept, x, bytes)
      break
    }
    passed = now
  }
  scatter(r, h)
  return passed
}

function stretchAll(r: Ptr, h: D): void {
  const rods = readInt(readInt(r + COUNTS) + ROD_COUNT)
  for (let rod: I = 0; rod < rods; rod++) solveStretch(r, firstOf(r, rod), segmentsOf(r, rod), h)
}

/** Contact, until it leaves the vertices where pairs were looked for; false when these are too many. */
function part(r: Ptr): boolean {
  solveContacts(r)
  for (let round: I = 0; round < ROUNDS && !withinRoom(r); round++) {
    if (!findPairs(r)) return false
    solveContacts(r)
  }
  return true
}

function isAnyLong(r: Ptr): boolean {
  const rods = readInt(readInt(r + COUNTS) + ROD_COUNT)
  for (let rod: I = 0; rod < rods; rod++) if (isLong(r, firstOf(r, rod), segmentsOf(r, rod))) return true
  return false
}
