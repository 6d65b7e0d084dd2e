import { BufferAttribute, BufferGeometry, DynamicDrawUsage } from 'three'
import { MATERIALS } from '../../../../core/simulation/tissue/materials.ts'
import type { TriangleMesh } from './subdivide.ts'

/** Kinds of triangles: each material from outside and where it was cut. */
const KINDS = MATERIALS.length * 2

/** Attributes that change from frame to frame, and how many numbers a vertex has of each. */
const MOVING = { position: 3, normal: 3, openness: 1, film: 4, burn: 2, swollen: 1, pale: 1 } as const
export type Moving = keyof typeof MOVING

/**
 * A mesh as it is drawn: its vertices by their own numbers, then copies of those where kinds of tissue meet. Sheets, that
 * is skin and walls of cuts, have normals of their own.
 */
export class DrawnMesh {
  readonly geometry = new BufferGeometry()
  /** Of each triangle's corner: the drawn vertex whose normal it adds to. */
  readonly corner: Uint32Array
  /** Pairs of drawn vertices, from and to: which copies whose place, and whose normal. */
  private readonly places: Uint32Array
  private readonly normals: Uint32Array

  /** @param rest shape at rest @param seam how near a vertex is to where organs meet, 0–1 */
  constructor({ triangles, kind, vertices }: TriangleMesh, rest: Float32Array, seam: Float32Array) {
    const more: number[] = []
    const rows = new Int32Array(vertices).fill(-1)
    const moreRows: number[] = []
    const seen = new Map<number, number>()
    const sheets = new Int32Array(vertices * 2).fill(-1)
    const index = new Uint32Array(triangles.length)
    this.corner = new Uint32Array(triangles.length)
    for (let i = 0; i < triangles.length; i++) {
      const k = kind[Math.floor(i / 3)]
      const v = triangles[i]
      let drawn = v
      if (rows[v] < 0) rows[v] = k
      else if (rows[v] !== k) {
        const key = v * KINDS + k
        const known = seen.get(key)
        drawn = known ?? vertices + more.push(v) - 1
        if (known === undefined) {
          seen.set(key, drawn)
          moreRows.push(k)
        }
      }
      const sheet = v * 2 + (k & 1)
      if (sheets[sheet] < 0) sheets[sheet] = drawn
      index[i] = drawn
      this.corner[i] = sheets[sheet]
    }
    this.places = Uint32Array.from(more.flatMap((v, i) => [v, vertices + i]))
    this.normals = Uint32Array.from(
      more.flatMap((v, i) => {
        const first = sheets[v * 2 + (moreRows[i] & 1)]
        return first === vertices + i ? [] : [first, vertices + i]
      }),
    )
    const count = vertices + more.length
    for (const [name, width] of Object.entries(MOVING)) {
      const attribute = new BufferAttribute(new Float32Array(count * width), width)
      this.geometry.setAttribute(name, attribute.setUsage(DynamicDrawUsage))
    }
    const fixed = (name: string, width: number, of: (v: number) => ArrayLike<number>, all?: ArrayLike<number>) => {
      const values = new Float32Array(count * width)
      if (all) values.set(all)
      more.forEach((v, i) => {
        values.set(of(v), (vertices + i) * width)
      })
      this.geometry.setAttribute(name, new BufferAttribute(values, width))
    }
    // Where skin meets a cut wall both sheets have the vertex.
    const rim = Float32Array.from(rows, (_, v) => (sheets[v * 2] >= 0 && sheets[v * 2 + 1] >= 0 ? 1 : 0))
    fixed('rest', 3, (v) => rest.subarray(v * 3, v * 3 + 3), rest)
    fixed('rim', 1, (v) => [rim[v]], rim)
    fixed('seam', 1, (v) => [seam[v]], seam)
    fixed('tendon', 1, () => [0])
    const structure = new Float32Array(count)
    structure.set(rows)
    structure.set(moreRows, vertices)
    this.geometry.setAttribute('structure', new BufferAttribute(structure, 1))
    this.geometry.setIndex(new BufferAttribute(index, 1))
  }

  /** What a frame writes for the vertices' own numbers. */
  array(name: Moving): Float32Array {
    return this.geometry.getAttribute(name).array as Float32Array
  }

  /** Copies go where their vertices are; the graphics card takes all. */
  finish(name: Moving): void {
    const pairs = name === 'normal' ? this.normals : this.places
    const width = MOVING[name]
    const values = this.array(name)
    for (let i = 0; i < pairs.length; i += 2)
      for (let k = 0; k < width; k++) values[pairs[i + 1] * width + k] = values[pairs[i] * width + k]
    this.geometry.getAttribute(name).needsUpdate = true
  }
}
