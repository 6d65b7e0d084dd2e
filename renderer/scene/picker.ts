import { BufferAttribute, BufferGeometry, DoubleSide, FrontSide, Ray, Vector3 } from 'three'
import { MeshBVH } from 'three-mesh-bvh'
import type { AtlasStructure } from '../../core/anatomy/atlasfile.ts'
import type { Atlas, LoadedSystem } from './atlas.ts'
import type { Section } from './bodymodel.ts'
import type { BvhReply, BvhRequest } from './bvh.worker.ts'
import type { StateTable } from './statetable.ts'

/** A point on a structure, in metres of the body frame. */
export type Hit = {
  readonly structure: AtlasStructure
  readonly point: readonly [number, number, number]
  readonly distance: number
}

/** `entry`: where the ray of the present pick enters the structure's box; infinite when it does not matter (any more). */
type Tree = { readonly structure: AtlasStructure; readonly bvh: MeshBVH; entry: number }

const ray = new Ray()
const offsetRay = new Ray()
const inverse = new Vector3()

/**
 * Finds what a ray meets: one tree of triangles a structure, under the boxes of the index. It knows what is hidden,
 * moved or cut away. Solid tissue wins over faded tissue in front of it, for one looks through the faded.
 */
export class Picker {
  private readonly trees: Tree[] = []
  /** Those whose box the ray of the present pick enters. */
  private readonly entered: Tree[] = []
  private readonly worker: Worker | undefined
  private waiting: number
  private readonly atlas: Atlas
  private readonly state: StateTable
  private readonly times: number[] = []
  section: Section | null = null

  /** @param worker builds the trees; without one they are built here, which blocks (tests) */
  constructor(atlas: Atlas, state: StateTable, worker?: Worker) {
    this.atlas = atlas
    this.state = state
    this.worker = worker
    this.waiting = atlas.systems.length
    if (worker) this.ask(worker)
    else for (const system of atlas.systems) this.buildHere(system)
  }

  get ready(): boolean {
    return this.waiting === 0
  }

  /** 95th percentile of the last picks, milliseconds. */
  get pickMs(): number {
    if (this.times.length === 0) return 0
    return [...this.times].sort((a, b) => a - b)[Math.floor(this.times.length * 0.95)]
  }

  /** The nearest structure along a ray (unit direction, body frame), or null. */
  pick(origin: readonly [number, number, number], direction: readonly [number, number, number]): Hit | null {
    const begun = performance.now()
    ray.origin.set(...origin)
    ray.direction.set(...direction)
    const { near, far } = this.span()
    const hit = near < far ? (this.nearest('solid', near, far) ?? this.nearest('faded', near, far)) : null
    this.times.push(performance.now() - begun)
    if (this.times.length > 240) this.times.shift()
    return hit
  }

  dispose(): void {
    this.worker?.terminate()
    this.trees.length = 0
  }

  private nearest(layer: 'solid' | 'faded', near: number, far: number): Hit | null {
    this.collect(layer, near, far)
    let best: Hit | null = null
    let reach = far
    for (let tree = this.next(reach); tree; tree = this.next(reach)) {
      tree.entry = Number.POSITIVE_INFINITY
      const row = tree.structure.index
      offsetRay.copy(ray)
      offsetRay.origin.x -= this.state.offset(row, 0)
      offsetRay.origin.y -= this.state.offset(row, 1)
      offsetRay.origin.z -= this.state.offset(row, 2)
      // What is drawn nearer than it lies is also met earlier.
      const pull = this.section ? 0 : this.state.pull(row)
      const hit = tree.bvh.raycastFirst(offsetRay, this.section ? DoubleSide : FrontSide, near, reach + pull)
      if (!hit || hit.distance - pull >= reach) continue
      reach = hit.distance - pull
      ray.at(hit.distance, inverse)
      best = { structure: tree.structure, point: [inverse.x, inverse.y, inverse.z], distance: hit.distance }
    }
    return best
  }

  private collect(layer: 'solid' | 'faded', near: number, far: number): void {
    this.entered.length = 0
    for (const tree of this.trees) {
      const opacity = this.state.opacity(tree.structure.index)
      if (opacity <= 0 || opacity >= 1 !== (layer === 'solid')) continue
      const entry = this.entry(tree.structure, near, far)
      if (entry === Number.POSITIVE_INFINITY) continue
      tree.entry = entry - this.state.pull(tree.structure.index)
      this.entered.push(tree)
    }
  }

