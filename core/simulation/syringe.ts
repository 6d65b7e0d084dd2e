/** The syringe: aspirating tells where the tip lies, injecting leaves lidocaine there. */

import { giveDrug } from '../physiology/drugs/kinetics.ts'
import { PLEURA } from '../physiology/pleura.ts'
import { CODE } from './cavity.ts'
import { BUTTON, type Hand, LAYERS, type SimEvent, TOOLS } from './contract.ts'
import { clamp, smoothstep } from './exactmath.ts'
import { LIDOCAINE_MG_PER_ML } from './instruments.ts'
import { tissueAt } from './needle.ts'
import { WALL_COLUMNS, WALL_ROWS } from './snapshot.ts'
import { type Context, HAND, SITE } from './worldstate.ts'

/** Ticks that the plunger must be pulled before anything shows, and between two answers. */
const PULL_TICKS = 25
/** Fluid volume in mL that numbs a layer over about 3 cm. */
const NUMB_ML = 3
const ML_PER_TICK = 0.01

/** Works the plunger of a syringe or the hub of a cannula held by a hand. */
export function workSyringe(ctx: Context, hand: Hand): void {
  const h = ctx.hands[hand]
  const structure = h[HAND.region] === 2 ? tissueAt(ctx, h[HAND.u]!, h[HAND.v]!, h[HAND.w]!) : CODE.none
  aspirate(ctx, h, structure)
  inject(ctx, h, structure)
}

function aspirate(ctx: Context, h: Float64Array, structure: number): void {
  if ((h[HAND.buttons]! & BUTTON.aspirate) === 0) {
    h[HAND.aspirateTicks] = 0
    return
  }
  h[HAND.aspirateTicks] = h[HAND.aspirateTicks]! + 1
  if (h[HAND.aspirateTicks]! % PULL_TICKS !== 0 || h[HAND.aspirateTicks]! > 4 * PULL_TICKS) return
  if (h[HAND.aspirateTicks]! !== PULL_TICKS && h[HAND.aspirateTicks]! !== 4 * PULL_TICKS) return
  const what = h[HAND.region] === 2 ? aspirated(ctx, h, structure) : 'nothing'
  if (what === 'air') ctx.site[SITE.aspiratedAir] = 1
  if (what === 'blood') ctx.site[SITE.aspiratedBlood] = 1
  ctx.events.push({ type: 'aspirated', tool: TOOLS[h[HAND.tool]!]!, what })
}

function aspirated(ctx: Context, h: Float64Array, structure: number): Extract<SimEvent, { type: 'aspirated' }>['what'] {
  if (isVessel(structure) || (structure >= CODE.heart && structure <= CODE.mediastinum)) return 'blood'
  const pleura = ctx.block.float64.pleura
  if (structure === CODE.lung) return 'air'
  if (h[HAND.through] === 0 || structure !== CODE.none) return 'nothing'
  if (pleura[PLEURA.airMl]! > 30) return 'air'
  return pleura[PLEURA.bloodMl]! > 50 ? 'fluid' : 'nothing'
}

function isVessel(structure: number): boolean {
  return structure >= CODE.bundle && structure <= CODE['lateral-thoracic']
}

function inject(ctx: Context, h: Float64Array, structure: number): void {
  const pressed = h[HAND.jaw]! > 12 && h[HAND.fluidMl]! > 0 && h[HAND.region] === 2
  if (pressed) {
    const ml = Math.min(h[HAND.fluidMl]!, (ML_PER_TICK * h[HAND.jaw]!) / 255)
    h[HAND.fluidMl] = h[HAND.fluidMl]! - ml
    h[HAND.injectedMl] = h[HAND.injectedMl]! + ml
    const where = isVessel(structure) ? 'vein' : 'tissue'
    giveDrug(ctx.block.float64.drugs, 'lidocaine', ml * LIDOCAINE_MG_PER_ML, where)
    numb(ctx, structure, ml)
    if (structure >= CODE.skin && structure <= CODE.subcutis) raiseWheal(ctx, h[HAND.u]!, h[HAND.v]!, ml)
  }
  if (h[HAND.injectedMl]! > 0 && (!pressed || h[HAND.injectedMl]! >= 1)) {
    const layer =
      structure >= CODE.skin && structure <= CODE.pleura ? structure - CODE.skin : isVessel(structure) ? 3 : 4
    ctx.events.push({
      type: 'infiltrated',
      layer: LAYERS[layer]!,
      ml: h[HAND.injectedMl]!,
      mg: h[HAND.injectedMl]! * LIDOCAINE_MG_PER_ML,
      intravascular: isVessel(structure) ? 1 : 0,
    })
    h[HAND.injectedMl] = 0
  }
}

function numb(ctx: Context, structure: number, ml: number): void {
  const { site } = ctx
  if (structure === CODE.skin || structure === CODE.subcutis) site[SITE.numbSkin] = site[SITE.numbSkin]! + ml
  else if (structure === CODE.muscle || structure === CODE.intercostal)
    site[SITE.numbMuscle] = site[SITE.numbMuscle]! + ml
  else if (structure === CODE.pleura || structure === CODE.none) site[SITE.numbPleura] = site[SITE.numbPleura]! + ml
  if (structure === CODE.intercostal) site[SITE.numbPleura] = site[SITE.numbPleura]! + ml * 0.5
}

/** How numb the site is by now, 0–1: each layer counts by its own volume, and it takes effect over about a minute. */
export function updateNumbness(ctx: Context, seconds: number): void {
  const { site } = ctx
  const full =
    0.35 * clamp(site[SITE.numbSkin]! / NUMB_ML, 0, 1) +
    0.35 * clamp(site[SITE.numbMuscle]! / NUMB_ML, 0, 1) +
    0.3 * clamp(site[SITE.numbPleura]! / NUMB_ML, 0, 1)
  site[SITE.numb] = site[SITE.numb]! + (full - site[SITE.numb]!) * (seconds / (25 + seconds))
}

/** Toxicity of lidocaine, 0 none … 1 the most, by plasma level: signs from about 5 µg/mL. */
export function toxicityOf(plasmaUgMl: number): number {
  return smoothstep(4, 14, plasmaUgMl)
}

function raiseWheal(ctx: Context, u: number, v: number, ml: number): void {
  const wheal = ctx.block.uint8.wheal
  const radius = 7
  for (let j = Math.max(0, Math.floor(v) - radius); j <= Math.min(WALL_ROWS - 1, Math.floor(v) + radius); j++) {
    for (let i = Math.max(0, Math.floor(u) - radius); i <= Math.min(WALL_COLUMNS - 1, Math.floor(u) + radius); i++) {
      const square = ((i + 0.5 - u) * (i + 0.5 - u) + (j + 0.5 - v) * (j + 0.5 - v)) / (radius * radius)
      if (square >= 1) continue
      const cell = j * WALL_COLUMNS + i
      // whole steps only: the dose of a tick is below one step, so the clock thins it out
      if ((ctx.block.uint32.clock[0]! + i + j) % 4 === 0)
        wheal[cell] = Math.min(255, wheal[cell]! + Math.ceil(ml * 400 * (1 - square)))
    }
  }
}
