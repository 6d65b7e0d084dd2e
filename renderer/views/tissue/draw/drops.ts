import { BackSide, BufferAttribute, BufferGeometry, Color, DynamicDrawUsage, Mesh, MeshPhysicalMaterial } from 'three'
import { LIQUID_COUNT } from '../../../../core/simulation/tissue/fluid/liquids.ts'
import { HEAD, type TissueSnapshot } from '../run/snapshot.ts'
import { wrapDrops } from './blobs.ts'
import { createNet, type Net } from './surfacenets.ts'

/** Blood, water, bile, pus, urine. */
const COLOURS = ['#50070a', '#a8968c', '#545f18', '#b09a56', '#ab8e42'].map((colour) => new Color(colour))
/** How strongly each colours a mixture, beside water: a little blood makes much water red. */
const STRENGTH = [5, 1, 4, 3, 1.5]

/** Light comes through a drop, most where it is thin: at its rim, in a jet. Without it liquid looks like paint. */
const lit = /* glsl */ `
float edge = 1.0 - abs(dot(normal, normalize(vViewPosition)));
outgoingLight += diffuseColor.rgb * vec3(1.0, 0.8, 0.8) * (0.16 + 0.75 * edge * edge);
`

/** Water is the only one that is pale in blue: what holds much of it is clear, but where it mirrors the lamp. */
const clear = /* glsl */ `
diffuseColor.a = 1.0 - 0.72 * smoothstep(0.05, 0.24, vColor.b);
diffuseColor.a = min(1.0, diffuseColor.a + max(0.0, dot(outgoingLight, vec3(0.33)) - 0.5));
`

/** Blood and irrigation in the open: drops that run together into one glossy surface. */
export class DropModels {
  readonly mesh: Mesh<BufferGeometry, MeshPhysicalMaterial>
  private readonly net: Net = createNet()
  private tint = new Float32Array(0)
  private readonly mixed = new Color()
  private drawnTick = -1

  constructor() {
    const look = new MeshPhysicalMaterial({
      vertexColors: true,
      roughness: 0.3,
      clearcoat: 0.9,
      clearcoatRoughness: 0.07,
      transparent: true,
      // Else it would shadow itself in every cell that it is contoured by.
      shadowSide: BackSide,
    })
    look.onBeforeCompile = (shader) => {
      shader.fragmentShader = shader.fragmentShader.replace(
        '#include <opaque_fragment>',
        `${lit}\n${clear}\n#include <opaque_fragment>`,
      )
    }
    this.mesh = new Mesh(new BufferGeometry(), look)
    this.mesh.frustumCulled = false
    this.mesh.castShadow = this.mesh.receiveShadow = true
  }

  update({ head, drop, dropShape, mixture }: TissueSnapshot): void {
    const count = head[HEAD.drops]
    this.mesh.visible = count > 0
    if (count === 0 || head[HEAD.tick] === this.drawnTick) return
    this.drawnTick = head[HEAD.tick]
    if (this.tint.length < count * 3) this.tint = new Float32Array(count * 6)
    for (let i = 0; i < count; i++) {
      this.mixed.setRGB(0, 0, 0)
      let strength = 0
      for (let k = 0; k < LIQUID_COUNT; k++) {
        const share = mixture[i * LIQUID_COUNT + k] * STRENGTH[k]
        strength += share
        this.mixed.r += share * COLOURS[k].r
        this.mixed.g += share * COLOURS[k].g
        this.mixed.b += share * COLOURS[k].b
      }
      if (strength > 0) this.mixed.multiplyScalar(1 / strength)
      this.mixed.toArray(this.tint, i * 3)
    }
    wrapDrops(drop, dropShape, this.tint, count, this.net)
    this.fill()
  }

  dispose(): void {
    this.mesh.geometry.dispose()
    this.mesh.material.dispose()
  }

  private fill(): void {
    const { position, normal, colour, index, vertices, corners } = this.net
    if (this.mesh.geometry.getAttribute('position')?.array !== position || this.mesh.geometry.index?.array !== index) {
      this.mesh.geometry.dispose()
      const geometry = new BufferGeometry()
      const dynamic = (array: Float32Array) => new BufferAttribute(array, 3).setUsage(DynamicDrawUsage)
      geometry.setAttribute('position', dynamic(position))
      geometry.setAttribute('normal', dynamic(normal))
      geometry.setAttribute('color', dynamic(colour))
      geometry.setIndex(new BufferAttribute(index, 1).setUsage(DynamicDrawUsage))
      this.mesh.geometry = geometry
    }
    for (const name of ['position', 'normal', 'color']) {
      const attribute = this.mesh.geometry.getAttribute(name) as BufferAttribute
      attribute.clearUpdateRanges()
      attribute.addUpdateRange(0, vertices * 3)
      attribute.needsUpdate = true
    }
    const triangles = this.mesh.geometry.index as BufferAttribute
    triangles.clearUpdateRanges()
    triangles.addUpdateRange(0, corners)
    triangles.needsUpdate = true
    this.mesh.geometry.setDrawRange(0, corners)
  }
}
