/** Fills a snapshot for drawing from the state. Nothing here changes the state. */

import { CIRCULATION } from '../physiology/circulation.ts'
import { PATCH } from './chestwall/patch.ts'
import { drawSkin } from './chestwall/skin.ts'
import { TOOLS } from './contract.ts'
import { toBodyMetres } from './field.ts'
import { depthOf } from './observe.ts'
import {
  ALARM_CHANNELS,
  BLEED_SEEDS,
  CANNULA_STATE,
  DRAIN_POINTS,
  DRAIN_STATE,
  HEADER,
  type SnapshotBuffer,
  TOOL,
  TOOL_STRIDE,
} from './snapshot.ts'
import { BLEED, BLEED_SLOTS, type Context, HAND, HANDS, handGap, SITE } from './worldstate.ts'

/** Writes the whole snapshot; the wall's grids only when they changed since this buffer's last fill. */
export function drawWorld(ctx: Context, observed: Float64Array, out: SnapshotBuffer): void {
  const { uint32, uint16, uint8, float64 } = ctx.block
  const { header } = out
  const { site } = ctx
  header[HEADER.tick] = uint32.clock[0]!
  if (header[HEADER.wallVersion] !== site[SITE.version]! + 1) {
    header[HEADER.wallVersion] = site[SITE.version]! + 1
    out.open.set(uint16.open)
    out.dilation.set(uint8.dilation)
  }
  drawSkin(ctx, out.sag)
  out.blood.set(uint8.blood)
  out.wheal.set(uint8.wheal)
  out.observed.set(observed)
  for (const hand of HANDS) drawHand(ctx, hand, out)
  header[HEADER.incisionCount] = site[SITE.incisionCount]!
  out.incision.set(float64.incision)
  drawDrain(ctx, out)
  drawCannula(ctx, out)
  out.mark[0] = site[SITE.markU]!
  out.mark[1] = site[SITE.markV]!
  out.mark[2] = site[SITE.markPlaced]!
  drawBleeding(ctx, out)
  out.waves.set(float64.waves)
  header[HEADER.waveHead] = uint32.waveHead[0]!
  let alarms = 0
  for (let i = 0; i < ALARM_CHANNELS.length; i++) alarms |= uint8.alarms[i]! << (2 * i)
  header[HEADER.alarms] = alarms
  const c = float64.circulation
  header[HEADER.heartPhase] = Math.floor((1000 * c[CIRCULATION.phase]!) / c[CIRCULATION.period]!)
}

function drawHand(ctx: Context, hand: 0 | 1, out: SnapshotBuffer): void {
  const h = ctx.hands[hand]
  const at = hand * TOOL_STRIDE
  const { tools } = out
  tools[at + TOOL.tool] = h[HAND.tool]!
  toBodyMetres(ctx.field, h[HAND.u]!, h[HAND.v]!, h[HAND.w]!, tools, at + TOOL.proxy)
  tools[at + TOOL.hand] = h[HAND.bodyX]!
  tools[at + TOOL.hand + 1] = h[HAND.bodyY]!
  tools[at + TOOL.hand + 2] = h[HAND.bodyZ]!
  for (let i = 0; i < 4; i++) {
    // a needle in its track keeps the direction in which it was pierced, whatever the hand does
    tools[at + TOOL.proxyRotation + i] = h[(h[HAND.region] === 2 ? HAND.lockQx : HAND.qx) + i]!
    tools[at + TOOL.handRotation + i] = h[HAND.qx + i]!
  }
  tools[at + TOOL.force] = h[HAND.force]!
  tools[at + TOOL.structure] = h[HAND.structure]!
  tools[at + TOOL.depth] = depthOf(ctx, hand)
  tools[at + TOOL.jaw] = h[HAND.jaw]! / 255
  tools[at + TOOL.gap] = h[HAND.tool] === 0 ? 0 : handGap(h)
  const dent = hand * 4
  out.dents[dent] = h[HAND.u]!
  out.dents[dent + 1] = h[HAND.v]!
  out.dents[dent + 2] =
    h[HAND.region] === 0 && h[HAND.force]! > 0 && ctx.patch.slots[PATCH.laid] === 0
      ? Math.max(0, depthOf(ctx, hand))
      : 0
  out.dents[dent + 3] = TOOLS[h[HAND.tool]!] === 'finger' ? 9 : 4
}

function drawDrain(ctx: Context, out: SnapshotBuffer): void {
  const { site } = ctx
  const line = ctx.block.float64.drainLine
  const inside = site[SITE.drainIn] === 1
  out.header[HEADER.drainCount] = inside ? DRAIN_POINTS : 0
  out.header[HEADER.drainState] =
    (inside ? DRAIN_STATE.inSitu : 0) |
    (site[SITE.drainConnected]! > 0 ? DRAIN_STATE.connected : 0) |
    (site[SITE.drainConnected] === 2 ? DRAIN_STATE.suction : 0) |
    (site[SITE.drainClamped] === 1 ? DRAIN_STATE.clamped : 0) |
    (site[SITE.drainKinked] === 1 ? DRAIN_STATE.kinked : 0) |
    (site[SITE.fixed] === 1 ? DRAIN_STATE.fixed : 0) |
    (site[SITE.dressed] === 1 ? DRAIN_STATE.dressed : 0) |
    (site[SITE.sealBelow] === 1 ? DRAIN_STATE.sealBelow : 0)
  if (!inside) return
  for (let i = 0; i < DRAIN_POINTS; i++)
    toBodyMetres(ctx.field, line[3 * i]!, line[3 * i + 1]!, line[3 * i + 2]!, out.drain, 3 * i)
}

function drawCannula(ctx: Context, out: SnapshotBuffer): void {
  const { site } = ctx
  out.header[HEADER.cannulaState] =
    (site[SITE.cannulaIn] === 1 ? CANNULA_STATE.inSitu : 0) |
    (site[SITE.cannulaInPleura] === 1 ? CANNULA_STATE.inPleura : 0) |
    (site[SITE.cannulaOpen] === 1 ? CANNULA_STATE.open : 0) |
    (site[SITE.cannulaLong] === 1 ? CANNULA_STATE.long : 0)
  toBodyMetres(ctx.field, site[SITE.cannulaU]!, site[SITE.cannulaV]!, site[SITE.cannulaW]!, out.cannula, 0)
  const m = ctx.field.axes
  for (let i = 0; i < 3; i++)
    out.cannula[3 + i] =
      m[i]! * site[SITE.cannulaAxisU]! + m[3 + i]! * site[SITE.cannulaAxisV]! + m[6 + i]! * site[SITE.cannulaAxisW]!
}

function drawBleeding(ctx: Context, out: SnapshotBuffer): void {
  const { bleeds } = ctx.block.float64
  let count = 0
  for (let i = 0; i < BLEED_SEEDS; i++) {
    const at = i * BLEED_SLOTS
    if (bleeds[at + BLEED.rate]! <= 0.05) continue
    toBodyMetres(ctx.field, bleeds[at + BLEED.u]!, bleeds[at + BLEED.v]!, bleeds[at + BLEED.w]!, out.bleeds, 4 * count)
    out.bleeds[4 * count + 3] = bleeds[at + BLEED.rate]!
    count++
  }
  out.header[HEADER.bleedCount] = count
}
