import { BufferAttribute, BufferGeometry, DynamicDrawUsage } from 'three'
import { MATERIALS } from '../../../../core/simulation/tissue/materials.ts'
import type { TriangleMesh } from './subdivide.ts'

/** Kinds of triangles: each material from outside and where it was cut. */
const KINDS = MATERIALS.length * 2

/** Attributes that change from frame to frame, and how many numbers a vertex has of each. */
const MOVING = { position: 3, normal: 3, openness: 1, film: 4, burn: 2 } as const
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
    const owner: number[] = Array.from({ length: vertices }, (_, v) => v)
    const rows: number[] = new Array(vertices).fill(-1)
    const seen = new Map<number, number>()
    const sheets = new Int32Array(vertices * 2).fill(-1)
    const index = new Uint32Array(triangles.length)
    const normals: number[] = []
    this.corner = new Uint32Array(triangles.length)
    for (let i = 0; i < triangles.length; i++) {
      const k = kind[Math.floor(i / 3)]
      const v = triangles[i]
      let drawn = v
      if (rows[v] < 0) rows[v] = k
      else if (rows[v] !== k) {
        const key = v * KINDS + k
        drawn = seen.get(key) ?? owner.push(v) - 1
        if (!seen.has(key)) {
          seen.set(key, drawn)
          rows.push(k)
        }
      }
      const sheet = v * 2 + (k & 1)
      if (sheets[sheet] < 0) sheets[sheet] = drawn
      index[i] = drawn
      this.corner[i] = sheets[sheet]
    }
    rows.forEach((k, drawn) => {
      const first = sheets[owner[drawn] * 2 + (k & 1)]
      if (first >= 0 && first !== drawn) normals.push(first, drawn)
    })
    this.places = Uint32Array.from(owner.slice(vertices).flatMap((v, i) => [v, vertices + i]))
    this.normals = Uint32Array.from(normals)
    const count = owner.length
    for (const [name, width] of Object.entries(MOVING)) {
      const attribute = new BufferAttribute(new Float32Array(count * width), width)
      this.geometry.setAttribute(name, attribute.setUsage(DynamicDrawUsage))
    }
    const fixed = (name: string, width: number, values: Iterable<number>) =>
      this.geometry.setAttribute(name, new BufferAttribute(Float32Array.from(values), width))
    fixed(
      'rest',
      3,
      owner.flatMap((v) => [rest[v * 3], rest[v * 3 + 1], rest[v * 3 + 2]]),
    )
    fixed('structure', 1, rows)
    // Where skin meets a cut wall both sheets have the vertex.
    fixed(
      'rim',
      1,
      owner.map((v) => (sheets[v * 2] >= 0 && sheets[v * 2 + 1] >= 0 ? 1 : 0)),
    )
    fixed(
      'seam',
      1,
      owner.map((v) => seam[v]),
    )
    fixed(
      'tendon',
      1,
      owner.map(() => 0),
    )
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
