/** The tools of both hands in the patch of living wall: where they are put, and that it wakes for them. */
import { heightAt } from '../field.ts'
import { TOOL_CODE } from '../instruments.ts'
import { INSTRUMENTS } from '../tissue/tools/catalogue.ts'
import { moveHand, placeTool, TOOL } from '../tissue/tools/tool.ts'
import { cellAt, SKIN_MM } from '../wall.ts'
import { type Context, HAND, HANDS, SITE } from '../worldstate.ts'
import { IN_WOUND, KIND_BY_CODE } from './instruments.ts'
import { partPatch } from './part.ts'
import { followTool, heightOver, layOn, PATCH, stepPatch, toPatch, type WallPatch } from './patch.ts'
import { readWound } from './wound.ts'

/** Below this height over the skin a tool is near, mm: more than it comes down in a tick; and this far beside the middle. */
const NEAR_MM = 10
const BESIDE_MM = 60
/** From this height over the skin at rest on it may touch, mm. */
const TOUCHES_MM = 3
/** A tool that enters the patch is set down this far over the skin, mm. */
const CLEAR_MM = 9
/** A tip that moves less in a tick wakes nothing, m. */
const STILL_M = 2e-5
/** Whole skin is pressed in no further than this, mm. */
const BEARS_MM = 6.5
/** Tips end so far over the bottom of what is parted, mm. */
const CHANNEL_MM = 2
/** How far past the pleura a tool still acts on the wall, mm. */
const INSIDE_MM = 15
/** Number of the field's tool that is the drain nobody holds. */
const LYING = 2

/** Moves the tools of the patch to where the hands' are, parts what they part, plays its tick and reads its wound. */
export function workPatch(ctx: Context): void {
  const { patch } = ctx
  let busy = false
  let isSharp = false
  for (const hand of HANDS) {
    const h = ctx.hands[hand]
    const kind = kindOf(ctx, h)
    const isBlade = h[HAND.tool] === TOOL_CODE.scalpel
    if ((kind >= 0 || isBlade) && h[HAND.region] === 0 && h[HAND.pierced] === 0)
      followTool(patch, ctx.field, h[HAND.u], h[HAND.v], h[HAND.w], isBlade ? 'cuts' : 'presses')
    busy = putTool(ctx, h, hand, kind) || busy
    busy ||= h[HAND.pierced] === 1
    isSharp ||= isBlade
    partPatch(ctx, h, hand)
  }
  layDown(ctx)
  stepPatch(patch, busy)
  layOn(patch)
  readWound(ctx, isSharp ? 'sharp' : 'blunt')
}

/** Row of INSTRUMENTS that stands for a hand's tool; −1 for none. */
function kindOf({ grids }: Context, h: Float64Array): number {
  const kind = KIND_BY_CODE[h[HAND.tool]]
  const cell = cellAt(h[HAND.u], h[HAND.v])
  const isIn = h[HAND.region] === 1 || (cell >= 0 && grids.open[cell] > 100 * SKIN_MM)
  return kind >= 0 && isIn && h[HAND.tool] !== TOOL_CODE.forceps ? IN_WOUND : kind
}

/** Puts a hand's tool into the patch, or takes it out when it is far; returns whether it moved near it. */
function putTool(ctx: Context, h: Float64Array, t: number, kind: number): boolean {
  const { patch } = ctx
  const tool = patch.field.each[t]
  if (kind < 0 || patch.slots[PATCH.laid] === 0 || !isNear(ctx, h)) {
    tool[TOOL.kind] = -1
    return false
  }
  let u = h[HAND.u]
  let v = h[HAND.v]
  let w = h[HAND.w]
  if (h[HAND.region] === 1) {
    // The wall meets its shaft where it went in, however deep the tip is.
    u = h[HAND.entryU] - INSIDE_MM * h[HAND.axisU]
    v = h[HAND.entryV] - INSIDE_MM * h[HAND.axisV]
    w = h[HAND.entryW] - INSIDE_MM * h[HAND.axisW]
  }
  if (tool[TOOL.kind] !== kind) {
    const lift = Math.max(0, CLEAR_MM - heightOver(ctx.field, u, v, w))
    pose(patch, u + lift * h[HAND.axisU], v + lift * h[HAND.axisV], w + lift * h[HAND.axisW], h, kind)
    placeTool(tool, kind, patch.tip, patch.end)
  }
  const jaw = h[HAND.tool] === TOOL_CODE.forceps ? h[HAND.jaw] / 255 : 0
  pose(patch, u, v, pressesTo(ctx, h, w), h, kind)
  const moved = wayTo(tool, patch.tip) > STILL_M || tool[TOOL.jaw] !== jaw
  const touches = heightOver(ctx.field, u, v, w) < TOUCHES_MM
  moveHand(tool, patch.tip, patch.end)
  for (let i = 0; i < 3; i++) tool[TOOL.upX + i] = h[HAND.jawU + i]
  tool[TOOL.jaw] = jaw
  return moved && touches
}

