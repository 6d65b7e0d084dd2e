/**
 * Straightening of an open curve without passing it through itself: a vertex goes when the triangle that it spans with
 * its neighbours is pierced by no other segment (Koniaris and Muthukumar 1991, doi:10.1103/PhysRevLett.66.2211; Taylor
 * 2000, doi:10.1038/35022623). A knot keeps a handful of vertices; the rest of the thread becomes straight.
 */

/** A curve: x y z of each vertex (any unit), and which vertex of the given curve each was. */
export type Curve = { readonly points: Float64Array; readonly index: Float64Array; count: number }

/**
 * Copies an open curve and lengthens its ends far outwards, away from the middle of the curve, so that it is knotted
 * like a closed one. An end that lies inside its knot is drawn out of it: what it would tie is not yet tied.
 */
export function openCurve(given: ArrayLike<number>): Curve {
  const n = given.length / 3
  const points = new Float64Array(given.length + 6)
  const index = new Float64Array(n + 2)
  const middle = [0, 0, 0]
  for (let i = 0; i < n; i++)
    for (let axis = 0; axis < 3; axis++) {
      const x = given[3 * i + axis]!
      points[3 * i + 3 + axis] = x
      middle[axis]! += x / n
    }
  for (let i = 0; i < n; i++) index[i + 1] = i
  index[n + 1] = n - 1
  let far = 0
  for (let i = 0; i < given.length; i++) far = Math.max(far, Math.abs(given[i]! - middle[i % 3]!))
  lengthen(points, 3, 0, middle, 20 * far)
  lengthen(points, 3 * n, 3 * n + 3, middle, 20 * far)
  return { points, index, count: n + 2 }
}

function lengthen(points: Float64Array, end: number, to: number, middle: readonly number[], by: number): void {
  let n = 0
  for (let axis = 0; axis < 3; axis++)
    n += (points[end + axis]! - middle[axis]!) * (points[end + axis]! - middle[axis]!)
  const scale = n > 0 ? by / Math.sqrt(n) : 0
  for (let axis = 0; axis < 3; axis++) {
    points[to + axis] = points[end + axis]! + scale * (points[end + axis]! - middle[axis]!)
  }
}

/** Takes out, in place, every vertex that can go; the ends stay. */
export function straighten(curve: Curve): void {
  let removed = true
  while (removed) {
    removed = false
    for (let i = 1; i < curve.count - 1; i++) {
      if (pierced(curve, i)) continue
      remove(curve, i)
      removed = true
      // the next vertex waits for the next sweep, so that the curve shrinks evenly
    }
  }
}

function remove(curve: Curve, i: number): void {
  curve.points.copyWithin(3 * i, 3 * i + 3, 3 * curve.count)
  curve.index.copyWithin(i, i + 1, curve.count)
  curve.count--
}

/** Does any segment pierce the triangle of vertices i − 1, i, i + 1? */
function pierced({ points, count }: Curve, i: number): boolean {
  const a = 3 * i - 3
  const lowX = Math.min(points[a]!, points[a + 3]!, points[a + 6]!)
  const highX = Math.max(points[a]!, points[a + 3]!, points[a + 6]!)
  const lowY = Math.min(points[a + 1]!, points[a + 4]!, points[a + 7]!)
  const highY = Math.max(points[a + 1]!, points[a + 4]!, points[a + 7]!)
  const lowZ = Math.min(points[a + 2]!, points[a + 5]!, points[a + 8]!)
  const highZ = Math.max(points[a + 2]!, points[a + 5]!, points[a + 8]!)
  for (let j = 0; j < count - 1; j++) {
    if (j >= i - 2 && j <= i + 1) continue
    const p = 3 * j
    if (points[p]! < lowX && points[p + 3]! < lowX) continue
    if (points[p]! > highX && points[p + 3]! > highX) continue
    if (points[p + 1]! < lowY && points[p + 4]! < lowY) continue
    if (points[p + 1]! > highY && points[p + 4]! > highY) continue
    if (points[p + 2]! < lowZ && points[p + 5]! < lowZ) continue
    if (points[p + 2]! > highZ && points[p + 5]! > highZ) continue
    if (pierces(points, a, p)) return true
  }
  return false
}

/** Six times the volume of the tetrahedron of the vertices at a, b, c, d. */
function volume(x: Float64Array, a: number, b: number, c: number, d: number): number {
  const ux = x[b]! - x[a]!
  const uy = x[b + 1]! - x[a + 1]!
  const uz = x[b + 2]! - x[a + 2]!
  const vx = x[c]! - x[a]!
  const vy = x[c + 1]! - x[a + 1]!
  const vz = x[c + 2]! - x[a + 2]!
  const wx = x[d]! - x[a]!
  const wy = x[d + 1]! - x[a + 1]!
  const wz = x[d + 2]! - x[a + 2]!
  return (uy * vz - uz * vy) * wx + (uz * vx - ux * vz) * wy + (ux * vy - uy * vx) * wz
}

/** Share of the size of a tetrahedron below which its volume is rounding. */
const ROUNDING = 1e-7

/** Touching counts as piercing: in doubt a vertex stays. */
function pierces(x: Float64Array, a: number, p: number): boolean {
  const size = extent(x, a, a + 3) + extent(x, a + 3, a + 6)
  const nought = ROUNDING * size * size * extent(x, p, p + 3)
  const one = volume(x, a, a + 3, a + 6, p)
  const two = volume(x, a, a + 3, a + 6, p + 3)
  if ((one > nought && two > nought) || (one < -nought && two < -nought)) return false
  const s = volume(x, p, p + 3, a, a + 3)
  const t = volume(x, p, p + 3, a + 3, a + 6)
  const u = volume(x, p, p + 3, a + 6, a)
  return (s >= -nought && t >= -nought && u >= -nought) || (s <= nought && t <= nought && u <= nought)
}

function extent(x: Float64Array, a: number, b: number): number {
  return Math.max(Math.abs(x[b]! - x[a]!), Math.abs(x[b + 1]! - x[a + 1]!), Math.abs(x[b + 2]! - x[a + 2]!))
}
