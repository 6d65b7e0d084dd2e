import type { Field } from './field.ts'

/** Grid spacing of the drawn skin of the field, mm. */
export const CELL_MM = 2.5
/** Height difference about a cell from which the field's skin is a step, not a surface, mm. */
const STEP_MM = 10
/** Half a cell and a little more: where a cell looks at the heights around it, mm. */
const LOOK_MM = 4

/**
 * Which cells of the field are one surface with its middle. At the armpit the heights jump from chest to arm; there,
 * and on any patch beyond, the drawn body is shown instead.
 */
export class FieldMask {
  readonly columns: number
  readonly rows: number
  private readonly cells: Uint8Array
  /** Distance of every grid point to the nearest border or dropped cell, mm. */
  private readonly depths: Float32Array

  constructor(field: Field) {
    this.columns = Math.floor(field.widthMm / CELL_MM)
    this.rows = Math.floor(field.heightMm / CELL_MM)
    this.cells = connected(smoothCells(field, this.columns, this.rows), this.columns, this.rows)
    this.depths = distances(this.cells, this.columns, this.rows)
  }

  /** Whether the field draws this cell. */
  draws(i: number, j: number): boolean {
    return i >= 0 && j >= 0 && i < this.columns && j < this.rows && this.cells[j * this.columns + i] === 1
  }

  /** How far a grid point lies inside the drawn field, mm. */
  insideMm(i: number, j: number): number {
    return this.depths[j * (this.columns + 1) + i]
  }

  /** Whether the field draws the place so surely that the body beneath need not be. */
  covers(uMm: number, vMm: number): boolean {
    const i = Math.floor(uMm / CELL_MM)
    const j = Math.floor(vMm / CELL_MM)
    for (let b = -1; b <= 1; b++) for (let a = -1; a <= 1; a++) if (!this.draws(i + a, j + b)) return false
    return true
  }
}

function smoothCells(field: Field, columns: number, rows: number): Uint8Array {
  const cells = new Uint8Array(columns * rows)
  for (let j = 0; j < rows; j++)
    for (let i = 0; i < columns; i++)
      if (isSmoothAt(field, (i + 0.5) * CELL_MM, (j + 0.5) * CELL_MM)) cells[j * columns + i] = 1
  return cells
}

function isSmoothAt(field: Field, uMm: number, vMm: number): boolean {
  let low = field.surfaceMm('skin', uMm, vMm)
  let high = low
  for (let k = 0; k < 4; k++) {
    const du = k % 2 === 0 ? -LOOK_MM : LOOK_MM
    const w = field.surfaceMm('skin', uMm + du, vMm + (k < 2 ? -LOOK_MM : LOOK_MM))
    low = Math.min(low, w)
    high = Math.max(high, w)
  }
  return high - low < STEP_MM
}

/** Only what hangs together with the middle of the field. */
function connected(cells: Uint8Array, columns: number, rows: number): Uint8Array {
  const kept = new Uint8Array(cells.length)
  const queue = [Math.floor(rows / 2) * columns + Math.floor(columns / 2)]
  kept[queue[0]] = 1
  while (queue.length > 0) {
    const at = queue.pop() as number
    const i = at % columns
    for (const to of [i > 0 ? at - 1 : -1, i + 1 < columns ? at + 1 : -1, at - columns, at + columns]) {
      if (to < 0 || to >= cells.length || cells[to] === 0 || kept[to] === 1) continue
      kept[to] = 1
      queue.push(to)
    }
  }
  return kept
}

/** Chamfer distances over the grid points. */
function distances(cells: Uint8Array, columns: number, rows: number): Float32Array {
  const wide = columns + 1
  const far = new Float32Array(wide * (rows + 1)).fill(1e6)
  for (let j = 0; j <= rows; j++) {
    for (let i = 0; i <= columns; i++) {
      const whole =
        i > 0 &&
        j > 0 &&
        i < columns &&
        j < rows &&
        cells[(j - 1) * columns + i - 1] +
          cells[(j - 1) * columns + i] +
          cells[j * columns + i - 1] +
          cells[j * columns + i] ===
          4
      if (!whole) far[j * wide + i] = 0
    }
  }
  const pass = (from: number, way: 1 | -1) => {
    const count = far.length
    for (let n = 0; n < count; n++) {
      const at = from + way * n
      for (const [step, mm] of [
        [1, CELL_MM],
        [wide, CELL_MM],
        [wide + 1, CELL_MM * Math.SQRT2],
        [wide - 1, CELL_MM * Math.SQRT2],
      ]) {
        const other = at - way * step
        if (other >= 0 && other < count && far[other] + mm < far[at]) far[at] = far[other] + mm
      }
    }
  }
  pass(0, 1)
  pass(far.length - 1, -1)
  return far
}
