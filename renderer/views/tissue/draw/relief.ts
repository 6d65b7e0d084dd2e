/**
 * What the drawn surface has beyond the lattice: a displaced subdivision surface (Lee, Moreton and Hoppe 2000,
 * doi:10.1145/344779.344829). At rest the corners of the lattice's surface are moved so that its refinement lies on the
 * organ's own shape, each in a frame of its own, and what is left over becomes a height of each fine vertex. Both are
 * carried along by what the lattice does and depend on the shape at rest alone: so they stay where tissue is cut.
 */
import type { Form, Forms, Reading } from './form.ts'
import { halve, type Refined, spread, type TriangleMesh } from './subdivide.ts'

export type Relief = {
  /** For each corner its neighbour that tells how it is turned. */
  readonly toward: Uint32Array
  /** How far each corner is moved: along its normal, towards that neighbour, and aside; m. */
  readonly shift: Float32Array
  /** How far each vertex of the finest mesh lies above it along its normal, m. */
  readonly height: Float32Array
}

/** Corners farther from the shape than this are none of its, m. */
const FAR = 0.0055
/** Most that a fine vertex is raised, m. */
const MOST_HEIGHT = 0.002
/** Cosine between a corner's normal and that of the shape from which a corner within the shape is of its surface, not its lining. */
const ALIKE = 0.5
/** And the least of a fine vertex that is raised. */
const STEEP = 0.4
/** And goes so far to the middle of its neighbours, so that slivers lie evenly. */
const RELAX = 0.4
const FITS = 4
/** A fine vertex as near as this is there, m. */
const ENOUGH = 1e-5
/** A corner takes so much of what its refinement is off by, as only about half of where this lies is its own doing. */
const EAGER = 1.1

