/**
 * Surface nets (Gibson 1998, doi:10.1007/BFb0056277) of a density on a grid, with normals by the area of the faces around a
 * vertex: thin sheets are shaded as they lie, whatever the density in their cells. Framework-free.
 */
import { addNormal, unitNormals } from './normals.ts'

/** Density at the corners of cubic cells, x running fastest. What lies outside `firstOf` to `lastOf` of a row along x is empty. */
export type Grid = {
  /** Corners along each axis. */
  nx: number
  ny: number
  nz: number
  /** Edge of a cell and place of the first corner, m. */
  cell: number
  readonly origin: Float64Array
  density: Float32Array
  /** Red, green, blue at each corner, weighted by density. */
  paint: Float32Array
  /** The colour of all that is there, if it is one: then there is no paint. */
  only: ArrayLike<number> | null
  firstOf: Int32Array
  lastOf: Int32Array
}

/** Triangles and their vertices; `corners` counts what of `index` is used. */
export type Net = {
  position: Float32Array
  normal: Float32Array
  colour: Float32Array
  index: Uint32Array
  vertices: number
  corners: number
}

export const createNet = (): Net => ({
  position: new Float32Array(0),
  normal: new Float32Array(0),
  colour: new Float32Array(0),
  index: new Uint32Array(0),
  vertices: 0,
  corners: 0,
})

let vertexOf = new Int32Array(0)

/** Adds the surface on which a density is `level` to a net. */
export function addSurface(grid: Grid, level: number, out: Net): void {
  const cells = grid.nx * grid.ny * grid.nz
  if (vertexOf.length < cells) vertexOf = new Int32Array(cells)
  const first = out.vertices
  placeVertices(grid, level, out)
  joinVertices(grid, level, out)
  unitNormals(out.normal, first, out.vertices)
}

/** Cells to the next along each axis, and from a cell's first corner to each of its eight. */
const step = new Int32Array(3)
const corners = new Int32Array(8)

/** A vertex in every cell that the surface crosses: the mean of its crossings on the cell's edges. */
function placeVertices(grid: Grid, level: number, out: Net): void {
  const { nx, ny, nz, cell, origin, density, firstOf, lastOf } = grid
  step[0] = 1
  step[1] = nx
  step[2] = nx * ny
  for (let c = 0; c < 8; c++) corners[c] = (c & 1) * step[0] + ((c >> 1) & 1) * step[1] + (c >> 2) * step[2]
  for (let z = 0; z + 1 < nz; z++)
    for (let y = 0; y + 1 < ny; y++) {
      const row = z * ny + y
      const from = Math.min(firstOf[row], firstOf[row + 1], firstOf[row + ny], firstOf[row + ny + 1])
      const to = Math.max(lastOf[row], lastOf[row + 1], lastOf[row + ny], lastOf[row + ny + 1])
      for (let x = Math.max(0, from - 1); x <= to && x + 1 < nx; x++) {
        const at = row * nx + x
        let inside = 0
        for (let c = 0; c < 8; c++) if (density[at + corners[c]] > level) inside++
        if (inside === 0 || inside === 8) continue
        if (out.vertices * 3 + 3 > out.position.length) grow(out)
        const v = out.vertices++
        vertexOf[at] = v
        cross(grid, level, at, inside)
        out.position[v * 3] = origin[0] + (x + found[0]) * cell
        out.position[v * 3 + 1] = origin[1] + (y + found[1]) * cell
        out.position[v * 3 + 2] = origin[2] + (z + found[2]) * cell
        for (let k = 0; k < 3; k++) {
          out.normal[v * 3 + k] = 0
          out.colour[v * 3 + k] = found[3 + k]
        }
      }
    }
}

/** Place in the cell and colour of the vertex found last. */
const found = new Float64Array(6)
/** Densities at the corners of its cell. */
const eight = new Float64Array(8)

