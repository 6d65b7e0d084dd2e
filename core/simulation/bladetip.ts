/**
 * The tip of a blade: it goes where the hand leads it, but for bone. What it passes is cut in the living wall
 * (`chestwall/part.ts`); the hand feels the force at which each layer parts.
 */
import { keepOutOfBone } from './bones.ts'
import { breach } from './breach.ts'
import { CODE } from './cavity.ts'
import { isReady } from './chestwall/patch.ts'
import { type Hand, TOOLS } from './contract.ts'
import { heightAt } from './field.ts'
import { COUPLING, type Instrument, STIFFNESS } from './instruments.ts'
import { probeVessels } from './vessels.ts'
import { cellAt, layerBelow, openAround, SKIN_MM } from './wall.ts'
import { type Context, HAND, handGap, SITE } from './worldstate.ts'

const STEP_MM = 0.5
/** Skin this high over a tip that comes from the side is cut, mm. */
const LEDGE_MM = 1
/** A blade so near to the skin touches it, mm. */
const TOUCHES_MM = 0.01
/** A blade that cuts already goes on at this share of the force that it takes to pierce (a sawing edge; estimate). */
const GOES_ON = 0.4

/** One step of a blade towards the hand outside the pleura; returns mm moved. */
export function stepBlade(ctx: Context, h: Float64Array, hand: Hand, tool: Instrument): number {
  const { field, wall } = ctx
  const u0 = h[HAND.u]!
  const v0 = h[HAND.v]!
  const w0 = h[HAND.w]!
  const clearance = w0 - heightAt(field, field.skin, u0, v0)
  const stride = clearance > 2 ? Math.max(STEP_MM, clearance * 0.4) : STEP_MM
  if (!waits(ctx, h, clearance)) goAside(h, stride)
  const cell = cellAt(h[HAND.u]!, h[HAND.v]!)
  const skin = heightAt(field, field.skin, h[HAND.u]!, h[HAND.v]!)
  const parts = cell >= 0 && isReady(ctx.patch, h[HAND.u]!, h[HAND.v]!)
  if (h[HAND.w]! < skin - LEDGE_MM && parts) h[HAND.pierced] = 1
  else if (h[HAND.w]! > skin) h[HAND.pierced] = 0
  const layer = cell < 0 || h[HAND.w]! > skin ? 0 : Math.min(4, layerBelow(wall, cell, h[HAND.w]!))
  const bears = tool.piercesAt[layer]!
  const depth = skin - h[HAND.handW]!
  let target = h[HAND.handW]!
  h[HAND.structure] = depth > 0 ? CODE.skin + layer : CODE.none
  h[HAND.force] = 0
  if (depth > 0 && h[HAND.pierced] === 0) {
    const force = (depth * COUPLING * STIFFNESS[CODE.skin]!) / (COUPLING + STIFFNESS[CODE.skin]!)
    h[HAND.force] = Math.min(force, bears)
    target = skin - h[HAND.force]! / STIFFNESS[CODE.skin]!
    if (force >= bears && parts) h[HAND.pierced] = 1
  } else if (depth > 0 && target < w0) {
    h[HAND.force] = Math.min(GOES_ON * bears, COUPLING * (w0 - target))
    target += h[HAND.force]! / COUPLING
  }
  const rise = target - w0
  h[HAND.w] = w0 + (rise > stride ? stride : rise < -stride ? -stride : rise)
  if (keepOutOfBone(ctx, h, tool.radius) > 0) {
    h[HAND.structure] = CODE.rib
    h[HAND.force] = Math.max(h[HAND.force]!, COUPLING * handGap(h))
  }
  if (h[HAND.pierced] === 1 && h[HAND.w]! < skin - SKIN_MM * 0.5) probeVessels(ctx, h, hand, tool)
  const now = cellAt(h[HAND.u]!, h[HAND.v]!)
  if (now >= 0 && h[HAND.pierced] === 1 && h[HAND.w]! < wall.pleura[now]! - 0.1) {
    openAround(wall, ctx.grids, h[HAND.u]!, h[HAND.v]!, tool.opening, wall.pleura[now]! - 0.5, 'cuts-skin')
    ctx.site[SITE.version] = ctx.site[SITE.version]! + 1
    h[HAND.region] = 1
    breach(ctx, hand, TOOLS[h[HAND.tool]!]!)
  }
  return Math.abs(h[HAND.u]! - u0) + Math.abs(h[HAND.v]! - v0) + Math.abs(h[HAND.w]! - w0)
}

/**
 * Whether a blade that is pressed on the skin waits for the living wall to be laid there: it cuts from where it was
 * pressed, however soon the hand draws it. @param over its height over the skin, mm
 */
function waits({ patch }: Context, h: Float64Array, over: number): boolean {
  const isPressed = over < TOUCHES_MM && h[HAND.handW]! < h[HAND.w]!
  const isOnWall = cellAt(h[HAND.u]!, h[HAND.v]!) >= 0
  return h[HAND.pierced] === 0 && isPressed && isOnWall && !isReady(patch, h[HAND.u]!, h[HAND.v]!)
}

function goAside(h: Float64Array, stride: number): void {
  const du = h[HAND.handU]! - h[HAND.u]!
  const dv = h[HAND.handV]! - h[HAND.v]!
  const length = Math.sqrt(du * du + dv * dv)
  if (length < 1e-6) return
  const share = length > stride ? stride / length : 1
  h[HAND.u] = h[HAND.u]! + du * share
  h[HAND.v] = h[HAND.v]! + dv * share
}
