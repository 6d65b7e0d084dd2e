/** Strokes of the scalpel, and spreading the artery forceps; what they part is read from the living wall. */
import { CODE } from './cavity.ts'
import { readIncision } from './chestwall/wound.ts'
import { type Hand, LAYERS } from './contract.ts'
import { acos, DEGREES } from './exactmath.ts'
import { FORCEPS_SPAN_MM } from './instruments.ts'
import { locate } from './landmarks.ts'
import { INCISION_POINTS } from './snapshot.ts'
import { cellAt, openAround, SKIN_MM } from './wall.ts'
import { type Context, HAND, SITE } from './worldstate.ts'

/** Spacing of the points kept of an incision, mm. */
const POINT_MM = 1.5
/** A shorter cut of the skin is a nick, mm. */
const NICK_MM = 6
/** From this depth on a blade is in the skin, mm. */
const LEAST_MM = 0.3
/** A stroke that starts this close to the last incision goes on with it, mm. */
const JOIN_MM = 6

/** Follows the scalpel in tissue: the stroke's length, depth and direction, the incision's points, and its end. */
export function workScalpel(ctx: Context, hand: Hand): void {
  const h = ctx.hands[hand]
  const cell = cellAt(h[HAND.u]!, h[HAND.v]!)
  const depth = cell < 0 ? 0 : ctx.wall.skin[cell]! - h[HAND.w]!
  const within = h[HAND.pierced] === 1 && depth > LEAST_MM
  if (!within) {
    if (h[HAND.stroke]! >= 0) endStroke(ctx, h)
    return
  }
  if (h[HAND.stroke]! < 0) {
    h[HAND.stroke] = 0
    h[HAND.strokeU] = h[HAND.u]!
    h[HAND.strokeV] = h[HAND.v]!
    h[HAND.strokeDepth] = 0
    h[HAND.strokeAlong] = 0
    addPoint(ctx, h, depth, 'starts')
    return
  }
  h[HAND.strokeDepth] = Math.max(h[HAND.strokeDepth]!, Math.min(depth, partedAbout(ctx, h)))
  const { incision } = ctx.block.float64
  const count = ctx.site[SITE.incisionCount]!
  const last = 4 * (count - 1)
  const du = h[HAND.u]! - incision[last]!
  const dv = h[HAND.v]! - incision[last + 1]!
  const length = Math.sqrt(du * du + dv * dv)
  if (length < POINT_MM) return
  locate(ctx.field, h[HAND.u]!, h[HAND.v]!, ctx.place)
  h[HAND.stroke] = h[HAND.stroke]! + length
  h[HAND.strokeAlong] = h[HAND.strokeAlong]! + Math.abs(du * ctx.place.ribU + dv * ctx.place.ribV)
  addPoint(ctx, h, depth, 'goes-on')
  readIncision(ctx, h)
}

/** Faces open behind a blade, from one edge of the lattice to the next: its cut is read this far about it, mm. */
const ABOUT_MM = 4

/** The lips of what jaws part give way by so much to either side, mm. */
const GIVES_MM = 2

/** How deep the wall is parted about a blade, mm. */
function partedAbout({ grids }: Context, h: Float64Array): number {
  let deepest = 0
  for (let j = -ABOUT_MM; j <= ABOUT_MM; j++)
    for (let i = -ABOUT_MM; i <= ABOUT_MM; i++) {
      const cell = cellAt(h[HAND.u]! + i, h[HAND.v]! + j)
      if (cell >= 0) deepest = Math.max(deepest, grids.open[cell]! / 100)
    }
  return deepest
}

/** Ends the stroke of a hand, if any, and reports the cut. */
export function endStroke(ctx: Context, h: Float64Array): void {
  const { site, place, wall } = ctx
  const length = h[HAND.stroke]!
  if (length < 0) return
  h[HAND.stroke] = -1
  // It was in the tissue and parted nothing.
  if (h[HAND.strokeDepth]! === 0) return
  readIncision(ctx, h)
  const u = (h[HAND.strokeU]! + h[HAND.u]!) / 2
  const v = (h[HAND.strokeV]! + h[HAND.v]!) / 2
  const cell = cellAt(u, v)
  locate(ctx.field, u, v, place)
  const depth = h[HAND.strokeDepth]!
  // How the skin is cut says more than how the hand trembled; a nick has no direction of its own.
  const degrees =
    site[SITE.incisionMm]! >= NICK_MM
      ? site[SITE.incisionDegrees]!
      : length > 0
        ? acos(h[HAND.strokeAlong]! / length) * DEGREES
        : 0
  if (length >= 3) site[SITE.incisionSpace] = place.space
  let layer = 0
  if (cell >= 0) {
    const w = wall.skin[cell]! - depth
    layer =
      w > wall.fat[cell]! ? 0 : w > wall.muscle[cell]! ? 1 : w > wall.chest[cell]! ? 2 : w > wall.pleura[cell]! ? 3 : 4
  }
  ctx.events.push({
    type: 'cut',
    layer: LAYERS[layer]!,
    space: place.space,
    lengthMm: length,
    depthMm: depth,
    ribDegrees: degrees,
    line: place.line,
    triangleMarginMm: place.triangleMargin,
  })
}

