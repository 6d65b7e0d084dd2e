import { type Refined, spread, type TriangleMesh } from './subdivide.ts'

/**
 * How near each vertex of the finest mesh lies to where the serous skins of two organs meet: 1 there, 0 a triangle away.
 * @param isCovered whether a kind of triangle has such a skin
 */
export function seamsOf(
  { vertices, triangles, kind }: TriangleMesh,
  steps: readonly Refined[],
  isCovered: (kind: number) => boolean,
): Float32Array {
  const first = new Int16Array(vertices).fill(-1)
  let near = new Float32Array(vertices)
  for (let i = 0; i < triangles.length; i++) {
    const k = kind[Math.floor(i / 3)]
    const v = triangles[i]
    if (k & 1 || !isCovered(k)) continue
    if (first[v] < 0) first[v] = k
    else if (first[v] !== k) near[v] = 1
  }
  for (const step of steps) {
    const finer = new Float32Array(step.vertices)
    spread(step, near, finer, 1)
    near = finer
  }
  return near
}
