/**
 * The proxy of a tool's tip: it follows the hand in steps of at most half a millimetre near tissue, never through bone or
 * where the living wall is not parted, whatever the speed of the hand (a god-object; Zilles & Salisbury 1995,
 * doi:10.1109/IROS.1995.525876). Tissue and hand are two springs in series: indentation = H·K/(K + k),
 * force = k·indentation, H the hand's depth under what is whole there. The patch's tools follow the proxies.
 */

import { stepBlade } from './bladetip.ts'
import { keepOutOfBone } from './bones.ts'
import { breach } from './breach.ts'
import { CODE } from './cavity.ts'
import { pressCavity } from './cavitypress.ts'
import { BUTTON, type Hand, TOOLS } from './contract.ts'
import { heightAt } from './field.ts'
import { COUPLING, type Instrument, STIFFNESS } from './instruments.ts'
import { enterTrack, stepInTrack } from './needle.ts'
import { probeVessels } from './vessels.ts'
import { cellAt, floorAt, isThrough, layerBelow, layerBottom, openAround, SKIN, SKIN_MM } from './wall.ts'
import { type Context, HAND, handGap, SITE } from './worldstate.ts'

const STEP_MM = 0.5
/** Steps in a tick: 32 mm near tissue, more than 2 m/s; a faster hand is caught up in the next ticks. */
const STEPS = 64
/** Steps of a blade in the wall: 0.4 m/s, faster than anybody cuts. */
const STEPS_IN = 8
/** How far tissue beyond the field can be pressed in, mm. */
const GIVE_MM = 12
/** A floor that rises more than this within a step is a wall to the tip. */
const LEDGE_MM = 1
/** Force that draws the edge of a wound aside, N. */
const DRAW_ASIDE_N = 3
/** How far beside an opening a tip still slips into it, mm. */
const SLIP_MM = 7
const LAYER_CODE = [CODE.skin, CODE.subcutis, CODE.muscle, CODE.intercostal, CODE.pleura, CODE.pleura]

/** Moves the proxy of one hand towards the hand and sets its force and what it touches. */
export function moveTip(ctx: Context, hand: Hand, tool: Instrument): void {
  const h = ctx.hands[hand]
  h[HAND.force] = 0
  h[HAND.structure] = CODE.none
  const wasIn = h[HAND.pierced]!
  const steps = wasIn === 1 ? STEPS_IN : STEPS
  for (let i = 0; i < steps; i++) {
    const region = h[HAND.region]
    const moved =
      region === 2
        ? stepInTrack(ctx, h, hand, tool)
        : region === 1
          ? stepInCavity(ctx, h, hand, tool)
          : tool.kind === 'blade'
            ? stepBlade(ctx, h, hand, tool)
            : stepOutside(ctx, h, hand, tool)
    // A blade cuts from the place where it went in.
    if (moved < 1e-4 || h[HAND.pierced]! > wasIn) break
  }
}

function stepOutside(ctx: Context, h: Float64Array, hand: Hand, tool: Instrument): number {
  const { field, wall } = ctx
  const open = ctx.block.uint16.open
  const u0 = h[HAND.u]!
  const v0 = h[HAND.v]!
  const w0 = h[HAND.w]!
  const clearance = w0 - heightAt(field, field.skin, u0, v0)
  const stride = clearance > 2 ? Math.max(STEP_MM, clearance * 0.4) : STEP_MM
  moveSideways(ctx, h, tool, stride)
  const u = h[HAND.u]!
  const v = h[HAND.v]!
  const cell = cellAt(u, v)
  let floor = floorAt(field, wall, open, u, v)
  let depth = floor - h[HAND.handW]!
  let target = h[HAND.handW]!
  let force = 0
  let structure = CODE.none
  if (depth > 0) {
    const layer = cell < 0 || open[cell] === 0 ? 0 : layerBelow(wall, cell, floor)
    const onBone = cell >= 0 && floor <= wall.bone[cell]! + 0.05
    structure = onBone ? CODE.rib : LAYER_CODE[layer]!
    const stiffness = STIFFNESS[structure]!
    const give = onBone ? 0.05 : giveBelow(ctx, cell, floor)
    if (!onBone && cell >= 0 && layer < 5 && w0 <= floor + STEP_MM) {
      const resist = pierceDepth(h, tool, layer, stiffness, give)
      if (depth > resist && tool.kind === 'needle') {
        if (enterTrack(h, u, v, floor)) return 1
      } else if (depth > resist) {
        const to = Math.max(floor - STEP_MM, h[HAND.handW]! + resist, layerBottom(wall, cell, layer) - 0.01)
        if (
          openAround(wall, ctx.grids, u, v, tool.opening, to, tool.kind === 'tube' ? 'cuts-skin' : 'spares-skin') === 1
        )
          noteBore(ctx, h, floor - to)
        floor = floorAt(field, wall, open, u, v)
        depth = floor - h[HAND.handW]!
      }
    }
    if (depth > 0) {
      const indentation = indent(depth, stiffness, give)
      target = floor - indentation
      force = COUPLING * (depth - indentation)
    }
  }
  const rise = target - h[HAND.w]!
  h[HAND.w] = h[HAND.w]! + (rise > stride ? stride : rise < -stride ? -stride : rise)
  if (force > 0.3) slideIntoOpening(ctx, h, floor)
  if (h[HAND.w]! < floor + 12) {
    const rib = keepOutOfBone(ctx, h, tool.radius)
    if (rib > 0) {
      structure = CODE.rib
      force = Math.max(force, COUPLING * handGap(h))
    }
  }
  h[HAND.force] = force
  h[HAND.structure] = structure
  const now = cellAt(h[HAND.u]!, h[HAND.v]!)
  if (now >= 0 && open[now]! > 0 && h[HAND.w]! < wall.skin[now]! - SKIN_MM * 0.5) probeVessels(ctx, h, hand, tool)
  if (now >= 0 && h[HAND.w]! < wall.pleura[now]! - 0.1 && isThrough(wall, open, now)) {
    h[HAND.region] = 1
    breach(ctx, hand, TOOLS[h[HAND.tool]!]!)
  }
  return Math.abs(h[HAND.u]! - u0) + Math.abs(h[HAND.v]! - v0) + Math.abs(h[HAND.w]! - w0)
}

