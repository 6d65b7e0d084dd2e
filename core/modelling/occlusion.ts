import type { Field } from './field.ts'

/** How far occlusion looks, mm: near enough that hiding a neighbour never leaves a dark patch. */
const REACH = 20
const BLOCK = 16
const STEPS = [1.5, 4, 9, 17]
const SIDE_STEPS = [3, 9]
const TILT = 0.75

/**
 * Self-occlusion of a solid at each vertex, 0 (shut in) to 255 (open): the field along the normal and along four rays
 * tilted from it falls short of the distance gone where the solid itself is in the way.
 */
export function bakeOcclusion(field: Field, positions: Float32Array, normals: Float32Array): Uint8Array {
  const count = positions.length / 3
  const out = new Uint8Array(count)
  const blocks = new Map<string, number[]>()
  for (let v = 0; v < count; v++) {
    const key = [0, 1, 2].map((c) => Math.floor(positions[v * 3 + c] / BLOCK)).join()
    const list = blocks.get(key)
    if (list) list.push(v)
    else blocks.set(key, [v])
  }
  for (const [key, vertices] of blocks) {
    const [x, y, z] = key.split(',').map((n) => (Number(n) + 0.5) * BLOCK)
    const local = field.near(x, y, z, (BLOCK * Math.sqrt(3)) / 2 + REACH)
    for (const v of vertices) out[v] = Math.round(255 * openness(local, positions, normals, v))
  }
  return out
}

function openness(field: Field, p: Float32Array, n: Float32Array, v: number): number {
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
    const d = field.distance(x + nx * h, y + ny * h, z + nz * h)
    shut += Math.max(0, Math.min(1, 1 - d / h))
    weight++
  }
  const away = Math.sqrt(1 - TILT * TILT)
  for (let k = 0; k < 4; k++) {
    const c = k === 0 ? TILT : k === 1 ? -TILT : 0
    const e = k === 2 ? TILT : k === 3 ? -TILT : 0
    const dx = nx * away + tx * c + ux * e
    const dy = ny * away + ty * c + uy * e
    const dz = nz * away + tz * c + uz * e
    for (const h of SIDE_STEPS) {
      const d = field.distance(x + dx * h, y + dy * h, z + dz * h)
      // An open plane rises by `away` per mm along a tilted ray.
      shut += 0.5 * Math.max(0, Math.min(1, 1 - d / (h * away)))
      weight += 0.5
    }
  }
  return 1 - shut / weight
}
