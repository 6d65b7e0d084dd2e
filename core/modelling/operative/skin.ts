/** The surface of a field as it is drawn, finer than its lattice: signed distances on a grid, as plain data. */
import { type Bounds, type Field, grow } from '../field.ts'
import type { SurfaceGrid } from './result.ts'

const STEP_MM = 2
/** Nothing that is drawn lies farther from the lattice, mm. */
const FAR_MM = 6
/** Grid points along a block that is looked at as a whole first. */
const BLOCK = 4

/** Samples a field over a box and a little around it, at every point where its surface is near. */
export function sampleSurface(field: Field, box: Bounds): SurfaceGrid {
  const { min, max } = grow(box, STEP_MM * 2)
  const counts = min.map((low, c) => Math.ceil((max[c] - low) / STEP_MM) + 1) as [number, number, number]
  const distances = new Array<number>(counts[0] * counts[1] * counts[2]).fill(0)
  const half = ((BLOCK - 1) * STEP_MM) / 2
  const radius = half * Math.sqrt(3)
  const at = (c: number, i: number) => min[c] + i * STEP_MM
  for (let k = 0; k < counts[2]; k += BLOCK)
    for (let j = 0; j < counts[1]; j += BLOCK)
      for (let i = 0; i < counts[0]; i += BLOCK) {
        const [x, y, z] = [at(0, i) + half, at(1, j) + half, at(2, k) + half]
        const local = field.near(x, y, z, radius + FAR_MM)
        const middle = local.distance(x, y, z)
        const isFar = Math.abs(middle) > local.lipschitz * radius + FAR_MM
        for (let n = 0; n < BLOCK ** 3; n++) {
          const [a, b, c] = [i + (n % BLOCK), j + (Math.floor(n / BLOCK) % BLOCK), k + Math.floor(n / BLOCK ** 2)]
          if (a >= counts[0] || b >= counts[1] || c >= counts[2]) continue
          const d = isFar ? middle : local.distance(at(0, a), at(1, b), at(2, c))
          distances[a + counts[0] * (b + counts[1] * c)] = Math.round(Math.max(-FAR_MM, Math.min(FAR_MM, d)) * 100) + 0
        }
      }
  return { stepMm: STEP_MM, minMm: [min[0], min[1], min[2]], counts, distances }
}