/** How deep the hand must be below a floor, mm, before the tool goes through its layer. */
function pierceDepth(h: Float64Array, tool: Instrument, layer: number, stiffness: number, give: number): number {
  let force = tool.piercesAt[layer]!
  if (tool.kind === 'blunt' && h[HAND.jaw]! > h[HAND.jawBefore]!) force *= 0.25
  return force / COUPLING + Math.min(force / stiffness, give)
}

/** Indentation in mm for a hand `depth` mm below a floor: two springs in series, the tissue's ending at `give`. */
function indent(depth: number, stiffness: number, give: number): number {
  const linear = (depth * COUPLING) / (COUPLING + stiffness)
  return (linear * give) / (linear + give)
}

/** How far tissue can be pressed in, mm: about two thirds of what lies over the ribs, less between them. */
function giveBelow(ctx: Context, cell: number, floor: number): number {
  if (cell < 0) return GIVE_MM
  const overRibs = floor - ctx.wall.chest[cell]!
  return overRibs > 1 ? 0.66 * overRibs + 1 : 0.5 + 0.25 * Math.max(0, floor - ctx.wall.pleura[cell]!)
}

/** Notes that a tip made its channel `mm` deeper: the patch is parted there in this tick. */
function noteBore({ site, wall }: Context, h: Float64Array, mm: number): void {
  h[HAND.bores] = 1
  site[SITE.version] = site[SITE.version]! + 1
  const cell = cellAt(h[HAND.u]!, h[HAND.v]!)
  if (mm > 0 && cell >= 0) site[SITE.openDepth] = Math.max(site[SITE.openDepth]!, wall.skin[cell]! - h[HAND.w]! + mm)
}

function moveSideways(ctx: Context, h: Float64Array, tool: Instrument, stride: number): void {
  const du = h[HAND.handU]! - h[HAND.u]!
  const dv = h[HAND.handV]! - h[HAND.v]!
  const length = Math.sqrt(du * du + dv * dv)
  if (length < 1e-6) return
  const share = length > stride ? stride / length : 1
  if (tryPlace(ctx, h, tool, du * share, dv * share)) return
  if (tryPlace(ctx, h, tool, du * share, 0)) return
  tryPlace(ctx, h, tool, 0, dv * share)
}

function tryPlace(ctx: Context, h: Float64Array, tool: Instrument, du: number, dv: number): boolean {
  if (du === 0 && dv === 0) return false
  const { field, wall } = ctx
  const open = ctx.block.uint16.open
  const u = h[HAND.u]! + du
  const v = h[HAND.v]! + dv
  const w = h[HAND.w]!
  const indentation = Math.max(0, floorAt(field, wall, open, h[HAND.u]!, h[HAND.v]!) - w)
  const cell = cellAt(u, v)
  const next = floorAt(field, wall, open, u, v)
  if (w < next - indentation - LEDGE_MM) {
    if (tool.opening === 0 || cell < 0 || w < wall.bone[cell]!) return false
    if (ctx.grids.skin[cell] === SKIN.whole || COUPLING * handGap(h) < DRAW_ASIDE_N) return false
    openAround(wall, ctx.grids, u, v, tool.opening, w, 'spares-skin')
    noteBore(ctx, h, 0)
  }
  h[HAND.u] = u
  h[HAND.v] = v
  return true
}

