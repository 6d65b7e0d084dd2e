import { Vector3 } from 'three'
import type { Field } from './field.ts'

/** Width of the strip along the edge of the field in which it passes over into the drawn body, mm. */
const STRIP_MM = 14
/** Farthest that the drawn body's skin may lie from the patient's, mm. */
const REACH_MM = 60

/** Height w (mm) of the drawn body's skin over a grid of the field; NaN where it has none. */
export function bodyHeights(
  positions: ArrayLike<number>,
  index: ArrayLike<number>,
  field: Field,
  cellMm: number,
): Float32Array {
  const columns = Math.floor(field.widthMm / cellMm) + 1
  const rows = Math.floor(field.heightMm / cellMm) + 1
  const heights = new Float32Array(columns * rows).fill(Number.NaN)
  const [a, b, c] = [new Vector3(), new Vector3(), new Vector3()]
  for (let t = 0; t + 2 < index.length; t += 3) {
    corner(positions, index[t], field, a)
    corner(positions, index[t + 1], field, b)
    corner(positions, index[t + 2], field, c)
    fillTriangle(heights, columns, rows, cellMm, field, a, b, c)
  }
  return heights
}

function corner(positions: ArrayLike<number>, vertex: number, field: Field, out: Vector3): void {
  out.set(positions[vertex * 3], positions[vertex * 3 + 1], positions[vertex * 3 + 2])
  field.locate(out, out)
}

function fillTriangle(
  heights: Float32Array,
  columns: number,
  rows: number,
  cell: number,
  field: Field,
  a: Vector3,
  b: Vector3,
  c: Vector3,
): void {
  const area = (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y)
  if (Math.abs(area) < 1e-6) return
  const i0 = Math.max(0, Math.ceil(Math.min(a.x, b.x, c.x) / cell))
  const i1 = Math.min(columns - 1, Math.floor(Math.max(a.x, b.x, c.x) / cell))
  const j0 = Math.max(0, Math.ceil(Math.min(a.y, b.y, c.y) / cell))
  const j1 = Math.min(rows - 1, Math.floor(Math.max(a.y, b.y, c.y) / cell))
  for (let j = j0; j <= j1; j++) {
    for (let i = i0; i <= i1; i++) {
      const u = i * cell
      const v = j * cell
      const s = ((u - a.x) * (c.y - a.y) - (c.x - a.x) * (v - a.y)) / area
      const t = ((b.x - a.x) * (v - a.y) - (u - a.x) * (b.y - a.y)) / area
      if (s < 0 || t < 0 || s + t > 1) continue
      const w = a.z + s * (b.z - a.z) + t * (c.z - a.z)
      if (Math.abs(w - field.surfaceMm('skin', u, v)) > REACH_MM) continue
      const at = j * columns + i
      if (!(heights[at] > w)) heights[at] = w
    }
  }
}

/** Share of the drawn body at a point so far inside the field: 1 on its edge, 0 from {@link STRIP_MM} inwards. */
export function bodyShare(insideMm: number): number {
  const t = Math.max(0, Math.min(1, (STRIP_MM - insideMm) / STRIP_MM))
  return t * t * (3 - 2 * t)
}
