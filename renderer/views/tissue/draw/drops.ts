import { Color, IcosahedronGeometry, InstancedMesh, Matrix4, MeshPhysicalMaterial } from 'three'
import { LIQUID_COUNT } from '../../../../core/simulation/tissue/fluid/liquids.ts'
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
  update({ head, drop, mixture }: TissueSnapshot): InstancedMesh | null {
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
      mixed.setRGB(0, 0, 0)
      for (let k = 0; k < LIQUID_COUNT; k++) {
        const share = mixture[i * LIQUID_COUNT + k]
        mixed.r += share * COLOURS[k].r
        mixed.g += share * COLOURS[k].g
        mixed.b += share * COLOURS[k].b
      }
      this.mesh.setColorAt(i, mixed)
    }
    if (this.mesh.instanceColor) this.mesh.instanceColor.needsUpdate = count > 0
    this.mesh.instanceMatrix.needsUpdate = count > 0
    return grown
  }

  dispose(): void {
    this.mesh.geometry.dispose()
    this.mesh.material.dispose()
    this.mesh.dispose()
  }
}

/** Blood, water (over tissue, so not clear), bile, pus, urine. */
const COLOURS = ['#6d0a0c', '#b8a79c', '#5d6a1c', '#b9a25a', '#b99b4a'].map((colour) => new Color(colour))
const mixed = new Color()
const scaled = new Matrix4()

function made(room: number): InstancedMesh<IcosahedronGeometry, MeshPhysicalMaterial> {
  const blood = new MeshPhysicalMaterial({ roughness: 0.12, clearcoat: 1, clearcoatRoughness: 0.06 })
  const mesh = new InstancedMesh(new IcosahedronGeometry(1, 3), blood, room)
  mesh.frustumCulled = false
  mesh.receiveShadow = true
  return mesh
}
