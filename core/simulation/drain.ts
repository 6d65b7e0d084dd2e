/**
 * The chest drain: once its tip is past the pleura the hand feeds it; inside it runs along the wall in the gap between
 * pleura and lung, in the direction in which it was aimed.
 */

import { PLEURA } from '../physiology/pleura.ts'
import { CODE, lungGap } from './cavity.ts'
import type { DrainChange, Hand } from './contract.ts'
import { acos, clamp, DEGREES } from './exactmath.ts'
import { heightAt, NOTHING_MM } from './field.ts'
import { COUPLING, DRAIN_HOLES } from './instruments.ts'
import { DRAIN_POINTS } from './snapshot.ts'
import { type Context, HAND, SITE } from './worldstate.ts'

/** Spacing of the drain's points, mm: 32 reach the longest depth. */
const POINT_MM = 8
const LONGEST_MM = POINT_MM * (DRAIN_POINTS - 1)
/** Fastest feed, mm per tick. */
const FEED_MM = 4
/** A drain pushed further than this coils up on itself, mm. */
const COIL_MM = 210
/** Once this far in, the direction is set. */
const AIM_MM = 45
/** How far off the wall's plane a drain may still aim when it meets the lung: a sine. */
const STEEP = 0.22

/** Tells what changed about the drain. */
export function tellDrain(ctx: Context, what: DrainChange): void {
  ctx.events.push({
    type: 'drain',
    what,
    depthMm: ctx.site[SITE.drainDepth]!,
    holesInside: ctx.site[SITE.drainHoles]!,
  })
}

/** Takes over a drain whose tip has just passed the pleura in a hand. */
function beginFeeding(ctx: Context, hand: Hand): void {
  const h = ctx.hands[hand]
  const { site } = ctx
  site[SITE.drainIn] = 1
  site[SITE.drainTool] = h[HAND.tool]!
  site[SITE.drainDepth] = 0
  site[SITE.holeU] = h[HAND.entryU]!
  site[SITE.holeV] = h[HAND.entryV]!
  site[SITE.holeW] = h[HAND.entryW]!
  h[HAND.feed] = 0
  aim(ctx, h, 1)
  tellDrain(ctx, 'inserted')
}

/** Gives a drain that lies in the wall back to a hand: from here its motion counts. */
export function regrip(ctx: Context, hand: Hand): void {
  const h = ctx.hands[hand]
  const { site } = ctx
  h[HAND.region] = 1
  h[HAND.entryU] = site[SITE.holeU]!
  h[HAND.entryV] = site[SITE.holeV]!
  h[HAND.entryW] = site[SITE.holeW]!
  h[HAND.feed] = pushed(h) - site[SITE.drainDepth]!
}

/** Feeds the drain held by a hand. */
export function feedDrain(ctx: Context, hand: Hand): void {
  const h = ctx.hands[hand]
  const { site } = ctx
  const before = site[SITE.drainDepth]!
  const wanted = clamp(pushed(h) - h[HAND.feed]!, -12, LONGEST_MM)
  if (site[SITE.fixed] === 1) {
    h[HAND.force] = Math.min(30, COUPLING * Math.abs(wanted - before))
    return
  }
  const step = clamp(wanted - before, -FEED_MM, FEED_MM)
  const depth = before + step
  if (depth < -2) {
    withdraw(ctx, h)
    return
  }
  if (depth < AIM_MM) aim(ctx, h, 0.08)
  site[SITE.drainDepth] = depth
  h[HAND.force] = Math.min(30, COUPLING * Math.abs(wanted - depth))
  h[HAND.structure] = CODE.pleura
  layDrain(ctx)
  const line = ctx.block.float64.drainLine
  h[HAND.u] = line[0]!
  h[HAND.v] = line[1]!
  h[HAND.w] = line[2]!
  countHoles(ctx)
}

