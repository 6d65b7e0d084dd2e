import { DOUBLED_FACE, NO_PATCH, PATCH_COUNT, PATCH_OF_EDGE } from './dualtables.ts'
import type { Field } from './field.ts'
import { gradientInto } from './field.ts'
import { BRICK, Sampled } from './sampling.ts'
import { leastSquaresVertex, QEF_STRIDE } from './vertex.ts'

/** A closed triangle mesh, counter-clockwise from outside. Positions in mm. */
export type Mesh = {
  readonly positions: Float32Array
  /** Unit normals, one per vertex. */
  readonly normals: Float32Array
  readonly indices: Uint32Array
}

const CUBE = BRICK * BRICK * BRICK
const OFFSET = [1, BRICK, BRICK * BRICK]

/**
 * The surface of a field by manifold dual contouring: one vertex per surface sheet in each cell of `cell` mm, placed by
 * the field's gradients (Ju et al. 2002, doi 10.1145/566654.566586) and kept within its cell. The result is closed and
 * 2-manifold whatever the field. Throws when the field is unbounded or not a number; empty when nothing is inside.
 */
export function contour(field: Field, cell: number): Mesh {
  return contourSampled(new Sampled(field, cell))
}

/** The same from samples already taken. */
export function contourSampled(grid: Sampled): Mesh {
  const { readings, firstVertex, vertexCount } = nameVertices(grid)
  const qef = new Float64Array(vertexCount * QEF_STRIDE)
  const quads = placeEdges(grid, readings, firstVertex, qef)
  const positions = new Float32Array(vertexCount * 3)
  const normals = new Float32Array(vertexCount * 3)
  for (let v = 0; v < vertexCount; v++) leastSquaresVertex(qef, v, grid.cell, positions, normals)
  return { positions, normals, indices: splitQuads(quads, positions, normals) }
}

type Named = { readings: Uint16Array; firstVertex: Int32Array; vertexCount: number }

/** Reads every cell's configuration, settles doubled faces, and numbers its vertices. */
function nameVertices(grid: Sampled): Named {
  const slots = grid.places.length / 3
  const readings = new Uint16Array(slots * CUBE)
  const firstVertex = new Int32Array(slots * CUBE)
  let vertexCount = 0
  for (const slot of grid.active) {
    const [i0, j0, k0] = originOf(grid, slot)
    for (let n = 0; n < CUBE; n++) {
      const i = i0 + (n & 3)
      const j = j0 + ((n >> 2) & 3)
      const k = k0 + (n >> 4)
      const config = configAt(grid, i, j, k)
      let reading = config
      const face = DOUBLED_FACE[config]
      if (face !== 255) {
        const step = face & 1 ? 1 : -1
        const axis = face >> 1
        const other = configAt(
          grid,
          i + (axis === 0 ? step : 0),
          j + (axis === 1 ? step : 0),
          k + (axis === 2 ? step : 0),
        )
        if (DOUBLED_FACE[other] === (face ^ 1)) reading = 256 + config
      }
      readings[slot * CUBE + n] = reading
      firstVertex[slot * CUBE + n] = vertexCount
      vertexCount += PATCH_COUNT[reading]
    }
  }
  return { readings, firstVertex, vertexCount }
}

function originOf(grid: Sampled, slot: number): [number, number, number] {
  return [grid.places[slot * 3] * BRICK, grid.places[slot * 3 + 1] * BRICK, grid.places[slot * 3 + 2] * BRICK]
}

function configAt(grid: Sampled, i: number, j: number, k: number): number {
  const [ni, nj, nk] = grid.size
  if (i < 0 || j < 0 || k < 0 || i + 1 >= ni * BRICK || j + 1 >= nj * BRICK || k + 1 >= nk * BRICK) return 0
  let config = 0
  for (let c = 0; c < 8; c++) if (grid.at(i + (c & 1), j + ((c >> 1) & 1), k + (c >> 2)) < 0) config |= 1 << c
  return config
}

const gradient = new Float64Array(3)

