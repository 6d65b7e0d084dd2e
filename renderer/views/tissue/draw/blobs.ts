/**
 * One smooth surface around drops that lie near each other: their density on a grid, contoured, one grid for each cluster
 * of drops. Each drop is a ball that is drawn out or flat along an axis, as wide in volume (anisotropic kernels: Yu and
 * Turk 2013, doi:10.1145/2421636.2421641; here the axis is given). Framework-free; memory is kept from call to call.
 */
import { clusterDrops, createClusters } from './clusters.ts'
import { addSurface, type Grid, type Net } from './surfacenets.ts'

/** Edge of a grid cell, m. */
const CELL = 0.001
/** Reach of a drop's density in its radii, and the density at which the surface lies. */
const REACH = 2.5
const LEVEL = 0.68
/** Cells on a grid at most; coarser cells are taken beyond. */
const MOST_CELLS = 350_000
/** Balls whose middles are this share of their reach apart do not run together: their density between them is below the level. */
const APART = 1.3

const clusters = createClusters()
/** The grid of the cluster that is wrapped. */
const grid: Grid = {
  nx: 0,
  ny: 0,
  nz: 0,
  cell: CELL,
  origin: new Float64Array(3),
  density: new Float32Array(0),
  paint: new Float32Array(0),
  only: null,
  firstOf: new Int32Array(0),
  lastOf: new Int32Array(0),
}

/**
 * Wraps `count` drops (x, y, z, radius each).
 * @param shape unit axis and stretch along it of each @param tint red, green, blue of each, linear
 */
export function wrapDrops(drop: Float32Array, shape: Float32Array, tint: Float32Array, count: number, out: Net): void {
  out.vertices = 0
  out.corners = 0
  if (count === 0) return
  grid.only = tint
  for (let i = 3; i < count * 3 && grid.only; i++) if (Math.abs(tint[i] - tint[i % 3]) >= 1e-3) grid.only = null
  let largest = 0
  for (let i = 0; i < count; i++) largest = Math.max(largest, drop[i * 4 + 3])
  clusterDrops(drop, count, largest * REACH * APART, clusters)
  let from = 0
  for (let c = 0; c < clusters.clusters; c++) {
    wrapCluster(drop, shape, tint, from, clusters.ends[c], out)
    from = clusters.ends[c]
  }
}

/** How far a drop's density reaches across its axis, m. */
const halfWidth = (drop: Float32Array, shape: Float32Array, i: number): number =>
  (drop[i * 4 + 3] * REACH) / Math.cbrt(shape[i * 4 + 3])

/** Wraps the drops from place `from` to place `to` of the clusters' order. */
function wrapCluster(
  drop: Float32Array,
  shape: Float32Array,
  tint: Float32Array,
  from: number,
  to: number,
  out: Net,
): void {
  layGrid(drop, shape, from, to)
  clearGrid()
  for (let place = from; place < to; place++) splat(drop, shape, tint, clusters.order[place])
  addSurface(grid, LEVEL, out)
}

const low = new Float64Array(3)
const high = new Float64Array(3)

function layGrid(drop: Float32Array, shape: Float32Array, from: number, to: number): void {
  low.fill(Infinity)
  high.fill(-Infinity)
  for (let place = from; place < to; place++) {
    const i = clusters.order[place]
    const reach = halfWidth(drop, shape, i) * Math.max(1, shape[i * 4 + 3])
    for (let k = 0; k < 3; k++) {
      low[k] = Math.min(low[k], drop[i * 4 + k] - reach)
      high[k] = Math.max(high[k], drop[i * 4 + k] + reach)
    }
  }
  const volume = (high[0] - low[0]) * (high[1] - low[1]) * (high[2] - low[2])
  const cell = Math.max(CELL, Math.cbrt(volume / MOST_CELLS) * 1.05)
  grid.cell = cell
  grid.nx = Math.ceil((high[0] - low[0]) / cell) + 3
  grid.ny = Math.ceil((high[1] - low[1]) / cell) + 3
  grid.nz = Math.ceil((high[2] - low[2]) / cell) + 3
  for (let k = 0; k < 3; k++) grid.origin[k] = low[k] - cell
}

function clearGrid(): void {
  const { nx, ny, nz } = grid
  const cells = nx * ny * nz
  if (grid.density.length < cells) {
    grid.density = new Float32Array(cells)
    grid.paint = new Float32Array(cells * 3)
  }
  if (grid.firstOf.length < ny * nz) {
    grid.firstOf = new Int32Array(ny * nz)
    grid.lastOf = new Int32Array(ny * nz)
  }
  grid.firstOf.fill(nx, 0, ny * nz)
  grid.lastOf.fill(-1, 0, ny * nz)
  grid.density.fill(0, 0, cells)
  if (!grid.only) grid.paint.fill(0, 0, cells * 3)
}

function splat(drop: Float32Array, shape: Float32Array, tint: Float32Array, i: number): void {
  const { nx, ny, nz, cell, origin, density, paint, only, firstOf, lastOf } = grid
  const s = i * 4
  const stretch = shape[s + 3]
  const across = halfWidth(drop, shape, i)
  const most = across * Math.max(1, stretch)
  // In units of the reach across: what lies along the axis counts less where the drop is drawn out.
  const ease = 1 / (stretch * stretch) - 1
  const y0 = Math.max(0, Math.ceil((drop[s + 1] - most - origin[1]) / cell))
  const z0 = Math.max(0, Math.ceil((drop[s + 2] - most - origin[2]) / cell))
  const y1 = Math.min(ny - 1, Math.floor((drop[s + 1] + most - origin[1]) / cell))
  const z1 = Math.min(nz - 1, Math.floor((drop[s + 2] + most - origin[2]) / cell))
  const ax = shape[s]
  const reach2 = across * across
  // Along a row the distance is a quadratic of x: only what lies between its roots is visited.
  const square = 1 + ease * ax * ax
  for (let z = z0; z <= z1; z++)
    for (let y = y0; y <= y1; y++) {
      const dy = origin[1] + y * cell - drop[s + 1]
      const dz = origin[2] + z * cell - drop[s + 2]
      const off = dy * shape[s + 1] + dz * shape[s + 2]
      const half = (ease * ax * off) / square
      const room = half * half - (dy * dy + dz * dz + ease * off * off - reach2) / square
      if (room <= 0) continue
      const wide = Math.sqrt(room)
      const from = Math.max(0, Math.ceil((drop[s] - half - wide - origin[0]) / cell))
      const to = Math.min(nx - 1, Math.floor((drop[s] - half + wide - origin[0]) / cell))
      if (from > to) continue
      const row = z * ny + y
      if (from < firstOf[row]) firstOf[row] = from
      if (to > lastOf[row]) lastOf[row] = to
      for (let x = from; x <= to; x++) {
        const dx = origin[0] + x * cell - drop[s] + half
        const share = ((room - dx * dx) * square) / reach2
        const weight = share * share
        const at = row * nx + x
        density[at] += weight
        if (only) continue
        paint[at * 3] += weight * tint[i * 3]
        paint[at * 3 + 1] += weight * tint[i * 3 + 1]
        paint[at * 3 + 2] += weight * tint[i * 3 + 2]
      }
    }
}
