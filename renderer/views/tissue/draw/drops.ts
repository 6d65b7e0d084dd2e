import { IcosahedronGeometry, InstancedMesh, Matrix4, MeshPhysicalMaterial } from 'three'
import { HEAD, type TissueSnapshot } from '../run/snapshot.ts'

/** Drops are drawn so much larger than they are that neighbours run together. */
const SWELL = 1.35

/** Blood and irrigation in the open: drops that run together. */
export class DropModels {
  mesh: InstancedMesh<IcosahedronGeometry, MeshPhysicalMaterial>

  constructor() {
    this.mesh = made(1)
    this.mesh.visible = false
  }

  /** Takes a snapshot; returns a mesh that takes the place of the one before, or null. */
  update({ head, drop }: TissueSnapshot): InstancedMesh | null {
    const count = head[HEAD.drops]
    let grown: InstancedMesh | null = null
    if (count > this.mesh.instanceMatrix.count) {
      this.dispose()
      this.mesh = made(count * 2)
      grown = this.mesh
    }
    this.mesh.visible = count > 0
    this.mesh.count = count
    for (let i = 0; i < count; i++) {
      const radius = drop[i * 4 + 3] * SWELL
      scaled.makeScale(radius, radius, radius).setPosition(drop[i * 4], drop[i * 4 + 1], drop[i * 4 + 2])
      this.mesh.setMatrixAt(i, scaled)
    }
    this.mesh.instanceMatrix.needsUpdate = count > 0
    return grown
  }

  dispose(): void {
    this.mesh.geometry.dispose()
    this.mesh.material.dispose()
    this.mesh.dispose()
  }
}

const scaled = new Matrix4()

function made(room: number): InstancedMesh<IcosahedronGeometry, MeshPhysicalMaterial> {
  const blood = new MeshPhysicalMaterial({ color: '#6d0a0c', roughness: 0.12, clearcoat: 1, clearcoatRoughness: 0.06 })
  const mesh = new InstancedMesh(new IcosahedronGeometry(1, 3), blood, room)
  mesh.frustumCulled = false
  mesh.receiveShadow = true
  return mesh
}
