/** Planes of a surface's triangles, computed when first asked for in a tick; areas and normals at its vertices. */
import type { Surface } from './surface.ts'

/**
 * Numbers a triangle: unit normal and offset (distance s = n·x − o), two gradients and offsets that give the barycentric
 * weights of its second and third vertex at a point's foot.
 */
export const PLANE = 12

/** Computes a triangle's plane where `now` has it, once for each `stamp`. A triangle without area is met by nothing. */
export function planeOf(surface: Surface, t: number): void {
  if (surface.planeStamp[t] === surface.stamp) return
  surface.planeStamp[t] = surface.stamp
  const { triangle, plane } = surface
  const p = surface.now
  const a = triangle[t * 3]! * 3
  const b = triangle[t * 3 + 1]! * 3
  const c = triangle[t * 3 + 2]! * 3
  const ax = p[a]!
  const ay = p[a + 1]!
  const az = p[a + 2]!
  const ux = p[b]! - ax
  const uy = p[b + 1]! - ay
  const uz = p[b + 2]! - az
  const vx = p[c]! - ax
  const vy = p[c + 1]! - ay
  const vz = p[c + 2]! - az
  const nx = uy * vz - uz * vy
  const ny = uz * vx - ux * vz
  const nz = ux * vy - uy * vx
  const n2 = nx * nx + ny * ny + nz * nz
  const scale = n2 > 1e-24 ? 1 / Math.sqrt(n2) : 0
  const flat = n2 > 1e-24 ? 1 / n2 : 0
  const to = t * PLANE
  plane[to] = nx * scale
  plane[to + 1] = ny * scale
  plane[to + 2] = nz * scale
  plane[to + 3] = scale > 0 ? (nx * ax + ny * ay + nz * az) * scale : -1e9
  // v × n and n × u, over n²
  const bx = (vy * nz - vz * ny) * flat
  const by = (vz * nx - vx * nz) * flat
  const bz = (vx * ny - vy * nx) * flat
  const cx = (ny * uz - nz * uy) * flat
  const cy = (nz * ux - nx * uz) * flat
  const cz = (nx * uy - ny * ux) * flat
  plane[to + 4] = bx
  plane[to + 5] = by
  plane[to + 6] = bz
  plane[to + 7] = bx * ax + by * ay + bz * az
  plane[to + 8] = cx
  plane[to + 9] = cy
  plane[to + 10] = cz
  plane[to + 11] = cx * ax + cy * ay + cz * az
}

/** Areas and unit normals around all vertices of a surface whose vertices lie at `laid` (three numbers each). */
export function measureVertices(surface: Surface, laid: Float32Array): void {
  const { triangle, triangles, used, usedCount, area, normal } = surface
  area.fill(0)
  normal.fill(0)
  for (let t = 0; t < triangles; t++) {
    const a = triangle[t * 3]! * 3
    const b = triangle[t * 3 + 1]! * 3
    const c = triangle[t * 3 + 2]! * 3
    const ux = laid[b]! - laid[a]!
    const uy = laid[b + 1]! - laid[a + 1]!
    const uz = laid[b + 2]! - laid[a + 2]!
    const vx = laid[c]! - laid[a]!
    const vy = laid[c + 1]! - laid[a + 1]!
    const vz = laid[c + 2]! - laid[a + 2]!
    const nx = uy * vz - uz * vy
    const ny = uz * vx - ux * vz
    const nz = ux * vy - uy * vx
    const third = Math.sqrt(nx * nx + ny * ny + nz * nz) / 6
    for (let k = 0; k < 3; k++) {
      const v = triangle[t * 3 + k]!
      area[v] = area[v]! + third
      normal[v * 3] = normal[v * 3]! + nx
      normal[v * 3 + 1] = normal[v * 3 + 1]! + ny
      normal[v * 3 + 2] = normal[v * 3 + 2]! + nz
    }
  }
  for (let i = 0; i < usedCount; i++) {
    const v = used[i]! * 3
    const length = Math.sqrt(
      normal[v]! * normal[v]! + normal[v + 1]! * normal[v + 1]! + normal[v + 2]! * normal[v + 2]!,
    )
    const scale = length > 1e-14 ? 1 / length : 0
    for (let k = 0; k < 3; k++) normal[v + k] = normal[v + k]! * scale
  }
}