  /** The tree that the ray enters next, before `reach`. Few are entered before a hit, so none are sorted. */
  private next(reach: number): Tree | undefined {
    let first: Tree | undefined
    for (const tree of this.entered) if (tree.entry <= (first?.entry ?? reach)) first = tree
    return first && first.entry < Number.POSITIVE_INFINITY ? first : undefined
  }

  /** Where the ray enters a structure's box; infinite when it passes by. */
  private entry(structure: AtlasStructure, near: number, far: number): number {
    let low = near
    let high = far
    for (let axis = 0; axis < 3; axis++) {
      const from = axis === 0 ? ray.origin.x : axis === 1 ? ray.origin.y : ray.origin.z
      const along = axis === 0 ? ray.direction.x : axis === 1 ? ray.direction.y : ray.direction.z
      const offset = this.state.offset(structure.index, axis as 0 | 1 | 2)
      const a = (structure.bounds[0][axis] + offset - from) / along
      const b = (structure.bounds[1][axis] + offset - from) / along
      low = Math.max(low, Math.min(a, b))
      high = Math.min(high, Math.max(a, b))
    }
    return low <= high ? low : Number.POSITIVE_INFINITY
  }

  /** The part of the ray that a section leaves. */
  private span(): { near: number; far: number } {
    if (!this.section) return { near: 0, far: Number.POSITIVE_INFINITY }
    const { normal, distance } = this.section
    const facing = normal[0] * ray.direction.x + normal[1] * ray.direction.y + normal[2] * ray.direction.z
    const height = normal[0] * ray.origin.x + normal[1] * ray.origin.y + normal[2] * ray.origin.z - distance
    if (Math.abs(facing) < 1e-9) return { near: 0, far: height > 0 ? 0 : Number.POSITIVE_INFINITY }
    const crossing = -height / facing
    return facing > 0
      ? { near: 0, far: Math.max(0, crossing) }
      : { near: Math.max(0, crossing), far: Number.POSITIVE_INFINITY }
  }

  /** A few picks before the first that counts: the engine compiles the search by then. */
  private warm(): void {
    for (let i = 0; i < 24; i++) this.pick([0.4 * Math.sin(i), 1.1 + i * 0.02, 2], [0, 0, -1])
    this.times.length = 0
  }

  private buildHere(system: LoadedSystem): void {
    for (const row of system.rows) {
      const geometry = this.partGeometry(system, row)
      const structure = this.atlas.byRow.get(row)
      if (geometry && structure)
        this.trees.push({ structure, bvh: new MeshBVH(geometry, { indirect: true }), entry: 0 })
    }
    this.waiting--
  }

  private ask(worker: Worker): void {
    worker.onmessage = ({ data }: MessageEvent<BvhReply>) => {
      if (this.waiting === 1) setTimeout(() => this.warm(), 0)
      const system = this.atlas.systems.find(({ ranges }) => data.trees.some(({ row }) => ranges.has(row)))
      this.waiting--
      if (!system) return
      for (const { row, tree } of data.trees) {
        const geometry = this.partGeometry(system, row)
        const structure = this.atlas.byRow.get(row)
        if (geometry && structure)
          this.trees.push({ structure, bvh: MeshBVH.deserialize(tree, geometry, { setIndex: false }), entry: 0 })
      }
    }
    for (const { geometry, ranges } of this.atlas.systems) {
      const request: BvhRequest = {
        positions: geometry.getAttribute('position').array as Float32Array,
        index: geometry.getIndex()?.array as Uint32Array,
        parts: [...ranges].map(([row, { start, count }]) => ({ row, start, count })),
      }
      worker.postMessage(request)
    }
  }

  /** Triangles of one structure over the vertices of its system, without a copy. */
  private partGeometry({ geometry, ranges }: LoadedSystem, row: number): BufferGeometry | undefined {
    const range = ranges.get(row)
    const index = geometry.getIndex()
    if (!range || !index) return undefined
    const part = new BufferGeometry()
    part.setAttribute('position', geometry.getAttribute('position'))
    const triangles = (index.array as Uint32Array).subarray(range.start, range.start + range.count)
    part.setIndex(new BufferAttribute(triangles, 1))
    return part
  }
}

/** Starts the worker that builds trees. */
export function startBvhWorker(): Worker {
  return new Worker(new URL('./bvh.worker.ts', import.meta.url), { type: 'module' })
}
