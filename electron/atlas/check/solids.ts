import { BufferAttribute, BufferGeometry, type Triangle, Vector3 } from 'three'
import { MeshBVH } from 'three-mesh-bvh'
import { dequantise } from '../../../core/modelling/quantise.ts'
import type { BodyMeshes } from '../meshes.ts'

/** A structure's full mesh, for measuring: mm. Its tree is made when first asked for. */
export class Solid {
  readonly id: string
  readonly positions: Float32Array
  readonly indices: Uint32Array
  readonly min: [number, number, number] = [Infinity, Infinity, Infinity]
  readonly max: [number, number, number] = [-Infinity, -Infinity, -Infinity]
  private tree: MeshBVH | undefined
  private readonly hit = { point: new Vector3(), distance: 0, faceIndex: 0 }

  constructor(id: string, positions: Float32Array, indices: Uint32Array) {
    this.id = id
    this.positions = positions
    this.indices = indices
    for (let i = 0; i < positions.length; i++) {
      const c = i % 3
      if (positions[i] < this.min[c]) this.min[c] = positions[i]
      if (positions[i] > this.max[c]) this.max[c] = positions[i]
    }
  }

  /** Signed distance to the surface, negative inside; `limit` when further than that. */
  distance(x: number, y: number, z: number, limit: number): number {
    const p = [x, y, z]
    for (let c = 0; c < 3; c++) if (p[c] < this.min[c] - limit || p[c] > this.max[c] + limit) return limit
    this.tree ??= this.makeTree()
    const at = new Vector3(x, y, z)
    const found = this.tree.closestPointToPoint(at, this.hit, 0, limit)
    if (!found) return limit
    const { a, b, c } = this.face(found.faceIndex)
    // Which side of the nearest face: exact enough a hair's breadth from an edge, and cheap.
    const out = b.clone().sub(a).cross(c.clone().sub(a)).dot(at.sub(found.point))
    return out < 0 ? -found.distance : found.distance
  }

  private face(index: number): Pick<Triangle, 'a' | 'b' | 'c'> {
    const corner = (k: number) => new Vector3().fromArray(this.positions, this.indices[index * 3 + k] * 3)
    return { a: corner(0), b: corner(1), c: corner(2) }
  }

  private makeTree(): MeshBVH {
    const geometry = new BufferGeometry()
    geometry.setAttribute('position', new BufferAttribute(this.positions, 3))
    geometry.setIndex(new BufferAttribute(this.indices, 1))
    return new MeshBVH(geometry, { indirect: true })
  }
}

/** All that was built of a body, by id. */
export function solidsOf(meshes: BodyMeshes): ReadonlyMap<string, Solid> {
  const found = new Map<string, Solid>()
  for (const { id } of meshes.structures) {
    const level = meshes.mesh(id)?.levels[0]
    if (level) found.set(id, new Solid(id, dequantise(level.q), level.indices))
  }
  return found
}

/** Layers that everything else lies in. */
export const LAYERS = /^(skin|subcutaneous-tissue|dermis|epidermis)$/

/** Serous sacs drawn solid to their outer face: what no organ in them claims is their cavity. */
export const SACS = /^(parietal-pleura-|peritoneum$)/
