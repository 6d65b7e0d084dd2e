/**
 * Samples the operative field of a body from the compiled fields of its definitions, so that picture and simulation
 * come from the same figures. Slow (seconds: skin costs about a millisecond a point); hosts keep the result.
 */

import type { CompiledBody } from '../modelling/compile.ts'
import type { Library } from '../modelling/definition.ts'
import type { Field } from '../modelling/field.ts'
import { toBase64 } from '../records/base64.ts'
import { bodyPoint, fieldFrame, fieldPoint, GRID, gridIndex, type Heights, type SampleFrame, um } from './fieldframe.ts'
import { fieldLandmarks, safeTriangle } from './fieldlandmarks.ts'
import {
  AXIS_ONE,
  type FieldFrame,
  type FieldRib,
  type FieldVessel,
  NO_HEIGHT,
  type OperativeField,
  type Side,
  type Surface,
} from './patient.ts'
import { sweptCurve } from './sweptcurve.ts'

const { columns: COLUMNS, rows: ROWS, spacing: SPACING_MM } = GRID
/** Rows and columns sampled for real; between them the surfaces are smooth. */
const COARSE = 2
const DEEPEST_MM = -170
/** From the outer face of the ribs to the pleura where the pleura itself has ended. */
const WALL_MM = 9.5
const SPACES = [3, 4, 5, 6, 7, 8, 9, 10]

/** Samples the field of one side of a body. `library` gives the centrelines of ribs and vessels. */
export function sampleField(body: CompiledBody, library: Library, side: Side): OperativeField {
  const frame = fieldFrame(side)
  const s = side === 'left' ? 'l' : 'r'
  const at = (id: string) => body.field(id)
  const ribs = SPACES.flatMap((number) => ribOf(library, frame, number, s))
  const chest = chestHeights(ribs)
  const skin = fill(outerHeights(frame, at('skin-surface'), chest, 22))
  const muscle = fill(outerHeights(frame, at('muscle-envelope'), chest, 8))
  const pleura = innerHeights(frame, at(`pleural-cavity-solid-${s}`), chest, 24)
  const lung = innerHeights(frame, at(`lung-solid-${s}`), chest, 60)
  for (let k = 0; k < pleura.length; k++) if (Number.isNaN(pleura[k])) pleura[k] = chest[k] - WALL_MM
  const diaphragm = innerHeights(frame, at('diaphragm'), pleura, 130)
  const organs = sampleOrgans(frame, at, side, pleura)
  order(skin, muscle, chest, pleura, lung, diaphragm, organs.height)
  const surfaces: Record<Surface, string> = {
    skin: encode(skin),
    muscle: encode(muscle),
    chest: encode(chest),
    pleura: encode(pleura),
    lung: encode(lung),
    diaphragm: encode(diaphragm),
    organ: encode(organs.height),
  }
  const triangle = safeTriangle(frame, at(`pectoralis-major-${s}`), at(`latissimus-dorsi-${s}`), muscle, chest)
  return {
    frame: integers(frame),
    columns: COLUMNS,
    rows: ROWS,
    spacingUm10: SPACING_MM * 100,
    surfaces,
    organKind: toBase64(organs.kind),
    ribs,
    vessels: vesselsOf(library, frame, s),
    landmarks: fieldLandmarks(frame, body, triangle, skin),
    ...triangle,
  }
}

/** Heights of a solid's outer face: coarse columns solved by secant steps from their neighbour's height, then filled in. */
function outerHeights(frame: SampleFrame, field: Field, chest: Heights, above: number): Heights {
  const heights = new Float64Array(COLUMNS * ROWS).fill(Number.NaN)
  for (let j = 0; j < ROWS; j += COARSE) {
    let over = above
    for (let i = 0; i < COLUMNS; i += COARSE) {
      const base = chest[gridIndex(i, j)]
      const found = surfaceNear(frame, field, i * SPACING_MM, j * SPACING_MM, base + over)
      heights[gridIndex(i, j)] = found
      if (!Number.isNaN(found)) over = found - base
    }
  }
  return refine(heights)
}

