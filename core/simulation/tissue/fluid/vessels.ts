/**
 * The vessels of a field as a tree of short segments (cut them every few millimetres: a clip or a cut takes a whole
 * segment). Cutting one opens two sites: the end on the heart's side by full pressure, the far end by what collaterals
 * bring. A closed or cut segment stops what it feeds.
 */
import { AIM, BLEED, openSite } from './bleed.ts'
import { type FluidMemory, SITE, SITE_STRIDE, SITE_WORD, SITE_WORDS } from './memory.ts'

/** Bits of `segmentState`. */
export const SEGMENT = { closed: 1, cut: 2 } as const
/** `SITE_WORD.end`: the stump on the heart's side, and the far one. */
export const END = { near: 0, far: 1 } as const

/**
 * Share of the pressure that reaches a far stump through collaterals: an assumption, in the middle of what stump pressures
 * are said to be. */
const COLLATERAL = { artery: 0.4, vein: 1 } as const

/** A segment from a tissue particle to the next, away from the heart (for veins too). */
export type Segment = {
  readonly from: number
  readonly to: number
  /** Number of the segment that it goes on from, always a smaller one; −1 where it enters the field. */
  readonly parent: number
  readonly calibreMm: number
  readonly kind: 'artery' | 'vein'
}

/** Closes a segment (clip, tie, seal) and stops what it feeds. */
export function closeSegment(memory: FluidMemory, vessels: readonly Segment[], segment: number): void {
  memory.segmentState[segment] = memory.segmentState[segment]! | SEGMENT.closed
  feedSites(memory, vessels)
}

/** Takes the closure of a segment off. */
export function openSegment(memory: FluidMemory, vessels: readonly Segment[], segment: number): void {
  memory.segmentState[segment] = memory.segmentState[segment]! & ~SEGMENT.closed
  feedSites(memory, vessels)
}

/** Cuts a segment through. Gives the number of the near site (the far one is the next opened), or −1 if it was cut before. */
export function cutSegment(memory: FluidMemory, vessels: readonly Segment[], segment: number): number {
  if ((memory.segmentState[segment]! & SEGMENT.cut) !== 0) return -1
  memory.segmentState[segment] = memory.segmentState[segment]! | SEGMENT.cut
  const { from, to, calibreMm, kind } = vessels[segment]!
  const stump = {
    kind: BLEED[kind],
    boreMm: calibreMm,
    vesselMm: calibreMm,
    areaMm2: 0,
    feed: 0,
    weightB: 0.5,
    weightA: 0.5,
  }
  const near = openSite(memory, { ...stump, a: to, b: from, c: from, aim: AIM.axis })
  const far = openSite(memory, { ...stump, a: from, b: to, c: to, aim: AIM.axis })
  nameEnd(memory, near, segment, END.near)
  nameEnd(memory, far, segment, END.far)
  feedSites(memory, vessels)
  return near
}

function nameEnd(memory: FluidMemory, site: number, segment: number, end: number): void {
  if (site < 0) return
  memory.siteWord[site * SITE_WORDS + SITE_WORD.segment] = segment + 1
  memory.siteWord[site * SITE_WORDS + SITE_WORD.end] = end
}

/** Sets how much of the driving pressure reaches each stump. */
function feedSites(memory: FluidMemory, vessels: readonly Segment[]): void {
  for (let s = 0; s < memory.size.sites; s++) {
    const w = s * SITE_WORDS
    const segment = memory.siteWord[w + SITE_WORD.segment]! - 1
    if (segment < 0) continue
    const kind = vessels[segment]!.kind
    const open =
      memory.siteWord[w + SITE_WORD.end] === END.near
        ? fedFromHeart(memory, vessels, segment)
        : fedFromFar(memory, vessels, segment)
    const far = memory.siteWord[w + SITE_WORD.end] === END.far
    memory.site[s * SITE_STRIDE + SITE.feed] = open ? (far ? COLLATERAL[kind] : 1) : 0
  }
}

/** Whether nothing between a segment and the heart is closed or cut. */
function fedFromHeart(memory: FluidMemory, vessels: readonly Segment[], segment: number): boolean {
  if ((memory.segmentState[segment]! & SEGMENT.closed) !== 0) return false
  for (let s = vessels[segment]!.parent; s >= 0; s = vessels[s]!.parent) if (memory.segmentState[s] !== 0) return false
  return true
}

/** Whether an open way leads from a segment to where its vessel leaves the field. */
function fedFromFar(memory: FluidMemory, vessels: readonly Segment[], segment: number): boolean {
  if ((memory.segmentState[segment]! & SEGMENT.closed) !== 0) return false
  let branches = 0
  for (let s = segment + 1; s < vessels.length; s++) {
    if (vessels[s]!.parent !== segment) continue
    branches++
    if ((memory.segmentState[s]! & SEGMENT.cut) === 0 && fedFromFar(memory, vessels, s)) return true
  }
  return branches === 0
}