/** @param points the corners at rest */
export function fitRelief(mesh: TriangleMesh, steps: readonly Refined[], points: Float32Array, forms: Forms): Relief {
  const { vertices } = mesh
  const finest = steps[steps.length - 1] ?? mesh
  const normals = new Float32Array(vertices * 3)
  skinNormals(mesh, points, normals)
  const corners = followed(mesh, forms)
  const trust = new Float32Array(vertices)
  for (let v = 0; v < vertices; v++) trust[v] = belongs(corners[v], points, normals, v) ? 1 : 0
  const moved = points.slice()
  const levels = [moved, ...steps.map((step) => new Float32Array(step.vertices * 3))]
  const last = levels[steps.length]
  const refineAll = () => {
    for (let s = 0; s < steps.length; s++) spread(steps[s], levels[s], levels[s + 1], 3)
  }
  const middles = new Float32Array(vertices * 4)
  for (let n = 0; n < FITS; n++) {
    refineAll()
    neighbourMiddles(mesh, moved, middles)
    for (let v = 0; v < vertices; v++) if (trust[v] > 0) draw(moved, points, last, middles, v, corners[v])
  }
  refineAll()
  const toward = neighbours(mesh)
  const shift = new Float32Array(vertices * 3)
  for (let v = 0; v < vertices; v++) {
    frameAt(points, normals, toward[v], v)
    for (let i = 0; i < 3; i++)
      for (let c = 0; c < 3; c++) shift[v * 3 + i] += frame[i * 3 + c] * (moved[v * 3 + c] - points[v * 3 + c])
  }
  const ways = carried(steps, normals, 3)
  const trusts = carried(steps, trust, 1)
  const height = new Float32Array(finest.vertices)
  followed(finest, forms).forEach((form, v) => {
    if (form && trusts[v] > 0) height[v] = trusts[v] * heightOf(form, last, ways, v)
  })
  return { toward, shift, height }
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

/** The form that the skin at each vertex follows. */
function followed({ triangles, kind, vertices }: TriangleMesh, forms: Forms): (Form | null)[] {
  const out: (Form | null)[] = new Array(vertices).fill(null)
  for (let i = 0; i < triangles.length; i++) {
    const k = kind[Math.floor(i / 3)]
    if ((k & 1) === 0) out[triangles[i]] ??= forms[k >> 1]
  }
  return out
}

const found: Reading = { distance: 0, x: 0, y: 0, z: 0 }

function read(form: Form | null, p: Float32Array, v: number): boolean {
  return form?.read(p[v * 3], p[v * 3 + 1], p[v * 3 + 2], found) === true
}

function belongs(form: Form | null, p: Float32Array, normals: Float32Array, v: number): boolean {
  if (!read(form, p, v) || Math.abs(found.distance) > FAR) return false
  const alike = found.x * normals[v * 3] + found.y * normals[v * 3 + 1] + found.z * normals[v * 3 + 2]
  return found.distance > 0 || alike > ALIKE
}

/**
 * Draws a corner to where its refinement comes to lie on the form, and along that towards the middle of its neighbours,
 * no farther than it is of it.
 */
function draw(
  moved: Float32Array,
  from: Float32Array,
  refined: Float32Array,
  middles: Float32Array,
  v: number,
  form: Form | null,
): void {
  if (!read(form, refined, v)) return
  const steep = Math.max(0.2, found.x ** 2 + found.y ** 2 + found.z ** 2)
  const at = v * 3
  const aside = middles[v * 4 + 3] > 0 ? RELAX : 0
  const [ax, ay, az] = [0, 1, 2].map((c) => aside * (middles[v * 4 + c] - moved[at + c]))
  const along = ax * found.x + ay * found.y + az * found.z
  const share = (EAGER * found.distance + along) / steep
  const [x, y, z] = [
    moved[at] + ax - share * found.x,
    moved[at + 1] + ay - share * found.y,
    moved[at + 2] + az - share * found.z,
  ]
  if (Math.hypot(x - from[at], y - from[at + 1], z - from[at + 2]) > FAR) return
  moved[at] = x
  moved[at + 1] = y
  moved[at + 2] = z
}

/** The middle of each vertex's neighbours, and 1 where it may go there: not on the rim of a cut. */
function neighbourMiddles({ triangles, kind, vertices }: TriangleMesh, p: Float32Array, middles: Float32Array): void {
  middles.fill(0)
  const isRim = new Uint8Array(vertices)
  for (let i = 0; i < triangles.length; i++) {
    const v = triangles[i]
    const next = triangles[i - (i % 3) + ((i + 1) % 3)]
    for (let c = 0; c < 3; c++) middles[v * 4 + c] += p[next * 3 + c]
    middles[v * 4 + 3]++
    isRim[v] |= kind[Math.floor(i / 3)] & 1
  }
  for (let v = 0; v < vertices * 4; v += 4) {
    const count = Math.max(1, middles[v + 3])
    for (let c = 0; c < 3; c++) middles[v + c] /= count
    middles[v + 3] = isRim[v / 4] ? 0 : 1
  }
}

/** How far along its way a vertex has to go to reach the form; 0 where it would not. */
function heightOf(form: Form, p: Float32Array, ways: Float32Array, v: number): number {
  const at = v * 3
  let height = 0
  let first = Number.POSITIVE_INFINITY
  for (let n = 0; n < 4; n++) {
    const x = p[at] + ways[at] * height
    const y = p[at + 1] + ways[at + 1] * height
    const z = p[at + 2] + ways[at + 2] * height
    if (!form.read(x, y, z, found)) return 0
    if (n === 0) first = Math.abs(found.distance)
    if (Math.abs(found.distance) < ENOUGH) break
    const steep = found.x * ways[at] + found.y * ways[at + 1] + found.z * ways[at + 2]
    if (steep < STEEP) return 0
    height = Math.max(-MOST_HEIGHT, Math.min(MOST_HEIGHT, height - found.distance / steep))
  }
  return Math.abs(found.distance) <= first ? height : 0
}

/** Values of the corners at the vertices of the finest mesh, in the last step halved as {@link raiseFinest} does. */
function carried(steps: readonly Refined[], values: Float32Array, width: number): Float32Array {
  let now = values
  steps.forEach((step, s) => {
    const finer = new Float32Array(step.vertices * width)
    if (s + 1 < steps.length) spread(step, now, finer, width)
    else halve(step, now.length / width, now, finer, width)
    now = finer
  })
  return now
}

function neighbours({ triangles, vertices }: TriangleMesh): Uint32Array {
  const toward = new Uint32Array(vertices)
  for (let i = 0; i < triangles.length; i++) toward[triangles[i]] = triangles[i - (i % 3) + ((i + 1) % 3)]
  return toward
}

/** Normal, direction to a neighbour as far as it is square to that, and the third. */
const frame = new Float64Array(9)

function frameAt(p: Float32Array, normals: Float32Array, toward: number, v: number): void {
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
