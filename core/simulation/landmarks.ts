/**
 * Where a point of the chest wall lies in a surgeon's terms: intercostal space, distance to the ribs' borders, axillary
 * lines, safe triangle. Results are written to one shared {@link Place} (no allocation in a tick).
 */
import { tableAt } from './curves.ts'
import type { FieldModel } from './field.ts'

/** Slots of a place. */
export type Place = {
  /** Intercostal space; 4 lies between rib 4 and rib 5. */
  space: number
  /** mm to the upper border of the lower rib, negative over the rib. */
  aboveLowerRib: number
  /** mm to the lower border of the upper rib, negative over the rib. */
  belowUpperRib: number
  /** 0 on the mid-axillary line, 1 on the anterior axillary line. */
  line: number
  /** mm inside the safe triangle, negative outside. */
  triangleMargin: number
  /** Nearest rib, and the direction of the rib there (unit, in u and v). */
  rib: number
  ribU: number
  ribV: number
}

export function createPlace(): Place {
  return { space: 0, aboveLowerRib: 0, belowUpperRib: 0, line: 0, triangleMargin: 0, rib: 0, ribU: 1, ribV: 0 }
}

/** Writes where (u, v) lies to `out`. */
export function locate(field: FieldModel, u: number, v: number, out: Place): void {
  const { ribs } = field
  let upper = -1
  let nearest = 0
  let nearestGap = 1e9
  for (let k = 0; k < ribs.length; k++) {
    const off = v - tableAt(ribs[k]!.v, u)
    if (off < 0) upper = k
    if (Math.abs(off) < nearestGap) {
      nearestGap = Math.abs(off)
      nearest = k
    }
  }
  const lower = upper + 1
  out.belowUpperRib = upper < 0 ? 99 : -ribOffset(field, upper, u, v) - ribs[upper]!.halfHeight
  out.aboveLowerRib = lower >= ribs.length ? 99 : ribOffset(field, lower, u, v) - ribs[lower]!.halfHeight
  out.space = upper < 0 ? ribs[0]!.number - 1 : ribs[upper]!.number
  const rib = ribs[nearest]!
  out.rib = rib.number
  const slope = tableAt(rib.v, u + 1) - tableAt(rib.v, u - 1)
  const length = Math.sqrt(4 + slope * slope)
  out.ribU = 2 / length
  out.ribV = slope / length
  const mid = tableAt(field.midAxillary, v)
  const anterior = tableAt(field.anteriorAxillary, v)
  out.line = anterior - mid > 1 ? (u - mid) / (anterior - mid) : 0
  out.triangleMargin = polygonMargin(field.triangle, u, v)
}

/** Signed distance in mm from the rib's middle along the wall, cranial positive. */
function ribOffset(field: FieldModel, index: number, u: number, v: number): number {
  const rib = field.ribs[index]!
  return (v - tableAt(rib.v, u)) * tableAt(rib.cosine, u)
}

/** Distance to the border of a polygon of (u, v) pairs: positive inside, negative outside. */
function polygonMargin(polygon: Float64Array, u: number, v: number): number {
  const n = polygon.length / 2
  let inside = false
  let best = 1e12
  for (let i = 0, j = n - 1; i < n; j = i++) {
    const ua = polygon[2 * j]!
    const va = polygon[2 * j + 1]!
    const ub = polygon[2 * i]!
    const vb = polygon[2 * i + 1]!
    if (va > v !== vb > v && u < ua + ((ub - ua) * (v - va)) / (vb - va)) inside = !inside
    const du = ub - ua
    const dv = vb - va
    const square = du * du + dv * dv
    let t = square === 0 ? 0 : ((u - ua) * du + (v - va) * dv) / square
    t = t < 0 ? 0 : t > 1 ? 1 : t
    const eu = u - ua - t * du
    const ev = v - va - t * dv
    const gap = eu * eu + ev * ev
    if (gap < best) best = gap
  }
  return inside ? Math.sqrt(best) : -Math.sqrt(best)
}
