import { DistanceGrid } from './distancegrid.ts'
import type { Sampled } from './sampling.ts'

/** Steps along the normal and along tilted rays, mm. Short, so that hiding a neighbour never leaves a dark patch. */
const STEPS = [2, 5, 10, 18]
const SIDE_STEPS = [4, 10]
const TILT = 0.75
const AWAY = Math.sqrt(1 - TILT * TILT)

/**
 * Self-occlusion of a solid at each vertex, 0 (shut in) to 255 (open): the distance along the normal and along four
 * rays tilted from it falls short of the way gone where the solid itself is in the way.
 */
export function bakeOcclusion(grid: Sampled, positions: Float32Array, normals: Float32Array): Uint8Array {
  const distances = new DistanceGrid(grid)
  const out = new Uint8Array(positions.length / 3)
  for (let v = 0; v < out.length; v++) out[v] = Math.round(255 * openness(distances, positions, normals, v))
  return out
}

function openness(field: DistanceGrid, p: Float32Array, n: Float32Array, v: number): number {
  const [x, y, z] = [p[v * 3], p[v * 3 + 1], p[v * 3 + 2]]
  const [nx, ny, nz] = [n[v * 3], n[v * 3 + 1], n[v * 3 + 2]]
  // Any two directions square to the normal.
  const s = nz >= 0 ? 1 : -1
  const a = -1 / (s + nz)
  const b = nx * ny * a
  const [tx, ty, tz] = [1 + s * nx * nx * a, s * b, -s * nx]
  const [ux, uy, uz] = [b, s + ny * ny * a, -ny]
  let shut = 0
  let weight = 0
  for (const h of STEPS) {
    const d = field.at(x + nx * h, y + ny * h, z + nz * h)
    shut += Math.max(0, Math.min(1, 1 - d / h))
    weight++
  }
  for (let k = 0; k < 4; k++) {
    const c = k === 0 ? TILT : k === 1 ? -TILT : 0
    const e = k === 2 ? TILT : k === 3 ? -TILT : 0
    const dx = nx * AWAY + tx * c + ux * e
    const dy = ny * AWAY + ty * c + uy * e
    const dz = nz * AWAY + tz * c + uz * e
    for (const h of SIDE_STEPS) {
      const d = field.at(x + dx * h, y + dy * h, z + dz * h)
      // Over an open plane the distance grows by AWAY per mm along a tilted ray.
      shut += 0.5 * Math.max(0, Math.min(1, 1 - d / (h * AWAY)))
      weight += 0.5
    }
  }
  return 1 - shut / weight
}
