/** The wound as the patch's cut faces tell: how deep the wall is parted where, how long the skin is cut, how wide muscle. */
import { CODE } from '../cavity.ts'
import { acos, DEGREES } from '../exactmath.ts'
import { startBleeding } from '../harm.ts'
import { FORCEPS_SPAN_MM } from '../instruments.ts'
import { locate } from '../landmarks.ts'
import { slots } from '../state.ts'
import { CLOCK } from '../tissue/fieldtype.ts'
import { cellAt, cutSkin, openAround, SKIN, SKIN_MM } from '../wall.ts'
import { type Context, HAND, SITE } from '../worldstate.ts'
import { LIFT_M, PLEURA_MM } from './lattice.ts'
import { PATCH } from './patch.ts'

/** A place this near to the skin's surface lies on it, mm; and to the inner surface. */
const ON_SKIN_MM = 0.4
const ON_PLEURA_MM = 0.3
/** The lips of a slit give way to a tip by so much to either side, mm. */
const GIVES_MM = 2.2
/** Cut skin this near to where the blade went belongs to its cut, mm. */
const BELONGS_MM = 4

const place = new Float64Array(3)

/** Reads the wound again if the patch was parted since. @param how what parted it */
export function readWound(ctx: Context, how: 'sharp' | 'blunt'): void {
  const { patch } = ctx
  const own = patch.slots
  const { clock, mesh, surface } = patch.field
  if (own[PATCH.laid] === 0 || clock[CLOCK.surface] === own[PATCH.read]) return
  own[PATCH.read] = clock[CLOCK.surface]
  const { triangles, count } = surface
  const { vertexCut } = mesh
  // Skin first: what lies under it is open only where it can be drawn aside.
  for (let pass = 0; pass < 2; pass++)
    for (let face = 0; face < count; face++) {
      const cut = vertexCut[triangles[face * 3]]
      if (cut === 0 || vertexCut[triangles[face * 3 + 1]] !== cut || vertexCut[triangles[face * 3 + 2]] !== cut)
        continue
      readFace(ctx, face, pass === 0 ? 'skin' : how)
    }
}

/** Reads places on a cut face, about a millimetre apart. */
function readFace(ctx: Context, face: number, what: 'skin' | 'sharp' | 'blunt'): void {
  const { triangles } = ctx.patch.field.surface
  const { rest } = ctx.patch.field.tissue.memory
  const own = ctx.patch.slots
  const i = triangles[face * 3] * 4
  const j = triangles[face * 3 + 1] * 4
  const k = triangles[face * 3 + 2] * 4
  let longest = 0
  for (let axis = 0; axis < 3; axis++)
    longest = Math.max(
      longest,
      Math.abs(rest[i + axis] - rest[j + axis]),
      Math.abs(rest[j + axis] - rest[k + axis]),
      Math.abs(rest[k + axis] - rest[i + axis]),
    )
  const steps = Math.max(1, Math.ceil(longest * 1000))
  for (let a = 0; a <= steps; a++)
    for (let b = 0; b <= steps - a; b++) {
      const x = a / steps
      const y = b / steps
      for (let axis = 0; axis < 3; axis++)
        place[axis] = 1000 * (x * rest[i + axis] + y * rest[j + axis] + (1 - x - y) * rest[k + axis])
      place[0] += own[PATCH.u]
      place[1] += own[PATCH.v] - 1000 * LIFT_M
      readPlace(ctx, what)
    }
}

/** Enters `place` on a cut face into the map of the wound. */
function readPlace(ctx: Context, what: 'skin' | 'sharp' | 'blunt'): void {
  const { wall, grids, site } = ctx
  const u = place[0]
  const v = place[1]
  const w = place[2]
  const cell = cellAt(u, v)
  if (cell < 0) return
  const inner = wall.pleura[cell]
  const depth = wall.skin[cell] - w
  if (what === 'skin') {
    if (depth < ON_SKIN_MM) cutSkin(grids.skin, u, v)
    return
  }
  if (w < wall.chest[cell] && w > inner + PLEURA_MM / 2) widen(ctx, u)
  if (what === 'blunt') {
    // Where tips and jaws went is open already: the plane in which they parted the lattice lies beside them.
    site[SITE.openDepth] = Math.max(site[SITE.openDepth], Math.min(depth, wall.skin[cell] - inner))
    return
  }
  const to = w < inner + ON_PLEURA_MM ? inner - 0.5 : w
  if (100 * (wall.skin[cell] - to) <= grids.open[cell]) return
  if (openAround(wall, grids, u, v, GIVES_MM, to, 'spares-skin') === 0) return
  site[SITE.version] = site[SITE.version] + 1
  site[SITE.openDepth] = Math.max(site[SITE.openDepth], depth)
  if (what === 'sharp' && depth > SKIN_MM) startBleeding(ctx, w < wall.muscle[cell] ? CODE.muscle : CODE.skin, u, v, w)
}

