import { areaOf } from '../../../../core/simulation/tissue/mesh/volume.ts'
import type { TriangleMesh } from './subdivide.ts'

/**
 * How far the surface around each vertex is drawn out beyond its area at rest, as a share: where it is pressed in or pulled
 * thin, its small vessels are emptied. @param areas of the triangles at rest, m² @param points where the vertices are, m
 */
export function drawnOut(
  { triangles, vertices }: TriangleMesh,
  areas: Float32Array,
  points: Float32Array,
  out: Float32Array,
  sums: Float32Array,
): void {
  out.fill(0, 0, vertices)
  sums.fill(0, 0, vertices)
  for (let t = 0; t < areas.length; t++) {
    const now = areaOfFace(triangles, t, points)
    for (let k = t * 3; k < t * 3 + 3; k++) {
      out[triangles[k]] += now
      sums[triangles[k]] += areas[t]
    }
  }
  for (let v = 0; v < vertices; v++) {
    const more = sums[v] > 0 ? out[v] / sums[v] - 1 : 0
    // Less than is seen anyway counts as nothing, so that tissue at rest costs nothing.
    out[v] = more > LEAST ? more : 0
  }
}

const LEAST = 0.05

/** Area of each triangle, m². */
export function areasOf({ triangles, kind }: TriangleMesh, points: Float32Array): Float32Array {
  return Float32Array.from(kind, (_, t) => areaOfFace(triangles, t, points))
}

const areaOfFace = (triangles: Uint32Array, t: number, p: Float32Array): number =>
  areaOf(p, triangles[t * 3] * 3, triangles[t * 3 + 1] * 3, triangles[t * 3 + 2] * 3)