/** Lays the drain's centreline from the hole along its aim, tip first in the state, and judges its bends. */
export function layDrain(ctx: Context): void {
  const { site, field } = ctx
  const line = ctx.block.float64.drainLine
  const depth = Math.max(0, site[SITE.drainDepth]!)
  const gap = lungGap(ctx.block.float64.pleura[PLEURA.airMl]!)
  let u = site[SITE.holeU]!
  let v = site[SITE.holeV]!
  let w = site[SITE.holeW]!
  const flat = Math.sqrt(site[SITE.drainU]! * site[SITE.drainU]! + site[SITE.drainV]! * site[SITE.drainV]!)
  const headU = flat > 1e-6 ? site[SITE.drainU]! / flat : 0
  const headV = flat > 1e-6 ? site[SITE.drainV]! / flat : 1
  const count = DRAIN_POINTS
  const stride = depth / (count - 1)
  let along = flat
  let down = Math.max(0, -site[SITE.drainW]!)
  for (let i = count - 1; i >= 0; i--) {
    line[3 * i] = u
    line[3 * i + 1] = v
    line[3 * i + 2] = w
    if (i === 0) break
    u += headU * along * stride
    v += headV * along * stride
    const roof = heightAt(field, field.pleura, u, v) - 4
    const floor = Math.min(roof, deepest(ctx, u, v, gap) + 3)
    const free = w - down * stride
    w = clamp(free, floor, roof)
    if (free < floor && along > STEEP) {
      // the lung turns it along the wall
      along = Math.min(1, along + 0.25)
      down = Math.sqrt(Math.max(0, 1 - along * along))
    } else if (free > roof) down = Math.max(down, 0.1)
  }
  const du = line[0]! - site[SITE.holeU]!
  const dv = line[1]! - site[SITE.holeV]!
  const dw = line[2]! - site[SITE.holeW]!
  const length = Math.sqrt(du * du + dv * dv + dw * dw)
  site[SITE.drainUp] = length < 5 ? 0 : 90 - acos(dv / length) * DEGREES
  site[SITE.drainBack] = length < 5 ? 0 : 90 - acos(-du / length) * DEGREES
  const steep = flat < STEEP && depth > 60
  const kinked = steep || depth > COIL_MM || site[SITE.drainBend]! > 100 ? 1 : 0
  if (kinked !== site[SITE.drainKinked]) {
    site[SITE.drainKinked] = kinked
    tellDrain(ctx, kinked === 1 ? 'kinked' : 'unkinked')
  }
}

/** Whether a tool is a drain with its tip past the pleura in this hand. */
export function isFeeding(ctx: Context, h: Float64Array): boolean {
  return ctx.site[SITE.drainIn] === 1 && h[HAND.region] === 1 && h[HAND.tool] === ctx.site[SITE.drainTool]
}

/** Reports the first passage of a drain; `beginFeeding` for a tube that moved into the cavity. */
export function watchDrain(ctx: Context, hand: Hand): void {
  const h = ctx.hands[hand]
  if (h[HAND.region] === 1 && ctx.site[SITE.drainIn] === 0) beginFeeding(ctx, hand)
}

function pushed(h: Float64Array): number {
  return -(
    (h[HAND.handU]! - h[HAND.entryU]!) * h[HAND.axisU]! +
    (h[HAND.handV]! - h[HAND.entryV]!) * h[HAND.axisV]! +
    (h[HAND.handW]! - h[HAND.entryW]!) * h[HAND.axisW]!
  )
}

function aim(ctx: Context, h: Float64Array, share: number): void {
  const { site } = ctx
  const u = site[SITE.drainU]! * (1 - share) - h[HAND.axisU]! * share
  const v = site[SITE.drainV]! * (1 - share) - h[HAND.axisV]! * share
  const w = site[SITE.drainW]! * (1 - share) - h[HAND.axisW]! * share
  const length = Math.sqrt(u * u + v * v + w * w)
  if (length < 1e-6) return
  site[SITE.drainU] = u / length
  site[SITE.drainV] = v / length
  site[SITE.drainW] = w / length
  const bend = -(
    site[SITE.drainU]! * h[HAND.axisU]! +
    site[SITE.drainV]! * h[HAND.axisV]! +
    site[SITE.drainW]! * h[HAND.axisW]!
  )
  site[SITE.drainBend] = acos(bend) * DEGREES
}

function withdraw(ctx: Context, h: Float64Array): void {
  const { site } = ctx
  site[SITE.drainIn] = 0
  site[SITE.drainDepth] = 0
  site[SITE.drainHoles] = 0
  site[SITE.drainKinked] = 0
  h[HAND.region] = 0
  h[HAND.u] = site[SITE.holeU]!
  h[HAND.v] = site[SITE.holeV]!
  h[HAND.w] = site[SITE.holeW]! + 0.3
  tellDrain(ctx, 'out')
}

function countHoles(ctx: Context): void {
  const { site } = ctx
  let inside = 0
  for (let i = 0; i < DRAIN_HOLES.length; i++) if (DRAIN_HOLES[i]! + 2 < site[SITE.drainDepth]!) inside++
  const before = site[SITE.drainHoles]!
  if (inside === before) return
  site[SITE.drainHoles] = inside
  if (inside === DRAIN_HOLES.length) tellDrain(ctx, 'all-holes-inside')
  else tellDrain(ctx, inside > before ? 'hole-inside' : 'hole-outside')
}

function deepest(ctx: Context, u: number, v: number, gap: number): number {
  const { field } = ctx
  const lung = heightAt(field, field.lung, u, v)
  const diaphragm = heightAt(field, field.diaphragm, u, v)
  const organ = heightAt(field, field.organ, u, v)
  // the drain pushes soft lung aside by a centimetre, and slides over the rest
  const soft = lung > NOTHING_MM / 2 ? lung - gap - 10 : NOTHING_MM
  return Math.max(soft, diaphragm, organ)
}
