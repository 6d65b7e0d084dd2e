/** A place on a grid: cells to the right and down; the middle of cell 0 lies at a half. */
type Place = readonly [number, number]

/** Straight pieces of closed outlines. */
export type Outline = readonly (readonly [Place, Place])[]

/** Visits the runs of cells inside closed outlines (even-odd), row by row: columns `from` up to, but without, `to`. */
export function eachSpan(
  outline: Outline,
  width: number,
  height: number,
  visit: (row: number, from: number, to: number) => void,
): void {
  const rows = new Map<number, number[]>()
  for (const [[x0, y0], [x1, y1]] of outline) {
    const last = Math.min(height, Math.ceil(Math.max(y0, y1) - 0.5))
    for (let row = Math.max(0, Math.ceil(Math.min(y0, y1) - 0.5)); row < last; row++) {
      const x = x0 + ((row + 0.5 - y0) / (y1 - y0)) * (x1 - x0)
      const list = rows.get(row)
      if (list) list.push(x)
      else rows.set(row, [x])
    }
  }
  for (const [row, xs] of rows) {
    xs.sort((a, b) => a - b)
    for (let i = 0; i + 1 < xs.length; i += 2) {
      visit(row, Math.max(0, Math.ceil(xs[i] - 0.5)), Math.min(width, Math.ceil(xs[i + 1] - 0.5)))
    }
  }
}
