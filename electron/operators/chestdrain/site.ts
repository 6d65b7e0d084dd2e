import { BUTTON, type SimEvent } from '../../../core/simulation/contract.ts'
import type { Surgeon, Work } from '../surgeon.ts'
import type { Vec } from '../vector.ts'

/** Where to go in: between the borders of two ribs, felt through the skin, in field coordinates (mm). */
export type Site = {
  readonly space: number
  readonly u: number
  /** Upper border of the lower rib and lower border of the upper rib at `u`. */
  readonly lower: number
  readonly upper: number
  /** How much the ribs rise per millimetre towards the front. */
  readonly slope: number
}

type Felt = Extract<SimEvent, { type: 'felt' }>

/** How far behind the skin the palpating finger aims, mm: firm, but no harm. */
const PRESS_MM = 7
/** Speed of the finger over the ribs, mm/s, and ticks between two presses. */
const GLIDE_MM_S = 22
const PRESS_TICKS = 6
/** Columns felt beside the chosen line to learn how the ribs run, mm. */
const BESIDE_MM = 18

/** The bundle hangs further below its rib than the collaterals stand above theirs, mm. */
const BELOW_MIDDLE_MM = 0.6

/** The height between the borders at which a tool should pass: midway between what must be spared above and below. */
export function middleOf(site: Site): number {
  return (site.lower + site.upper) / 2 - BELOW_MIDDLE_MM
}

/**
 * A line down the wall just in front of the mid-axillary line: a share of the way from the middle between the axillary
 * folds to the front fold.
 */
export function entryLine(s: Surgeon, share: number): number {
  const front = s.eyes.landmark('anterior-axillary-fold')[0]
  const back = s.eyes.landmark('posterior-axillary-fold')[0]
  const middle = (front + back) / 2
  return middle + share * (front - middle)
}

/** Spaces that will do, and the one that lies in the safe triangle of every chest. */
const SPACES = [5, 4]
const HIGHEST = 4
/** How far below the base of the axilla the safe triangle reaches at the least, mm. */
const TRIANGLE_MM = 69

/** Counts the ribs with a finger down the chosen line, chooses the space, and finds its borders and how it runs. */
export function* findSite(s: Surgeon, share: number): Work<Site> {
  const u = entryLine(s, share)
  yield* s.pick('finger')
  const base = s.eyes.landmark('axillary-base')[1]
  const felt = yield* glide(s, u, base - 4, 12, SPACES[0] + 1)
  const space = widest(felt, base - TRIANGLE_MM)
  const [low, high] = bordersOf(felt, space)
  const front = yield* glide(s, u + BESIDE_MM, low - 8, high + 8, 0)
  const back = yield* glide(s, u - BESIDE_MM, high + 8, low - 8, 0)
  yield* s.reach(0, above(s, u, high, 40))
  const rise = (middleBorder(front, space) - middleBorder(back, space)) / (2 * BESIDE_MM)
  return { space, u, lower: low, upper: high, slope: Number.isFinite(rise) ? rise : 0 }
}

/** The widest of the spaces whose middle lies above `lowest`; the highest when none does. */
function widest(felt: readonly Felt[], lowest: number): number {
  const high = SPACES.filter((space) => middleBorder(felt, space) > lowest)
  const width = (space: number): number => {
    const [low, top] = bordersOf(felt, space)
    return top - low
  }
  return high.sort((a, b) => width(b) - width(a))[0] ?? HIGHEST
}

/** A point over the skin, body frame. */
export function above(s: Surgeon, u: number, v: number, heightMm: number): Vec {
  return s.eyes.toBody([u, v, s.eyes.skinHeight(u, v) + heightMm])
}

/** Glides the finger along a line and presses again and again; stops early once `lastRib` is behind it. */
function* glide(s: Surgeon, u: number, fromV: number, toV: number, lastRib: number): Work<Felt[]> {
  const felt: Felt[] = []
  yield* s.reach(0, above(s, u, fromV, 12), s.turn([0, 0, -1], [1, 0, 0]))
  yield* s.reach(0, above(s, u, fromV, -PRESS_MM))
  const sign = Math.sign(toV - fromV)
  const steps = Math.ceil((Math.abs(toV - fromV) / GLIDE_MM_S) * 100)
  for (let i = 0; i <= steps; i++) {
    const v = fromV + (sign * i * GLIDE_MM_S) / 100
    s.place(0, above(s, u, v, -PRESS_MM))
    s.press(0, i % PRESS_TICKS < PRESS_TICKS / 2 ? BUTTON.use : 0)
    yield
    for (const event of s.eyes.noticed) if (event.type === 'felt') felt.push(event)
    const last = felt.at(-1)
    if (lastRib > 0 && last?.structure === 'space' && last.number >= lastRib) break
  }
  s.press(0, 0)
  for (let i = 0; i <= s.eyes.delayTicks; i++) {
    yield
    for (const event of s.eyes.noticed) if (event.type === 'felt') felt.push(event)
  }
  return felt
}

/** Upper border of the rib below and lower border of the rib above a space, between the presses that told them apart. */
function bordersOf(felt: readonly Felt[], space: number): [lower: number, upper: number] {
  const heights = (structure: Felt['structure'], number: number): number[] =>
    felt.filter((event) => event.structure === structure && event.number === number).map((event) => event.vMm)
  const between = heights('space', space)
  const lowest = Math.min(...between)
  const highest = Math.max(...between)
  const below = Math.max(...heights('rib', space + 1).filter((v) => v < lowest))
  const over = Math.min(...heights('rib', space).filter((v) => v > highest))
  return [
    Number.isFinite(below) ? (below + lowest) / 2 : lowest,
    Number.isFinite(over) ? (over + highest) / 2 : highest,
  ]
}

function middleBorder(felt: readonly Felt[], space: number): number {
  const [lower, upper] = bordersOf(felt, space)
  return (lower + upper) / 2
}
