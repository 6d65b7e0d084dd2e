import { BoxGeometry, CylinderGeometry, InstancedMesh, Matrix4, MeshStandardMaterial, Vector3 } from 'three'
import { mergeGeometries } from 'three/examples/jsm/utils/BufferGeometryUtils.js'
import { MOST_CLIPS } from '../../../../core/simulation/tissue/tools/clips.ts'
import { CLIP_POSE, HEAD, type TissueSnapshot } from '../run/snapshot.ts'

const MM = 0.001
/** A medium-large titanium clip: length of a leg, thickness of its wire, gap between closed legs, mm. */
export const CLIP_MM = { leg: 8, wire: 0.9, gap: 0.7, open: 5 } as const

/** Clips on tissue: legs, bend, and the grooves that keep them from sliding. One drawing for all. */
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
    parts.push(new BoxGeometry(wire * MM, wire * MM, leg * MM).translate(0, side * off * MM, 0))
    const tip = new CylinderGeometry((wire / 2) * MM, (wire / 2) * MM, wire * MM, 12).rotateZ(Math.PI / 2)
    parts.push(tip.translate(0, side * off * MM, (-leg / 2) * MM))
    for (let z = -leg / 2 + 1; z < leg / 2 - 1; z += 1.1)
      parts.push(
        new BoxGeometry(wire * 1.02 * MM, 0.22 * MM, 0.35 * MM).translate(0, side * (gap / 2 - 0.06) * MM, z * MM),
      )
  }
  const bend = new BoxGeometry(wire * MM, (gap + 2 * wire) * MM, wire * MM)
  parts.push(bend.translate(0, 0, (leg / 2 + wire * 0.3) * MM))
  return mergeGeometries(parts)
}
