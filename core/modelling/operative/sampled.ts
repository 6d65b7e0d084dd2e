/** A costly distance kept as samples on a grid, taken where somebody asks, and read by trilinear interpolation. */
import { type Bounds, type Field, grow } from '../field.ts'
import type { Distance } from './carve.ts'

/** Between samples a surface of radius r is off by less than the square of this over 8 r, mm. */
const STEP_MM = 2

export function sampled(field: Field, box: Bounds): Distance {
  const { min, max } = grow(box, STEP_MM * 2)
  const [nx, ny, nz] = min.map((low, c) => Math.ceil((max[c] - low) / STEP_MM) + 1)
  const values = new Float32Array(nx * ny * nz).fill(Number.NaN)
  const sample = (i: number, j: number, k: number): number => {
    const o = i + nx * (j + ny * k)
    if (Number.isNaN(values[o]))
      values[o] = field.distance(min[0] + i * STEP_MM, min[1] + j * STEP_MM, min[2] + k * STEP_MM)
    return values[o]
  }
  return (x, y, z) => {
    const gx = Math.max(0, Math.min(nx - 1.001, (x - min[0]) / STEP_MM))
    const gy = Math.max(0, Math.min(ny - 1.001, (y - min[1]) / STEP_MM))
    const gz = Math.max(0, Math.min(nz - 1.001, (z - min[2]) / STEP_MM))
    const i = Math.floor(gx)
    const j = Math.floor(gy)
    const k = Math.floor(gz)
    const u = gx - i
    const v = gy - j
    const w = gz - k
    const row = (b: number, c: number) => sample(i, j + b, k + c) * (1 - u) + sample(i + 1, j + b, k + c) * u
    return (row(0, 0) * (1 - v) + row(1, 0) * v) * (1 - w) + (row(0, 1) * (1 - v) + row(1, 1) * v) * w
  }
}