/** Takes a parted place between the ribs into account: how wide the way through is there, mm along the ribs. */
function widen({ site }: Context, u: number): void {
  if (site[SITE.tractLow] === site[SITE.tractHigh] && site[SITE.tractLow] === 0) {
    site[SITE.tractLow] = u
    site[SITE.tractHigh] = u
  }
  site[SITE.tractLow] = Math.min(site[SITE.tractLow], u)
  site[SITE.tractHigh] = Math.max(site[SITE.tractHigh], u)
  // No way is wider than forceps can hold open.
  site[SITE.tractMm] = Math.max(
    site[SITE.tractMm],
    Math.min(site[SITE.tractHigh] - site[SITE.tractLow], FORCEPS_SPAN_MM),
  )
}

/**
 * Measures the present cut of the skin: how long it is, and the angle of its principal axis to the rib. Faces open behind
 * the blade, so where the blade stands counts too.
 */
export function readIncision(ctx: Context, h: Float64Array): void {
  const { site, place: at } = ctx
  axis.fill(0)
  gather(ctx, countPlace)
  countPlace(h[HAND.u], h[HAND.v])
  const count = axis[AXIS.count]
  const u = axis[AXIS.u] / count
  const v = axis[AXIS.v] / count
  const half = (axis[AXIS.uu] / count - u * u - (axis[AXIS.vv] / count - v * v)) / 2
  const both = axis[AXIS.uv] / count - u * v
  const size = Math.sqrt(half * half + both * both)
  // Of the two ways to write the axis the one that loses no digits.
  const alongU = half > 0 ? size + half : both
  const alongV = half > 0 ? both : size - half
  const long = Math.sqrt(alongU * alongU + alongV * alongV)
  axis[AXIS.alongU] = long > 0 ? alongU / long : 1
  axis[AXIS.alongV] = long > 0 ? alongV / long : 0
  axis[AXIS.least] = Infinity
  axis[AXIS.most] = -Infinity
  gather(ctx, measurePlace)
  measurePlace(h[HAND.u], h[HAND.v])
  const length = axis[AXIS.most] - axis[AXIS.least]
  site[SITE.incisionMm] = length
  if (length < 3) return
  locate(ctx.field, u, v, at)
  const cosine = Math.abs(axis[AXIS.alongU] * at.ribU + axis[AXIS.alongV] * at.ribV)
  site[SITE.incisionDegrees] = acos(Math.min(1, cosine)) * DEGREES
}

/** Moments of the places of a cut, its direction, and how far it reaches along it. */
const AXIS = slots(['count', 'u', 'v', 'uu', 'vv', 'uv', 'alongU', 'alongV', 'least', 'most'] as const)
const axis = new Float64Array(10)

function countPlace(u: number, v: number): void {
  axis[AXIS.count]++
  axis[AXIS.u] += u
  axis[AXIS.v] += v
  axis[AXIS.uu] += u * u
  axis[AXIS.vv] += v * v
  axis[AXIS.uv] += u * v
}

function measurePlace(u: number, v: number): void {
  const along = u * axis[AXIS.alongU] + v * axis[AXIS.alongV]
  axis[AXIS.least] = Math.min(axis[AXIS.least], along)
  axis[AXIS.most] = Math.max(axis[AXIS.most], along)
}

/** Calls `take` with each place of the skin that belongs to the present cut. */
function gather({ block, site, grids }: Context, take: (u: number, v: number) => void): void {
  const { incision } = block.float64
  const first = site[SITE.incisionStart]
  const end = site[SITE.incisionCount]
  let lowU = Infinity
  let highU = -Infinity
  let lowV = Infinity
  let highV = -Infinity
  for (let n = first; n < end; n++) {
    lowU = Math.min(lowU, incision[4 * n])
    highU = Math.max(highU, incision[4 * n])
    lowV = Math.min(lowV, incision[4 * n + 1])
    highV = Math.max(highV, incision[4 * n + 1])
  }
  for (let v = Math.floor(lowV) - BELONGS_MM + 0.5; v < highV + BELONGS_MM; v++)
    for (let u = Math.floor(lowU) - BELONGS_MM + 0.5; u < highU + BELONGS_MM; u++) {
      const cell = cellAt(u, v)
      if (cell < 0 || grids.skin[cell] !== SKIN.cut) continue
      let n = first
      while (
        n < end &&
        !(Math.abs(u - incision[4 * n]) <= BELONGS_MM && Math.abs(v - incision[4 * n + 1]) <= BELONGS_MM)
      )
        n++
      if (n < end) take(u, v)
    }
}
