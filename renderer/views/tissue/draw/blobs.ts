/**
 * One smooth surface around drops that lie near each other: their density on a grid, contoured by surface nets
 * (Gibson 1998, doi:10.1007/BFb0056277). Framework-free; memory is kept from call to call.
 */

/** Edge of a grid cell, m. */
const CELL = 0.001
/** Reach of a drop's density in its radii, and the density at which the surface lies. */
const REACH = 2.1
const LEVEL = 0.5
/** Cells on the grid at most; coarser cells are taken beyond. */
const MOST_CELLS = 400_000
/** Drops farther than this from the middle of all are left out, m: one astray must not coarsen the rest. */
const FAR = 0.11

export type Blobs = {
  position: Float32Array
  normal: Float32Array
  colour: Float32Array
  index: Uint32Array
  vertices: number
  corners: number
}

export const createBlobs = (): Blobs => ({
  position: new Float32Array(0),
  normal: new Float32Array(0),
  colour: new Float32Array(0),
  index: new Uint32Array(0),
  vertices: 0,
  corners: 0,
})

type Grid = { size: [number, number, number]; origin: [number, number, number]; cell: number }

let density = new Float32Array(0)
let paint = new Float32Array(0)
let vertexOf = new Int32Array(0)

/**
 * Wraps `count` drops (x, y, z, radius each). @param tint red, green, blue of each, linear
 */
export function wrapDrops(drop: Float32Array, tint: Float32Array, count: number, out: Blobs): void {
  out.vertices = 0
  out.corners = 0
  if (count === 0) return
  const grid = gridAround(drop, count)
  const cells = grid.size[0] * grid.size[1] * grid.size[2]
  if (density.length < cells) {
    density = new Float32Array(cells)
    paint = new Float32Array(cells * 3)
    vertexOf = new Int32Array(cells)
  }
  density.fill(0, 0, cells)
  paint.fill(0, 0, cells * 3)
  vertexOf.fill(-1, 0, cells)
  for (let i = 0; i < count; i++) splat(drop, tint, i, grid)
  placeVertices(grid, out)
  joinVertices(grid, out)
}

function gridAround(drop: Float32Array, count: number): Grid {
  const middle = [0, 0, 0]
  for (let i = 0; i < count; i++) for (let k = 0; k < 3; k++) middle[k] += drop[i * 4 + k] / count
  const low = [Infinity, Infinity, Infinity]
  const high = [-Infinity, -Infinity, -Infinity]
  for (let i = 0; i < count; i++)
    for (let k = 0; k < 3; k++) {
      if (Math.abs(drop[i * 4 + k] - middle[k]) > FAR) continue
      const reach = drop[i * 4 + 3] * REACH
      low[k] = Math.min(low[k], drop[i * 4 + k] - reach)
      high[k] = Math.max(high[k], drop[i * 4 + k] + reach)
    }
  const volume = (high[0] - low[0]) * (high[1] - low[1]) * (high[2] - low[2])
  const cell = Math.max(CELL, Math.cbrt(volume / MOST_CELLS) * 1.05)
  const side = (k: number) => Math.ceil((high[k] - low[k]) / cell) + 3
  return { size: [side(0), side(1), side(2)], origin: [low[0] - cell, low[1] - cell, low[2] - cell], cell }
}

function splat(drop: Float32Array, tint: Float32Array, i: number, { size, origin, cell }: Grid): void {
  const reach = drop[i * 4 + 3] * REACH
  const from = [0, 1, 2].map((k) => Math.max(0, Math.ceil((drop[i * 4 + k] - reach - origin[k]) / cell)))
  const to = [0, 1, 2].map((k) => Math.min(size[k] - 1, Math.floor((drop[i * 4 + k] + reach - origin[k]) / cell)))
  for (let z = from[2]; z <= to[2]; z++)
    for (let y = from[1]; y <= to[1]; y++)
      for (let x = from[0]; x <= to[0]; x++) {
        const dx = origin[0] + x * cell - drop[i * 4]
        const dy = origin[1] + y * cell - drop[i * 4 + 1]
        const dz = origin[2] + z * cell - drop[i * 4 + 2]
        const share = 1 - (dx * dx + dy * dy + dz * dz) / (reach * reach)
        if (share <= 0) continue
        const weight = share * share
        const at = (z * size[1] + y) * size[0] + x
        density[at] += weight
        for (let k = 0; k < 3; k++) paint[at * 3 + k] += weight * tint[i * 3 + k]
      }
}

