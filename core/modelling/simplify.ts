import { collapseSafely } from './collapse.ts'
import { checkManifold, findFlaws, isSound } from './manifold.ts'
import { partPinches } from './pinches.ts'
import { dequantise, spreadSlivers } from './quantise.ts'

/**
 * A simplifier from outside: fewer triangles over the same vertices. `errorMm` is the largest departure allowed;
 * it may stop short of `targetCount` indices. Vertices with a 1 in `locked` must stay.
 */
export type Simplifier = (
  positionsMm: Float32Array,
  indices: Uint32Array,
  targetCount: number,
  errorMm: number,
  locked: Uint8Array,
) => Uint32Array

export type Simplified = {
  readonly q: Uint16Array
  readonly indices: Uint32Array
  /** For each vertex of the result, the vertex it was. */
  readonly from: Uint32Array
}

/** How often flaws are locked out before edges are collapsed one by one. */
const ATTEMPTS = 6

/**
 * Simplifies a sound mesh of quanta and proves the result sound as it will be stored. Where the simplifier breaks the
 * manifold, what touches itself is parted and pockets are left out; if that does not mend it (thin sheets) the vertices
 * about each flaw are locked and it tries again, each time over a wider neighbourhood; then edges are collapsed one by
 * one; in the end nothing is simplified. What is `locked` from the start stays, unless edges are collapsed one by one.
 */
export function simplifySoundly(
  q: Uint16Array,
  indices: Uint32Array,
  simplifier: Simplifier,
  goal: { readonly targetCount: number; readonly errorMm: number; readonly locked?: Uint8Array },
): Simplified {
  const positions = dequantise(q)
  const target = Math.ceil(goal.targetCount / 3) * 3
  const locked = goal.locked?.slice() ?? new Uint8Array(q.length / 3)
  for (let n = 0; n < ATTEMPTS; n++) {
    const fewer = pack(q, simplifier(positions, indices, target, goal.errorMm, locked))
    if (fewer.indices.length < 12) break
    spreadSlivers(fewer.q, fewer.indices)
    const flaws = findFlaws(fewer.q, fewer.indices)
    if (flaws.sound) return fewer
    const whole = mended(fewer, flaws.vertices)
    if (whole) return whole
    for (const v of flaws.vertices) locked[fewer.from[v]] = 1
    for (let ring = 0; ring <= n; ring++) widen(locked, indices)
  }
  const packed = pack(q, collapseSafely(positions, indices, goal.errorMm))
  const slivers = spreadSlivers(packed.q, packed.indices)
  return slivers === 0 && isSound(checkManifold(packed.q, packed.indices)) ? packed : pack(q, indices)
}

/** Rounds of parting: split fans show only once the edges are right. */
const ROUNDS = 4

/** The mesh parted where it touches itself, if it is sound then. */
function mended(mesh: Simplified, flawed: ReadonlySet<number>): Simplified | undefined {
  let at = mesh
  let flaws = flawed
  for (let round = 0; round < ROUNDS; round++) {
    const parted = partPinches(at.q, at.indices, flaws)
    const { q, indices, from } = pack(parted.q, parted.indices)
    spreadSlivers(q, indices)
    const before = at.from
    at = { q, indices, from: from.map((v) => before[parted.from[v]]) }
    const found = findFlaws(q, indices)
    if (found.sound) return at
    flaws = found.vertices
  }
  return undefined
}

/** Locks the neighbours of what is locked. */
function widen(locked: Uint8Array, indices: Uint32Array): void {
  const before = locked.slice()
  for (let t = 0; t < indices.length; t += 3) {
    if (before[indices[t]] + before[indices[t + 1]] + before[indices[t + 2]] === 0) continue
    for (let k = 0; k < 3; k++) locked[indices[t + k]] = 1
  }
}

/** Drops the vertices that no triangle uses, keeping the order of first use. */
export function pack(q: Uint16Array, indices: Uint32Array): Simplified {
  const place = new Int32Array(q.length / 3).fill(-1)
  const from: number[] = []
  const out = new Uint32Array(indices.length)
  for (let i = 0; i < indices.length; i++) {
    const v = indices[i]
    if (place[v] < 0) {
      place[v] = from.length
      from.push(v)
    }
    out[i] = place[v]
  }
  const positions = new Uint16Array(from.length * 3)
  from.forEach((v, k) => {
    positions.set(q.subarray(v * 3, v * 3 + 3), k * 3)
  })
  return { q: positions, indices: out, from: Uint32Array.from(from) }
}
