import type { Field } from './field.ts'
import { SpaceCurve } from './spline.ts'
import { thickened } from './triangles.ts'
import type { Vec3 } from './vec.ts'
import { distanceBetween } from './vec.ts'

export type SheetSpec = {
  /** Rows of points; every row has the same number. */
  readonly grid: readonly (readonly Vec3[])[]
  /** Full thickness at each grid point, mm. */
  readonly thickness: readonly (readonly number[])[]
  /** Which way the sheet closes on itself: along its rows (`u`), across them (`v`), or not. */
  readonly closed: 'none' | 'u' | 'v'
}

/** A solid of varying thickness about a smooth surface through a grid of points, with rounded rims. */
export function sheet(spec: SheetSpec): Field {
  const along = refineRows(spec.grid, spec.thickness, spec.closed === 'u' ? 'closed' : 'open')
  const turned = refineRows(
    transpose(along.points),
    transpose(along.thickness),
    spec.closed === 'v' ? 'closed' : 'open',
  )
  const rows = turned.points
  const width = rows[0].length
  const points: Vec3[] = rows.flat()
  const half = turned.thickness.flat().map((t) => Math.max(0.02, t / 2))
  const triangles: [number, number, number][] = []
  // After transposing, rows run along u and columns along v.
  const lastRow = spec.closed === 'u' ? rows.length : rows.length - 1
  const lastColumn = spec.closed === 'v' ? width : width - 1
  for (let i = 0; i < lastRow; i++) {
    for (let j = 0; j < lastColumn; j++) {
      const a = i * width + j
      const b = i * width + ((j + 1) % width)
      const c = ((i + 1) % rows.length) * width + ((j + 1) % width)
      const d = ((i + 1) % rows.length) * width + j
      // The shorter diagonal keeps bent strips smooth.
      if (distanceBetween(points[a], points[c]) <= distanceBetween(points[b], points[d])) {
        triangles.push([a, b, c], [a, c, d])
      } else triangles.push([a, b, d], [b, c, d])
    }
  }
  return thickened({ points, triangles }, half)
}

const transpose = <T>(rows: readonly (readonly T[])[]): T[][] => rows[0].map((_, j) => rows.map((row) => row[j]))

type Refined = { readonly points: Vec3[][]; readonly thickness: number[][] }

/** Every row sampled finely along a spline; all rows share knots and steps so that columns stay columns. */
function refineRows(
  grid: readonly (readonly Vec3[])[],
  thickness: readonly (readonly number[])[],
  ends: 'open' | 'closed',
): Refined {
  const n = grid[0].length
  const spans = ends === 'closed' ? n : n - 1
  if (spans === 0) return { points: grid.map((r) => [...r]), thickness: thickness.map((r) => [...r]) }
  const gap = (i: number) => grid.reduce((s, row) => s + distanceBetween(row[i], row[(i + 1) % n]), 0) / grid.length
  const gaps = Array.from({ length: spans }, (_, i) => gap(i))
  const knots = [0]
  for (const g of gaps) knots.push(knots[knots.length - 1] + Math.max(1e-3, Math.sqrt(g)))
  const steps = gaps.map((g) => (n === 2 ? 1 : Math.max(2, Math.min(8, Math.ceil(g / 3)))))
  const points: Vec3[][] = []
  const thick: number[][] = []
  grid.forEach((row, r) => {
    const line = new SpaceCurve(row, knots, ends)
    const p: Vec3[] = []
    const h: number[] = []
    for (let i = 0; i < spans; i++) {
      const lastStep = ends === 'open' && i === spans - 1 ? steps[i] : steps[i] - 1
      for (let k = 0; k <= lastStep; k++) {
        const t = k / steps[i]
        const s = t * t * (3 - 2 * t)
        p.push(line.at(i, t))
        h.push(thickness[r][i] * (1 - s) + thickness[r][(i + 1) % n] * s)
      }
    }
    points.push(p)
    thick.push(h)
  })
  return { points, thickness: thick }
}
