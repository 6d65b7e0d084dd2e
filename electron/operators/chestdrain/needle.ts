import { BUTTON, type Tool } from '../../../core/simulation/contract.ts'
import type { Surgeon, Work } from '../surgeon.ts'
import type { Vec } from '../vector.ts'
import { above, middleOf, type Site } from './site.ts'

const INWARD: Vec = [0, 0, -1]
/** Seconds that the plunger is pulled before what comes is believed. */
const PULL_SECONDS = 0.32
/** Depth of the wheal, mm; what goes into it and, in the end, before the pleura, mL; reach of the needle, mm. */
const SKIN_MM = 3
const SKIN_ML = 3
const PLEURA_ML = 3
const LONGEST_MM = 80

/** Lets the tension out: a cannula over the needle into the middle of the space until air comes, then the needle out. */
export function* decompressWith(s: Surgeon, site: Site, tool: Tool, longestMm: number): Work<boolean> {
  const v = middleOf(site)
  yield* s.pick(tool)
  yield* s.reach(0, above(s, site.u, v, 10), s.turn(INWARD, [1, 0, 0]))
  const found = yield* seekAir(s, site, longestMm, 4, () => undefined)
  if (found.air) yield* s.reach(0, above(s, site.u, v, -(found.depthMm + 4)), undefined, 0.4)
  yield* s.act('withdraw', 'needle')
  yield* s.reach(0, above(s, site.u, v, 60))
  return found.air
}

/** Numbs the way in layer by layer, aspirating before each dose, and seeks air with the same needle. */
export function* anaesthetise(s: Surgeon, site: Site, mostMl: number): Work {
  const v = middleOf(site)
  yield* s.pick('syringe')
  yield* s.reach(0, above(s, site.u, v, 10), s.turn(INWARD, [1, 0, 0]))
  yield* s.reach(0, above(s, site.u, v, -SKIN_MM), undefined, 0.6)
  yield* inject(s, SKIN_ML)
  // What is left for the pleura, once the way there is numb.
  let ml = mostMl - SKIN_ML - PLEURA_ML
  const found = yield* seekAir(s, site, LONGEST_MM, 6, () => (ml-- >= 1 ? 1 : undefined))
  yield* s.reach(0, above(s, site.u, v, -Math.max(4, found.depthMm - 5)), undefined, 0.6)
  yield* inject(s, PLEURA_ML)
  yield* s.reach(0, above(s, site.u, v, 40))
}

/** Goes in step by step, pulling the plunger at each; between, gives what `dose` allows when nothing came back. */
function* seekAir(
  s: Surgeon,
  site: Site,
  longestMm: number,
  stepMm: number,
  dose: () => number | undefined,
): Work<{ air: boolean; depthMm: number }> {
  const v = middleOf(site)
  for (let depth = stepMm; depth <= longestMm; depth += stepMm) {
    yield* s.reach(0, above(s, site.u, v, -depth), undefined, stepMm / 15)
    const before = s.count('aspirated')
    s.press(0, BUTTON.aspirate)
    yield* s.wait(PULL_SECONDS)
    s.press(0, 0)
    yield* s.until(() => s.count('aspirated') > before, 1)
    const what = s.recall('aspirated')?.what
    if (what === 'air') return { air: true, depthMm: depth }
    const ml = what === 'nothing' ? dose() : undefined
    if (ml !== undefined) yield* inject(s, ml)
  }
  return { air: false, depthMm: longestMm }
}

/** Presses the plunger at one millilitre a second. */
function* inject(s: Surgeon, ml: number): Work {
  yield* s.squeeze(0, 1, 0.05)
  yield* s.wait(Math.max(0, ml - 0.05))
  yield* s.squeeze(0, 0, 0.05)
}
