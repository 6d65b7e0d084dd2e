/** Bleeding sites: where they are, how fast they bleed, what stops them. */

import { PLEURA } from '../physiology/pleura.ts'
import { CODE } from './cavity.ts'
import { STRUCTURES } from './contract.ts'
import { LN2 } from './exactmath.ts'
import { BLEED_SEEDS } from './snapshot.ts'
import { BLEED, BLEED_SLOTS, type Context, HAND, SITE } from './worldstate.ts'

/**
 * Bleeding at a mean pressure of 90 mmHg, mL/min, and its own tendency to stop (half-life in s, 0 never). Intercostal
 * artery: bore 1.5–2 mm. Design estimates in the order of reported losses (haemothorax after intercostal injury often
 * exceeds 1 L within an hour).
 */
const RATES: Readonly<Record<string, { readonly mlMin: number; readonly halfLife: number }>> = {
  skin: { mlMin: 1.2, halfLife: 120 },
  muscle: { mlMin: 2, halfLife: 120 },
  bundle: { mlMin: 110, halfLife: 0 },
  collateral: { mlMin: 25, halfLife: 600 },
  'lateral-thoracic': { mlMin: 30, halfLife: 900 },
  'long-thoracic': { mlMin: 0, halfLife: 1 },
  lung: { mlMin: 40, halfLife: 600 },
  diaphragm: { mlMin: 25, halfLife: 900 },
  heart: { mlMin: 900, halfLife: 0 },
  liver: { mlMin: 180, halfLife: 0 },
  spleen: { mlMin: 220, halfLife: 0 },
  mediastinum: { mlMin: 300, halfLife: 0 },
}
const RATE_BY_CODE = STRUCTURES.map((name) => RATES[name] ?? { mlMin: 0, halfLife: 1 })

/** Starts bleeding of a structure (STRUCTURES code) at a place; the smallest site gives way when all are taken. */
export function startBleeding(ctx: Context, structure: number, u: number, v: number, w: number, share = 1): void {
  const bleeds = ctx.block.float64.bleeds
  const rate = RATE_BY_CODE[structure]!.mlMin * share
  if (rate <= 0) return
  let slot = 0
  for (let i = 0; i < BLEED_SEEDS; i++) {
    const at = i * BLEED_SLOTS
    if (bleeds[at + BLEED.structure] === structure && near(bleeds, at, u, v)) {
      bleeds[at + BLEED.base] = Math.max(bleeds[at + BLEED.base]!, rate)
      return
    }
    if (bleeds[at + BLEED.rate]! < bleeds[slot * BLEED_SLOTS + BLEED.rate]!) slot = i
  }
  const at = slot * BLEED_SLOTS
  bleeds[at + BLEED.structure] = structure
  bleeds[at + BLEED.u] = u
  bleeds[at + BLEED.v] = v
  bleeds[at + BLEED.w] = w
  bleeds[at + BLEED.rate] = rate
  bleeds[at + BLEED.base] = rate
  bleeds[at + BLEED.pressed] = 0
  bleeds[at + BLEED.age] = 0
  if (rate >= 10) ctx.events.push({ type: 'bleeding', structure: STRUCTURES[structure]!, rateMlMin: rate })
}

/** What a wound of an organ does: bleeding, and air from a torn lung. */
export function harmOrgan(ctx: Context, structure: number, u: number, v: number, w: number): void {
  startBleeding(ctx, structure, u, v, w)
  if (structure === CODE.lung) {
    const pleura = ctx.block.float64.pleura
    pleura[PLEURA.leakMlMin] = pleura[PLEURA.leakMlMin]! + 400
  }
}

/** Bleeding over `seconds` at mean pressure `meanMmHg`: pressure of a finger, stitches and time lessen it. Returns mL lost. */
export function bleed(ctx: Context, seconds: number, meanMmHg: number): number {
  const bleeds = ctx.block.float64.bleeds
  let total = 0
  for (let i = 0; i < BLEED_SEEDS; i++) {
    const at = i * BLEED_SLOTS
    if (bleeds[at + BLEED.base]! <= 0) continue
    const { halfLife } = RATE_BY_CODE[bleeds[at + BLEED.structure]!]!
    const pressed = isPressed(ctx, bleeds[at + BLEED.u]!, bleeds[at + BLEED.v]!)
    if (pressed) bleeds[at + BLEED.pressed] = bleeds[at + BLEED.pressed]! + seconds
    if (halfLife > 0) bleeds[at + BLEED.base] = bleeds[at + BLEED.base]! * (1 - (LN2 * seconds) / halfLife)
    if (pressed && bleeds[at + BLEED.pressed]! > 30)
      bleeds[at + BLEED.base] = bleeds[at + BLEED.base]! * (1 - seconds / 60)
    if (bleeds[at + BLEED.base]! < 0.05) bleeds[at + BLEED.base] = 0
    const driven = (bleeds[at + BLEED.base]! * Math.max(0, meanMmHg)) / 90
    bleeds[at + BLEED.rate] = pressed ? driven * 0.15 : driven
    bleeds[at + BLEED.age] = bleeds[at + BLEED.age]! + seconds
    total += bleeds[at + BLEED.rate]!
    if (tick5(ctx)) stain(ctx, bleeds[at + BLEED.u]!, bleeds[at + BLEED.v]!, bleeds[at + BLEED.rate]!)
  }
  ctx.site[SITE.bleedTotal] = total
  return (total * seconds) / 60
}

/** A stitch at (u, v) closes most of what bleeds within 15 mm. */
export function stitchBleeding(ctx: Context, u: number, v: number): void {
  const bleeds = ctx.block.float64.bleeds
  for (let i = 0; i < BLEED_SEEDS; i++) {
    const at = i * BLEED_SLOTS
    const du = bleeds[at + BLEED.u]! - u
    const dv = bleeds[at + BLEED.v]! - v
    if (du * du + dv * dv < 225) bleeds[at + BLEED.base] = bleeds[at + BLEED.base]! * 0.3
  }
}

function isPressed(ctx: Context, u: number, v: number): boolean {
  for (const h of ctx.hands) {
    if (h[HAND.force]! < 2 || h[HAND.tool] === 0) continue
    const du = h[HAND.u]! - u
    const dv = h[HAND.v]! - v
    if (du * du + dv * dv < 144) return true
  }
  return false
}

const tick5 = (ctx: Context): boolean => ctx.block.uint32.clock[0]! % 5 === 0

/** Blood on the wall: it wells up at the site and runs down (towards the back and the feet of a patient who lies propped up). */
function stain(ctx: Context, u: number, v: number, rate: number): void {
  const blood = ctx.block.uint8.blood
  const spread = 2 + Math.min(14, Math.floor(rate / 6))
  for (let k = 0; k <= spread; k++) {
    const i = Math.floor(u - k * 0.8)
    const j = Math.floor(v - k * 0.35)
    for (let side = -1; side <= 1; side++) {
      const column = i
      const row = j + side
      if (column < 0 || row < 0 || column >= 160 || row >= 200) continue
      const cell = row * 160 + column
      const more = blood[cell]! + 1 + Math.floor(rate / 20) - (side === 0 ? 0 : 1)
      blood[cell] = Math.max(blood[cell]!, Math.min(255 - k * 8, more))
    }
  }
}

function near(bleeds: Float64Array, at: number, u: number, v: number): boolean {
  const du = bleeds[at + BLEED.u]! - u
  const dv = bleeds[at + BLEED.v]! - v
  return du * du + dv * dv < 36
}
