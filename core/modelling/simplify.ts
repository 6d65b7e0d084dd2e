import { collapseSafely } from './collapse.ts'
import { checkManifold, isSound } from './manifold.ts'
import { dequantise, spreadSlivers } from './quantise.ts'

/**
 * A simplifier from outside: fewer triangles over the same vertices. `errorMm` is the largest departure allowed;
 * it may stop short of `targetCount` indices.
 */
export type Simplifier = (
  positionsMm: Float32Array,
  indices: Uint32Array,
  targetCount: number,
  errorMm: number,
) => Uint32Array

export type Simplified = {
  readonly q: Uint16Array
  readonly indices: Uint32Array
  /** For each vertex of the result, the vertex it was. */
  readonly from: Uint32Array
}

/** How often the outer simplifier may try again, each time for less. */
const ATTEMPTS = 2

/**
 * Simplifies a sound mesh of quanta and proves the result sound as it will be stored. Where the simplifier breaks the
 * manifold (thin sheets), it is asked for less, then edges are collapsed one by one; in the end nothing is simplified.
 */
export function simplifySoundly(
  q: Uint16Array,
  indices: Uint32Array,
  simplifier: Simplifier,
  goal: { readonly targetCount: number; readonly errorMm: number },
): Simplified {
  const positions = dequantise(q)
  const target = Math.ceil(goal.targetCount / 3) * 3
  for (let n = 0; n < ATTEMPTS; n++) {
    const fewer = settled(q, simplifier(positions, indices, target, goal.errorMm * 0.6 ** n))
    if (fewer) return fewer
  }
  return settled(q, collapseSafely(positions, indices, goal.errorMm)) ?? pack(q, indices)
}

function settled(q: Uint16Array, indices: Uint32Array): Simplified | undefined {
  if (indices.length < 12) return undefined
  const packed = pack(q, indices)
  if (spreadSlivers(packed.q, packed.indices) > 0) return undefined
  return isSound(checkManifold(packed.q, packed.indices)) ? packed : undefined
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
