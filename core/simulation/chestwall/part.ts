/**
 * What parts the patch: the edge of a blade, a tip that goes through what cannot bear its push, jaws that open. All are
 * cuts of the mesh: along the way of the edge, or in the plane of the jaws, since fibres part in one plane.
 */
import { heightAt } from '../field.ts'
import { cutPatch, startCut } from '../tissue/cutting/cut.ts'
import { removeDebris } from '../tissue/cutting/remove.ts'
import { liftEdge, strokeEdge } from '../tissue/cutting/stroke.ts'
import type { TissueField } from '../tissue/fieldtype.ts'
import { followMesh } from '../tissue/followmesh.ts'
import { TALLY } from '../tissue/mesh/mesh.ts'
import { hasRoom } from '../tissue/tools/edges.ts'
import { SKIN_MM } from '../wall.ts'
import { type Context, HAND } from '../worldstate.ts'
import { PATCH, toPatch } from './patch.ts'

/** The edge of a blade reaches so far out of the skin, mm: the lattice's skin is flat between its corners. */
const OVER_MM = 3
/** A blunt tip parts tissue from so far behind it to so far ahead, and to either side, mm: less would open no face. */
const BEHIND_MM = 5
const AHEAD_MM = 1
const ASIDE_MM = 5
/** It parts the patch once in so many millimetres. */
const EACH_MM = 1.5
/** Jaws part it again each time that they are so much wider, mm. */
const WIDER_MM = 3
/** Jaws leave so much of the wall under the skin whole, mm: skin is cut, not split. */
const SPARED_MM = SKIN_MM + 0.7

const ends = new Float64Array(9)
const tip = new Float64Array(3)

/** Parts what the tool of hand `t` parts in this tick. Throws `simulation/tissue-full`. */
export function partPatch(ctx: Context, h: Float64Array, t: number): void {
  const { field, slots } = ctx.patch
  if (slots[PATCH.laid] === 0) return
  const pieces = field.mesh.tally[TALLY.pieces]
  cutAlong(ctx, h, t)
  if (h[HAND.bores] === 1 && h[HAND.parted] - h[HAND.w] >= EACH_MM) bore(ctx, h)
  if (h[HAND.spreads] >= h[HAND.spread] + WIDER_MM / 2) spread(ctx, h)
  if (h[HAND.spreads] === 0) h[HAND.spread] = 0
  h[HAND.bores] = 0
  h[HAND.spreads] = 0
  if (field.mesh.changes.tetCount === 0) return
  if (field.mesh.tally[TALLY.pieces] > pieces) removeDebris(field.mesh)
  followMesh(field)
}

/** Takes the edge of a blade that is in the wall along, from its tip to over the skin. */
function cutAlong(ctx: Context, h: Float64Array, t: number): void {
  const { patch } = ctx
  const { edges, mesh } = patch.field
  if (h[HAND.pierced] === 0 || !hasRoom(mesh)) {
    if (edges.strokes.each[t][0] !== 0) liftEdge(edges.strokes, t)
    return
  }
  toPatch(patch, h[HAND.u], h[HAND.v], h[HAND.w], ends)
  const up = depthOf(ctx, h) + OVER_MM
  for (let i = 0; i < 3; i++) ends[3 + i] = ends[i] + (up / 1000) * h[HAND.axisU + i]
  strokeEdge(edges.strokes, edges.cutter, t, ends)
}

/** Parts the wall about a blunt tip that went deeper. */
function bore({ patch }: Context, h: Float64Array): void {
  h[HAND.parted] = h[HAND.w]
  if (!hasRoom(patch.field.mesh)) return
  const { corner } = patch.field.edges.strokes.patch
  toPatch(patch, h[HAND.u], h[HAND.v], h[HAND.w], tip)
  for (let i = 0; i < 3; i++) {
    const top = tip[i] + (BEHIND_MM / 1000) * h[HAND.axisU + i]
    const low = tip[i] - (AHEAD_MM / 1000) * h[HAND.axisU + i]
    const side = (ASIDE_MM / 1000) * h[HAND.jawU + i]
    corner[i] = top - side
    corner[3 + i] = top + side
    corner[6 + i] = low - side
    corner[9 + i] = low + side
  }
  cutOnce(patch.field)
}

/** Parts what lies between the opened jaws of forceps, from their tips up to under the skin. */
function spread(ctx: Context, h: Float64Array): void {
  const { patch } = ctx
  const half = h[HAND.spreads]
  h[HAND.spread] = half
  const up = depthOf(ctx, h) - SPARED_MM
  if (!(up > 0.5) || !hasRoom(patch.field.mesh)) return
  const { corner } = patch.field.edges.strokes.patch
  toPatch(patch, h[HAND.u], h[HAND.v], h[HAND.w], tip)
  for (let i = 0; i < 3; i++) {
    const side = (half / 1000) * h[HAND.jawU + i]
    const top = tip[i] + (up / 1000) * h[HAND.axisU + i]
    corner[i] = tip[i] - side
    corner[3 + i] = tip[i] + side
    corner[6 + i] = top - side * NARROWS
    corner[9 + i] = top + side * NARROWS
  }
  cutOnce(patch.field)
}

/** Jaws part less towards their hinge: this share of their opening under the skin. */
const NARROWS = 0.6

function cutOnce({ edges, mesh }: TissueField): void {
  cutPatch(edges.cutter, edges.strokes.patch, startCut(mesh))
}

function depthOf({ field }: Context, h: Float64Array): number {
  return heightAt(field, field.skin, h[HAND.u], h[HAND.v]) - h[HAND.w]
}
