import {
  CylinderGeometry,
  InstancedMesh,
  Matrix4,
  MeshStandardMaterial,
  SphereGeometry,
  TorusGeometry,
  Vector3,
} from 'three'
import { mergeGeometries } from 'three/examples/jsm/utils/BufferGeometryUtils.js'
import { MOST_CLIPS } from '../../../../core/simulation/tissue/tools/clips.ts'
import { CLIP_POSE, HEAD, type TissueSnapshot } from '../run/snapshot.ts'

const MM = 0.001
/** A medium-large titanium clip: length of a leg, thickness of its wire, gap between closed legs and open ones, mm. */
const CLIP_MM = { leg: 8, wire: 0.95, gap: 0.9, open: 5 } as const

/** Clips on tissue. One drawing for all. */
export class ClipModels {
  readonly mesh: InstancedMesh

  constructor() {
    this.mesh = new InstancedMesh(
      clipShape(),
      new MeshStandardMaterial({ color: '#c8cdd2', roughness: 0.26, metalness: 0.85 }),
      MOST_CLIPS,
    )
    this.mesh.count = 0
    this.mesh.frustumCulled = false
    this.mesh.castShadow = this.mesh.receiveShadow = true
  }

  update({ head, clip }: TissueSnapshot): void {
    const count = head[HEAD.clips]
    this.mesh.count = count
    this.mesh.visible = count > 0
    for (let c = 0; c < count; c++) {
      const at = c * CLIP_POSE
      middle.fromArray(clip, at)
      along.fromArray(clip, at + 3).normalize()
      closing.fromArray(clip, at + 6)
      closing.addScaledVector(along, -closing.dot(along)).normalize()
      across.crossVectors(closing, along)
      // Legs that close: from as wide as they were set to nearly together.
      const spread = 1 + (1 - clip[at + 9]) * (CLIP_MM.open / CLIP_MM.gap - 1) * 0.4
      turned.makeBasis(across, closing.multiplyScalar(spread), along).setPosition(middle)
      this.mesh.setMatrixAt(c, turned)
    }
    this.mesh.instanceMatrix.needsUpdate = count > 0
  }

  dispose(): void {
    this.mesh.geometry.dispose()
    this.mesh.dispose()
  }
}

const middle = new Vector3()
const along = new Vector3()
const closing = new Vector3()
const across = new Vector3()
const turned = new Matrix4()

/** A closed clip about its middle: legs along z, closing along y, its bend towards the hand. */
function clipShape() {
  const { leg, wire, gap } = CLIP_MM
  const parts = []
  const off = (gap + wire) / 2
  for (const side of [-1, 1]) {
    const rail = new CylinderGeometry((wire / 2) * MM, (wire / 2) * MM, leg * MM, 14).rotateX(Math.PI / 2)
    const tip = new SphereGeometry((wire / 2) * MM, 14, 10).translate(0, 0, (-leg / 2) * MM)
    for (const part of [rail, tip]) parts.push(part.translate(0, side * off * MM, 0))
  }
  const bend = new TorusGeometry(off * MM, (wire / 2) * MM, 14, 18, Math.PI).rotateX(Math.PI / 2).rotateZ(Math.PI / 2)
  parts.push(bend.translate(0, 0, (leg / 2) * MM))
  return mergeGeometries(parts.map((part) => part.toNonIndexed()))
}
