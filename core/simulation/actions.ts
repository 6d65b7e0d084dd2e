/** Discrete inputs: what each verb does to the world. Verbs that the world does not know are the case runner's. */

import { TREATMENTS, treat } from '../physiology/treat.ts'
import { endStroke } from './blade.ts'
import { dress, isAtWound } from './closure.ts'
import { type Action, type Hand, type RefusalReason, TOOLS, type Tool } from './contract.ts'
import { regrip, tellDrain } from './drain.ts'
import { palpate } from './finger.ts'
import { SYRINGE_ML, TOOL_CODE } from './instruments.ts'
import { type Context, HAND, SITE } from './worldstate.ts'

type Deed = (ctx: Context, action: Action) => RefusalReason | null

const DEEDS: Readonly<Record<string, Deed>> = {
  pick: (ctx, { hand, object }) => pick(ctx, hand, object),
  put: (ctx, { hand }) => {
    if (ctx.hands[hand][HAND.tool] === 0) return 'hand-holds-nothing'
    put(ctx, hand)
    return null
  },
  bed: (ctx, { value }) => {
    if (value === undefined || value < 0 || value > 60) return 'out-of-range'
    ctx.site[SITE.bedDegrees] = value
    return null
  },
  arm: (ctx, { object }) => {
    ctx.site[SITE.armAbducted] = object === 'abducted' ? 1 : 0
    return null
  },
  clamp: (ctx) => setClamp(ctx, 1),
  unclamp: (ctx) => setClamp(ctx, 0),
  connect: (ctx, { object }) => connect(ctx, object),
  seal: (ctx, { object }) => {
    ctx.site[SITE.sealBelow] = object === 'above-chest' ? 0 : 1
    return null
  },
  withdraw: (ctx, { hand, object }) => withdraw(ctx, hand, object),
  palpate: (ctx, { hand }) => {
    if (ctx.hands[hand][HAND.tool] !== TOOL_CODE.finger) return 'hand-holds-nothing'
    palpate(ctx, hand)
    return null
  },
  fix: (ctx, { hand }) => {
    if (ctx.site[SITE.drainIn] === 0) return 'nothing-there'
    if (ctx.site[SITE.stitches] === 0) return 'needs-stitch'
    if (!isAtWound(ctx, ctx.hands[hand])) return 'too-far'
    if (ctx.site[SITE.fixed] === 0) ctx.events.push({ type: 'fixed' })
    ctx.site[SITE.fixed] = 1
    return null
  },
  dress: (ctx, { hand }) => {
    if (ctx.hands[hand][HAND.tool] !== TOOL_CODE.dressing) return 'hand-holds-nothing'
    if (!isAtWound(ctx, ctx.hands[hand])) return 'too-far'
    dress(ctx)
    return null
  },
}

/** Carries out one action; a refused one leaves the world as it was and is reported. */
export function applyAction(ctx: Context, action: Action): void {
  const deed = Object.hasOwn(DEEDS, action.verb) ? DEEDS[action.verb] : undefined
  const reason = TREATMENTS.includes(action.verb) ? careFor(ctx, action) : (deed?.(ctx, action) ?? null)
  if (reason !== null) ctx.events.push({ type: 'refused', verb: action.verb, object: action.object, reason })
}

function pick(ctx: Context, hand: Hand, object: string): RefusalReason | null {
  const code = TOOLS.indexOf(object as Tool)
  if (code <= 0) return 'unknown-tool'
  const tool = TOOLS[code]!
  const isDrain = tool === 'drain' || tool === 'trocar-drain'
  if (isDrain && ctx.site[SITE.drainIn] === 1 && ctx.site[SITE.drainTool] !== code) return 'out-of-range'
  if (isDrain && ctx.hands[hand === 0 ? 1 : 0][HAND.tool] === code) return 'out-of-range'
  put(ctx, hand)
  const h = ctx.hands[hand]
  h[HAND.tool] = code
  h[HAND.held] = 0
  h[HAND.region] = 0
  h[HAND.pierced] = 0
  h[HAND.fluidMl] = tool === 'syringe' ? SYRINGE_ML : 0
  h[HAND.u] = h[HAND.handU]!
  h[HAND.v] = h[HAND.handV]!
  h[HAND.w] = Math.max(h[HAND.handW]!, OUTSIDE_MM)
  if (isDrain && ctx.site[SITE.drainIn] === 1) regrip(ctx, hand)
  ctx.events.push({ type: 'picked', hand, tool })
  return null
}

