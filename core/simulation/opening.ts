/**
 * Where the operative site and the body meet: which openings let air pass, what bleeds, what hurts; and the watch that
 * turns changes of the body into events.
 */
import { ALARM_LIMITS, alarmLevel } from '../physiology/alarms.ts'
import type { BodyInput } from '../physiology/body.ts'
import { CIRCULATION } from '../physiology/circulation.ts'
import { DRUG, drugAt } from '../physiology/drugs/kinetics.ts'
import { TOXIC_LEVELS } from '../physiology/drugs/table.ts'
import { MONITOR } from '../physiology/monitor.ts'
import { PLEURA } from '../physiology/pleura.ts'
import { BREATHING } from '../physiology/respiration.ts'
import { type AlarmPriority, TOOLS, type Tool } from './contract.ts'
import { clamp } from './exactmath.ts'
import { bleed } from './harm.ts'
import { TOOL_CODE } from './instruments.ts'
import { OBSERVABLE_INDEX } from './observables.ts'
import { ALARM_CHANNELS } from './snapshot.ts'
import { updateNumbness } from './syringe.ts'
import { cellAt } from './wall.ts'
import { type Context, HAND, SITE } from './worldstate.ts'

const TICK_S = 0.01
/** Bore of a 14 G cannula, with and without its needle, and of the drain, mm². */
const CANNULA_MM2 = 2.2
const CANNULA_WITH_NEEDLE_MM2 = 0.5
const DRAIN_MM2 = 34
/** Air let out that counts as decompression, mL, by how. */
const RELEASED_ML = 250
const SIGNS = ['perioral', 'fit', 'arrhythmia'] as const
const PRIORITIES: readonly AlarmPriority[] = ['low', 'low', 'medium', 'high']
const ARREST_CHANNEL = ALARM_CHANNELS.indexOf('arrest')

/** Works out openings, bleeding and pain of this tick for the body. */
export function openBody(ctx: Context, input: BodyInput): void {
  const { site } = ctx
  const { monitor, circulation } = ctx.block.float64
  updateNeedles(ctx)
  input.wallMm2 = wallOpening(ctx)
  input.cannulaMm2 = cannulaOpening(ctx)
  const passes = site[SITE.drainIn] === 1 && site[SITE.drainClamped] === 0 && site[SITE.drainKinked] === 0
  input.drainMm2 = passes && site[SITE.drainHoles]! > 0 ? DRAIN_MM2 : 0
  // a seal that stands above the chest lets its water run in: it closes nothing
  const sealed = site[SITE.drainConnected]! > 0 && site[SITE.sealBelow] === 1
  input.drainEnd = !sealed ? 'open' : site[SITE.drainConnected] === 2 ? 'suction' : 'seal'
  site[SITE.drainFogging] =
    passes && site[SITE.drainHoles]! > 0 && ctx.block.float64.breathing[BREATHING.rate]! > 1 ? 1 : 0
  const lost = bleed(ctx, TICK_S, circulation[CIRCULATION.beating] === 1 ? monitor[MONITOR.mean]! : 0)
  input.bledOutMl = lost
  input.bledInMl = site[SITE.pleuraOpen] === 1 ? lost * 0.5 : 0
  input.headUpDegrees = site[SITE.bedDegrees]!
  updateNumbness(ctx, TICK_S)
  site[SITE.pain] = clamp(site[SITE.pain]! - TICK_S / 6 + hurts(ctx), 0, 1)
  input.pain = site[SITE.pain]!
}

/** Turns what happened to the body into events: alarms, decompression, toxicity, expansion, arrest. */
export function watchBody(ctx: Context, observed: Float64Array): void {
  watchAlarms(ctx, observed)
  const { site } = ctx
  const { pleura, drugs } = ctx.block.float64
  if (site[SITE.decompressed] === 0 && pleura[PLEURA.released]! > RELEASED_ML) {
    site[SITE.decompressed] = 1
    ctx.events.push({ type: 'decompressed', by: decompressor(ctx) })
  }
  if (site[SITE.expandedTold] === 0 && site[SITE.decompressed] === 1 && pleura[PLEURA.expansion]! > 0.9) {
    site[SITE.expandedTold] = 1
    ctx.events.push({ type: 'expanded' })
  }
  const told = site[SITE.toxicityTold]!
  if (told < 3 && drugAt(drugs, 'lidocaine', DRUG.level) > TOXIC_LEVELS[told]!) {
    site[SITE.toxicityTold] = told + 1
    ctx.events.push({ type: 'toxicity', sign: SIGNS[told]! })
  }
}

