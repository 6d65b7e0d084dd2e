/**
 * Gauss code of an open curve: the crossings that it goes through in a projection, in order, each met twice, once above
 * and once below, with the sign of the crossing. From a few fixed, generic projections the simplest is taken, and Reidemeister's first two moves take out what is superfluous.
 */
import type { Curve } from './reduce.ts'

/** A passage through a crossing. `at`: place along the given curve, in vertices. */
export type Passage = { readonly crossing: number; readonly over: boolean; readonly sign: 1 | -1; readonly at: number }
export type GaussCode = readonly Passage[]

/** Directions of view: none of them in a plane of symmetry of anything. */
const VIEWS: readonly (readonly [number, number, number])[] = [
  [0.123, 0.271, 0.955],
  [0.941, 0.317, 0.119],
  [0.213, 0.939, -0.27],
  [0.611, 0.573, 0.546],
  [-0.593, 0.561, 0.578],
  [0.559, -0.602, 0.57],
  [0.587, 0.549, -0.595],
]

/** The simplest Gauss code that the views give: the one that falls into the smallest summands, then the shortest. */
export function gaussCode(curve: Curve): GaussCode {
  let best: GaussCode = []
  let least = Infinity
  for (const view of VIEWS) {
    const code = simplify(project(curve, view))
    const largest = summands(code).reduce((most, part) => Math.max(most, part.length), 0)
    const measure = 1000 * largest + code.length
    if (measure < least) {
      least = measure
      best = code
    }
  }
  return best
}

type Meeting = { readonly t: number; readonly crossing: number; readonly over: boolean; readonly sign: 1 | -1 }

function project(curve: Curve, [vx, vy, vz]: readonly [number, number, number]): GaussCode {
  // two directions across the view; their scale does not matter
  const n = Math.sqrt(vx * vx + vy * vy)
  const ax = -vy / n
  const ay = vx / n
  const bx = -vz * ay
  const by = vz * ax
  const bz = vx * ay - vy * ax
  const { points, count, index } = curve
  const u = new Float64Array(count)
  const v = new Float64Array(count)
  const depth = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    const x = points[3 * i]!
    const y = points[3 * i + 1]!
    const z = points[3 * i + 2]!
    u[i] = x * ax + y * ay
    v[i] = x * bx + y * by + z * bz
    depth[i] = x * vx + y * vy + z * vz
  }
  const meetings: Meeting[][] = Array.from({ length: count }, () => [])
  let crossings = 0
  for (let i = 0; i < count - 1; i++)
    for (let j = i + 2; j < count - 1; j++) {
      const ux = u[i + 1]! - u[i]!
      const uy = v[i + 1]! - v[i]!
      const wx = u[j + 1]! - u[j]!
      const wy = v[j + 1]! - v[j]!
      const det = ux * wy - uy * wx
      if (det === 0) continue
      const rx = u[j]! - u[i]!
      const ry = v[j]! - v[i]!
      const s = (rx * wy - ry * wx) / det
      const t = (rx * uy - ry * ux) / det
      if (s < 0 || s >= 1 || t < 0 || t >= 1) continue
      const over = depth[i]! + s * (depth[i + 1]! - depth[i]!) > depth[j]! + t * (depth[j + 1]! - depth[j]!)
      // right-handed crossing: the upper strand turns anticlockwise onto the lower
      const sign = det > 0 === over ? 1 : -1
      const crossing = crossings++
      meetings[i]!.push({ t: s, crossing, over, sign })
      meetings[j]!.push({ t, crossing, over: !over, sign })
    }
  return meetings.flatMap((list, i) =>
    list
      .sort((p, q) => p.t - q.t)
      .map(({ t, crossing, over, sign }) => ({
        crossing,
        over,
        sign,
        at: index[i]! + t * ((index[i + 1] ?? index[i]!) - index[i]!),
      })),
  )
}

/** Takes out kinks (first move) and bights lying over or under another strand (second move) until none is left. */
export function simplify(code: GaussCode): GaussCode {
  let now = code
  for (;;) {
    const next = kink(now) ?? bight(now)
    if (next === undefined) return now
    now = next
  }
}

const without = (code: GaussCode, a: number, b: number) => code.filter((p) => p.crossing !== a && p.crossing !== b)

function kink(code: GaussCode): GaussCode | undefined {
  for (let i = 0; i + 1 < code.length; i++) {
    const { crossing } = code[i]!
    if (code[i + 1]!.crossing === crossing) return without(code, crossing, crossing)
  }
  return undefined
}

function bight(code: GaussCode): GaussCode | undefined {
  for (let i = 0; i + 1 < code.length; i++) {
    const a = code[i]!
    const b = code[i + 1]!
    if (a.over !== b.over) continue
    for (let j = i + 2; j + 1 < code.length; j++) {
      const c = code[j]!.crossing
      const d = code[j + 1]!.crossing
      if ((c === a.crossing && d === b.crossing) || (c === b.crossing && d === a.crossing)) {
        return without(code, a.crossing, b.crossing)
      }
    }
  }
  return undefined
}

/**
 * Splits a code into summands: stretches of the curve whose crossings are all with themselves, innermost first, each
 * with what had been taken out of it left away.
 */
export function summands(code: GaussCode): GaussCode[] {
  const found: GaussCode[] = []
  let rest = code
  while (rest.length > 0) {
    const part = shortestClosed(rest)
    found.push(part)
    const inside = new Set(part.map((p) => p.crossing))
    rest = simplify(rest.filter((p) => !inside.has(p.crossing)))
  }
  return found
}

function shortestClosed(code: GaussCode): GaussCode {
  for (let length = 2; length < code.length; length += 2)
    for (let i = 0; i + length <= code.length; i++) {
      const part = code.slice(i, i + length)
      if (part.every((p) => part.filter((q) => q.crossing === p.crossing).length === 2)) return part
    }
  return code
}
