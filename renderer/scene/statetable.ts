/**
 * The state of every structure as the shaders read it: one row of texels each, 32-bit floats. Hiding a structure changes
 * one row and nothing else.
 *
 * | texel | r | g | b | a |
 * |---|---|---|---|---|
 * | 0 | opacity | hover | selected | tint amount |
 * | 1 | tint red | tint green | tint blue | unused |
 * | 2 | offset x | offset y | offset z | pull |
 */
export const STATE_TEXELS = 3
const FLOATS = STATE_TEXELS * 4

/** Which passes a set of states needs. */
export type Passes = { readonly opaque: boolean; readonly faded: boolean }

export class StateTable {
  readonly data: Float32Array
  readonly rows: number
  private changes = 0

  constructor(rows: number) {
    this.rows = rows
    this.data = new Float32Array(Math.max(1, rows) * FLOATS)
    for (let row = 0; row < rows; row++) this.data[row * FLOATS] = 1
  }

  /** Grows whenever a value changed; compare it to know whether to upload again. */
  get revision(): number {
    return this.changes
  }

  opacity(row: number): number {
    return this.data[row * FLOATS]
  }

  setOpacity(row: number, value: number): void {
    this.write(row * FLOATS, clamp01(value))
  }

  setHover(row: number, value: number): void {
    this.write(row * FLOATS + 1, clamp01(value))
  }

  setSelected(row: number, value: number): void {
    this.write(row * FLOATS + 2, clamp01(value))
  }

  /** Mixes a colour (linear, 0 to 1) over the structure's own. */
  setTint(row: number, colour: readonly [number, number, number], amount: number): void {
    this.write(row * FLOATS + 3, clamp01(amount))
    for (let i = 0; i < 3; i++) this.write(row * FLOATS + 4 + i, colour[i])
  }

  /** Moves the structure from its place, in metres of the body frame. */
  setOffset(row: number, offset: readonly [number, number, number]): void {
    for (let i = 0; i < 3; i++) this.write(row * FLOATS + 8 + i, offset[i])
  }

  /** Draws the structure so much nearer to the eye than it lies, metres: it wins over what all but coincides with it. */
  setPull(row: number, metres: number): void {
    this.write(row * FLOATS + 11, metres)
  }

  pull(row: number): number {
    return this.data[row * FLOATS + 11]
  }

  offset(row: number, axis: 0 | 1 | 2): number {
    return this.data[row * FLOATS + 8 + axis]
  }

  /** Whether any of these rows is drawn solid, and whether any is drawn faded. */
  passes(rows: readonly number[]): Passes {
    let opaque = false
    let faded = false
    for (const row of rows) {
      const opacity = this.data[row * FLOATS]
      if (opacity >= 1) opaque = true
      else if (opacity > 0) faded = true
      if (opaque && faded) break
    }
    return { opaque, faded }
  }

  private write(at: number, value: number): void {
    const rounded = Math.fround(value)
    if (this.data[at] === rounded) return
    this.data[at] = rounded
    this.changes++
  }
}

function clamp01(value: number): number {
  return value < 0 ? 0 : value > 1 ? 1 : value
}
