import { Vector3 } from 'three'
import { bodyHeights } from './blend.ts'
import type { Field } from './field.ts'

const CELL_MM = 5
/** How far beyond the field the body is still drawn along, mm. */
const FADE_MM = 130
/** From which depth below the outer skin the body stays as it is, mm. */
const DEEP_FROM_MM = 50
const DEEP_TO_MM = 130
/** Differences up to here need no new normals, mm. */
const SLIGHT_MM = 4

/**
 * Moves the drawn body so that it meets the patient's own skin at the operative field: the body is one man and one woman,
 * patients are slim or stout. Beyond the field the change fades.
 *
 * @param positions body frame, metres; changed in place
 * @returns `moved` when normals must be made anew
 */
export function fitToField(positions: number[], index: readonly number[], field: Field): 'moved' | 'as it was' {
  const gap = new GapGrid(positions, index, field)
  if (gap.most < 0.5) return 'as it was'
  const at = new Vector3()
  for (let i = 0; i < positions.length; i += 3) {
    field.locate(at.set(positions[i], positions[i + 1], positions[i + 2]), at)
    const u = Math.max(0, Math.min(field.widthMm, at.x))
    const v = Math.max(0, Math.min(field.heightMm, at.y))
    const beside = Math.sqrt((at.x - u) ** 2 + (at.y - v) ** 2)
    if (beside >= FADE_MM) continue
    const below = field.surfaceMm('skin', u, v) - gap.at(u, v) - at.z
    const share = (1 - ease(beside / FADE_MM)) * (1 - ease((below - DEEP_FROM_MM) / (DEEP_TO_MM - DEEP_FROM_MM)))
    const by = (share * gap.at(u, v)) / 1000
    positions[i] += field.w.x * by
    positions[i + 1] += field.w.y * by
    positions[i + 2] += field.w.z * by
  }
  return gap.most > SLIGHT_MM ? 'moved' : 'as it was'
}

function ease(share: number): number {
  const t = Math.max(0, Math.min(1, share))
  return t * t * (3 - 2 * t)
}

/** How much farther out the patient's skin lies than the body's, over the field; smooth and without gaps. */
class GapGrid {
  readonly most: number
  private readonly columns: number
  private readonly rows: number
  private values: Float32Array

  constructor(positions: ArrayLike<number>, index: ArrayLike<number>, field: Field) {
    const drawn = bodyHeights(positions, index, field, CELL_MM)
    this.columns = Math.floor(field.widthMm / CELL_MM) + 1
    this.rows = Math.floor(field.heightMm / CELL_MM) + 1
    this.values = new Float32Array(drawn.length)
    const known = new Uint8Array(drawn.length)
    let sum = 0
    let count = 0
    for (let at = 0; at < drawn.length; at++) {
      const u = (at % this.columns) * CELL_MM
      const v = Math.floor(at / this.columns) * CELL_MM
      const gap = field.surfaceMm('skin', u, v) - drawn[at]
      if (Number.isNaN(gap) || isSteep(field, u, v)) continue
      this.values[at] = gap
      known[at] = 1
      sum += gap
      count++
    }
    const mean = count === 0 ? 0 : sum / count
    for (let at = 0; at < drawn.length; at++) if (known[at] === 0) this.values[at] = mean
    for (let pass = 0; pass < 80; pass++) this.relax((at) => known[at] === 0)
    for (let pass = 0; pass < 3; pass++) this.relax(() => true)
    this.most = this.values.reduce((most, gap) => Math.max(most, Math.abs(gap)), 0)
  }

  at(uMm: number, vMm: number): number {
    const x = Math.min(this.columns - 1.001, uMm / CELL_MM)
    const y = Math.min(this.rows - 1.001, vMm / CELL_MM)
    const i = Math.floor(x)
    const j = Math.floor(y)
    const low = j * this.columns + i
    const high = low + this.columns
    const { values } = this
    const below = values[low] + (values[low + 1] - values[low]) * (x - i)
    const above = values[high] + (values[high + 1] - values[high]) * (x - i)
    return below + (above - below) * (y - j)
  }

  private relax(wanted: (at: number) => boolean): void {
    const { columns, rows, values } = this
    const next = values.slice()
    for (let j = 0; j < rows; j++) {
      for (let i = 0; i < columns; i++) {
        const at = j * columns + i
        if (!wanted(at)) continue
        const left = values[i > 0 ? at - 1 : at]
        const right = values[i + 1 < columns ? at + 1 : at]
        const down = values[j > 0 ? at - columns : at]
        const up = values[j + 1 < rows ? at + columns : at]
        next[at] = (left + right + down + up) / 4
      }
    }
    this.values = next
  }
}

function isSteep(field: Field, u: number, v: number): boolean {
  const middle = field.surfaceMm('skin', u, v)
  for (const [du, dv] of [
    [-6, 0],
    [6, 0],
    [0, -6],
    [0, 6],
  ])
    if (Math.abs(field.surfaceMm('skin', u + du, v + dv) - middle) > 9) return true
  return false
}
