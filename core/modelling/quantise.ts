import { Fans } from './fans.ts'
import { isDegenerate } from './manifold.ts'

/** Millimetres in one quantum: 2⁻¹⁵ m, so that 16 bits span two metres and metres come out exact. */
export const QUANTUM_MM = 1000 / 32768
/** Place of quantum 0 in metres: the body stands within the two metres that follow, mirrored about x = 0. */
export const QUANTUM_ORIGIN_M: readonly [number, number, number] = [-1, -0.0625, -1]

const ORIGIN = QUANTUM_ORIGIN_M.map((m) => m * 32768)

/** Positions in mm to whole quanta, 0–65535. Throws when something lies outside the range. */
export function quantise(positions: ArrayLike<number>): Uint16Array {
  const out = new Uint16Array(positions.length)
  for (let i = 0; i < positions.length; i++) {
    const q = Math.round(positions[i] / QUANTUM_MM - ORIGIN[i % 3])
    if (!(q >= 0 && q <= 65535)) throw new Error('a vertex lies outside the space of the atlas')
    out[i] = q
  }
  return out
}

/** Quanta back to mm. */
export function dequantise(q: Uint16Array): Float32Array {
  const out = new Float32Array(q.length)
  for (let i = 0; i < q.length; i++) out[i] = (q[i] + ORIGIN[i % 3]) * QUANTUM_MM
  return out
}

/** Lowest and highest quanta of a mesh along each axis. */
export function boxOfQuanta(q: Uint16Array): { low: [number, number, number]; high: [number, number, number] } {
  const low: [number, number, number] = [65535, 65535, 65535]
  const high: [number, number, number] = [0, 0, 0]
  for (let i = 0; i < q.length; i++) {
    const c = i % 3
    if (q[i] < low[c]) low[c] = q[i]
    if (q[i] > high[c]) high[c] = q[i]
  }
  return { low, high }
}

/** The mesh of the twin on the other side: x → −x, triangles turned round. */
export function mirrorQuanta(q: Uint16Array, indices: Uint32Array): { q: Uint16Array; indices: Uint32Array } {
  const out = q.slice()
  for (let i = 0; i < out.length; i += 3) out[i] = 65536 - q[i]
  const turned = indices.slice()
  for (let t = 0; t < indices.length; t += 3) {
    turned[t + 1] = indices[t + 2]
    turned[t + 2] = indices[t + 1]
  }
  return { q: out, indices: turned }
}

/** Quanta of the furthest step that parts two vertices. */
const FURTHEST = 4

/**
 * Rounding can lay two vertices of a thin sheet in one place, where the surface would touch itself. Moves the later one
 * inwards along its normal, quantum by quantum, until it has a place of its own; in place.
 */
export function partTwins(q: Uint16Array, normals: ArrayLike<number>): void {
  const taken = new Set<number>()
  const placeOf = (x: number, y: number, z: number) => (x * 65536 + y) * 65536 + z
  for (let o = 0; o < q.length; o += 3) {
    const [x, y, z] = [q[o], q[o + 1], q[o + 2]]
    for (let step = 1; step <= FURTHEST && taken.has(placeOf(q[o], q[o + 1], q[o + 2])); step++) {
      // Away from zero, so that every axis that the normal has a share in moves.
      const move = [0, 1, 2].map((c) => Math.sign(-normals[o + c]) * Math.ceil(Math.abs(step * normals[o + c]) - 0.3))
      q.set([x + move[0], y + move[1], z + move[2]], o)
    }
    taken.add(placeOf(q[o], q[o + 1], q[o + 2]))
  }
}

/**
 * Rounding can lay the corners of a sliver in a line. Moves one corner by a quantum or two, so that no triangle round
 * it is degenerate; in place. Returns how many triangles stay degenerate.
 */
export function spreadSlivers(q: Uint16Array, indices: Uint32Array): number {
  const flat: number[] = []
  for (let t = 0; t < indices.length; t += 3) {
    if (isDegenerate(q, indices[t], indices[t + 1], indices[t + 2])) flat.push(t)
  }
  if (flat.length === 0) return 0
  const around = new Fans(q.length / 3, indices)
  let left = 0
  for (const t of flat) {
    if (!isDegenerate(q, indices[t], indices[t + 1], indices[t + 2])) continue
    if (![0, 1, 2].some((k) => nudge(q, indices, indices[t + k], around))) left++
  }
  return left
}

function nudge(q: Uint16Array, indices: Uint32Array, v: number, around: Fans): boolean {
  const [x, y, z] = [q[v * 3], q[v * 3 + 1], q[v * 3 + 2]]
  for (const step of [1, 2]) {
    for (let n = 0; n < 27; n++) {
      q[v * 3] = x + step * ((n % 3) - 1)
      q[v * 3 + 1] = y + step * ((Math.floor(n / 3) % 3) - 1)
      q[v * 3 + 2] = z + step * (Math.floor(n / 9) - 1)
      let fine = true
      for (let k = around.start[v]; fine && k < around.start[v + 1]; k++) {
        const t = around.triangle[k] * 3
        fine = !isDegenerate(q, indices[t], indices[t + 1], indices[t + 2])
      }
      if (fine) return true
    }
  }
  q[v * 3] = x
  q[v * 3 + 1] = y
  q[v * 3 + 2] = z
  return false
}