/** A tool is handed over outside the body: above everything in the field, mm. */
const OUTSIDE_MM = 60

function put(ctx: Context, hand: Hand): void {
  const h = ctx.hands[hand]
  if (h[HAND.tool] === 0) return
  const tool = TOOLS[h[HAND.tool]!]!
  endStroke(ctx, h)
  if (h[HAND.region] === 2 && tool !== 'syringe') leaveCannula(ctx, h, tool)
  if ((tool === 'drain' || tool === 'trocar-drain') && ctx.site[SITE.drainIn] === 1) tellDrain(ctx, 'released')
  h[HAND.tool] = 0
  h[HAND.region] = 0
  h[HAND.pierced] = 0
  h[HAND.force] = 0
  h[HAND.structure] = 0
  h[HAND.stroke] = -1
  h[HAND.plungeTick] = -1
  h[HAND.roll] = -1
  ctx.events.push({ type: 'put', hand, tool })
}

function withdraw(ctx: Context, hand: Hand, object: string): RefusalReason | null {
  const h = ctx.hands[hand]
  if (object === 'cannula') {
    if (ctx.site[SITE.cannulaIn] === 0) return 'nothing-there'
    ctx.site[SITE.cannulaIn] = 0
    ctx.site[SITE.cannulaOpen] = 0
    ctx.site[SITE.cannulaInPleura] = 0
    return null
  }
  if (h[HAND.region] !== 2 || h[HAND.tool] === TOOL_CODE.syringe) return 'nothing-there'
  put(ctx, hand)
  return null
}

function leaveCannula(ctx: Context, h: Float64Array, tool: Tool): void {
  const { site } = ctx
  site[SITE.cannulaIn] = 1
  site[SITE.cannulaOpen] = 1
  site[SITE.cannulaInPleura] = h[HAND.through] === 1 ? 1 : 0
  site[SITE.cannulaLong] = tool === 'cannula-long' ? 1 : 0
  site[SITE.cannulaU] = h[HAND.u]!
  site[SITE.cannulaV] = h[HAND.v]!
  site[SITE.cannulaW] = h[HAND.w]!
  site[SITE.cannulaAxisU] = h[HAND.lockU]!
  site[SITE.cannulaAxisV] = h[HAND.lockV]!
  site[SITE.cannulaAxisW] = h[HAND.lockW]!
  site[SITE.cannulaDepth] = h[HAND.track]!
}

/** Treats the body. An order that it does not know is the case's own (an image, a call) and no refusal. */
function careFor(ctx: Context, action: Action): RefusalReason | null {
  return treat(ctx.block.float64, ctx.patient, action) === 'out-of-range' ? 'out-of-range' : null
}

function setClamp(ctx: Context, clamped: 0 | 1): RefusalReason | null {
  if (ctx.site[SITE.drainIn] === 0) return 'nothing-there'
  if (ctx.site[SITE.drainClamped] !== clamped) {
    ctx.site[SITE.drainClamped] = clamped
    tellDrain(ctx, clamped === 1 ? 'clamped' : 'unclamped')
  }
  return null
}

function connect(ctx: Context, object: string): RefusalReason | null {
  if (ctx.site[SITE.drainIn] === 0) return 'nothing-there'
  if (object !== 'seal' && object !== 'suction' && object !== 'open') return 'out-of-range'
  ctx.site[SITE.drainConnected] = object === 'seal' ? 1 : object === 'suction' ? 2 : 0
  tellDrain(ctx, object === 'seal' ? 'sealed' : object)
  return null
}