/** Finds where each grid edge meets the surface, adds it to its cells' vertices and makes its quad. */
function placeEdges(grid: Sampled, readings: Uint16Array, firstVertex: Int32Array, qef: Float64Array): number[] {
  const quads: number[] = []
  const { cell, first } = grid
  const point = [0, 0, 0]
  const cellAt = [0, 0, 0]
  for (let n = 0; n < grid.active.length; n++) {
    const slot = grid.active[n]
    const field = grid.fields[n]
    const start = originOf(grid, slot)
    for (let s = 0; s < CUBE; s++) {
      const at = [start[0] + (s & 3), start[1] + ((s >> 2) & 3), start[2] + (s >> 4)]
      const v0 = grid.values[slot * CUBE + s]
      for (let axis = 0; axis < 3; axis++) {
        if (at[axis] + 1 >= grid.size[axis] * BRICK) continue
        const v1 =
          ((s >> (2 * axis)) & 3) < 3
            ? grid.values[slot * CUBE + s + OFFSET[axis]]
            : grid.at(at[0] + (axis === 0 ? 1 : 0), at[1] + (axis === 1 ? 1 : 0), at[2] + (axis === 2 ? 1 : 0))
        if (v0 < 0 === v1 < 0) continue
        for (let c = 0; c < 3; c++) point[c] = (first[c] + at[c]) * cell
        const g = crossing(field, point, axis, cell, v0, v1)
        const u = (axis + 1) % 3
        const w = (axis + 2) % 3
        for (let q = 0; q < 4; q++) {
          // Round the edge: the cells at (−u −w), (0 −w), (0 0), (−u 0).
          for (let c = 0; c < 3; c++) cellAt[c] = at[c]
          const low = q === 0 || q === 3
          const back = q === 0 || q === 1
          if (low) cellAt[u]--
          if (back) cellAt[w]--
          const home = grid.slotOf(cellAt[0] >> 2, cellAt[1] >> 2, cellAt[2] >> 2)
          const o = home * CUBE + (cellAt[0] & 3) + BRICK * ((cellAt[1] & 3) + BRICK * (cellAt[2] & 3))
          const patch = PATCH_OF_EDGE[readings[o] * 12 + axis * 4 + (low ? 1 : 0) + (back ? 2 : 0)]
          if (patch === NO_PATCH) throw new Error('a crossed edge has no patch: sampling is inconsistent')
          const vertex = firstVertex[o] + patch
          // The quad runs counter-clockwise about +axis; flip it where outside lies the other way.
          quads[quads.length] = vertex
          const e = vertex * QEF_STRIDE
          const nx = gradient[0] / g
          const ny = gradient[1] / g
          const nz = gradient[2] / g
          const d = nx * point[0] + ny * point[1] + nz * point[2]
          qef[e] += nx * nx
          qef[e + 1] += nx * ny
          qef[e + 2] += nx * nz
          qef[e + 3] += ny * ny
          qef[e + 4] += ny * nz
          qef[e + 5] += nz * nz
          qef[e + 6] += nx * d
          qef[e + 7] += ny * d
          qef[e + 8] += nz * d
          qef[e + 9] += point[0]
          qef[e + 10] += point[1]
          qef[e + 11] += point[2]
          qef[e + 12]++
          qef[e + 13] += nx
          qef[e + 14] += ny
          qef[e + 15] += nz
          for (let c = 0; c < 3; c++) qef[e + 16 + c] = (first[c] + cellAt[c]) * cell
        }
        if (v0 >= 0) {
          const k = quads.length - 4
          const keep = quads[k + 1]
          quads[k + 1] = quads[k + 3]
          quads[k + 3] = keep
        }
      }
    }
  }
  return quads
}

/**
 * Moves `point`, the low end of an edge, to where the field is zero on it, and leaves the gradient there in `gradient`.
 * Answers its length. Four taps give both slope and value: one Newton step from the linear guess.
 */
function crossing(field: Field, point: number[], axis: number, cell: number, v0: number, v1: number): number {
  const base = point[axis]
  let t = v0 / (v0 - v1)
  point[axis] = base + t * cell
  const value = gradientInto(field, point[0], point[1], point[2], cell * 0.12, gradient)
  const g = Math.sqrt(gradient[0] ** 2 + gradient[1] ** 2 + gradient[2] ** 2)
  if (!(g > 1e-9)) {
    gradient.fill(0)
    gradient[axis] = v0 < 0 ? 1 : -1
    return 1
  }
  const slope = gradient[axis] * cell
  // A step that the ends of the edge do not bear out comes from a crease: keep the guess.
  if (slope < 0 === v1 < v0 && Math.abs(slope) > 0.25 * Math.abs(v1 - v0))
    t -= Math.max(-0.4, Math.min(0.4, value / slope))
  point[axis] = base + Math.min(0.999, Math.max(0.001, t)) * cell
  return g
}

/** Two triangles from each quad, cut along the diagonal that leaves the better shaped pair. */
function splitQuads(quads: readonly number[], positions: Float32Array, normals: Float32Array): Uint32Array {
  const out = new Uint32Array((quads.length / 4) * 6)
  for (let q = 0; q < quads.length / 4; q++) {
    const [a, b, c, d] = [quads[q * 4], quads[q * 4 + 1], quads[q * 4 + 2], quads[q * 4 + 3]]
    const first = Math.min(shapeOf(positions, normals, a, b, c), shapeOf(positions, normals, a, c, d))
    const second = Math.min(shapeOf(positions, normals, a, b, d), shapeOf(positions, normals, b, c, d))
    out.set(first >= second ? [a, b, c, a, c, d] : [a, b, d, b, c, d], q * 6)
  }
  return out
}

/** Quality of a triangle: area over squared edges, negative when it faces against its vertices' normals. */
function shapeOf(p: Float32Array, n: Float32Array, a: number, b: number, c: number): number {
  const ux = p[b * 3] - p[a * 3]
  const uy = p[b * 3 + 1] - p[a * 3 + 1]
  const uz = p[b * 3 + 2] - p[a * 3 + 2]
  const vx = p[c * 3] - p[a * 3]
  const vy = p[c * 3 + 1] - p[a * 3 + 1]
  const vz = p[c * 3 + 2] - p[a * 3 + 2]
  const x = uy * vz - uz * vy
  const y = uz * vx - ux * vz
  const z = ux * vy - uy * vx
  const area = Math.sqrt(x * x + y * y + z * z)
  const w = (ux - vx) ** 2 + (uy - vy) ** 2 + (uz - vz) ** 2
  const edges = ux * ux + uy * uy + uz * uz + vx * vx + vy * vy + vz * vz + w
  const facing =
    x * (n[a * 3] + n[b * 3] + n[c * 3]) +
    y * (n[a * 3 + 1] + n[b * 3 + 1] + n[c * 3 + 1]) +
    z * (n[a * 3 + 2] + n[b * 3 + 2] + n[c * 3 + 2])
  return facing >= 0 ? area / edges : -1
}