/**
 * A blunt tip pressed beside a cut slips into it: skin moves on what lies under it, and a surgeon's finger finds the
 * wound. The nearest deep opening within reach draws the tip.
 */
function slideIntoOpening(ctx: Context, h: Float64Array, floor: number): void {
  const at = cellAt(h[HAND.u]!, h[HAND.v]!)
  if (at < 0 || ctx.grids.skin[at] === SKIN.whole) return
  const { wall } = ctx
  const { open } = ctx.grids
  let best = SLIP_MM * SLIP_MM + 1
  let bestU = 0
  let bestV = 0
  for (let j = -SLIP_MM; j <= SLIP_MM; j++) {
    for (let i = -SLIP_MM; i <= SLIP_MM; i++) {
      const gap = i * i + j * j
      if (gap >= best) continue
      const cell = cellAt(h[HAND.u]! + i, h[HAND.v]! + j)
      if (cell < 0 || open[cell]! <= SKIN_MM * 100) continue
      if (wall.skin[cell]! - open[cell]! / 100 > floor - 0.7) continue
      best = gap
      bestU = i
      bestV = j
    }
  }
  if (best > SLIP_MM * SLIP_MM) return
  const length = Math.sqrt(best)
  if (length === 0) return
  h[HAND.u] = h[HAND.u]! + (0.6 * bestU) / length
  h[HAND.v] = h[HAND.v]! + (0.6 * bestV) / length
}

function stepInCavity(ctx: Context, h: Float64Array, hand: Hand, tool: Instrument): number {
  const { field, wall } = ctx
  const open = ctx.block.uint16.open
  const u0 = h[HAND.u]!
  const v0 = h[HAND.v]!
  const w0 = h[HAND.w]!
  // the shaft stands in the hole: the tip reaches sideways only as far as it is deep
  const inside = Math.max(0, h[HAND.entryW]! - w0)
  const leaving = h[HAND.handW]! > h[HAND.entryW]!
  const reach = leaving ? 0 : ctx.site[SITE.tractMm]! / 2 + 2 + 1.2 * inside
  let du = (leaving ? h[HAND.entryU]! : h[HAND.handU]!) - h[HAND.entryU]!
  let dv = (leaving ? h[HAND.entryV]! : h[HAND.handV]!) - h[HAND.entryV]!
  const off = Math.sqrt(du * du + dv * dv)
  if (off > reach) {
    du *= reach / off
    dv *= reach / off
  }
  du += h[HAND.entryU]! - u0
  dv += h[HAND.entryV]! - v0
  const length = Math.sqrt(du * du + dv * dv)
  const share = length > STEP_MM ? STEP_MM / length : 1
  const u = u0 + du * share
  const v = v0 + dv * share
  let cell = cellAt(u, v)
  const ceiling = heightAt(field, field.pleura, u, v) - 0.2
  if (isThrough(wall, open, cell) || w0 <= ceiling + STEP_MM) {
    h[HAND.u] = u
    h[HAND.v] = v
  }
  const target = pressCavity(ctx, h, tool)
  const braced = tool.kind !== 'soft' && (h[HAND.buttons]! & BUTTON.brace) !== 0
  const limited = braced ? Math.max(target, h[HAND.entryW]! - 10) : Math.max(target, h[HAND.entryW]! - tool.length)
  const rise = limited - w0
  h[HAND.w] = w0 + (rise > STEP_MM ? STEP_MM : rise < -STEP_MM ? -STEP_MM : rise)
  cell = cellAt(h[HAND.u]!, h[HAND.v]!)
  if (isThrough(wall, open, cell)) {
    if (h[HAND.w]! > wall.pleura[cell]! - 0.05) h[HAND.region] = 0
  } else {
    const roof = heightAt(field, field.pleura, h[HAND.u]!, h[HAND.v]!) - 0.2
    if (h[HAND.w]! > roof) h[HAND.w] = roof
  }
  const rib = keepOutOfBone(ctx, h, Math.min(tool.radius, 1))
  if (rib > 0 && h[HAND.force]! < COUPLING * handGap(h)) {
    h[HAND.force] = COUPLING * handGap(h)
    h[HAND.structure] = CODE.rib
  }
  probeVessels(ctx, h, hand, tool)
  return Math.abs(h[HAND.u]! - u0) + Math.abs(h[HAND.v]! - v0) + Math.abs(h[HAND.w]! - w0)
}
