import { Fans } from './fans.ts'

/** Quanta by which a copy of a vertex steps back into its own part. */
const STEP = 2
/** Triangles of the largest part that is dropped: a pocket without thickness. */
const LARGEST_POCKET = 12

type Parted = { readonly q: Uint16Array; readonly indices: Uint32Array; readonly from: Uint32Array }

/**
 * Mends a closed surface that touches itself at a vertex or along an edge of more than two triangles, as a general
 * simplifier leaves it where it draws a ring of three edges together. The triangles at such an edge are parted into pairs
 * that bound the same bit of the solid, and each part gets vertices of its own, a hair's breadth further in; two pairs
 * that still share both ends get a vertex in the middle of the edge. Parts of a few triangles, the pockets that such
 * rings enclosed, are left out. `flawed` are the vertices where it touches; `from` of the answer names the vertex that
 * each was, or was beside.
 */
export function partPinches(q: Uint16Array, indices: Uint32Array, flawed: ReadonlySet<number>): Parted {
  const fans = new Fans(q.length / 3, indices)
  const pairs = new EdgePairs(fans, q)
  const out = [...indices]
  const positions = [...q]
  const from = Array.from({ length: q.length / 3 }, (_, v) => v)
  for (const v of flawed) {
    roundsOf(v, fans, pairs).forEach((round, n) => {
      if (n === 0) return
      const copy = from.push(v) - 1
      for (const slot of round) {
        const t = fans.triangle[slot] * 3
        for (let k = t; k < t + 3; k++) if (indices[k] === v) out[k] = copy
      }
      positions.push(...steppedBack(v, round, fans, q))
    })
  }
  for (const pair of pairs.all()) divideWhereTwice(pair, out, positions, from)
  const starts = [...flawed].flatMap((v) => [...fans.triangle.subarray(fans.start[v], fans.start[v + 1])])
  return {
    q: Uint16Array.from(positions),
    indices: withoutPockets(Uint32Array.from(out), from.length, starts),
    from: Uint32Array.from(from),
  }
}

/** The slots of a vertex, each list once round one of its fans. */
function roundsOf(v: number, fans: Fans, pairs: EdgePairs): number[][] {
  const rounds: number[][] = []
  const seen = new Set<number>()
  for (let first = fans.start[v]; first < fans.start[v + 1]; first++) {
    const round: number[] = []
    for (let k = first; k >= 0 && !seen.has(k); k = pairs.slotAcross(v, k)) {
      seen.add(k)
      round.push(k)
    }
    if (round.length > 0) rounds.push(round)
  }
  return rounds
}

/** Which triangles belong together along edges of more than two. */
class EdgePairs {
  private readonly fans: Fans
  private readonly q: Uint16Array
  private readonly known = new Map<string, Map<number, number>>()

  constructor(fans: Fans, q: Uint16Array) {
    this.fans = fans
    this.q = q
  }

  /** The pairs of each edge that was asked about. */
  all(): (readonly (readonly [number, number])[])[] {
    return [...this.known.values()].map((pairs) => [...pairs].filter(([a, b]) => a < b))
  }

  /** The slot of `v` whose triangle lies across the edge from v to the next corner of that in slot k; −1 for none. */
  slotAcross(v: number, k: number): number {
    const { start, next, last, triangle } = this.fans
    const u = next[k]
    const found: number[] = []
    for (let j = start[v]; j < start[v + 1]; j++) if (last[j] === u) found.push(j)
    if (found.length < 2) return found[0] ?? -1
    const other = this.along(Math.min(u, v), Math.max(u, v)).get(triangle[k])
    return found.find((j) => triangle[j] === other) ?? -1
  }

  /**
   * Pairs of triangles along the edge from u to v, each by the other. Seen along the edge, the solid lies at falling
   * angles from a triangle that runs from u to v, at rising ones from one that runs back: like brackets, which match.
   */
  private along(u: number, v: number): Map<number, number> {
    const key = `${u},${v}`
    const known = this.known.get(key)
    if (known) return known
    const { start, next, last, triangle } = this.fans
    const zero = last[this.fans.slot(u, v)]
    const around: { t: number; opens: boolean; angle: number }[] = []
    for (let k = start[u]; k < start[u + 1]; k++) {
      if (next[k] === v) around.push({ t: triangle[k], opens: true, angle: angleAbout(u, v, zero, last[k], this.q) })
      if (last[k] === v) around.push({ t: triangle[k], opens: false, angle: angleAbout(u, v, zero, next[k], this.q) })
    }
    around.sort((a, b) => b.angle - a.angle || a.t - b.t)
    const pairs = new Map<number, number>()
    const open: number[] = []
    for (const { t, opens } of [...around, ...around]) {
      if (pairs.has(t)) continue
      if (opens) {
        if (!open.includes(t)) open.push(t)
        continue
      }
      const partner = open.pop()
      if (partner === undefined) continue
      pairs.set(t, partner)
      pairs.set(partner, t)
    }
    this.known.set(key, pairs)
    return pairs
  }
}

