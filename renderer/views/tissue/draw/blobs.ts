/**
 * One smooth surface around drops that lie near each other: their density on a grid, contoured by surface nets
 * (Gibson 1998, doi:10.1007/BFb0056277). Each drop is a ball that is drawn out or flat along an axis, as wide in volume
 * (anisotropic kernels: Yu and Turk 2013, doi:10.1145/2421636.2421641; here the axis is given). Framework-free; memory is
 * kept from call to call.
 */

/** Edge of a grid cell, m. */
const CELL = 0.0008
/** Reach of a drop's density in its radii, and the density at which the surface lies. */
const REACH = 2.5
const LEVEL = 0.68
/** Cells on the grid at most; coarser cells are taken beyond. */
const MOST_CELLS = 350_000
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

/** The grid of the call: cells along each axis, and its origin, m. */
let nx = 0
let ny = 0
let nz = 0
const origin = new Float64Array(3)
let cell = CELL

/** Whether all drops are of one colour, and that: then none is carried over the grid. */
let oneColour = true
let only: Float32Array = new Float32Array(3)

let density = new Float32Array(0)
let paint = new Float32Array(0)
let vertexOf = new Int32Array(0)
/** First and last cell of each row along x that a drop reaches. */
let firstOf = new Int32Array(0)
let lastOf = new Int32Array(0)

/**
 * Wraps `count` drops (x, y, z, radius each).
 * @param shape unit axis and stretch along it of each @param tint red, green, blue of each, linear
 */
export function wrapDrops(
  drop: Float32Array,
  shape: Float32Array,
  tint: Float32Array,
  count: number,
  out: Blobs,
): void {
  out.vertices = 0
  out.corners = 0
  if (count === 0) return
  layGrid(drop, count)
  const cells = nx * ny * nz
  if (density.length < cells) {
    density = new Float32Array(cells)
    paint = new Float32Array(cells * 3)
    vertexOf = new Int32Array(cells)
  }
  if (firstOf.length < ny * nz) {
    firstOf = new Int32Array(ny * nz)
    lastOf = new Int32Array(ny * nz)
  }
  firstOf.fill(nx, 0, ny * nz)
  lastOf.fill(-1, 0, ny * nz)
  density.fill(0, 0, cells)
  oneColour = true
  for (let i = 3; i < count * 3 && oneColour; i++) oneColour = Math.abs(tint[i] - tint[i % 3]) < 1e-3
  if (!oneColour) paint.fill(0, 0, cells * 3)
  only = tint
  vertexOf.fill(-1, 0, cells)
  for (let i = 0; i < count; i++) splat(drop, shape, tint, i)
  placeVertices(out)
  joinVertices(out)
}

const middle = new Float64Array(3)
const low = new Float64Array(3)
const high = new Float64Array(3)

function layGrid(drop: Float32Array, count: number): void {
  middle.fill(0)
  for (let i = 0; i < count; i++) for (let k = 0; k < 3; k++) middle[k] += drop[i * 4 + k] / count
  low.fill(Infinity)
  high.fill(-Infinity)
  for (let i = 0; i < count; i++) {
    // What is drawn out most reaches so much farther.
    const reach = drop[i * 4 + 3] * REACH * 2.5
    for (let k = 0; k < 3; k++) {
      if (Math.abs(drop[i * 4 + k] - middle[k]) > FAR) continue
      low[k] = Math.min(low[k], drop[i * 4 + k] - reach)
      high[k] = Math.max(high[k], drop[i * 4 + k] + reach)
    }
  }
  const volume = (high[0] - low[0]) * (high[1] - low[1]) * (high[2] - low[2])
  cell = Math.max(CELL, Math.cbrt(volume / MOST_CELLS) * 1.05)
  nx = Math.ceil((high[0] - low[0]) / cell) + 3
  ny = Math.ceil((high[1] - low[1]) / cell) + 3
  nz = Math.ceil((high[2] - low[2]) / cell) + 3
  for (let k = 0; k < 3; k++) origin[k] = low[k] - cell
}

function splat(drop: Float32Array, shape: Float32Array, tint: Float32Array, i: number): void {
  const s = i * 4
  const stretch = shape[s + 3]
  const ball = drop[s + 3] * REACH
  const across = ball / Math.cbrt(stretch)
  const along = across * stretch
  const most = Math.max(across, along)
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
        if (oneColour) continue
        paint[at * 3] += weight * tint[i * 3]
        paint[at * 3 + 1] += weight * tint[i * 3 + 1]
        paint[at * 3 + 2] += weight * tint[i * 3 + 2]
      }
    }
}

