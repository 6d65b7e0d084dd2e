/** Tetrahedra under construction: every vertex knows those around it, so that edges can be halved and vertices moved. */

/** A regular tetrahedron of edge 1 has 1/√2 as six times its volume. */
const ROOT2 = Math.sqrt(2)

export class Cells {
  /** x, y, z of each vertex, mm. */
  readonly at: number[] = []
  /** Four vertices each, positively oriented. */
  readonly four: number[] = []
  /** Tetrahedra around each vertex. */
  readonly around: number[][] = []
  /** Surfaces on which a vertex lies, one bit each. */
  readonly on: number[] = []
  /** Borders of the box on which a vertex lies: bits 1, 2, 4 for x, y, z. */
  readonly border: number[] = []

  get tets(): number {
    return this.four.length / 4
  }

  addVertex(x: number, y: number, z: number, on = 0, border = 0): number {
    this.at.push(x, y, z)
    this.around.push([])
    this.on.push(on)
    this.border.push(border)
    return this.around.length - 1
  }

  /** Adds a tetrahedron, turned so that its volume is positive. */
  addTet(a: number, b: number, c: number, d: number): number {
    const t = this.tets
    this.four.push(a, b, c, d)
    if (this.sixfold(t) < 0) {
      this.four[t * 4 + 2] = d
      this.four[t * 4 + 3] = c
    }
    for (const v of [a, b, c, d]) this.around[v].push(t)
    return t
  }

  has(t: number, v: number): boolean {
    const { four } = this
    return four[t * 4] === v || four[t * 4 + 1] === v || four[t * 4 + 2] === v || four[t * 4 + 3] === v
  }

  /** Halves all tetrahedra at the edge from `a` to `b` by a new vertex, and returns it. @param made told (old, new) of each */
  bisect(a: number, b: number, x: number, y: number, z: number, made: (old: number, half: number) => void): number {
    const { four, around } = this
    const ring = around[a].filter((t) => this.has(t, b))
    const p = this.addVertex(x, y, z, this.on[a] & this.on[b], this.border[a] & this.border[b])
    for (const t of ring) {
      const half = this.tets
      for (let k = 0; k < 4; k++) {
        const v = four[t * 4 + k]
        four.push(v === a ? p : v)
        if (v !== a) around[v].push(half)
        if (v === b) four[t * 4 + k] = p
      }
      around[p].push(t, half)
      made(t, half)
    }
    const gone = new Set(ring)
    around[b] = around[b].filter((t) => !gone.has(t))
    return p
  }

  /** Six times the volume of a tetrahedron, mm³. */
  sixfold(t: number): number {
    measureShape(this.at, this.four, t * 4)
    return shape[0]
  }

  /** 1 for a regular tetrahedron, 0 for a flat one, negative for one turned inside out. */
  quality(t: number): number {
    measureShape(this.at, this.four, t * 4)
    return shape[1]
  }

  /** The lowest quality around a vertex. */
  worstAround(v: number): number {
    let worst = 1
    for (const t of this.around[v]) worst = Math.min(worst, this.quality(t))
    return worst
  }

  middle(t: number): [number, number, number] {
    const { at, four } = this
    const mean = (c: number) =>
      (at[four[t * 4] * 3 + c] +
        at[four[t * 4 + 1] * 3 + c] +
        at[four[t * 4 + 2] * 3 + c] +
        at[four[t * 4 + 3] * 3 + c]) /
      4
    return [mean(0), mean(1), mean(2)]
  }
}

/** What was measured last: six times the volume, and the quality. */
export const shape = new Float64Array(2)

/**
 * Measures the tetrahedron of the four vertices from `first` on into `shape`. Quality is the volume over the cube of the
 * root mean square edge, 1 for a regular one (Parthasarathy, Graichen and Hathaway 1994,
 * doi:10.1016/0168-874X(94)90033-7).
 */
export function measureShape(at: readonly number[], four: readonly number[], first: number): void {
  const i = four[first] * 3
  const j = four[first + 1] * 3
  const k = four[first + 2] * 3
  const l = four[first + 3] * 3
  const ux = at[j] - at[i]
  const uy = at[j + 1] - at[i + 1]
  const uz = at[j + 2] - at[i + 2]
  const vx = at[k] - at[i]
  const vy = at[k + 1] - at[i + 1]
  const vz = at[k + 2] - at[i + 2]
  const wx = at[l] - at[i]
  const wy = at[l + 1] - at[i + 1]
  const wz = at[l + 2] - at[i + 2]
  const six = ux * (vy * wz - vz * wy) + uy * (vz * wx - vx * wz) + uz * (vx * wy - vy * wx)
  const own = ux * ux + uy * uy + uz * uz + vx * vx + vy * vy + vz * vz + wx * wx + wy * wy + wz * wz
  const cross = ux * vx + uy * vy + uz * vz + vx * wx + vy * wy + vz * wz + wx * ux + wy * uy + wz * uz
  const mean = (3 * own - 2 * cross) / 6
  shape[0] = six
  shape[1] = mean > 0 ? (six * ROOT2) / (mean * Math.sqrt(mean)) : 0
}