function cross({ density, paint, only }: Grid, level: number, at: number, inside: number): void {
  found.fill(0)
  for (let c = 0; c < 8; c++) eight[c] = density[at + corners[c]]
  let crossings = 0
  for (let c = 0; c < 8; c++) {
    const value = eight[c]
    if (value > level && !only) {
      const share = 1 / (value * inside)
      const here = (at + corners[c]) * 3
      for (let k = 0; k < 3; k++) found[3 + k] += paint[here + k] * share
    }
    for (let k = 0; k < 3; k++) {
      if ((c >> k) & 1) continue
      const other = eight[c | (1 << k)]
      if (value > level === other > level) continue
      crossings++
      found[0] += c & 1
      found[1] += (c >> 1) & 1
      found[2] += c >> 2
      found[k] += (level - value) / (other - value)
    }
  }
  for (let k = 0; k < 3; k++) {
    found[k] /= crossings
    if (only) found[3 + k] = only[k]
  }
}

/** Two triangles around every edge of the grid that the surface crosses, parted by the shorter diagonal. */
function joinVertices(grid: Grid, level: number, out: Net): void {
  const { nx, ny, nz, density, firstOf, lastOf } = grid
  for (let z = 1; z + 1 < nz; z++)
    for (let y = 1; y + 1 < ny; y++) {
      const row = z * ny + y
      const from = Math.min(firstOf[row], firstOf[row + 1], firstOf[row + ny])
      const to = Math.max(lastOf[row], lastOf[row + 1], lastOf[row + ny])
      for (let x = Math.max(1, from - 1); x <= to && x + 1 < nx; x++) {
        const at = row * nx + x
        const within = density[at] > level
        for (let k = 0; k < 3; k++) {
          if (within === density[at + step[k]] > level) continue
          const u = step[(k + 1) % 3]
          const w = step[(k + 2) % 3]
          const a = vertexOf[at - u - w]
          const b = vertexOf[within ? at - w : at - u]
          const c = vertexOf[at]
          const d = vertexOf[within ? at - u : at - w]
          if (out.corners + 6 > out.index.length) growIndex(out)
          if (gap(out.position, a, c) <= gap(out.position, b, d)) {
            addTriangle(out, a, b, c)
            addTriangle(out, a, c, d)
          } else {
            addTriangle(out, a, b, d)
            addTriangle(out, b, c, d)
          }
        }
      }
    }
}

/** Square of how far two vertices are apart, m². */
function gap(p: Float32Array, a: number, b: number): number {
  const x = p[a * 3] - p[b * 3]
  const y = p[a * 3 + 1] - p[b * 3 + 1]
  const z = p[a * 3 + 2] - p[b * 3 + 2]
  return x * x + y * y + z * z
}

/** Adds a triangle and its normal, as long as it is large, to those of its vertices. */
function addTriangle(out: Net, a: number, b: number, c: number): void {
  const { index, position: p, normal } = out
  index[out.corners] = a
  index[out.corners + 1] = b
  index[out.corners + 2] = c
  out.corners += 3
  const ax = p[a * 3]
  const ay = p[a * 3 + 1]
  const az = p[a * 3 + 2]
  const bx = p[b * 3] - ax
  const by = p[b * 3 + 1] - ay
  const bz = p[b * 3 + 2] - az
  const cx = p[c * 3] - ax
  const cy = p[c * 3 + 1] - ay
  const cz = p[c * 3 + 2] - az
  const x = by * cz - bz * cy
  const y = bz * cx - bx * cz
  const z = bx * cy - by * cx
  addNormal(normal, a * 3, x, y, z, 1)
  addNormal(normal, b * 3, x, y, z, 1)
  addNormal(normal, c * 3, x, y, z, 1)
}

function grow(out: Net): void {
  for (const name of ['position', 'normal', 'colour'] as const) {
    const larger = new Float32Array(Math.max(12_000, out[name].length * 2))
    larger.set(out[name])
    out[name] = larger
  }
}

function growIndex(out: Net): void {
  const larger = new Uint32Array(Math.max(24_000, out.index.length * 2))
  larger.set(out.index)
  out.index = larger
}
