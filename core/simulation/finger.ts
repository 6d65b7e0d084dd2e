/** The finger: palpates ribs and spaces through the skin, sweeps round inside the pleura. */
import { CODE } from './cavity.ts'
import { BUTTON, type Hand } from './contract.ts'
import { atan2, DEGREES } from './exactmath.ts'
import { locate } from './landmarks.ts'
import { cellAt } from './wall.ts'
import { type Context, HAND, SITE } from './worldstate.ts'

/** mm past the pleura from which the finger can sweep. */
const SWEEP_DEPTH_MM = 10
const BIN_DEGREES = 10
/** A finger cannot turn faster than this in a tick; a jump earns nothing. */
const TURN_LIMIT_DEGREES = 30

/** Palpates and sweeps with the finger of a hand. */
export function workFinger(ctx: Context, hand: Hand): void {
  const h = ctx.hands[hand]
  const pressed = (h[HAND.buttons]! & BUTTON.use) !== 0 && (h[HAND.buttonsBefore]! & BUTTON.use) === 0
  if (pressed) palpate(ctx, hand)
  if (h[HAND.region] === 1) sweep(ctx, h)
}

/** What the finger of a hand feels: a rib, a space between ribs, the lung, or nothing. Reports `felt`. */
export function palpate(ctx: Context, hand: Hand): void {
  const h = ctx.hands[hand]
  const { site, place, field } = ctx
  const u = h[HAND.u]!
  const v = h[HAND.v]!
  locate(field, u, v, place)
  if (h[HAND.region] === 1) {
    const structure = h[HAND.structure] === CODE.lung ? 'lung' : 'nothing'
    ctx.events.push({ type: 'felt', structure, number: 0, uMm: u, vMm: v })
    return
  }
  if (h[HAND.force]! < 0.3 || cellAt(u, v) < 0) {
    ctx.events.push({ type: 'felt', structure: 'nothing', number: 0, uMm: u, vMm: v })
    return
  }
  const onRib = place.aboveLowerRib < 0 || place.belowUpperRib < 0
  if (onRib) {
    const felt = ctx.block.uint32.ribsFelt
    felt[0] = felt[0]! | (1 << place.rib)
    site[SITE.lastRib] = place.rib
  } else site[SITE.lastSpace] = place.space
  ctx.events.push({
    type: 'felt',
    structure: onRib ? 'rib' : 'space',
    number: onRib ? place.rib : place.space,
    uMm: u,
    vMm: v,
  })
}

function sweep(ctx: Context, h: Float64Array): void {
  if (h[HAND.entryW]! - h[HAND.w]! < SWEEP_DEPTH_MM) {
    h[HAND.roll] = -1
    return
  }
  const du = h[HAND.u]! - h[HAND.entryU]!
  const dv = h[HAND.v]! - h[HAND.entryV]!
  // a tip held off the middle sweeps by where it is, a tip in the middle by how the finger is turned
  const azimuth = du * du + dv * dv > 16 ? atan2(dv, du) : atan2(h[HAND.upV]!, h[HAND.upU]!)
  const degrees = azimuth * DEGREES + 180
  const before = h[HAND.roll]!
  h[HAND.roll] = degrees
  if (before < 0) {
    mark(ctx, degrees)
    return
  }
  let turn = degrees - before
  if (turn > 180) turn -= 360
  if (turn < -180) turn += 360
  if (turn > TURN_LIMIT_DEGREES || turn < -TURN_LIMIT_DEGREES) return
  const stride = turn < 0 ? -5 : 5
  for (let d = 0; Math.abs(d) <= Math.abs(turn); d += stride) mark(ctx, before + d)
  mark(ctx, degrees)
}

function mark(ctx: Context, degrees: number): void {
  const bins = ctx.block.uint32.sweepBins
  const bin = Math.floor((((degrees % 360) + 360) % 360) / BIN_DEGREES)
  const word = bin < 18 ? 0 : 1
  const bit = 1 << (bin % 18)
  if ((bins[word]! & bit) !== 0) return
  bins[word] = bins[word]! | bit
  const total = ctx.site[SITE.sweepDegrees]! + BIN_DEGREES
  ctx.site[SITE.sweepDegrees] = total
  if (total % 90 === 0) ctx.events.push({ type: 'swept', degrees: total })
}
