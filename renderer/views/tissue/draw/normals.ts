import type { TriangleMesh } from './subdivide.ts'

/**
 * Normals of a surface, weighted so that they do not depend on how it is divided (Max 1999,
 * doi:10.1080/10867651.1999.10487501). @param corner whose normal each corner adds to: corners on either side of a crease
 * name different ones
 */
export function creaseNormals(
  triangles: Uint32Array,
  corner: Uint32Array,
  points: Float32Array,
  normals: Float32Array,
): void {
  normals.fill(0)
  for (let t = 0; t < triangles.length; t += 3) {
    const a = triangles[t] * 3
    const b = triangles[t + 1] * 3
    const c = triangles[t + 2] * 3
    const ux = points[b] - points[a]
    const uy = points[b + 1] - points[a + 1]
    const uz = points[b + 2] - points[a + 2]
    const vx = points[c] - points[a]
    const vy = points[c + 1] - points[a + 1]
    const vz = points[c + 2] - points[a + 2]
    const x = uy * vz - uz * vy
    const y = uz * vx - ux * vz
    const z = ux * vy - uy * vx
    const ab = Math.max(TINY, ux * ux + uy * uy + uz * uz)
    const ca = Math.max(TINY, vx * vx + vy * vy + vz * vz)
    const bc = Math.max(TINY, (vx - ux) ** 2 + (vy - uy) ** 2 + (vz - uz) ** 2)
    addNormal(normals, corner[t] * 3, x, y, z, 1 / (ab * ca))
    addNormal(normals, corner[t + 1] * 3, x, y, z, 1 / (ab * bc))
    addNormal(normals, corner[t + 2] * 3, x, y, z, 1 / (ca * bc))
  }
  unitNormals(normals, 0, normals.length / 3)
}

/** Shortest squared edge that counts, m². */
const TINY = 1e-10

/** Adds a face's normal to that at `n`. */
export function addNormal(normals: Float32Array, n: number, x: number, y: number, z: number, weight: number): void {
  normals[n] += x * weight
  normals[n + 1] += y * weight
  normals[n + 2] += z * weight
}

/** Makes the normals of vertices `from` to `to` one long; what has none stays without. */
export function unitNormals(normals: Float32Array, from: number, to: number): void {
  for (let n = from * 3; n < to * 3; n += 3) {
    const length =
      Math.sqrt(normals[n] * normals[n] + normals[n + 1] * normals[n + 1] + normals[n + 2] * normals[n + 2]) || 1
    normals[n] /= length
    normals[n + 1] /= length
    normals[n + 2] /= length
  }
}

/** How strongly hollows are darkened, and how dark they become. */
const STRENGTH = 2.2
const DARKEST = 0.35

/** Openness of each vertex to the light, 1 where flat or bulging, less in a hollow. */
export function hollowness(
  { vertices, triangles, kind }: TriangleMesh,
  points: Float32Array,
  open: Float32Array,
): void {
  if (scratch.length < vertices * 8) scratch = new Float32Array(vertices * 8)
  scratch.fill(0, 0, vertices * 8)
  for (let t = 0; t < triangles.length; t += 3) {
    const inner = kind[t / 3] & 1
    for (let k = 0; k < 3; k++) {
      const v = triangles[t + k]
      const a = v * 3
      const b = triangles[t + ((k + 1) % 3)] * 3
      const c = triangles[t + ((k + 2) % 3)] * 3
      const ux = points[b] - points[a]
      const uy = points[b + 1] - points[a + 1]
      const uz = points[b + 2] - points[a + 2]
      const vx = points[c] - points[a]
      const vy = points[c + 1] - points[a + 1]
      const vz = points[c + 2] - points[a + 2]
      const s = v * 8
      scratch[s] += ux + vx
      scratch[s + 1] += uy + vy
      scratch[s + 2] += uz + vz
      scratch[s + 3] += uy * vz - uz * vy
      scratch[s + 4] += uz * vx - ux * vz
      scratch[s + 5] += ux * vy - uy * vx
      scratch[s + 6] += 2
      scratch[s + 7] += 2 * inner
    }
  }
  for (let v = 0; v < vertices; v++) {
    const s = v * 8
    const n = Math.hypot(scratch[s + 3], scratch[s + 4], scratch[s + 5]) || 1
    const rise = (scratch[s] * scratch[s + 3] + scratch[s + 1] * scratch[s + 4] + scratch[s + 2] * scratch[s + 5]) / n
    // The mean edge: a face's doubled area is about its square.
    const edge = Math.sqrt((2 * n) / Math.max(1, scratch[s + 6]))
    const hollow = Math.max(0, rise / Math.max(1, scratch[s + 6]) / Math.max(1e-6, edge))
    const inside = 0.3 * (scratch[s + 7] / Math.max(1, scratch[s + 6]))
    open[v] = Math.max(DARKEST, 1 - STRENGTH * hollow - inside)
  }
}

let scratch = new Float32Array(0)