function addPoint(ctx: Context, h: Float64Array, depth: number, how: 'starts' | 'goes-on'): void {
  const { site } = ctx
  const { incision } = ctx.block.float64
  let count = site[SITE.incisionCount]!
  if (how === 'starts' && !joinsLast(ctx, h)) {
    site[SITE.incisionStart] = count
    site[SITE.incisionMm] = 0
  }
  if (count === INCISION_POINTS) {
    // full: the oldest half makes room; the present incision is far shorter than that
    incision.copyWithin(0, 2 * INCISION_POINTS)
    count = INCISION_POINTS / 2
    site[SITE.incisionStart] = Math.max(0, site[SITE.incisionStart]! - count)
  }
  const at = 4 * count
  incision[at] = h[HAND.u]!
  incision[at + 1] = h[HAND.v]!
  incision[at + 2] = h[HAND.w]!
  incision[at + 3] = how === 'starts' ? -depth : depth
  site[SITE.incisionCount] = count + 1
}

function joinsLast(ctx: Context, h: Float64Array): boolean {
  const { incision } = ctx.block.float64
  for (let i = ctx.site[SITE.incisionStart]!; i < ctx.site[SITE.incisionCount]!; i++) {
    const du = incision[4 * i]! - h[HAND.u]!
    const dv = incision[4 * i + 1]! - h[HAND.v]!
    if (du * du + dv * dv < JOIN_MM * JOIN_MM) return true
  }
  return false
}

/** Forceps whose jaws open in the wall: they part what lies between them, and draw its edges apart. */
export function workForceps(ctx: Context, hand: Hand): void {
  const h = ctx.hands[hand]
  const cell = cellAt(h[HAND.u]!, h[HAND.v]!)
  if (cell < 0 || h[HAND.jaw]! <= h[HAND.jawBefore]! || h[HAND.jaw]! < 10) return
  const w = h[HAND.w]!
  if (ctx.block.uint16.open[cell]! < SKIN_MM * 100 || w > ctx.wall.fat[cell]!) return
  const half = (FORCEPS_SPAN_MM / 2) * (h[HAND.jaw]! / 255)
  h[HAND.spreads] = half
  // What the jaws swept is parted, however coarse the lattice is; opened in front of the pleura they do not part that.
  const to = Math.max(w, ctx.wall.pleura[cell]! - (h[HAND.region] === 1 ? 0.5 : -0.4))
  let changed = 0
  for (let s = -half; s <= half; s += 1) {
    const u = h[HAND.u]! + s * h[HAND.jawU]!
    const v = h[HAND.v]! + s * h[HAND.jawV]!
    changed |= openAround(ctx.wall, ctx.grids, u, v, GIVES_MM, to, 'spares-skin')
    changed |= dilate(ctx, u, v, half)
  }
  if (changed === 1) ctx.site[SITE.version] = ctx.site[SITE.version]! + 1
  if (h[HAND.jawBefore]! < 120 && h[HAND.jaw]! >= 120) {
    locate(ctx.field, h[HAND.u]!, h[HAND.v]!, ctx.place)
    const code = h[HAND.region] === 1 ? CODE.pleura : h[HAND.structure]!
    const layer = code >= CODE.skin && code <= CODE.pleura ? code - CODE.skin : 2
    ctx.events.push({ type: 'dissected', layer: LAYERS[layer]!, space: ctx.place.space, dilationMm: 2 * half })
  }
}

function dilate(ctx: Context, u: number, v: number, half: number): number {
  const cell = cellAt(u, v)
  if (cell < 0) return 0
  const dilation = ctx.block.uint8.dilation
  const value = Math.floor(half * 20)
  if (dilation[cell]! >= value) return 0
  dilation[cell] = value > 255 ? 255 : value
  return 1
}