/** Cells to the next along each axis. */
const step = new Int32Array(3)

/** A vertex in every cell that the surface crosses: the mean of its crossings on the cell's edges. */
function placeVertices(out: Blobs): void {
  step[0] = 1
  step[1] = nx
  step[2] = nx * ny
  for (let z = 0; z + 1 < nz; z++)
    for (let y = 0; y + 1 < ny; y++) {
      const row = z * ny + y
      const from = Math.min(firstOf[row], firstOf[row + 1], firstOf[row + ny], firstOf[row + ny + 1])
      const to = Math.max(lastOf[row], lastOf[row + 1], lastOf[row + ny], lastOf[row + ny + 1])
      for (let x = Math.max(0, from - 1); x <= to && x + 1 < nx; x++) {
        const at = row * nx + x
        let inside = 0
        for (let c = 0; c < 8; c++) if (density[corner(at, c)] > LEVEL) inside++
        if (inside === 0 || inside === 8) continue
        if (out.vertices * 3 + 3 > out.position.length) grow(out)
        const v = out.vertices++
        vertexOf[at] = v
        cross(at, inside)
        out.position[v * 3] = origin[0] + (x + found[0]) * cell
        out.position[v * 3 + 1] = origin[1] + (y + found[1]) * cell
        out.position[v * 3 + 2] = origin[2] + (z + found[2]) * cell
        for (let k = 0; k < 3; k++) {
          out.normal[v * 3 + k] = found[3 + k]
          out.colour[v * 3 + k] = found[6 + k]
        }
      }
    }
}

const corner = (at: number, c: number): number => at + (c & 1) * step[0] + ((c >> 1) & 1) * step[1] + (c >> 2) * step[2]

/** Place in the cell, normal and colour of the vertex found last. */
const found = new Float64Array(9)

function cross(at: number, inside: number): void {
  found.fill(0)
  let crossings = 0
  for (let c = 0; c < 8; c++) {
    const here = corner(at, c)
    const value = density[here]
    // Density falls outwards.
    for (let k = 0; k < 3; k++) found[3 + k] += (c >> k) & 1 ? -value : value
    if (value > LEVEL && !oneColour) for (let k = 0; k < 3; k++) found[6 + k] += paint[here * 3 + k] / value / inside
    for (let k = 0; k < 3; k++) {
      if ((c >> k) & 1) continue
      const other = density[here + step[k]]
      if (value > LEVEL === other > LEVEL) continue
      crossings++
      for (let j = 0; j < 3; j++) found[j] += j === k ? (LEVEL - value) / (other - value) : (c >> j) & 1
    }
  }
  for (let k = 0; k < 3; k++) {
    found[k] /= crossings
    if (oneColour) found[6 + k] = only[k]
  }
  const length = Math.sqrt(found[3] * found[3] + found[4] * found[4] + found[5] * found[5]) || 1
  for (let k = 3; k < 6; k++) found[k] /= length
}

/** Two triangles around every edge of the grid that the surface crosses. */
function joinVertices(out: Blobs): void {
  for (let z = 1; z + 1 < nz; z++)
    for (let y = 1; y + 1 < ny; y++) {
      const row = z * ny + y
      const from = Math.min(firstOf[row], firstOf[row + 1], firstOf[row + ny])
      const to = Math.max(lastOf[row], lastOf[row + 1], lastOf[row + ny])
      for (let x = Math.max(1, from - 1); x <= to && x + 1 < nx; x++) {
        const at = row * nx + x
        const within = density[at] > LEVEL
        for (let k = 0; k < 3; k++) {
          if (within === density[at + step[k]] > LEVEL) continue
          const u = step[(k + 1) % 3]
          const w = step[(k + 2) % 3]
          const a = vertexOf[at - u - w]
          const b = vertexOf[at - w]
          const c = vertexOf[at]
          const d = vertexOf[at - u]
          const first = out.corners
          if (first + 6 > out.index.length) growIndex(out)
          const { index } = out
          index[first] = a
          index[first + 1] = within ? b : c
          index[first + 2] = within ? c : b
          index[first + 3] = a
          index[first + 4] = within ? c : d
          index[first + 5] = within ? d : c
          out.corners += 6
        }
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
