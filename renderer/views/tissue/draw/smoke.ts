import {
  DynamicDrawUsage,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  Mesh,
  PlaneGeometry,
  ShaderMaterial,
} from 'three'
import { HEAD, type TissueSnapshot } from '../run/snapshot.ts'

/** Radius of a fresh puff and of one that is nearly gone, m. */
const FRESH_M = 0.0035
const SPENT_M = 0.017

/** Smoke of cautery: soft discs that face the eye, grow and thin as they rise. One drawing for all. */
export class SmokeModel {
  readonly mesh: Mesh<InstancedBufferGeometry, ShaderMaterial>
  private room = 0

  constructor() {
    this.mesh = new Mesh(new InstancedBufferGeometry(), createLook())
    this.mesh.frustumCulled = false
    this.mesh.renderOrder = 10
  }

  update({ head, puff }: TissueSnapshot): void {
    const count = head[HEAD.puffs]
    this.mesh.visible = count > 0
    if (count === 0) return
    if (this.room * 4 !== puff.length) this.grow(puff.length / 4)
    const { geometry } = this.mesh
    const attribute = geometry.getAttribute('puff') as InstancedBufferAttribute
    attribute.array.set(puff)
    attribute.clearUpdateRanges()
    attribute.addUpdateRange(0, count * 4)
    attribute.needsUpdate = true
    geometry.instanceCount = count
  }

  dispose(): void {
    this.mesh.geometry.dispose()
    this.mesh.material.dispose()
  }

  private grow(room: number): void {
    this.room = room
    this.mesh.geometry.dispose()
    const geometry = new InstancedBufferGeometry()
    const { index, attributes } = new PlaneGeometry(2, 2)
    geometry.setIndex(index)
    geometry.setAttribute('position', attributes.position)
    const puffs = new InstancedBufferAttribute(new Float32Array(room * 4), 4)
    geometry.setAttribute('puff', puffs.setUsage(DynamicDrawUsage))
    this.mesh.geometry = geometry
  }
}

/** Drawn without order: discs this thin look the same whichever lies in front. */
function createLook(): ShaderMaterial {
  return new ShaderMaterial({
    transparent: true,
    depthWrite: false,
    vertexShader: /* glsl */ `
      attribute vec4 puff;
      varying vec2 vAt;
      varying float vStrength;
      varying vec2 vSeed;
      void main() {
        vStrength = puff.w;
        float radius = mix(${SPENT_M}, ${FRESH_M}, sqrt(clamp(puff.w, 0.0, 1.0)));
        vAt = position.xy;
        // A number that stays with a puff well enough while it drifts.
        vSeed = fract(puff.xz * 137.0);
        vec4 eye = viewMatrix * modelMatrix * vec4(puff.xyz, 1.0);
        eye.xy += position.xy * radius;
        // Towards the eye, so that the disc does not cut into what it rises from.
        eye.z += radius * 0.7;
        gl_Position = projectionMatrix * eye;
      }`,
    fragmentShader: /* glsl */ `
      varying vec2 vAt;
      varying float vStrength;
      varying vec2 vSeed;
      float hash(vec2 p) { return fract(sin(dot(p, vec2(12.9898, 78.233))) * 43758.5453); }
      float soft(vec2 p) {
        vec2 i = floor(p), f = fract(p);
        f = f * f * (3.0 - 2.0 * f);
        return mix(mix(hash(i), hash(i + vec2(1, 0)), f.x), mix(hash(i + vec2(0, 1)), hash(i + vec2(1, 1)), f.x), f.y);
      }
      void main() {
        float r = dot(vAt, vAt);
        if (r > 1.0) discard;
        float wisps = 0.6 * soft(vAt * 2.1 + vSeed * 9.0) + 0.4 * soft(vAt * 5.0 + vSeed * 23.0);
        float fall = (1.0 - r) * (1.0 - r);
        float alpha = fall * smoothstep(0.15, 0.85, wisps + 0.25 * fall) * vStrength * 0.34;
        gl_FragColor = vec4(vec3(0.78, 0.8, 0.81) * (0.82 + 0.18 * wisps), alpha);
        #include <colorspace_fragment>
      }`,
  })
}
