/** Ribs as rigid elliptic tubes: nothing passes them. */
import { tableAt } from './curves.ts'
import type { FieldModel } from './field.ts'
import { type Context, HAND } from './worldstate.ts'

/** Keeps a tool's tip out of the ribs, as thick as it is (mm). Returns the number of the rib that held it, 0 none. */
export function keepOutOfBone(ctx: Context, h: Float64Array, radius: number): number {
  const p = ctx.scratch
  p[0] = h[HAND.u]!
  p[1] = h[HAND.v]!
  p[2] = h[HAND.w]!
  const rib = pushOutOfRibs(ctx.field, p, radius)
  if (rib > 0) {
    h[HAND.v] = p[1]!
    h[HAND.w] = p[2]!
  }
  return rib
}

/**
 * Pushes the point `p` (u, v, w) out of every rib swollen by `radius` mm, along the line from the rib's middle.
 * Returns the number of the rib that held it, 0 none.
 */
function pushOutOfRibs(field: FieldModel, p: Float64Array, radius: number): number {
  let held = 0
  for (let k = 0; k < field.ribs.length; k++) {
    const rib = field.ribs[k]!
    const cosine = tableAt(rib.cosine, p[0]!)
    const a = (p[1]! - tableAt(rib.v, p[0]!)) * cosine
    const height = rib.halfHeight + radius
    if (a >= height || a <= -height) continue
    const middle = tableAt(rib.w, p[0]!)
    const b = p[2]! - middle
    const thickness = rib.halfThickness + radius
    if (b >= thickness || b <= -thickness) continue
    const x = a / height
    const y = b / thickness
    const square = x * x + y * y
    if (square >= 1) continue
    held = rib.number
    if (square < 1e-6) {
      p[2] = middle + thickness
      continue
    }
    const scale = 1 / Math.sqrt(square)
    p[1] = p[1]! + (a * (scale - 1)) / cosine
    p[2] = middle + b * scale
  }
  return held
}

/** Depth in mm (in the ellipse's own measure times its half thickness) of a point within a rib, ≤ 0 outside. For checks. */
export function depthInRibs(field: FieldModel, u: number, v: number, w: number): number {
  let deepest = -1
  for (let k = 0; k < field.ribs.length; k++) {
    const rib = field.ribs[k]!
    const x = ((v - tableAt(rib.v, u)) * tableAt(rib.cosine, u)) / rib.halfHeight
    const y = (w - tableAt(rib.w, u)) / rib.halfThickness
    const depth = (1 - Math.sqrt(x * x + y * y)) * rib.halfThickness
    if (depth > deepest) deepest = depth
  }
  return deepest
}
