/**
 * What parts the patch: the edge of a blade, a tip that goes through what cannot bear its push, jaws that open. All are
 * cuts of the mesh: along the way of the edge, or for what is blunt in one plane, since fibres part in a plane.
 */
import { heightAt } from '../field.ts'
import { cutPatch, startCut } from '../tissue/cutting/cut.ts'
import { removeDebris } from '../tissue/cutting/remove.ts'
import { liftEdge, strokeEdge } from '../tissue/cutting/stroke.ts'
import { followMesh } from '../tissue/followmesh.ts'
import { TALLY } from '../tissue/mesh/mesh.ts'
import { hasRoom } from '../tissue/tools/edges.ts'
import { SKIN_MM } from '../wall.ts'
import { type Context, HAND } from '../worldstate.ts'
import { PATCH, toPatch, type WallPatch } from './patch.ts'

/** The edge of a blade reaches so far out of the skin, mm: the lattice's skin is flat between its corners. */
const OVER_MM = 3
/** A blunt tip parts tissue from so far behind it to so far ahead, and to either side, mm: less would open no face. */
const BEHIND_MM = 5
const AHEAD_MM = 1
const ASIDE_MM = 5
/** What is parted further by less than this is left as it is, mm. */
const FURTHER_MM = 0.4
/** Jaws part it again each time that they are so much wider, mm. */
const WIDER_MM = 3
/** A tip this near to the plane in which the wall is parted already goes on with it, mm. */
const SAME_MM = 6
/** Jaws leave so much of the wall under the skin whole, mm: skin is cut, not split. */
const SPARED_MM = SKIN_MM + 0.7
/** A part begins so far over where the last one ended, mm. */
const OVERLAP_MM = 1.5

const ends = new Float64Array(6)

/** Parts what the tool of hand `t` parts in this tick. Throws `simulation/tissue-full`. */
export function partPatch(ctx: Context, h: Float64Array, t: number): void {
  const { field, slots: own } = ctx.patch
  if (own[PATCH.laid] === 0) return
  const pieces = field.mesh.tally[TALLY.pieces]
  cutAlong(ctx, h, t)
  if (h[HAND.spreads] > 0) spread(ctx, h)
  else if (h[HAND.bores] === 1) bore(ctx, h)
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
    liftEdge(edges.strokes, t)
    return
  }
  toPatch(patch, h[HAND.u], h[HAND.v], h[HAND.w], ends)
  const up = heightAt(ctx.field, ctx.field.skin, h[HAND.u], h[HAND.v]) - h[HAND.w] + OVER_MM
  for (let i = 0; i < 3; i++) ends[3 + i] = ends[i] + (up / 1000) * h[HAND.axisU + i]
  strokeEdge(edges.strokes, edges.cutter, t, ends)
}

/** Parts the wall about a blunt tip that went deeper. */
function bore({ patch }: Context, h: Float64Array): void {
  const own = patch.slots
  findPlane(patch, h)
  if (h[HAND.w] > own[PATCH.wayLow] - FURTHER_MM) return
  own[PATCH.wayLow] = h[HAND.w]
  partPlane(patch, h, ASIDE_MM, h[HAND.w] - AHEAD_MM, h[HAND.w] + BEHIND_MM)
}

/** Parts what lies between the opened jaws of forceps, from their tips up to under the skin. */
function spread({ patch, field }: Context, h: Float64Array): void {
  const own = patch.slots
  findPlane(patch, h)
  const half = h[HAND.spreads]
  const isWider = half > own[PATCH.wayHalf] + WIDER_MM
  if (!isWider && h[HAND.w] > own[PATCH.wayDeep] - FURTHER_MM) return
  const under = heightAt(field, field.skin, h[HAND.u], h[HAND.v]) - SPARED_MM
  const from = isWider ? under : Math.min(under, own[PATCH.wayDeep] + OVERLAP_MM)
  if (from - h[HAND.w] < FURTHER_MM) return
  own[PATCH.wayHalf] = Math.max(own[PATCH.wayHalf], half)
  own[PATCH.wayDeep] = Math.min(own[PATCH.wayDeep], h[HAND.w])
  own[PATCH.wayLow] = Math.min(own[PATCH.wayLow], h[HAND.w])
  partPlane(patch, h, own[PATCH.wayHalf], own[PATCH.wayDeep] - AHEAD_MM, from)
}

/** Nothing is parted at this height, mm. */
const WHOLE_MM = 1000

/** Finds the plane in which a blunt tip parts the wall: the one in which it is parted already, or that of the jaws. */
function findPlane({ field, slots: own }: WallPatch, h: Float64Array): void {
  const off =
    (h[HAND.v] - own[PATCH.wayV]) * own[PATCH.wayAlongU] - (h[HAND.u] - own[PATCH.wayU]) * own[PATCH.wayAlongV]
  if (own[PATCH.wayCut] > 0 && Math.abs(off) < SAME_MM) return
  const flat = Math.sqrt(h[HAND.jawU] * h[HAND.jawU] + h[HAND.jawV] * h[HAND.jawV])
  own[PATCH.wayCut] = startCut(field.mesh)
  own[PATCH.wayU] = h[HAND.u]
  own[PATCH.wayV] = h[HAND.v]
  own[PATCH.wayAlongU] = flat > 0.1 ? h[HAND.jawU] / flat : 1
  own[PATCH.wayAlongV] = flat > 0.1 ? h[HAND.jawV] / flat : 0
  own[PATCH.wayLow] = WHOLE_MM
  own[PATCH.wayDeep] = WHOLE_MM
  own[PATCH.wayHalf] = 0
}

/** Parts the plane about a tool, so far to either side, between two heights; mm. */
function partPlane(patch: WallPatch, h: Float64Array, half: number, low: number, high: number): void {
  const { mesh, edges } = patch.field
  if (!hasRoom(mesh)) return
  const own = patch.slots
  const { corner } = edges.strokes.patch
  const alongU = own[PATCH.wayAlongU]
  const alongV = own[PATCH.wayAlongV]
  const along = (h[HAND.u] - own[PATCH.wayU]) * alongU + (h[HAND.v] - own[PATCH.wayV]) * alongV
  for (let n = 0; n < 4; n++) {
    const at = along + (n & 1 ? half : -half)
    toPatch(patch, own[PATCH.wayU] + at * alongU, own[PATCH.wayV] + at * alongV, n < 2 ? high : low, ends)
    for (let i = 0; i < 3; i++) corner[3 * n + i] = ends[i]
  }
  cutPatch(edges.cutter, edges.strokes.patch, own[PATCH.wayCut])
}
