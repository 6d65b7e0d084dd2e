/** Rounder tetrahedra: vertices move where that makes the flattest one around them rounder, and stay on their surfaces. */
import type { Distance } from './carve.ts'
import type { Cells } from './cells.ts'

/** Tetrahedra flatter than this are worked on. */
const WANTED = 0.3
/** Where one stays flatter than this, its vertices may leave their surfaces a little, not the borders of the box. */
const LEAST = 0.17
const PASSES = 6
/** How far a vertex tries to go, as a share of the mean edge around it. */
const STEPS = [0.4, 0.2, 0.1, 0.05]
const OFF_MM = 0.02

/** @param surfaces by their bit in `cells.on`, lowest first */
export function improve(cells: Cells, surfaces: readonly Distance[]): void {
  const bound = (v: number) => surfaceOf(cells.on[v], cells.border[v], surfaces)
  for (let pass = 0; pass < PASSES; pass++) if (!sweep(cells, WANTED, bound)) break
  for (let pass = 0; pass < PASSES; pass++) if (!sweep(cells, LEAST, () => undefined)) break
}

/** Works on all tetrahedra flatter than `wanted`, the flattest first. Returns whether anything moved. */
function sweep(cells: Cells, wanted: number, bound: (v: number) => Bound): boolean {
  const flat: { t: number; q: number }[] = []
  for (let t = 0; t < cells.tets; t++) {
    const q = cells.quality(t)
    if (q < wanted) flat.push({ t, q })
  }
  flat.sort((p, q) => p.q - q.q || p.t - q.t)
  let moved = false
  for (const { t } of flat)
    for (let k = 0; k < 4; k++) {
      const v = cells.four[t * 4 + k]
      moved = shift(cells, bound(v), v, t, k, wanted) || moved
    }
  return moved
}

/** What holds a vertex: one surface, nothing, or several at once. */
type Bound = Distance | 'pinned' | undefined

/** Tries to move vertex `v`, corner `k` of tetrahedron `t`, away from the opposite face or towards its neighbours' middle. */
function shift(cells: Cells, surface: Bound, v: number, t: number, k: number, wanted: number): boolean {
  const { at, border } = cells
  if (surface === 'pinned') return false
  const worst = cells.worstAround(v)
  if (worst >= wanted) return false
  const own: [number, number, number] = [at[v * 3], at[v * 3 + 1], at[v * 3 + 2]]
  let best = worst
  let to = own
  for (const way of waysOf(cells, v, t, k))
    for (const step of STEPS) {
      for (let c = 0; c < 3; c++) at[v * 3 + c] = border[v] & (1 << c) ? own[c] : own[c] + way[c] * step
      if (surface && !project(at, v, surface)) continue
      const now = cells.worstAround(v)
      if (now > best + 1e-4) {
        best = now
        to = [at[v * 3], at[v * 3 + 1], at[v * 3 + 2]]
      }
    }
  for (let c = 0; c < 3; c++) at[v * 3 + c] = to[c]
  return to !== own
}

function surfaceOf(on: number, border: number, surfaces: readonly Distance[]): Bound {
  if (on === 0) return undefined
  const n = 31 - Math.clz32(on)
  return on === 1 << n && border === 0 ? surfaces[n] : 'pinned'
}

/** Directions as long as the mean edge: away from the face opposite and towards it, to the middle of all neighbours, away from each. */
function waysOf({ at, four, around }: Cells, v: number, t: number, k: number): [number, number, number][] {
  const [a, b, c] = [1, 2, 3].map((i) => four[t * 4 + ((k + i) % 4)] * 3)
  const edge = (p: number, q: number) => [0, 1, 2].map((i) => at[q + i] - at[p + i])
  const [u, w] = [edge(a, b), edge(a, c)]
  const n = [u[1] * w[2] - u[2] * w[1], u[2] * w[0] - u[0] * w[2], u[0] * w[1] - u[1] * w[0]]
  let [mx, my, mz, count, far] = [0, 0, 0, 0, 0]
  for (const s of around[v])
    for (let i = 0; i < 4; i++) {
      const o = four[s * 4 + i] * 3
      if (o === v * 3) continue
      const [x, y, z] = [at[o] - at[v * 3], at[o + 1] - at[v * 3 + 1], at[o + 2] - at[v * 3 + 2]]
      mx += x
      my += y
      mz += z
      far += Math.sqrt(x * x + y * y + z * z)
      count++
    }
  const long = far / count
  const sized = (x: number, y: number, z: number): [number, number, number] => {
    const share = long / Math.max(1e-9, Math.sqrt(x * x + y * y + z * z))
    return [x * share, y * share, z * share]
  }
  const up = sized(n[0], n[1], n[2])
  const toMiddle = sized(mx, my, mz)
  const ways = [up, [-up[0], -up[1], -up[2]] as [number, number, number], toMiddle]
  for (const o of [a, b, c]) ways.push(sized(at[v * 3] - at[o], at[v * 3 + 1] - at[o + 1], at[v * 3 + 2] - at[o + 2]))
  return ways
}

/** Puts a vertex back on a surface by two steps along its gradient; false where that fails. */
export function project(at: number[], v: number, distance: Distance): boolean {
  const o = v * 3
  for (let n = 0; n < 3; n++) {
    const [x, y, z] = [at[o], at[o + 1], at[o + 2]]
    const d = distance(x, y, z)
    if (Math.abs(d) < OFF_MM) return true
    if (n === 2) return false
    const g = gradient(distance, x, y, z)
    const g2 = g[0] * g[0] + g[1] * g[1] + g[2] * g[2]
    if (!(g2 > 1e-6)) return false
    for (let c = 0; c < 3; c++) at[o + c] -= (d * g[c]) / g2
  }
  return true
}

const H = 0.15

/** Gradient of a distance by differences over 0.3 mm. */
export function gradient(distance: Distance, x: number, y: number, z: number): [number, number, number] {
  return [
    (distance(x + H, y, z) - distance(x - H, y, z)) / (2 * H),
    (distance(x, y + H, z) - distance(x, y - H, z)) / (2 * H),
    (distance(x, y, z + H) - distance(x, y, z - H)) / (2 * H),
  ]
}