/** A vertex in every cell that the surface crosses: the mean of its crossings on the cell's edges. */
function placeVertices(grid: Grid, out: Blobs): void {
  const { size, origin, cell } = grid
  const [nx, ny] = size
  const step = [1, nx, nx * ny]
  for (let z = 0; z + 1 < size[2]; z++)
    for (let y = 0; y + 1 < ny; y++)
      for (let x = 0; x + 1 < nx; x++) {
        const at = (z * ny + y) * nx + x
        let inside = 0
        for (let c = 0; c < 8; c++) if (density[corner(at, c, step)] > LEVEL) inside++
        if (inside === 0 || inside === 8) continue
        if (out.vertices * 3 + 3 > out.position.length) grow(out)
        const v = out.vertices++
        vertexOf[at] = v
        cross(at, step, inside)
        for (let k = 0; k < 3; k++) {
          out.position[v * 3 + k] = origin[k] + ([x, y, z][k] + found[k]) * cell
          out.normal[v * 3 + k] = found[3 + k]
          out.colour[v * 3 + k] = found[6 + k]
        }
      }
}

const corner = (at: number, c: number, step: readonly number[]): number =>
  at + (c & 1) * step[0] + ((c >> 1) & 1) * step[1] + (c >> 2) * step[2]

/** Place in the cell, normal and colour of the vertex found last. */
const found = new Float64Array(9)

function cross(at: number, step: readonly number[], inside: number): void {
  found.fill(0)
  let crossings = 0
  for (let c = 0; c < 8; c++) {
    const here = corner(at, c, step)
    const value = density[here]
    // Density falls outwards.
    for (let k = 0; k < 3; k++) found[3 + k] += (c >> k) & 1 ? -value : value
    if (value > LEVEL) for (let k = 0; k < 3; k++) found[6 + k] += paint[here * 3 + k] / value / inside
    for (let k = 0; k < 3; k++) {
      if ((c >> k) & 1) continue
      const other = density[here + step[k]]
      if (value > LEVEL === other > LEVEL) continue
      crossings++
      for (let j = 0; j < 3; j++) found[j] += j === k ? (LEVEL - value) / (other - value) : (c >> j) & 1
    }
  }
  for (let k = 0; k < 3; k++) found[k] /= crossings
  const length = Math.hypot(found[3], found[4], found[5]) || 1
  for (let k = 3; k < 6; k++) found[k] /= length
}

/** Two triangles around every edge of the grid that the surface crosses. */
function joinVertices({ size }: Grid, out: Blobs): void {
  const step = [1, size[0], size[0] * size[1]]
  for (let z = 1; z + 1 < size[2]; z++)
    for (let y = 1; y + 1 < size[1]; y++)
      for (let x = 1; x + 1 < size[0]; x++) {
        const at = (z * size[1] + y) * size[0] + x
        const within = density[at] > LEVEL
        for (let k = 0; k < 3; k++) {
          if (within === density[at + step[k]] > LEVEL) continue
          const [u, w] = [step[(k + 1) % 3], step[(k + 2) % 3]]
          const [a, b, c, d] = [vertexOf[at - u - w], vertexOf[at - w], vertexOf[at], vertexOf[at - u]]
          const first = out.corners
          if (first + 6 > out.index.length) growIndex(out)
          out.index.set(within ? [a, b, c, a, c, d] : [a, c, b, a, d, c], first)
          out.corners += 6
        }
      }
}

function grow(out: Blobs): void {
  for (const name of ['position', 'normal', 'colour'] as const) {
    const larger = new Float32Array(Math.max(12_000, out[name].length * 2))
    larger.set(out[name])
    out[name] = larger
  }
}

function growIndex(out: Blobs): void {
  const larger = new Uint32Array(Math.max(24_000, out.index.length * 2))
  larger.set(out.index)
  out.index = larger
}
