import type { Field } from './field.ts'

/** Ways inwards at which the depth is asked, as shares of half the thickness sought: first that which tells a belly at once. */
const WAYS = [1.6, 1.2, 2, 0.9, 0.6, 0.3]
/** Depths between which tendon turns into belly, as shares of the same. */
const [TENDON, BELLY] = [0.75, 1.3]

/**
 * How much of a muscle's surface is tendon at each vertex, 0 (belly) to 255 (tendon): it is where the muscle is less than
 * 2 · `halfMm` thick. The thickness is twice the greatest depth that is met on the way inwards from the vertex.
 */
export function tendonShare(field: Field, positions: Float32Array, normals: Float32Array, halfMm: number): Uint8Array {
  const out = new Uint8Array(positions.length / 3)
  for (let v = 0; v < out.length; v++) {
    let depth = 0
    for (const way of WAYS) {
      const s = way * halfMm
      const [x, y, z] = [0, 1, 2].map((c) => positions[v * 3 + c] - s * normals[v * 3 + c])
      depth = Math.max(depth, -field.distance(x, y, z))
      if (depth >= BELLY * halfMm) break
    }
    const t = Math.max(0, Math.min(1, (depth / halfMm - TENDON) / (BELLY - TENDON)))
    out[v] = Math.round(255 * (1 - t * t * (3 - 2 * t)))
  }
  return out
}
