/** Vessels, bundles and nerves of the wall: how close a tool came, and harm when it came too close. */

import { type Hand, STRUCTURES, TOOLS } from './contract.ts'
import { distanceToCurve } from './curves.ts'
import { startBleeding } from './harm.ts'
import { FORCEPS_SPAN_MM, INSTRUMENTS, type Instrument } from './instruments.ts'
import { type Context, HAND } from './worldstate.ts'

/** Start value of the closest margin: nothing has come near. */
export const FAR_MM = 99
/** A needle's hole bleeds this share of a cut. */
const NEEDLE_SHARE = 0.04

/** Checks the tip, and both jaws of an open clamp, against every vessel; reports `near` and `hit`. */
export function probeVessels(ctx: Context, h: Float64Array, hand: Hand, tool: Instrument): void {
  if (tool.harm < 0) return
  probe(ctx, h, tool.harm, h[HAND.u]!, h[HAND.v]!, h[HAND.w]!)
  if (tool.kind !== 'blunt' || h[HAND.jaw]! < 8) return
  const half = (FORCEPS_SPAN_MM / 2) * (h[HAND.jaw]! / 255)
  for (let side = -1; side <= 1; side += 2) {
    probe(
      ctx,
      ctx.hands[hand],
      tool.harm,
      h[HAND.u]! + side * half * h[HAND.jawU]!,
      h[HAND.v]! + side * half * h[HAND.jawV]!,
      h[HAND.w]! + side * half * h[HAND.jawW]!,
    )
  }
}

function probe(ctx: Context, h: Float64Array, harm: number, u: number, v: number, w: number): void {
  const { vessels } = ctx.field
  const nearest = ctx.block.float64.nearest
  for (let i = 0; i < vessels.length; i++) {
    const vessel = vessels[i]!
    const margin = distanceToCurve(vessel, u, v, w) - vessel.radius - harm
    const before = nearest[i]!
    if (margin >= before) continue
    nearest[i] = margin
    if (margin > 8) continue
    const tool = TOOLS[h[HAND.tool]!]!
    const { kind } = INSTRUMENTS[tool]
    if (margin > 0) {
      if (Math.floor(margin) < Math.floor(before))
        ctx.events.push({ type: 'near', structure: vessel.structure, tool, marginMm: margin })
      continue
    }
    // a graze grows to a cut: told at the first touch, then once per further millimetre
    if (before > 0 || Math.floor(-margin) > Math.floor(-before)) {
      ctx.events.push({ type: 'hit', structure: vessel.structure, tool, byMm: -margin })
      const share = kind === 'needle' ? NEEDLE_SHARE : 1
      startBleeding(ctx, STRUCTURES.indexOf(vessel.structure), u, v, w, share)
    }
  }
}
