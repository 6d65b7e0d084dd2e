/** Where a needle's point meets a free face: heights over it before and after a substep, and weights of its corners. */
import type { ThreadMemory } from './memory.ts'

/** How far beyond the rim of a face a point still hits it, as a share. */
const RIM = 0.02

/** Heights of a point over a face, not to scale: as the substep began, and now. */
export const heights = new Float64Array(2)

/** Writes the height of a needle's point over a face as `x` has it: where it was when the substep began, or is now. */
export function rise(
  x: Float32Array,
  triangles: Uint32Array,
  f: number,
  t: ThreadMemory,
  rod: number,
  now: 0 | 1,
): void {
  const a = triangles[f * 3] * 4
  const b = triangles[f * 3 + 1] * 4
  const c = triangles[f * 3 + 2] * 4
  const s = 3 * t.first[rod]
  const ux = x[b] - x[a]
  const uy = x[b + 1] - x[a + 1]
  const uz = x[b + 2] - x[a + 2]
  const vx = x[c] - x[a]
  const vy = x[c + 1] - x[a + 1]
  const vz = x[c + 2] - x[a + 2]
  const gone = 1 - now
  const px = t.checked[s] - gone * t.went[s] - x[a]
  const py = t.checked[s + 1] - gone * t.went[s + 1] - x[a + 1]
  const pz = t.checked[s + 2] - gone * t.went[s + 2] - x[a + 2]
  heights[now] = px * (uy * vz - uz * vy) + py * (uz * vx - ux * vz) + pz * (ux * vy - uy * vx)
}

/** Writes the weights of a face's corners under the tip. False beside the face. */
export function weighOver(
  x: Float32Array,
  triangles: Uint32Array,
  f: number,
  tip: Float64Array,
  out: Float64Array,
): boolean {
  const a = triangles[f * 3] * 4
  const b = triangles[f * 3 + 1] * 4
  const c = triangles[f * 3 + 2] * 4
  let uu = 0
  let uv = 0
  let vv = 0
  let pu = 0
  let pv = 0
  for (let axis = 0; axis < 3; axis++) {
    const u = x[b + axis] - x[a + axis]
    const v = x[c + axis] - x[a + axis]
    const p = tip[axis] - x[a + axis]
    uu += u * u
    uv += u * v
    vv += v * v
    pu += p * u
    pv += p * v
  }
  const det = uu * vv - uv * uv
  if (!(det > 0)) return false
  out[1] = (pu * vv - pv * uv) / det
  out[2] = (pv * uu - pu * uv) / det
  out[0] = 1 - out[1] - out[2]
  return Math.min(out[0], out[1], out[2]) >= -RIM
}