/** Where pairs of triangles (of one old edge) still run between the same two vertices, all but the first get a vertex between. */
function divideWhereTwice(
  pairs: readonly (readonly [number, number])[],
  out: number[],
  positions: number[],
  from: number[],
): void {
  const taken = new Set<string>()
  for (const [a, b] of pairs) {
    const shared = edgeBetween(a, b, out)
    if (!shared) continue
    const [u, v] = shared
    const key = `${Math.min(u, v)},${Math.max(u, v)}`
    if (!taken.has(key)) {
      taken.add(key)
      continue
    }
    const middle = from.push(from[u]) - 1
    const far = [a, b].map((t) => [0, 1, 2].map((k) => out[t * 3 + k]).find((w) => w !== u && w !== v)!)
    for (let c = 0; c < 3; c++) {
      const at = (positions[u * 3 + c] + positions[v * 3 + c]) / 2
      const inwards = (positions[far[0] * 3 + c] + positions[far[1] * 3 + c]) / 2 - at
      positions.push(Math.round(at + Math.max(-STEP, Math.min(STEP, inwards))))
    }
    for (const t of [a, b]) {
      const corners = out.slice(t * 3, t * 3 + 3)
      const k = corners.findIndex((w, i) => [u, v].includes(w) && [u, v].includes(corners[(i + 1) % 3]))
      const [p, n, w] = [corners[k], corners[(k + 1) % 3], corners[(k + 2) % 3]]
      out.splice(t * 3, 3, p, middle, w)
      out.push(middle, n, w)
    }
  }
}

/** The two vertices that two triangles have in common. */
function edgeBetween(a: number, b: number, indices: readonly number[]): [number, number] | undefined {
  const own = indices.slice(a * 3, a * 3 + 3)
  const shared = own.filter((v) => v === indices[b * 3] || v === indices[b * 3 + 1] || v === indices[b * 3 + 2])
  return shared.length === 2 ? [shared[0], shared[1]] : undefined
}

/** Angle of w about the edge from v to u, from the direction of `zero`. */
function angleAbout(v: number, u: number, zero: number, w: number, q: Uint16Array): number {
  const e = unit(difference(u, v, q))
  const a = across(difference(zero, v, q), e)
  const b = across(difference(w, v, q), e)
  const turned = [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
  return Math.atan2(turned[0] * e[0] + turned[1] * e[1] + turned[2] * e[2], a[0] * b[0] + a[1] * b[1] + a[2] * b[2])
}

const difference = (a: number, b: number, q: Uint16Array): number[] => [0, 1, 2].map((c) => q[a * 3 + c] - q[b * 3 + c])

function unit(d: readonly number[]): number[] {
  const length = Math.sqrt(d[0] ** 2 + d[1] ** 2 + d[2] ** 2) || 1
  return d.map((x) => x / length)
}

function across(d: readonly number[], e: readonly number[]): number[] {
  const along = d[0] * e[0] + d[1] * e[1] + d[2] * e[2]
  return d.map((x, c) => x - along * e[c])
}

/** Where the copy of a vertex goes: towards the middle of its own part. */
function steppedBack(v: number, round: readonly number[], fans: Fans, q: Uint16Array): number[] {
  const sum = [0, 0, 0]
  for (const slot of round) {
    const d = difference(fans.next[slot], v, q)
    for (let c = 0; c < 3; c++) sum[c] += d[c]
  }
  return unit(sum).map((x, c) => Math.max(0, Math.min(65535, q[v * 3 + c] + Math.round(STEP * x))))
}

/** Leaves out the parts of a few triangles among those that hold one of `starts`. */
function withoutPockets(indices: Uint32Array, vertices: number, starts: readonly number[]): Uint32Array {
  const fans = new Fans(vertices, indices)
  const dropped = new Set<number>()
  const seen = new Set<number>()
  for (const start of starts) {
    if (seen.has(start)) continue
    const part = [start]
    for (let n = 0; n < part.length && part.length <= LARGEST_POCKET; n++) {
      for (let k = part[n] * 3; k < part[n] * 3 + 3; k++) {
        for (let slot = fans.start[indices[k]]; slot < fans.start[indices[k] + 1]; slot++) {
          if (!part.includes(fans.triangle[slot])) part.push(fans.triangle[slot])
        }
      }
    }
    for (const t of part) {
      seen.add(t)
      if (part.length <= LARGEST_POCKET) dropped.add(t)
    }
  }
  return dropped.size === 0 ? indices : indices.filter((_, i) => !dropped.has(Math.floor(i / 3)))
}
