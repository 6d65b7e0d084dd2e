/**
 * What the drawn surface has beyond the lattice: a displaced subdivision surface (Lee, Moreton and Hoppe 2000,
 * doi:10.1145/344779.344829). At rest the corners of the lattice's surface are moved so that its refinement lies on the
 * organ's own shape, each in a frame of its own, and what is left over becomes a height of each fine vertex. Both are
 * carried along by what the lattice does and depend on the shape at rest alone: so they stay where tissue is cut.
 */
import type { Refined, TriangleMesh } from './subdivide.ts'

export type Relief = {
  /** For each corner its neighbour that tells how it is turned. */
  readonly toward: Uint32Array
  /** How far each corner is moved: along its normal, towards that neighbour, and aside; m. */
  readonly shift: Float32Array
  /** How far each vertex of the finest mesh lies above it along its normal, m. */
  readonly height: Float32Array
}

/** Moves corners as the relief says. @param points where they are now @param normals of the corners there */
export function raise(
  { toward, shift }: Relief,
  points: Float32Array,
  normals: Float32Array,
  raised: Float32Array,
): void {
  raised.set(points)
  for (let v = 0; v < toward.length; v++) {
    const at = v * 3
    const [up, on, aside] = [shift[at], shift[at + 1], shift[at + 2]]
    if (up === 0 && on === 0 && aside === 0) continue
    frameAt(points, normals, toward[v], v)
    for (let c = 0; c < 3; c++) raised[at + c] += frame[c] * up + frame[3 + c] * on + frame[6 + c] * aside
  }
}

/** Raises the vertices of the finest mesh. @param ways normals of the corners, carried to each level but the last */
export function raiseFinest(
  { height }: Relief,
  steps: readonly Refined[],
  ways: readonly Float32Array[],
  points: Float32Array,
): void {
  const way = ways[ways.length - 1]
  const step = steps[steps.length - 1]
  const coarser = way.length / 3
  for (let v = 0; v < height.length; v++) {
    if (height[v] === 0) continue
    const a = v < coarser ? v * 3 : step.source[step.first[v]] * 3
    const b = v < coarser ? v * 3 : step.source[step.first[v] + 1] * 3
    const half = height[v] * 0.5
    points[v * 3] += half * (way[a] + way[b])
    points[v * 3 + 1] += half * (way[a + 1] + way[b + 1])
    points[v * 3 + 2] += half * (way[a + 2] + way[b + 2])
  }
}

/** Normals of the skin at its corners, by areas: walls of cuts count nothing. Of length 1, or 0 where there is no skin. */
export function skinNormals({ triangles, kind, vertices }: TriangleMesh, p: Float32Array, normals: Float32Array): void {
  normals.fill(0, 0, vertices * 3)
  for (let t = 0; t < triangles.length; t += 3) {
    if (kind[t / 3] & 1) continue
    const a = triangles[t] * 3
    const b = triangles[t + 1] * 3
    const c = triangles[t + 2] * 3
    const ux = p[b] - p[a]
    const uy = p[b + 1] - p[a + 1]
    const uz = p[b + 2] - p[a + 2]
    const vx = p[c] - p[a]
    const vy = p[c + 1] - p[a + 1]
    const vz = p[c + 2] - p[a + 2]
    const x = uy * vz - uz * vy
    const y = uz * vx - ux * vz
    const z = ux * vy - uy * vx
    for (let k = 0; k < 3; k++) {
      const v = triangles[t + k] * 3
      normals[v] += x
      normals[v + 1] += y
      normals[v + 2] += z
    }
  }
  for (let v = 0; v < vertices * 3; v += 3) {
    const long = Math.sqrt(normals[v] * normals[v] + normals[v + 1] * normals[v + 1] + normals[v + 2] * normals[v + 2])
    const share = long > 0 ? 1 / long : 0
    normals[v] *= share
    normals[v + 1] *= share
    normals[v + 2] *= share
  }
}

/** Normal, direction to a neighbour as far as it is square to that, and the third. */
export const frame = new Float64Array(9)

/** Sets {@link frame} to that of vertex `v`. */
export function frameAt(p: Float32Array, normals: Float32Array, toward: number, v: number): void {
  const [nx, ny, nz] = [normals[v * 3], normals[v * 3 + 1], normals[v * 3 + 2]]
  let x = p[toward * 3] - p[v * 3]
  let y = p[toward * 3 + 1] - p[v * 3 + 1]
  let z = p[toward * 3 + 2] - p[v * 3 + 2]
  const along = x * nx + y * ny + z * nz
  x -= along * nx
  y -= along * ny
  z -= along * nz
  const long = Math.sqrt(x * x + y * y + z * z)
  const share = long > 1e-7 ? 1 / long : 0
  frame[0] = nx
  frame[1] = ny
  frame[2] = nz
  frame[3] = x * share
  frame[4] = y * share
  frame[5] = z * share
  frame[6] = (ny * z - nz * y) * share
  frame[7] = (nz * x - nx * z) * share
  frame[8] = (nx * y - ny * x) * share
}
