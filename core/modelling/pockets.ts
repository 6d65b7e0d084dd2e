import { Fans } from './fans.ts'

/** Triangles of the largest pocket that is taken off. */
const LARGEST = 12

/**
 * Takes off the pockets that a general simplifier leaves: where it draws a ring of three edges together, what the ring
 * enclosed hangs on the surface by a single edge, which then has four triangles. `flawed` are the vertices of such
 * edges. What has more than a few triangles stays. Answers the triangles that are left.
 */
export function dropPockets(vertices: number, indices: Uint32Array, flawed: ReadonlySet<number>): Uint32Array {
  const fans = new Fans(vertices, indices)
  const dropped = new Set<number>()
  const seen = new Set<number>()
  for (const v of flawed) {
    for (let k = fans.start[v]; k < fans.start[v + 1]; k++) {
      if (seen.has(fans.triangle[k])) continue
      const part = partFrom(fans.triangle[k], indices, fans)
      for (const t of part) {
        seen.add(t)
        if (part.length <= LARGEST) dropped.add(t)
      }
    }
  }
  return indices.filter((_, i) => !dropped.has(Math.floor(i / 3)))
}

/** The triangles that hang together with one over edges of just two; as soon as they are too many, only some of them. */
function partFrom(first: number, indices: Uint32Array, fans: Fans): number[] {
  const part = [first]
  for (let n = 0; n < part.length && part.length <= LARGEST; n++) {
    for (let k = 0; k < 3; k++) {
      const u = indices[part[n] * 3 + k]
      const v = indices[part[n] * 3 + ((k + 1) % 3)]
      if (fans.times(u, v) !== 1 || fans.times(v, u) !== 1) continue
      const other = fans.triangle[fans.slot(v, u)]
      if (!part.includes(other)) part.push(other)
    }
  }
  return part
}
