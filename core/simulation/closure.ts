/** Closing up: marking the site, stitches, fixing the drain, dressing. */
import type { Hand } from './contract.ts'
import { BUTTON } from './contract.ts'
import { heightAt } from './field.ts'
import { stitchBleeding } from './harm.ts'
import { locate } from './landmarks.ts'
import { cellAt } from './wall.ts'
import { type Context, HAND, SITE } from './worldstate.ts'

/** How close to the wound a stitch or a dressing must be, mm. */
const REACH_MM = 25
/** Touching: no more than this above the skin, mm. */
const TOUCH_MM = 2
/** Ticks that a dressing is held on. */
const PRESS_TICKS = 60
const JAW_HALF = 128

/** The marking pen draws where it touches while the use button is down. */
export function workMarker(ctx: Context, hand: Hand): void {
  const h = ctx.hands[hand]
  if ((h[HAND.buttons]! & BUTTON.use) === 0 || (h[HAND.buttonsBefore]! & BUTTON.use) !== 0) return
  if (h[HAND.force]! < 0.05 || cellAt(h[HAND.u]!, h[HAND.v]!) < 0) return
  const { site, place } = ctx
  locate(ctx.field, h[HAND.u]!, h[HAND.v]!, place)
  site[SITE.markPlaced] = 1
  site[SITE.markU] = h[HAND.u]!
  site[SITE.markV] = h[HAND.v]!
  site[SITE.markSpace] = place.space
  site[SITE.markLine] = place.line
  site[SITE.markMargin] = place.triangleMargin
  ctx.events.push({
    type: 'marked',
    space: place.space,
    line: place.line,
    triangleMarginMm: place.triangleMargin,
    uMm: h[HAND.u]!,
    vMm: h[HAND.v]!,
  })
}

/** The needle driver sets a stitch each time its jaws close at the wound. */
export function workNeedleDriver(ctx: Context, hand: Hand): void {
  const h = ctx.hands[hand]
  if (h[HAND.jawBefore]! < JAW_HALF || h[HAND.jaw]! >= JAW_HALF) return
  if (!isAtWound(ctx, h)) return
  const { site } = ctx
  site[SITE.stitches] = site[SITE.stitches]! + 1
  site[SITE.stitchU] = h[HAND.u]!
  site[SITE.stitchV] = h[HAND.v]!
  stitchBleeding(ctx, h[HAND.u]!, h[HAND.v]!)
  ctx.events.push({ type: 'stitched', count: site[SITE.stitches]! })
}

/** The dressing sticks after it has been held on the wound for a moment. */
export function workDressing(ctx: Context, hand: Hand): void {
  const h = ctx.hands[hand]
  const { site } = ctx
  if (!isAtWound(ctx, h)) {
    site[SITE.dressTicks] = 0
    return
  }
  site[SITE.dressTicks] = site[SITE.dressTicks]! + 1
  if (site[SITE.dressTicks] === PRESS_TICKS) dress(ctx)
}

/** Puts the dressing on. */
export function dress(ctx: Context): void {
  if (ctx.site[SITE.dressed] === 1) return
  ctx.site[SITE.dressed] = 1
  ctx.events.push({ type: 'dressed' })
}

/** Whether the tip of a hand's tool is at the wound or the drain: near it, and not held above the skin. */
export function isAtWound(ctx: Context, h: Float64Array): boolean {
  const { site } = ctx
  if (h[HAND.w]! > heightAt(ctx.field, ctx.field.skin, h[HAND.u]!, h[HAND.v]!) + TOUCH_MM) return false
  if (site[SITE.pleuraOpen] === 1 || site[SITE.drainIn] === 1) return within(h, site[SITE.holeU]!, site[SITE.holeV]!)
  const { incision } = ctx.block.float64
  for (let i = site[SITE.incisionStart]!; i < site[SITE.incisionCount]!; i++)
    if (within(h, incision[4 * i]!, incision[4 * i + 1]!)) return true
  return false
}

function within(h: Float64Array, u: number, v: number): boolean {
  const du = h[HAND.u]! - u
  const dv = h[HAND.v]! - v
  return du * du + dv * dv < REACH_MM * REACH_MM
}
