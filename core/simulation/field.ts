/**
 * The operative field read into tables: surfaces as bilinear height fields, ribs and vessels as curves sampled each
 * millimetre. All lengths mm in field coordinates (u posterior → anterior, v caudal → cranial, w outward).
 */
import { AXIS_ONE, NO_HEIGHT, type OperativeField, SURFACES, type Surface } from '../anatomy/patient.ts'
import { fromBase64 } from '../records/base64.ts'
import { SimulationError } from './contract.ts'
import { type Curve, type RibTable, readRib, readVessel } from './curves.ts'

/** Height that stands for "nothing there": far behind the wall. */
export const NOTHING_MM = -400

export type FieldModel = {
  readonly uMax: number
  readonly vMax: number
  readonly origin: Float64Array
  /** Rows u, v, w: field = axes · (body − origin), mm. */
  readonly axes: Float64Array
  readonly skin: Float64Array
  readonly muscle: Float64Array
  readonly chest: Float64Array
  readonly pleura: Float64Array
  readonly lung: Float64Array
  readonly diaphragm: Float64Array
  readonly organ: Float64Array
  readonly organKind: Uint8Array
  readonly columns: number
  readonly rows: number
  readonly spacing: number
  /** Cranial first. */
  readonly ribs: readonly RibTable[]
  readonly vessels: readonly Curve[]
  readonly midAxillary: Float64Array
  readonly anteriorAxillary: Float64Array
  readonly triangle: Float64Array
}

/** Reads and checks a field. Throws `simulation/bad-patient`. */
export function readField(field: OperativeField): FieldModel {
  const count = field.columns * field.rows
  const heights = Object.fromEntries(
    SURFACES.map((name) => [name, readHeights(field.surfaces[name], count, name)]),
  ) as Record<Surface, Float64Array>
  const organKind = fromBase64(field.organKind)
  if (organKind === undefined || organKind.length !== count) throw bad('organKind')
  if (field.ribs.length < 2) throw bad('ribs')
  const uMax = ((field.columns - 1) * field.spacingUm10) / 100
  const vMax = ((field.rows - 1) * field.spacingUm10) / 100
  const { frame } = field
  const ribs = field.ribs.map((rib) => readRib(rib, uMax)).sort((a, b) => a.number - b.number)
  return {
    uMax,
    vMax,
    origin: Float64Array.from(frame.originUm10, (x) => x / 100),
    axes: Float64Array.from([...frame.uAxis, ...frame.vAxis, ...frame.wAxis], (x) => x / AXIS_ONE),
    ...heights,
    organKind,
    columns: field.columns,
    rows: field.rows,
    spacing: field.spacingUm10 / 100,
    ribs,
    vessels: field.vessels.map((vessel) => readVessel(vessel)),
    midAxillary: readLine(field.midAxillary, vMax),
    anteriorAxillary: readLine(field.anteriorAxillary, vMax),
    triangle: Float64Array.from(field.safeTriangle.flat(), (x) => x / 100),
  }
}

/** Height of a surface at (u, v): bilinear; beyond the edge the edge goes on. */
export function heightAt(field: FieldModel, surface: Float64Array, u: number, v: number): number {
  const lastColumn = field.columns - 1
  const lastRow = field.rows - 1
  let x = u / field.spacing
  let y = v / field.spacing
  x = x < 0 ? 0 : x > lastColumn ? lastColumn : x
  y = y < 0 ? 0 : y > lastRow ? lastRow : y
  const i = x >= lastColumn ? lastColumn - 1 : Math.floor(x)
  const j = y >= lastRow ? lastRow - 1 : Math.floor(y)
  const a = x - i
  const b = y - j
  const at = j * field.columns + i
  const low = surface[at]! * (1 - a) + surface[at + 1]! * a
  const high = surface[at + field.columns]! * (1 - a) + surface[at + field.columns + 1]! * a
  return low * (1 - b) + high * b
}

/** Kind of organ (see `ORGAN_KINDS`) behind (u, v): nearest grid point. */
export function organKindAt(field: FieldModel, u: number, v: number): number {
  const i = Math.floor(clampIndex(u / field.spacing + 0.5, field.columns))
  const j = Math.floor(clampIndex(v / field.spacing + 0.5, field.rows))
  return field.organKind[j * field.columns + i]!
}

/** Body metres → field mm, into `out`. */
export function toField(field: FieldModel, xMm: number, yMm: number, zMm: number, out: Float64Array): void {
  turnToField(field, xMm - field.origin[0]!, yMm - field.origin[1]!, zMm - field.origin[2]!, out)
}

/** Turns a direction (or scaled vector) of the body frame into the field frame, into `out`. */
export function turnToField(field: FieldModel, x: number, y: number, z: number, out: Float64Array): void {
  const m = field.axes
  out[0] = m[0]! * x + m[1]! * y + m[2]! * z
  out[1] = m[3]! * x + m[4]! * y + m[5]! * z
  out[2] = m[6]! * x + m[7]! * y + m[8]! * z
}

/** Field mm → body metres, into `out` from `at`. */
export function toBodyMetres(
  field: FieldModel,
  u: number,
  v: number,
  w: number,
  out: Float32Array | Float64Array,
  at: number,
): void {
  const m = field.axes
  const o = field.origin
  out[at] = (o[0]! + m[0]! * u + m[3]! * v + m[6]! * w) / 1000
  out[at + 1] = (o[1]! + m[1]! * u + m[4]! * v + m[7]! * w) / 1000
  out[at + 2] = (o[2]! + m[2]! * u + m[5]! * v + m[8]! * w) / 1000
}

function readHeights(text: string, count: number, name: string): Float64Array {
  const bytes = fromBase64(text)
  if (bytes === undefined || bytes.length !== count * 2) throw bad(name)
  const out = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    const raw = ((bytes[2 * i]! | (bytes[2 * i + 1]! << 8)) << 16) >> 16
    out[i] = raw === NO_HEIGHT ? NOTHING_MM : raw / 100
  }
  return out
}

function readLine(points: readonly (readonly [number, number])[], vMax: number): Float64Array {
  if (points.length < 2) throw bad('line')
  const out = new Float64Array(Math.floor(vMax) + 2)
  for (let v = 0; v < out.length; v++) {
    let k = 0
    while (k < points.length - 2 && points[k + 1]![1] / 100 < v) k++
    const [ua, va] = points[k]!
    const [ub, vb] = points[k + 1]!
    const share = vb === va ? 0 : (v * 100 - va) / (vb - va)
    out[v] = (ua + (ub - ua) * (share < 0 ? 0 : share > 1 ? 1 : share)) / 100
  }
  return out
}

function clampIndex(x: number, length: number): number {
  return x < 0 ? 0 : x > length - 1 ? length - 1 : x
}

function bad(where: string): SimulationError {
  return new SimulationError('simulation/bad-patient', `field.${where}`)
}
