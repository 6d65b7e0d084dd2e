/** The same edges and volumes as a careful programmer would write them without a kernel: typed arrays, scalar loops, no rounding. */
import { DAMPING, type EdgeVolumeMesh, GRAVITY, ITERATIONS, type RaceBody, TICK_S } from './edgevolume.ts'

export function plainBody(mesh: EdgeVolumeMesh): RaceBody {
  const { edges, tetrahedra, edgeCompliance, volumeCompliance } = mesh
  const count = mesh.weights.length
  const position = new Float64Array(count * 4)
  const previous = new Float64Array(count * 4)
  const velocity = new Float64Array(count * 4)
  for (let p = 0; p < count; p++) {
    for (let i = 0; i < 3; i++) position[p * 4 + i] = mesh.positions[p * 3 + i]
    position[p * 4 + 3] = mesh.weights[p]
  }
  const edgeEnds = edges.map((v) => v * 4)
  const corners = tetrahedra.map((v) => v * 4)
  const h = TICK_S / ITERATIONS
  return {
    step() {
      for (let i = 0; i < ITERATIONS; i++) {
        predict(position, previous, velocity, h)
        volumes(position, corners, mesh.sixVolumes, volumeCompliance / (h * h))
        lengths(position, edgeEnds, mesh.lengths, edgeCompliance / (h * h))
        velocities(position, previous, velocity, h)
      }
    },
    read: () => Float64Array.from({ length: count * 3 }, (_, i) => position[Math.floor(i / 3) * 4 + (i % 3)]),
  }
}

function predict(x: Float64Array, before: Float64Array, v: Float64Array, h: number): void {
  for (let i = 0; i < x.length; i += 4) {
    before[i] = x[i]
    before[i + 1] = x[i + 1]
    before[i + 2] = x[i + 2]
    if (x[i + 3] === 0) continue
    v[i + 1] += GRAVITY * h
    x[i] += v[i] * h
    x[i + 1] += v[i + 1] * h
    x[i + 2] += v[i + 2] * h
  }
}

function velocities(x: Float64Array, before: Float64Array, v: Float64Array, h: number): void {
  const rate = (1 - DAMPING * h) / h
  for (let i = 0; i < x.length; i += 4) {
    v[i] = (x[i] - before[i]) * rate
    v[i + 1] = (x[i + 1] - before[i + 1]) * rate
    v[i + 2] = (x[i + 2] - before[i + 2]) * rate
  }
}

function lengths(x: Float64Array, ends: Uint32Array, rest: Float64Array, soft: number): void {
  for (let e = 0, at = 0; e < rest.length; e++, at += 2) {
    const a = ends[at]
    const b = ends[at + 1]
    const dx = x[b] - x[a]
    const dy = x[b + 1] - x[a + 1]
    const dz = x[b + 2] - x[a + 2]
    const wa = x[a + 3]
    const wb = x[b + 3]
    const far = Math.sqrt(dx * dx + dy * dy + dz * dz)
    const weight = far * (wa + wb + soft)
    if (weight < 1e-12) continue
    const share = (far - rest[e]) / weight
    const sa = share * wa
    const sb = share * wb
    x[a] += sa * dx
    x[a + 1] += sa * dy
    x[a + 2] += sa * dz
    x[b] -= sb * dx
    x[b + 1] -= sb * dy
    x[b + 2] -= sb * dz
  }
}

function volumes(x: Float64Array, corners: Uint32Array, rest: Float64Array, soft: number): void {
  for (let t = 0, at = 0; t < rest.length; t++, at += 4) {
    const o = corners[at]
    const a = corners[at + 1]
    const b = corners[at + 2]
    const c = corners[at + 3]
    const ax = x[a] - x[o]
    const ay = x[a + 1] - x[o + 1]
    const az = x[a + 2] - x[o + 2]
    const bx = x[b] - x[o]
    const by = x[b + 1] - x[o + 1]
    const bz = x[b + 2] - x[o + 2]
    const cx = x[c] - x[o]
    const cy = x[c + 1] - x[o + 1]
    const cz = x[c + 2] - x[o + 2]
    const g1x = by * cz - bz * cy
    const g1y = bz * cx - bx * cz
    const g1z = bx * cy - by * cx
    const g2x = cy * az - cz * ay
    const g2y = cz * ax - cx * az
    const g2z = cx * ay - cy * ax
    const g3x = ay * bz - az * by
    const g3y = az * bx - ax * bz
    const g3z = ax * by - ay * bx
    const g0x = -(g1x + g2x + g3x)
    const g0y = -(g1y + g2y + g3y)
    const g0z = -(g1z + g2z + g3z)
    const w0 = x[o + 3]
    const w1 = x[a + 3]
    const w2 = x[b + 3]
    const w3 = x[c + 3]
    const weight =
      w0 * (g0x * g0x + g0y * g0y + g0z * g0z) +
      w1 * (g1x * g1x + g1y * g1y + g1z * g1z) +
      w2 * (g2x * g2x + g2y * g2y + g2z * g2z) +
      w3 * (g3x * g3x + g3y * g3y + g3z * g3z) +
      soft
    if (weight < 1e-30) continue
    const share = (rest[t] - (ax * g1x + ay * g1y + az * g1z)) / weight
    const s0 = share * w0
    const s1 = share * w1
    const s2 = share * w2
    const s3 = share * w3
    x[o] += s0 * g0x
    x[o + 1] += s0 * g0y
    x[o + 2] += s0 * g0z
    x[a] += s1 * g1x
    x[a + 1] += s1 * g1y
    x[a + 2] += s1 * g1z
    x[b] += s2 * g2x
    x[b + 1] += s2 * g2y
    x[b + 2] += s2 * g2z
    x[c] += s3 * g3x
    x[c + 1] += s3 * g3y
    x[c + 2] += s3 * g3z
  }
}
