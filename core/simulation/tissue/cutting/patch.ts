/**
 * The surface that a blade's edge sweeps in a tick: a quadrilateral of two triangles, from the edge's last place to its
 * present one. Metres in the operative field.
 */

/** A swept patch: `corner` holds both ends of the edge before, then both ends now (x, y, z each). */
export type Patch = {
  readonly corner: Float64Array
  /** Unit normal of each of the two triangles; zeros for one without area. */
  readonly normal: Float64Array
  /** Least and greatest x, y, z. */
  readonly box: Float64Array
  /** Triangle that was crossed last, 0 or 1. */
  hit: number
  /** The larger triangle. */
  main: number
}

/** Corners of the two triangles, as places in `corner`. */
const TRIANGLE = [0, 3, 9, 0, 9, 6] as const

/** How far outside a triangle (share of its size) a crossing still counts, so that none slips through a seam. */
const SEAM = 1e-6

/** Triangles below this area are none, m². */
const MIN_AREA = 1e-14

/** Distance by which the box is wider than the patch, m. */
const PAD = 1e-6

export function createPatch(): Patch {
  return { corner: new Float64Array(12), normal: new Float64Array(6), box: new Float64Array(6), hit: 0, main: 0 }
}

/** Computes normals and box after the corners were set. Returns the area in m². */
export function preparePatch(patch: Patch): number {
  const { corner, normal, box } = patch
  for (let axis = 0; axis < 3; axis++) {
    const a = corner[axis]
    const b = corner[3 + axis]
    const c = corner[6 + axis]
    const d = corner[9 + axis]
    box[axis] = Math.min(a, b, c, d) - PAD
    box[3 + axis] = Math.max(a, b, c, d) + PAD
  }
  let area = 0
  for (let i = 0; i < 2; i++) {
    const a = TRIANGLE[i * 3]
    const b = TRIANGLE[i * 3 + 1]
    const c = TRIANGLE[i * 3 + 2]
    const ux = corner[b] - corner[a]
    const uy = corner[b + 1] - corner[a + 1]
    const uz = corner[b + 2] - corner[a + 2]
    const vx = corner[c] - corner[a]
    const vy = corner[c + 1] - corner[a + 1]
    const vz = corner[c + 2] - corner[a + 2]
    const x = uy * vz - uz * vy
    const y = uz * vx - ux * vz
    const z = ux * vy - uy * vx
    const length = Math.sqrt(x * x + y * y + z * z)
    const scale = length < 2 * MIN_AREA ? 0 : 1 / length
    normal[i * 3] = x * scale
    normal[i * 3 + 1] = y * scale
    normal[i * 3 + 2] = z * scale
    if (scale === 0) continue
    if (length / 2 > area) patch.main = i
    area += length / 2
  }
  return area
}

/** Signed distance in m of a point to the plane of triangle `i`. */
export function heightOver(patch: Patch, i: number, x: number, y: number, z: number): number {
  const { corner, normal } = patch
  return normal[i * 3] * (x - corner[0]) + normal[i * 3 + 1] * (y - corner[1]) + normal[i * 3 + 2] * (z - corner[2])
}

/**
 * Where particle `p` to particle `q` of `at` crosses the patch: 0 at `p` … 1 at `q`, or −1. Sets `patch.hit`.
 */
export function crossing(patch: Patch, at: Float32Array, p: number, q: number): number {
  const px = at[p * 4]
  const py = at[p * 4 + 1]
  const pz = at[p * 4 + 2]
  const qx = at[q * 4]
  const qy = at[q * 4 + 1]
  const qz = at[q * 4 + 2]
  for (let i = 0; i < 2; i++) {
    const from = heightOver(patch, i, px, py, pz)
    const to = heightOver(patch, i, qx, qy, qz)
    if (from > 0 === to > 0 && from !== 0 && to !== 0) continue
    if (from === to) continue
    const t = from / (from - to)
    if (!isInside(patch, i, px + (qx - px) * t, py + (qy - py) * t, pz + (qz - pz) * t)) continue
    patch.hit = i
    return t
  }
  return -1
}

/** Whether a point of the plane of triangle `i` lies within it. */
function isInside({ corner, normal }: Patch, i: number, x: number, y: number, z: number): boolean {
  for (let side = 0; side < 3; side++) {
    const a = TRIANGLE[i * 3 + side]
    const b = TRIANGLE[i * 3 + ((side + 1) % 3)]
    const ux = corner[b] - corner[a]
    const uy = corner[b + 1] - corner[a + 1]
    const uz = corner[b + 2] - corner[a + 2]
    const vx = x - corner[a]
    const vy = y - corner[a + 1]
    const vz = z - corner[a + 2]
    const twice =
      normal[i * 3] * (uy * vz - uz * vy) +
      normal[i * 3 + 1] * (uz * vx - ux * vz) +
      normal[i * 3 + 2] * (ux * vy - uy * vx)
    if (twice < -SEAM * (ux * ux + uy * uy + uz * uz)) return false
  }
  return true
}
