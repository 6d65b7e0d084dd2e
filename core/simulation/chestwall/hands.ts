/** The tools of both hands in the patch of living wall: where they are put, and that it wakes for them. */
import { TOOL_CODE } from '../instruments.ts'
import { INSTRUMENTS } from '../tissue/tools/catalogue.ts'
import { moveHand, placeTool, TOOL } from '../tissue/tools/tool.ts'
import { type Context, HAND, HANDS, SITE } from '../worldstate.ts'
import { KIND_BY_CODE } from './instruments.ts'
import { partPatch } from './part.ts'
import { followTool, heightOver, PATCH, stepPatch, toPatch, type WallPatch } from './patch.ts'
import { readWound } from './wound.ts'

/** Below this height over the skin a tool is near, mm; and this far beside the patch's middle. */
const NEAR_MM = 25
const BESIDE_MM = 60
/** From this height on the patch is laid for a tool, mm. */
const COMES_MM = 12
/** A tool that enters the patch is set down this far over the skin, mm. */
const CLEAR_MM = 9
/** How far past the pleura a drain still acts on the wall, mm. */
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
    const kind = KIND_BY_CODE[h[HAND.tool]]
    const isBlade = h[HAND.tool] === TOOL_CODE.scalpel
    if (
      (kind >= 0 || isBlade) &&
      h[HAND.region] === 0 &&
      heightOver(ctx.field, h[HAND.u], h[HAND.v], h[HAND.w]) < COMES_MM
    )
      followTool(patch, ctx.field, h[HAND.u], h[HAND.v], isBlade)
    busy = putTool(ctx, h, hand, kind) || busy
    busy ||= h[HAND.pierced] === 1
    isSharp ||= isBlade
    partPatch(ctx, h, hand)
  }
  layDown(ctx)
  stepPatch(patch, busy)
  readWound(ctx, isSharp ? 'sharp' : 'blunt')
}

/** Puts a hand's tool into the patch, or takes it out when it is far; returns whether it is near. */
function putTool(ctx: Context, h: Float64Array, t: number, kind: number): boolean {
  const { patch } = ctx
  const tool = patch.field.each[t]
  if (kind < 0 || patch.slots[PATCH.laid] === 0 || !isNear(ctx, h)) {
    tool[TOOL.kind] = -1
    return false
  }
  const lying = ctx.site[SITE.drainIn] === 1 && h[HAND.tool] === ctx.site[SITE.drainTool] && h[HAND.region] === 1
  let u = h[HAND.u]
  let v = h[HAND.v]
  let w = h[HAND.w]
  if (lying) {
    u = h[HAND.entryU] - INSIDE_MM * h[HAND.axisU]
    v = h[HAND.entryV] - INSIDE_MM * h[HAND.axisV]
    w = h[HAND.entryW] - INSIDE_MM * h[HAND.axisW]
  }
  if (tool[TOOL.kind] !== kind) {
    const lift = Math.max(0, CLEAR_MM - heightOver(ctx.field, u, v, w))
    pose(patch, u + lift * h[HAND.axisU], v + lift * h[HAND.axisV], w + lift * h[HAND.axisW], h, kind)
    placeTool(tool, kind, patch.tip, patch.end)
  }
  pose(patch, u, v, w, h, kind)
  moveHand(tool, patch.tip, patch.end)
  for (let i = 0; i < 3; i++) tool[TOOL.upX + i] = h[HAND.jawU + i]
  tool[TOOL.jaw] = h[HAND.jaw] / 255
  return true
}

/** Fills `tip` and `end` of the patch for a tool with its tip at (u, v, w), mm. */
function pose(patch: WallPatch, u: number, v: number, w: number, h: Float64Array, kind: number): void {
  toPatch(patch, u, v, w, patch.tip)
  const { length } = INSTRUMENTS[kind]
  for (let i = 0; i < 3; i++) patch.end[i] = patch.tip[i] + length * h[HAND.axisU + i]
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
  const kind = KIND_BY_CODE[site[SITE.drainTool]]
  const { tip, end } = patch
  toPatch(patch, site[SITE.holeU], site[SITE.holeV], site[SITE.holeW], tip)
  const { length } = INSTRUMENTS[kind]
  for (let i = 0; i < 3; i++) {
    tip[i] += (INSIDE_MM / 1000) * site[SITE.drainU + i]
    end[i] = tip[i] - length * site[SITE.drainU + i]
  }
  placeTool(tool, kind, tip, end)
}