/** Height of the face near `from` in a column, NaN when none lies within 130 mm of it. */
function surfaceNear(frame: SampleFrame, field: Field, u: number, v: number, from: number): number {
  const distance = (w: number) => field.distance(...bodyPoint(frame, u, v, w))
  let w = from
  let outside = Number.NaN
  let inside = Number.NaN
  for (let i = 0; i < 24; i++) {
    const d = distance(w)
    if (Math.abs(d) < 0.05) return w
    if (d > 0) outside = w
    else inside = w
    let next = w - d
    if (!Number.isNaN(outside) && !Number.isNaN(inside)) {
      const low = Math.min(outside, inside)
      const high = Math.max(outside, inside)
      if (next <= low || next >= high) next = (low + high) / 2
    }
    if (Math.abs(next - from) > 130) return Number.NaN
    w = next
  }
  return w
}

/** Heights of the first face met going inward from `from`, no deeper than `reach` mm; NaN where none is met. */
function innerHeights(frame: SampleFrame, field: Field, from: Heights, reach: number): Heights {
  const heights = new Float64Array(COLUMNS * ROWS).fill(Number.NaN)
  for (let j = 0; j < ROWS; j += COARSE) {
    for (let i = 0; i < COLUMNS; i += COARSE) {
      const start = from[gridIndex(i, j)] + 1
      let w = start
      for (let step = 0; step < 40 && w > start - reach; step++) {
        const d = field.distance(...bodyPoint(frame, i * SPACING_MM, j * SPACING_MM, w)) / Math.max(1, field.lipschitz)
        if (d < 0.05) {
          heights[gridIndex(i, j)] = w
          break
        }
        w -= Math.max(d, 0.4)
      }
    }
  }
  return refine(heights)
}

function refine(heights: Heights): Heights {
  const at = (i: number, j: number) => heights[gridIndex(i, j)]
  for (let j = 0; j < ROWS; j += COARSE)
    for (let i = 1; i < COLUMNS - 1; i += COARSE) heights[gridIndex(i, j)] = (at(i - 1, j) + at(i + 1, j)) / 2
  for (let j = 1; j < ROWS - 1; j += COARSE)
    for (let i = 0; i < COLUMNS; i++) heights[gridIndex(i, j)] = (at(i, j - 1) + at(i, j + 1)) / 2
  return heights
}

/** Columns that miss a surface which is everywhere take the nearest column's height. */
function fill(heights: Heights): Heights {
  for (let pass = 0; pass < COLUMNS; pass++) {
    let missing = 0
    for (let j = 0; j < ROWS; j++) {
      for (let i = 0; i < COLUMNS; i++) {
        if (!Number.isNaN(heights[gridIndex(i, j)])) continue
        missing++
        for (const [a, b] of [
          [i - 1, j],
          [i + 1, j],
          [i, j - 1],
          [i, j + 1],
        ]) {
          if (a < 0 || b < 0 || a >= COLUMNS || b >= ROWS || Number.isNaN(heights[gridIndex(a, b)])) continue
          heights[gridIndex(i, j)] = heights[gridIndex(a, b)]
          break
        }
      }
    }
    if (missing === 0) break
  }
  return heights
}

function sampleOrgans(
  frame: SampleFrame,
  at: (id: string) => Field,
  side: Side,
  pleura: Heights,
): { height: Heights; kind: Uint8Array } {
  const height = new Float64Array(COLUMNS * ROWS).fill(Number.NaN)
  const kind = new Uint8Array(COLUMNS * ROWS)
  const solids: readonly (readonly [string, number])[] =
    side === 'left'
      ? [
          ['heart-hull', 1],
          ['spleen', 3],
          ['mediastinum', 4],
        ]
      : [
          ['heart-hull', 1],
          ['liver', 2],
          ['mediastinum', 4],
        ]
  for (const [id, code] of solids) {
    const found = innerHeights(frame, at(id), pleura, 140)
    for (let k = 0; k < found.length; k++) {
      if (Number.isNaN(found[k]) || found[k] <= height[k]) continue
      height[k] = found[k]
      kind[k] = code
    }
  }
  return { height, kind }
}

function ribOf(library: Library, frame: SampleFrame, number: number, s: string): FieldRib[] {
  const curve = sweptCurve(library, `rib-${number}-${s}`, frame.side)
  if (curve === null) return []
  const points = curve.points
    .map((p) => fieldPoint(frame, p))
    .filter(([u, , w]) => u > -40 && u < COLUMNS * SPACING_MM + 40 && w > -90)
    .sort((a, b) => a[0] - b[0])
  if (points.length < 2) return []
  const middle = curve.radii[Math.floor(curve.radii.length / 2)]
  return [
    {
      number,
      points: points.map((p) => p.map(um) as [number, number, number]),
      halfHeightUm10: um(middle[0]),
      halfThicknessUm10: um(middle[1]),
    },
  ]
}

