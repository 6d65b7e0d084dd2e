/** The grid and frame of the operative field, in millimetres, and the way between field and body coordinates. */
import type { Side } from './patient.ts'

/** Points of the grid along u and v, and their spacing in mm. */
export const GRID = { columns: 41, rows: 51, spacing: 4 } as const
/** Extent of the field along u and v, mm. */
export const WIDTH_MM = (GRID.columns - 1) * GRID.spacing
export const HEIGHT_MM = (GRID.rows - 1) * GRID.spacing

/** The field looks a little forward, as the safe triangle does. */
const TURN_DEGREES = 12
/** Lowest level of the field (y of v = 0) and how far forward its middle lies, mm. */
const BOTTOM_MM = 1272
const MIDDLE_Z_MM = 18
/** Where the plane stands off the midline, mm: near the skin of a slim chest. */
const PLANE_MM = 150

/** A height map under construction: mm per grid point, NaN where nothing is. */
export type Heights = Float64Array

/** What sampling needs to know about a place: the field's frame in mm. */
export type SampleFrame = {
  readonly side: Side
  readonly origin: readonly [number, number, number]
  readonly u: readonly [number, number, number]
  readonly v: readonly [number, number, number]
  readonly w: readonly [number, number, number]
}

/** The frame of the operative field on a side; the two sides mirror each other. */
export function fieldFrame(side: Side): SampleFrame {
  const sign = side === 'left' ? 1 : -1
  const turn = (TURN_DEGREES * Math.PI) / 180
  const u = [-sign * Math.sin(turn), 0, Math.cos(turn)] as const
  const w = [sign * Math.cos(turn), 0, Math.sin(turn)] as const
  const half = WIDTH_MM / 2
  const origin = [
    sign * PLANE_MM * Math.cos(turn) - u[0] * half,
    BOTTOM_MM,
    MIDDLE_Z_MM + PLANE_MM * Math.sin(turn) * 0.5 - u[2] * half,
  ] as const
  return { side, origin, u, v: [0, 1, 0], w }
}

/** Grid index of column i, row j. */
export const gridIndex = (i: number, j: number) => j * GRID.columns + i

/** Body point of field coordinates, mm. */
export function bodyPoint(frame: SampleFrame, u: number, v: number, w: number): [number, number, number] {
  const { origin } = frame
  return [0, 1, 2].map((k) => origin[k] + frame.u[k] * u + frame.v[k] * v + frame.w[k] * w) as [number, number, number]
}

/** Field coordinates of a body point, mm. */
export function fieldPoint(frame: SampleFrame, p: readonly number[]): [number, number, number] {
  const d = [p[0] - frame.origin[0], p[1] - frame.origin[1], p[2] - frame.origin[2]]
  const dot = (a: readonly number[]) => a[0] * d[0] + a[1] * d[1] + a[2] * d[2]
  return [dot(frame.u), dot(frame.v), dot(frame.w)]
}

/** Millimetres as whole hundredths, never −0. */
export function um(mm: number): number {
  const rounded = Math.round(mm * 100)
  return rounded === 0 ? 0 : rounded
}
