/** Fitting the relief of a drawn surface to the shape that organs have at rest: done whenever that surface is made anew. */
import type { Form, Forms, Reading } from './form.ts'
import { frame, frameAt, type Relief, skinNormals } from './relief.ts'
import { halve, type Refined, spread, type TriangleMesh } from './subdivide.ts'

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

/** @param points the corners at rest @param swollen how far each lies off the form because it was injected, m */
export function fitRelief(
  mesh: TriangleMesh,
  steps: readonly Refined[],
  points: Float32Array,
  forms: Forms,
  swollen: Float32Array = new Float32Array(mesh.vertices),
): Relief {
  const { vertices } = mesh
  const finest = steps[steps.length - 1] ?? mesh
  const normals = new Float32Array(vertices * 3)
  skinNormals(mesh, points, normals)
  const corners = followed(mesh, forms)
  const trust = new Float32Array(vertices)
  for (let v = 0; v < vertices; v++) trust[v] = belongs(corners[v], points, normals, v, swollen[v]) ? 1 : 0
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
    for (let v = 0; v < vertices; v++) if (trust[v] > 0) draw(moved, points, last, middles, v, corners[v], swollen[v])
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
  const levelsOf = carried(steps, swollen, 1)
  const height = new Float32Array(finest.vertices)
  followed(finest, forms).forEach((form, v) => {
    if (form && trusts[v] > 0) height[v] = trusts[v] * heightOf(form, last, ways, v, levelsOf[v])
  })
  return { toward, shift, height }
}

/** Change of the shape at rest that may come of cutting, m: corners slide within the faces of the lattice. */
const SLIDES = 0.001

/**
 * How far corners lie off the form because the shape at rest has grown since: tissue that was injected swells.
 * @param particles of the corners @param first x, y, z of each particle when the run began; later ones are of cuts
 */
export function swellings(
  mesh: TriangleMesh,
  particles: Uint32Array,
  points: Float32Array,
  first: Float32Array,
  forms: Forms,
): Float32Array {
  const swollen = new Float32Array(mesh.vertices)
  followed(mesh, forms).forEach((form, v) => {
    const p = particles[v]
    if (p * 3 >= first.length || !read(form, points, v)) return
    const now = found.distance
    if (!read(form, first, p)) return
    const grown = now - found.distance
    swollen[v] = Math.sign(grown) * Math.max(0, Math.abs(grown) - SLIDES)
  })
  return swollen
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

function belongs(form: Form | null, p: Float32Array, normals: Float32Array, v: number, swollen: number): boolean {
  if (!read(form, p, v) || Math.abs(found.distance - swollen) > FAR) return false
  if (form?.within === 'solid') return true
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
  swollen: number,
): void {
  if (!read(form, refined, v)) return
  const steep = Math.max(0.2, found.x ** 2 + found.y ** 2 + found.z ** 2)
  const at = v * 3
  const aside = middles[v * 4 + 3] > 0 ? RELAX : 0
  const [ax, ay, az] = [0, 1, 2].map((c) => aside * (middles[v * 4 + c] - moved[at + c]))
  const along = ax * found.x + ay * found.y + az * found.z
  const share = (EAGER * (found.distance - swollen) + along) / steep
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
function heightOf(form: Form, p: Float32Array, ways: Float32Array, v: number, swollen: number): number {
  const at = v * 3
  let height = 0
  let first = Number.POSITIVE_INFINITY
  for (let n = 0; n < 4; n++) {
    const x = p[at] + ways[at] * height
    const y = p[at + 1] + ways[at + 1] * height
    const z = p[at + 2] + ways[at + 2] * height
    if (!form.read(x, y, z, found)) return 0
    const off = found.distance - swollen
    if (n === 0) first = Math.abs(off)
    if (Math.abs(off) < ENOUGH) break
    const steep = found.x * ways[at] + found.y * ways[at + 1] + found.z * ways[at + 2]
    if (steep < STEEP) return 0
    height = Math.max(-MOST_HEIGHT, Math.min(MOST_HEIGHT, height - off / steep))
  }
  return Math.abs(found.distance - swollen) <= first ? height : 0
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