function vesselsOf(library: Library, frame: SampleFrame, s: string): FieldVessel[] {
  const rows: { kind: FieldVessel['kind']; id: string; rib: number; radius: number }[] = SPACES.flatMap((rib) => [
    // vein, artery and nerve lie together: one capsule round the artery in their middle
    { kind: 'bundle' as const, id: `posterior-intercostal-artery-${rib}-${s}`, rib, radius: 2 },
    {
      kind: 'collateral' as const,
      id: `collateral-branch-of-posterior-intercostal-artery-${rib}-${s}`,
      rib,
      radius: 0.8,
    },
  ])
  rows.push({ kind: 'lateral-thoracic', id: `lateral-thoracic-artery-${s}`, rib: 0, radius: 1.2 })
  rows.push({ kind: 'long-thoracic', id: `long-thoracic-nerve-${s}`, rib: 0, radius: 1 })
  return rows.flatMap(({ kind, id, rib, radius }): FieldVessel[] => {
    const curve = sweptCurve(library, id, frame.side)
    if (curve === null) return []
    const points = curve.points
      .map((p) => fieldPoint(frame, p))
      .filter(([u, v, w]) => u > -30 && u < 190 && v > -30 && v < 230 && w > -80)
    if (points.length < 2) return []
    return [{ kind, rib, points: points.map((p) => p.map(um) as [number, number, number]), radiusUm10: um(radius) }]
  })
}

/** The outer face of the ribs' plane: over each rib its outer face, between ribs a straight line. */
function chestHeights(ribs: readonly FieldRib[]): Heights {
  const out = new Float64Array(COLUMNS * ROWS)
  for (let i = 0; i < COLUMNS; i++) {
    const marks = ribs
      .map((rib) => {
        const at = interpolate(rib.points, i * SPACING_MM * 100)
        return { v: at[1] / 100, w: (at[2] + rib.halfThicknessUm10) / 100 }
      })
      .sort((a, b) => a.v - b.v)
    for (let j = 0; j < ROWS; j++) {
      const v = j * SPACING_MM
      let k = 0
      while (k < marks.length - 2 && marks[k + 1].v < v) k++
      const share = Math.min(1, Math.max(0, (v - marks[k].v) / (marks[k + 1].v - marks[k].v || 1)))
      const w = marks[k].w + (marks[k + 1].w - marks[k].w) * share
      out[gridIndex(i, j)] = w
    }
  }
  return out
}

function interpolate(points: FieldRib['points'], u: number): readonly number[] {
  let k = 0
  while (k < points.length - 2 && points[k + 1][0] < u) k++
  const [a, b] = [points[k], points[k + 1]]
  const share = (u - a[0]) / (b[0] - a[0] || 1)
  const level = Math.min(1, Math.max(0, share))
  return [u, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * level]
}

/** Keeps the layers in order: skin over muscle over ribs over pleura over what lies within. */
function order(skin: Heights, muscle: Heights, chest: Heights, pleura: Heights, ...within: Heights[]): void {
  for (let k = 0; k < skin.length; k++) {
    chest[k] = Math.max(chest[k], pleura[k] + 5)
    muscle[k] = Math.max(muscle[k], chest[k] + 1.5)
    skin[k] = Math.max(skin[k], muscle[k] + 4)
    for (const heights of within) if (heights[k] > pleura[k] - 0.3) heights[k] = pleura[k] - 0.3
  }
}

function encode(heights: Heights): string {
  const bytes = new Uint8Array(heights.length * 2)
  const view = new DataView(bytes.buffer)
  heights.forEach((mm, k) => {
    view.setInt16(2 * k, Number.isNaN(mm) || mm < DEEPEST_MM ? NO_HEIGHT : um(mm), true)
  })
  return toBase64(bytes)
}

function integers(frame: SampleFrame): FieldFrame {
  const unit = (axis: readonly number[]) => axis.map((x) => Math.round(x * AXIS_ONE)) as [number, number, number]
  return {
    originUm10: frame.origin.map(um) as [number, number, number],
    uAxis: unit(frame.u),
    vAxis: unit(frame.v),
    wAxis: unit(frame.w),
  }
}