/**
 * Height to which a tip presses the patch, mm: whole skin no deeper than it bears, for it does not tear under what is
 * blunt; in the wound on no more than what is parted, for its channel is narrower than the lattice.
 */
function pressesTo({ grids, patch, field, wall }: Context, h: Float64Array, w: number): number {
  const cell = cellAt(h[HAND.u], h[HAND.v])
  if (h[HAND.region] === 1 || cell < 0) return w
  if (grids.open[cell] === 0) return Math.max(w, heightAt(field, field.skin, h[HAND.u], h[HAND.v]) - BEARS_MM)
  const bottom = wall.skin[cell] - grids.open[cell] / 100
  return Math.max(w, bottom, patch.slots[PATCH.wayCut] === 0 ? bottom : patch.slots[PATCH.wayLow] + CHANNEL_MM)
}

/** m to where the hand wanted the tip last. */
function wayTo(tool: Float64Array, tip: Float64Array): number {
  let far = 0
  for (let i = 0; i < 3; i++) far = Math.max(far, Math.abs(tool[TOOL.gax + i] - tip[i]))
  return far
}

/** Fills `tip` and `end` of the patch for a tool with its tip at (u, v, w), mm. */
function pose(patch: WallPatch, u: number, v: number, w: number, h: Float64Array, kind: number): void {
  toPatch(patch, u, v, w, patch.tip)
  const { length, jaws, shaftRadius } = INSTRUMENTS[kind]
  // Its rounded end stands out before its axis.
  const back = jaws?.radius ?? shaftRadius
  for (let i = 0; i < 3; i++) {
    patch.tip[i] += back * h[HAND.axisU + i]
    patch.end[i] = patch.tip[i] + length * h[HAND.axisU + i]
  }
}

function isNear({ patch, field }: Context, h: Float64Array): boolean {
  const own = patch.slots
  return (
    Math.abs(h[HAND.u] - own[PATCH.u]) < BESIDE_MM &&
    Math.abs(h[HAND.v] - own[PATCH.v]) < BESIDE_MM &&
    heightOver(field, h[HAND.u], h[HAND.v], h[HAND.w]) < NEAR_MM
  )
}

/** A drain that was let go lies in the wall and holds its channel open. */
function layDown({ patch, site, hands }: Context): void {
  const tool = patch.field.each[LYING]
  const held = hands.some((h) => h[HAND.tool] !== 0 && h[HAND.tool] === site[SITE.drainTool])
  if (site[SITE.drainIn] === 0 || held || patch.slots[PATCH.laid] === 0) {
    tool[TOOL.kind] = -1
    return
  }
  if (tool[TOOL.kind] >= 0) return
  const { tip, end } = patch
  toPatch(patch, site[SITE.holeU], site[SITE.holeV], site[SITE.holeW], tip)
  const { length } = INSTRUMENTS[IN_WOUND]
  for (let i = 0; i < 3; i++) {
    tip[i] += (INSIDE_MM / 1000) * site[SITE.drainU + i]
    end[i] = tip[i] - length * site[SITE.drainU + i]
  }
  placeTool(tool, IN_WOUND, tip, end)
  tool[TOOL.jaw] = 0
}
