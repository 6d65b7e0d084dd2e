import type { TriangleMesh } from './subdivide.ts'

/**
 * A surface without the parts that nobody sees: the lining of a hollow organ as long as its wall is whole. Such a part
 * hangs together with no wall of a cut and lies inside out. Vertices keep their numbers. @param points x, y, z of each vertex
 */
export function withoutEnclosed(mesh: TriangleMesh, points: Float32Array): TriangleMesh {
  const { vertices, triangles, kind } = mesh
  const root = Uint32Array.from({ length: vertices }, (_, v) => v)
  const top = (v: number): number => {
    while (root[v] !== v) {
      root[v] = root[root[v]]
      v = root[v]
    }
    return v
  }
  for (let t = 0; t < triangles.length; t += 3) {
    const a = top(triangles[t])
    root[top(triangles[t + 1])] = a
    root[top(triangles[t + 2])] = a
  }
  const volume = new Float64Array(vertices)
  const isCut = new Uint8Array(vertices)
  for (let t = 0; t < kind.length; t++) {
    const [a, b, c] = [triangles[t * 3] * 3, triangles[t * 3 + 1] * 3, triangles[t * 3 + 2] * 3]
    const part = top(triangles[t * 3])
    isCut[part] |= kind[t] & 1
    volume[part] +=
      points[a] * (points[b + 1] * points[c + 2] - points[b + 2] * points[c + 1]) +
      points[a + 1] * (points[b + 2] * points[c] - points[b] * points[c + 2]) +
      points[a + 2] * (points[b] * points[c + 1] - points[b + 1] * points[c])
  }
  const isSeen = (t: number) => {
    const part = top(triangles[t * 3])
    return isCut[part] === 1 || volume[part] >= 0
  }
  const seen: number[] = []
  for (let t = 0; t < kind.length; t++) if (isSeen(t)) seen.push(t)
  if (seen.length === kind.length) return mesh
  return {
    vertices,
    triangles: Uint32Array.from(seen.flatMap((t) => [triangles[t * 3], triangles[t * 3 + 1], triangles[t * 3 + 2]])),
    kind: Uint8Array.from(seen, (t) => kind[t]),
  }
}
