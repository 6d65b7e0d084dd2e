import { Fans } from './fans.ts'

/** Rounds in which the error allowed rises to its limit: cheap collapses come first without a queue. */
const ROUNDS = [0.05, 0.15, 0.4, 0.7, 1]
/** Least cosine between a triangle's normal before and after. */
const TURN = 0.3
/** Figures of a quadric: ten sums, and the number of planes in it. */
const STRIDE = 11
/** The mean of the squares stands for the largest of them. */
const CAUTION = 6

/**
 * Simplifies a closed 2-manifold by collapsing edges onto one of their ends, never breaking the manifold: an edge goes
 * only when its ends share exactly two neighbours (link condition), and no triangle turns over. Error by quadrics:
 * Garland and Heckbert 1997, doi 10.1145/258734.258849. Slower than a general simplifier, but safe on thin sheets.
 */
export function collapseSafely(positionsMm: Float32Array, indices: Uint32Array, errorMm: number): Uint32Array {
  const work = new Collapse(positionsMm, indices)
  for (const share of ROUNDS) work.round((errorMm * share) ** 2)
  return work.result()
}

class Collapse {
  private readonly p: Float32Array
  private readonly corner: Uint32Array
  private readonly dead: Uint8Array
  private readonly fans: number[][]
  private readonly quadrics: Float64Array

  constructor(p: Float32Array, indices: Uint32Array) {
    this.p = p
    this.corner = indices.slice()
    this.dead = new Uint8Array(indices.length / 3)
    const { start, triangle } = new Fans(p.length / 3, indices)
    this.fans = Array.from({ length: p.length / 3 }, (_, v) => [...triangle.subarray(start[v], start[v + 1])])
    this.quadrics = new Float64Array((p.length / 3) * STRIDE)
    for (let t = 0; t < this.dead.length; t++) this.addPlane(t)
  }

  /** Tries every vertex once, with its cheapest neighbour whose error is below the limit (mm²). */
  round(limit: number): void {
    const seen = new Int32Array(this.p.length / 3).fill(-1)
    for (let v = 0; v < this.fans.length; v++) {
      if (this.fans[v].length === 0) continue
      let best = -1
      let least = limit
      for (const t of this.fans[v]) {
        for (let k = 0; k < 3; k++) {
          const u = this.corner[t * 3 + k]
          if (u === v || seen[u] === v) continue
          seen[u] = v
          const cost = this.cost(v, u)
          if (cost < least && this.mayGo(v, u)) {
            least = cost
            best = u
          }
        }
      }
      if (best >= 0) this.move(v, best)
    }
  }

  result(): Uint32Array {
    return this.corner.filter((_, i) => this.dead[Math.floor(i / 3)] === 0)
  }

  /** Squared distance of u from the planes that met at v and u, taken with caution. */
  private cost(v: number, u: number): number {
    const [x, y, z] = [this.p[u * 3], this.p[u * 3 + 1], this.p[u * 3 + 2]]
    const planes = this.quadrics[v * STRIDE + 10] + this.quadrics[u * STRIDE + 10]
    return (CAUTION * (this.error(v, x, y, z) + this.error(u, x, y, z))) / planes
  }

  private error(v: number, x: number, y: number, z: number): number {
    const q = this.quadrics
    const o = v * STRIDE
    const e =
      q[o] * x * x +
      2 * q[o + 1] * x * y +
      2 * q[o + 2] * x * z +
      2 * q[o + 3] * x +
      q[o + 4] * y * y +
      2 * q[o + 5] * y * z +
      2 * q[o + 6] * y +
      q[o + 7] * z * z +
      2 * q[o + 8] * z +
      q[o + 9]
    return Math.max(0, e)
  }

  private addPlane(t: number): void {
    const [a, b, c] = [this.corner[t * 3], this.corner[t * 3 + 1], this.corner[t * 3 + 2]]
    const n = this.normal(a, b, c)
    const area = Math.sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2])
    if (area === 0) return
    const [x, y, z] = [n[0] / area, n[1] / area, n[2] / area]
    const d = -(x * this.p[a * 3] + y * this.p[a * 3 + 1] + z * this.p[a * 3 + 2])
    const plane = [x * x, x * y, x * z, x * d, y * y, y * z, y * d, z * z, z * d, d * d, 1]
    // Each plane counts once per vertex, whatever its area: the error stays a distance.
    for (const v of [a, b, c]) for (let k = 0; k < STRIDE; k++) this.quadrics[v * STRIDE + k] += plane[k]
  }

  private normal(a: number, b: number, c: number): [number, number, number] {
    const p = this.p
    const [ux, uy, uz] = [p[b * 3] - p[a * 3], p[b * 3 + 1] - p[a * 3 + 1], p[b * 3 + 2] - p[a * 3 + 2]]
    const [vx, vy, vz] = [p[c * 3] - p[a * 3], p[c * 3 + 1] - p[a * 3 + 1], p[c * 3 + 2] - p[a * 3 + 2]]
    return [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx]
  }

  private mayGo(v: number, u: number): boolean {
    const ring = new Set<number>()
    for (const t of this.fans[v]) for (let k = 0; k < 3; k++) ring.add(this.corner[t * 3 + k])
    const common = new Set<number>()
    for (const t of this.fans[u]) {
      for (let k = 0; k < 3; k++) {
        const w = this.corner[t * 3 + k]
        if (w !== u && w !== v && ring.has(w)) common.add(w)
      }
    }
    if (common.size !== 2) return false
    for (const w of common) if (this.fans[w].length < 4) return false
    for (const t of this.fans[v]) {
      const [a, b, c] = [this.corner[t * 3], this.corner[t * 3 + 1], this.corner[t * 3 + 2]]
      if (a === u || b === u || c === u) continue
      const n = this.normal(a, b, c)
      const m = this.normal(a === v ? u : a, b === v ? u : b, c === v ? u : c)
      const dot = n[0] * m[0] + n[1] * m[1] + n[2] * m[2]
      const size = Math.sqrt((n[0] ** 2 + n[1] ** 2 + n[2] ** 2) * (m[0] ** 2 + m[1] ** 2 + m[2] ** 2))
      if (!(dot > TURN * size)) return false
    }
    return true
  }

  private move(v: number, u: number): void {
    for (const t of this.fans[v]) {
      const o = t * 3
      if (this.corner[o] === u || this.corner[o + 1] === u || this.corner[o + 2] === u) {
        this.dead[t] = 1
        for (let k = 0; k < 3; k++) {
          const w = this.corner[o + k]
          if (w !== v) this.fans[w] = this.fans[w].filter((s) => s !== t)
        }
        continue
      }
      for (let k = 0; k < 3; k++) if (this.corner[o + k] === v) this.corner[o + k] = u
      this.fans[u].push(t)
    }
    this.fans[v] = []
    for (let k = 0; k < STRIDE; k++) this.quadrics[u * STRIDE + k] += this.quadrics[v * STRIDE + k]
  }
}
