/** Pressing and piercing what lies behind the pleura. */

import { PLEURA } from '../physiology/pleura.ts'
import { CODE, lungGap, organCodeAt } from './cavity.ts'
import { STRUCTURES, TOOLS } from './contract.ts'
import { heightAt, NOTHING_MM } from './field.ts'
import { harmOrgan } from './harm.ts'
import { COUPLING, type Instrument, STIFFNESS } from './instruments.ts'
import { type Context, HAND } from './worldstate.ts'

/** Depth in mm of hits that are told apart, so that one wound gives few events. */
const TELL_EVERY_MM = 3

/**
 * Height that the tip may reach at its place given the hand's; sets force and structure, and reports hits. Each of lung,
 * diaphragm and organ holds the tip until the force breaks it.
 */
export function pressCavity(ctx: Context, h: Float64Array, tool: Instrument): number {
  const u = h[HAND.u]!
  const v = h[HAND.v]!
  const handW = h[HAND.handW]!
  const gap = lungGap(ctx.block.float64.pleura[PLEURA.airMl]!)
  h[HAND.force] = 0
  h[HAND.structure] = CODE.none
  let target = handW
  for (let i = 0; i < 3; i++) {
    const height = surfaceHeight(ctx, i, u, v, gap)
    if (height < NOTHING_MM / 2) continue
    const depth = height - handW
    if (depth <= 0) continue
    const structure = i === 0 ? CODE.lung : i === 1 ? CODE.diaphragm : organCodeAt(ctx.field, u, v)
    const stiffness = STIFFNESS[structure]!
    const holds = depth <= tool.organAt * (1 / COUPLING + 1 / stiffness)
    const indentation = holds ? (depth * COUPLING) / (COUPLING + stiffness) : depth - tool.organAt / COUPLING
    const reach = height - indentation
    if (reach > target || (reach === target && h[HAND.structure] === CODE.none)) target = reach
    const force = holds ? stiffness * indentation : tool.organAt
    if (force > h[HAND.force]!) {
      h[HAND.force] = force
      h[HAND.structure] = structure
    }
  }
  for (let i = 0; i < 3; i++) {
    const height = surfaceHeight(ctx, i, u, v, gap)
    if (height < NOTHING_MM / 2) continue
    const past = height - h[HAND.w]! - tool.organGive
    if (past > 0 && tool.kind !== 'soft') {
      const structure = i === 0 ? CODE.lung : i === 1 ? CODE.diaphragm : organCodeAt(ctx.field, u, v)
      tellHit(ctx, h, structure, past)
    }
  }
  return target < handW ? handW : target
}

/** Reports harm to an organ once, and again for each further 3 mm or another organ. */
export function tellHit(ctx: Context, h: Float64Array, structure: number, byMm: number): void {
  if (h[HAND.harmKind] === structure && byMm < h[HAND.harm]! + TELL_EVERY_MM) return
  if (h[HAND.harmKind]! > structure && h[HAND.harm]! > 0) return
  const again = h[HAND.harmKind] === structure
  h[HAND.harmKind] = structure
  h[HAND.harm] = byMm
  ctx.events.push({ type: 'hit', structure: STRUCTURES[structure]!, tool: TOOLS[h[HAND.tool]!]!, byMm })
  if (!again) harmOrgan(ctx, structure, h[HAND.u]!, h[HAND.v]!, h[HAND.w]!)
}

function surfaceHeight(ctx: Context, which: number, u: number, v: number, gap: number): number {
  const { field } = ctx
  if (which === 0) return heightAt(field, field.lung, u, v) - gap
  if (which === 1) return heightAt(field, field.diaphragm, u, v)
  return heightAt(field, field.organ, u, v)
}
