/**
 * Vessels, bundles and nerves of the wall: how close a tool came, and harm when it came too close. They are chains along
 * their curves in the wall at rest; where the living wall is pushed aside, they go with it.
 */

import { shiftAt } from './chestwall/shift.ts'
import { type Hand, STRUCTURES, TOOLS } from './contract.ts'
import { type Curve, distanceToCurve, tableAt } from './curves.ts'
import { heightAt } from './field.ts'
import { startBleeding } from './harm.ts'
import { FORCEPS_SPAN_MM, INSTRUMENTS, type Instrument } from './instruments.ts'
import { type Context, HAND } from './worldstate.ts'

/** Start value of the closest margin: nothing has come near. */
export const FAR_MM = 99
/** A needle's hole bleeds this share of a cut. */
const NEEDLE_SHARE = 0.04
/** The edge of a blade is tried at places so far apart, mm: of a vessel it misses less than a tenth. */
const EDGE_STEP_MM = 1
/** How a vessel was shifted is asked when a tip is so near to it, mm. */
const NEAR_MM = 15

/** For each vessel how far the tissue about it was moved, mm: u, v, w; made anew for each hand in each tick. */
const shifts = new Float64Array(3 * 64)

/**
 * Finds how far vessels near a tip were moved with the wall. What is blunt parts the wall in channels that are narrower
 * than its lattice, which then pushes the vessel aside where the tip goes through: for such a tip they stay.
 */
export function shiftVessels({ field, patch }: Context, h: Float64Array, tool: Instrument): void {
  shifts.fill(0)
  if (tool.kind !== 'blade' && tool.kind !== 'needle') return
  const u = h[HAND.u]!
  const v = h[HAND.v]!
  for (let i = 0; i < field.vessels.length; i++) {
    const vessel = field.vessels[i]!
    if (distanceToCurve(vessel, u, v, h[HAND.w]!) < NEAR_MM) shiftVessel(patch, vessel, u, v, 3 * i)
  }
}

/** Finds how far a vessel was moved where it passes (u, v), into `shifts` from `at` on. */
function shiftVessel(patch: Context['patch'], vessel: Curve, u: number, v: number, at: number): void {
  const along = (vessel.axis === 0 ? u : v) - vessel.start
  const other = tableAt(vessel.other, along)
  shiftAt(patch, vessel.axis === 0 ? u : other, vessel.axis === 0 ? other : v, tableAt(vessel.w, along), shifts, at)
}

/** Checks the tip, the edge of a blade, and both jaws of an open clamp, against every vessel; reports `near` and `hit`. */
export function probeVessels(ctx: Context, h: Float64Array, hand: Hand, tool: Instrument): void {
  if (tool.harm < 0) return
  probe(ctx, h, tool.harm, h[HAND.u]!, h[HAND.v]!, h[HAND.w]!)
  if (tool.kind === 'blade') probeEdge(ctx, h, tool)
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

/** Checks the edge of a blade from its tip up to the skin. */
function probeEdge(ctx: Context, h: Float64Array, tool: Instrument): void {
  for (let up = EDGE_STEP_MM; up < tool.length; up += EDGE_STEP_MM) {
    const u = h[HAND.u]! + up * h[HAND.axisU]!
    const v = h[HAND.v]! + up * h[HAND.axisV]!
    const w = h[HAND.w]! + up * h[HAND.axisW]!
    if (w > heightAt(ctx.field, ctx.field.skin, u, v)) return
    probe(ctx, h, tool.harm, u, v, w)
  }
}

function probe(ctx: Context, h: Float64Array, harm: number, u: number, v: number, w: number): void {
  const { vessels } = ctx.field
  const nearest = ctx.block.float64.nearest
  for (let i = 0; i < vessels.length; i++) {
    const vessel = vessels[i]!
    const far = distanceToCurve(vessel, u - shifts[3 * i]!, v - shifts[3 * i + 1]!, w - shifts[3 * i + 2]!)
    const margin = far - vessel.radius - harm
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