function watchAlarms(ctx: Context, observed: Float64Array): void {
  const { alarms } = ctx.block.uint8
  for (let i = 0; i < ALARM_LIMITS.length; i++) {
    const limit = ALARM_LIMITS[i]!
    const value = observed[OBSERVABLE_INDEX[limit.observable]]!
    const before = alarms[i]!
    const level = alarmLevel(limit, value, before)
    if (level === before) continue
    alarms[i] = level
    const below = value < limit.low * 1.02
    ctx.events.push({
      type: 'vital',
      name: limit.observable,
      crossed: level === 0 ? 'back' : below ? 'below' : 'above',
      limit: below ? (level === 3 ? limit.veryLow : limit.low) : level === 3 ? limit.veryHigh : limit.high,
      priority: PRIORITIES[level === 0 ? before : level]!,
    })
  }
  const stopped = ctx.block.float64.circulation[CIRCULATION.beating] === 0
  if (alarms[ARREST_CHANNEL] === 0 && stopped) ctx.events.push({ type: 'arrest' })
  alarms[ARREST_CHANNEL] = stopped ? 3 : 0
}

function updateNeedles(ctx: Context): void {
  const { site } = ctx
  site[SITE.needleDepth] = 0
  site[SITE.needleInPleura] = 0
  for (const h of ctx.hands) {
    if (h[HAND.region] !== 2) continue
    site[SITE.needleDepth] = h[HAND.track]!
    site[SITE.needleInPleura] = h[HAND.through] === 1 ? 1 : 0
  }
}

/** Free area of the hole in the wall, mm²: muscle closes round nothing, a finger or clamp plugs part, drain and dressing all. */
function wallOpening(ctx: Context): number {
  const { site } = ctx
  if (site[SITE.pleuraOpen] === 0 || site[SITE.dressed] === 1) return 0
  const tract = site[SITE.tractMm]!
  let free = 0.12 * tract * tract
  for (const h of ctx.hands) {
    if (h[HAND.region] !== 1) continue
    free *=
      h[HAND.tool] === TOOL_CODE.finger ? 0.3 : h[HAND.tool] === TOOL_CODE.forceps ? 0.3 + h[HAND.jaw]! / 255 : 0.5
  }
  if (site[SITE.drainIn] === 1) {
    const outside = site[SITE.drainHoles]! < 5 && site[SITE.drainDepth]! > 20 ? 1.5 : 0
    free = (site[SITE.stitches]! > 0 ? 0 : Math.max(0, 0.002 * (tract * tract - 300))) + outside
  } else if (site[SITE.stitches]! > 0) free *= 0.1
  return free
}

function cannulaOpening(ctx: Context): number {
  const { site } = ctx
  let area = site[SITE.cannulaIn] === 1 && site[SITE.cannulaInPleura] === 1 ? CANNULA_MM2 : 0
  for (const h of ctx.hands) {
    const tool = TOOLS[h[HAND.tool]!]
    if (h[HAND.region] === 2 && h[HAND.through] === 1 && (tool === 'cannula-short' || tool === 'cannula-long'))
      area += CANNULA_WITH_NEEDLE_MM2
  }
  return area
}

function decompressor(ctx: Context): Tool {
  const { site } = ctx
  if (site[SITE.drainIn] === 1 && site[SITE.drainHoles]! > 0)
    return site[SITE.drainTool] === TOOL_CODE.drain ? 'drain' : 'trocar-drain'
  for (const h of ctx.hands) if (h[HAND.region]! > 0 && h[HAND.tool]! > 0) return TOOLS[h[HAND.tool]!]!
  if (site[SITE.pleuraOpen] === 1) return 'finger'
  return site[SITE.cannulaLong] === 1 ? 'cannula-long' : 'cannula-short'
}

/** Pain this tick of someone awake: cutting, spreading or pushing where it is not numb. */
function hurts(ctx: Context): number {
  if (ctx.block.float64.breathing[BREATHING.consciousness]! < 9) return 0
  let pain = 0
  for (const h of ctx.hands) {
    if (h[HAND.tool] === 0 || cellAt(h[HAND.u]!, h[HAND.v]!) < 0) continue
    if (h[HAND.stroke]! > 0 || (h[HAND.force]! > 6 && h[HAND.tool] !== TOOL_CODE.dressing)) pain = 0.02
  }
  return pain * (1 - ctx.site[SITE.numb]!)
}
