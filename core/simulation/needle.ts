/**
 * Needles and cannulas: once through the skin they move only along their own track, stop at bone and at their hub. A
 * short cannula ends before the pleura of a thick wall.
 */

import { PLEURA } from '../physiology/pleura.ts'
import { depthInRibs } from './bones.ts'
import { breach } from './breach.ts'
import { CODE, lungGap, organCodeAt } from './cavity.ts'
import { tellHit } from './cavitypress.ts'
import { type Hand, TOOLS } from './contract.ts'
import { distanceToCurve } from './curves.ts'
import { heightAt, NOTHING_MM } from './field.ts'
import { COUPLING, type Instrument } from './instruments.ts'
import { probeVessels } from './vessels.ts'
import { cellAt, layerBelow } from './wall.ts'
import { type Context, HAND } from './worldstate.ts'

const STEP_MM = 0.5
const LAYER_CODE = [CODE.skin, CODE.subcutis, CODE.muscle, CODE.intercostal, CODE.pleura]

/** Locks a needle into a track at (u, v, w). False when it lies too flat to pierce. */
export function enterTrack(h: Float64Array, u: number, v: number, w: number): boolean {
  if (h[HAND.axisW]! < 0.2) return false
  h[HAND.region] = 2
  h[HAND.track] = 0
  h[HAND.entryU] = u
  h[HAND.entryV] = v
  h[HAND.entryW] = w
  h[HAND.lockU] = h[HAND.axisU]!
  h[HAND.lockV] = h[HAND.axisV]!
  h[HAND.lockW] = h[HAND.axisW]!
  for (let i = 0; i < 4; i++) h[HAND.lockQx + i] = h[HAND.qx + i]!
  h[HAND.through] = 0
  h[HAND.harm] = 0
  h[HAND.harmKind] = 0
  return true
}

/** One step along the track towards the hand; returns mm moved. */
export function stepInTrack(ctx: Context, h: Float64Array, hand: Hand, tool: Instrument): number {
  const wanted =
    (h[HAND.entryU]! - h[HAND.handU]!) * h[HAND.lockU]! +
    (h[HAND.entryV]! - h[HAND.handV]!) * h[HAND.lockV]! +
    (h[HAND.entryW]! - h[HAND.handW]!) * h[HAND.lockW]!
  const before = h[HAND.track]!
  if (wanted < -0.5) {
    h[HAND.region] = 0
    h[HAND.track] = 0
    h[HAND.w] = h[HAND.entryW]! + 0.1
    return 0.1
  }
  const goal = wanted > tool.length ? tool.length : wanted < 0 ? 0 : wanted
  const step = goal - before
  const next = before + (step > STEP_MM ? STEP_MM : step < -STEP_MM ? -STEP_MM : step)
  const u = h[HAND.entryU]! - h[HAND.lockU]! * next
  const v = h[HAND.entryV]! - h[HAND.lockV]! * next
  const w = h[HAND.entryW]! - h[HAND.lockW]! * next
  h[HAND.structure] = tissueAt(ctx, u, v, w)
  h[HAND.force] = wanted > before ? 0.4 : 0
  if (next > before && depthInRibs(ctx.field, u, v, w) > -tool.radius * 0.5) {
    h[HAND.structure] = CODE.rib
    h[HAND.force] = COUPLING * (wanted - before)
    return 0
  }
  if (wanted > tool.length) {
    h[HAND.structure] = CODE.skin
    h[HAND.force] = COUPLING * (wanted - tool.length)
  }
  h[HAND.track] = next
  h[HAND.u] = u
  h[HAND.v] = v
  h[HAND.w] = w
  if (w >= heightAt(ctx.field, ctx.field.pleura, u, v)) h[HAND.through] = 0
  probeVessels(ctx, h, hand, tool)
  if (w < heightAt(ctx.field, ctx.field.pleura, u, v)) {
    if (h[HAND.through] === 0) breach(ctx, hand, TOOLS[h[HAND.tool]!]!)
    h[HAND.through] = 1
    const structure = h[HAND.structure]!
    if (structure >= CODE.lung && structure <= CODE.mediastinum) {
      const past = surfaceOf(ctx, structure, u, v) - w - tool.organGive
      if (past > 0) tellHit(ctx, h, structure, past)
    }
  }
  return Math.abs(next - before)
}

/** Code of STRUCTURES of the tissue at a point; `none` in the air of the pleural space and outside the body. */
export function tissueAt(ctx: Context, u: number, v: number, w: number): number {
  const { field, wall } = ctx
  if (w > heightAt(field, field.skin, u, v)) return CODE.none
  if (w > heightAt(field, field.pleura, u, v)) {
    for (let i = 0; i < field.vessels.length; i++) {
      const vessel = field.vessels[i]!
      if (distanceToCurve(vessel, u, v, w) < vessel.radius + 0.4) return CODE[vessel.structure]
    }
    const cell = cellAt(u, v)
    return cell < 0 ? CODE.muscle : LAYER_CODE[Math.min(4, layerBelow(wall, cell, w))]!
  }
  let deepest: number = CODE.none
  for (const structure of [CODE.lung, CODE.diaphragm, CODE.mediastinum]) {
    const height = surfaceOf(ctx, structure, u, v)
    if (height > NOTHING_MM / 2 && w < height) deepest = structure
  }
  return deepest === CODE.mediastinum ? organCodeAt(field, u, v) : deepest
}

function surfaceOf(ctx: Context, structure: number, u: number, v: number): number {
  const { field } = ctx
  if (structure === CODE.lung)
    return heightAt(field, field.lung, u, v) - lungGap(ctx.block.float64.pleura[PLEURA.airMl]!)
  if (structure === CODE.diaphragm) return heightAt(field, field.diaphragm, u, v)
  return heightAt(field, field.organ, u, v)
}
