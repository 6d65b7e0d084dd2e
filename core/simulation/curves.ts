/**
 * Ribs, vessels and nerves of the operative field as curves tabulated each millimetre along the axis they run along,
 * so that a distance in a tick costs one table look-up. Lengths mm, field coordinates.
 */
import type { FieldPoint, FieldRib, FieldVessel } from '../anatomy/patient.ts'
import { SimulationError, type Structure } from './contract.ts'

/** A curve: along u (`axis` 0) or v (1), values at `start + i` mm for i < length; `other` is v or u. */
export type Curve = {
  readonly structure: Structure
  readonly rib: number
  readonly axis: 0 | 1
  readonly start: number
  readonly other: Float64Array
  readonly w: Float64Array
  /** Cosine of the slope in the (u, v) plane: turns an offset along the other axis into a distance. */
  readonly cosine: Float64Array
  readonly radius: number
}

/** A rib: a curve along u over the whole field with an elliptic section. */
export type RibTable = {
  readonly number: number
  readonly v: Float64Array
  readonly w: Float64Array
  readonly cosine: Float64Array
  readonly halfHeight: number
  readonly halfThickness: number
}

/** Reads a rib; beyond its ends it goes on straight, so that the table spans the field. Throws `simulation/bad-patient`. */
export function readRib(rib: FieldRib, uMax: number): RibTable {
  const points = inMm(rib.points, 0)
  const length = Math.floor(uMax) + 2
  const v = new Float64Array(length)
  const w = new Float64Array(length)
  for (let u = 0; u < length; u++) {
    const k = segmentAt(points, 0, u)
    const a = points[k]!
    const b = points[k + 1]!
    const share = (u - a[0]) / (b[0] - a[0])
    v[u] = a[1] + (b[1] - a[1]) * share
    w[u] = a[2] + (b[2] - a[2]) * (share < 0 ? 0 : share > 1 ? 1 : share)
  }
  return {
    number: rib.number,
    v,
    w,
    cosine: slopeCosines(v),
    halfHeight: rib.halfHeightUm10 / 100,
    halfThickness: rib.halfThicknessUm10 / 100,
  }
}

/** Reads a vessel, bundle or nerve over the stretch it covers. Throws `simulation/bad-patient`. */
export function readVessel(vessel: FieldVessel): Curve {
  const axis = vessel.rib > 0 ? 0 : 1
  const points = inMm(vessel.points, axis)
  const start = Math.ceil(points[0]![axis])
  const length = Math.max(1, Math.floor(points[points.length - 1]![axis]) - start + 1)
  const other = new Float64Array(length)
  const w = new Float64Array(length)
  for (let i = 0; i < length; i++) {
    const k = segmentAt(points, axis, start + i)
    const a = points[k]!
    const b = points[k + 1]!
    const share = (start + i - a[axis]) / (b[axis] - a[axis])
    other[i] = a[1 - axis]! + (b[1 - axis]! - a[1 - axis]!) * share
    w[i] = a[2] + (b[2] - a[2]) * share
  }
  return {
    structure: vessel.kind,
    rib: vessel.rib,
    axis,
    start,
    other,
    w,
    cosine: slopeCosines(other),
    radius: vessel.radiusUm10 / 100,
  }
}

/** Value of a table at a real index; the ends go on. */
export function tableAt(table: Float64Array, x: number): number {
  const last = table.length - 1
  if (x <= 0 || last === 0) return table[0]!
  if (x >= last) return table[last]!
  const i = Math.floor(x)
  return table[i]! + (table[i + 1]! - table[i]!) * (x - i)
}

/** Distance in mm from a point to the axis of a curve; 1e3 where the curve does not run. */
export function distanceToCurve(curve: Curve, u: number, v: number, w: number): number {
  const along = (curve.axis === 0 ? u : v) - curve.start
  if (along < -4 || along > curve.other.length + 3) return 1000
  const beyond = along < 0 ? -along : along > curve.other.length - 1 ? along - curve.other.length + 1 : 0
  const across = ((curve.axis === 0 ? v : u) - tableAt(curve.other, along)) * tableAt(curve.cosine, along)
  const height = w - tableAt(curve.w, along)
  return Math.sqrt(across * across + height * height + beyond * beyond)
}

function inMm(points: readonly FieldPoint[], axis: 0 | 1): [number, number, number][] {
  const out = points.map(([u, v, w]): [number, number, number] => [u / 100, v / 100, w / 100])
  out.sort((a, b) => a[axis] - b[axis])
  const kept = out.filter((p, i) => i === 0 || p[axis] - out[i - 1]![axis] > 0.01)
  if (kept.length < 2) throw new SimulationError('simulation/bad-patient', 'field.curve')
  return kept
}

function segmentAt(points: readonly [number, number, number][], axis: 0 | 1, x: number): number {
  let k = 0
  while (k < points.length - 2 && points[k + 1]![axis] < x) k++
  return k
}

function slopeCosines(values: Float64Array): Float64Array {
  const out = new Float64Array(values.length)
  for (let i = 0; i < values.length; i++) {
    const a = values[Math.max(0, i - 2)]!
    const b = values[Math.min(values.length - 1, i + 2)]!
    const span = Math.min(values.length - 1, i + 2) - Math.max(0, i - 2)
    const slope = span === 0 ? 0 : (b - a) / span
    out[i] = 1 / Math.sqrt(1 + slope * slope)
  }
  return out
}
