/** The moment a tool passes the parietal pleura. */
import type { Hand, Tool } from './contract.ts'
import { INSTRUMENTS } from './instruments.ts'
import { locate } from './landmarks.ts'
import { type Context, HAND, SITE } from './worldstate.ts'

/** Records where a hand's tool entered and reports it; the first wide breach becomes the hole that all else uses. */
export function breach(ctx: Context, hand: Hand, tool: Tool): void {
  const h = ctx.hands[hand]
  const { site, place } = ctx
  const { kind, opening } = INSTRUMENTS[tool]
  if (kind !== 'needle') {
    h[HAND.entryU] = h[HAND.u]!
    h[HAND.entryV] = h[HAND.v]!
    h[HAND.entryW] = h[HAND.w]!
    h[HAND.plungeTick] = 0
  }
  h[HAND.harm] = 0
  h[HAND.harmKind] = 0
  locate(ctx.field, h[HAND.u]!, h[HAND.v]!, place)
  const first = kind !== 'needle' && site[SITE.pleuraOpen] === 0 ? 1 : 0
  if (first === 1) {
    site[SITE.pleuraOpen] = 1
    site[SITE.holeU] = h[HAND.u]!
    site[SITE.holeV] = h[HAND.v]!
    site[SITE.holeW] = h[HAND.w]!
    site[SITE.entrySpace] = place.space
    site[SITE.entryLine] = place.line
    site[SITE.entryAbove] = place.aboveLowerRib
    site[SITE.entryBelow] = place.belowUpperRib
    site[SITE.entryMargin] = place.triangleMargin
  }
  if (kind !== 'needle') site[SITE.tractMm] = Math.max(site[SITE.tractMm]!, tool === 'finger' ? 12 : opening * 1.5)
  ctx.events.push({
    type: 'entered',
    tool,
    structure: 'pleura',
    space: place.space,
    line: place.line,
    aboveLowerRibMm: place.aboveLowerRib,
    belowUpperRibMm: place.belowUpperRib,
    triangleMarginMm: place.triangleMargin,
    first,
  })
}

/** Whether a push ran on: a tool that is more than 15 mm past the pleura within 0.3 s of breaching it. */
export function watchPlunge(ctx: Context, hand: Hand, tool: Tool): void {
  const h = ctx.hands[hand]
  if (h[HAND.plungeTick]! < 0) return
  h[HAND.plungeTick] = h[HAND.plungeTick]! + 1
  const past = h[HAND.entryW]! - h[HAND.w]!
  if (past > 15 && INSTRUMENTS[tool].harm > 0 && INSTRUMENTS[tool].kind !== 'needle') {
    ctx.events.push({ type: 'plunged', tool, mm: past })
    h[HAND.plungeTick] = -1
  } else if (h[HAND.plungeTick]! > 30) h[HAND.plungeTick] = -1
}
