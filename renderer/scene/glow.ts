import { BufferGeometry, GreaterDepth, MathUtils, Mesh, ShaderMaterial } from 'three'
import type { LoadedSystem, Range } from './atlas.ts'
import { nearerDepth } from './tissue.glsl.ts'
import type { TissueUniforms } from './tissuematerial.ts'

/** Drawn after solid tissue and before faded tissue. */
const ORDER = 90
/** Opacity of the glow seen square on: of large structures, and of those no larger than {@link SMALL_M} or so. */
const FAINT = 0.18
const STRONG = 0.8
const SMALL_M = 0.02

/**
 * Shows where the selected structure lies beneath what covers it: those of its triangles that something solid hides,
 * drawn as a glow through it. One draw of one structure's triangles.
 */
export class Glow {
  readonly mesh: Mesh
  private readonly material: ShaderMaterial
  /** Views on the systems' own buffers: never disposed here, or the buffers would go with them. */
  private readonly views = new Map<string, BufferGeometry>()

  constructor(uniforms: TissueUniforms) {
    this.material = glowMaterial(uniforms)
    this.mesh = new Mesh(new BufferGeometry(), this.material)
    this.mesh.name = 'glow'
    this.mesh.renderOrder = ORDER
    this.mesh.visible = false
  }

  /** Takes over which triangles are to glow, of a structure so large (m); null for none. */
  show(system: LoadedSystem | null, range: Range | undefined, sizeM = 0): void {
    this.mesh.visible = system !== null && range !== undefined
    if (!system || !range) return
    const view = this.views.get(system.id) ?? viewOf(system.geometry)
    this.views.set(system.id, view)
    view.setDrawRange(range.start, range.count)
    this.mesh.geometry = view
    // What is small would be lost in a faint glow; what is large would be hidden by a strong one.
    this.material.uniforms.strength.value = MathUtils.clamp(SMALL_M / Math.max(sizeM, 1e-6), FAINT, STRONG)
  }

  dispose(): void {
    this.material.dispose()
  }
}

function viewOf(geometry: BufferGeometry): BufferGeometry {
  const view = new BufferGeometry()
  for (const name of ['position', 'normal', 'structure']) view.setAttribute(name, geometry.getAttribute(name))
  view.setIndex(geometry.getIndex())
  view.boundingSphere = geometry.boundingSphere
  return view
}

function glowMaterial({ stateMap, sectionPlane, sectionOn, accent }: TissueUniforms): ShaderMaterial {
  return new ShaderMaterial({
    uniforms: { stateMap, sectionPlane, sectionOn, accent, strength: { value: FAINT } },
    transparent: true,
    depthWrite: false,
    depthFunc: GreaterDepth,
    vertexShader: /* glsl */ `
      ${nearerDepth}
      attribute float structure;
      uniform highp sampler2D stateMap;
      varying vec3 vBody;
      varying vec3 vTowards;
      varying vec3 vFacing;
      void main() {
        vec4 moved = texelFetch(stateMap, ivec2(2, int(structure + 0.5)), 0);
        vec4 place = modelViewMatrix * vec4(position + moved.rgb, 1.0);
        vBody = position;
        vTowards = -place.xyz;
        vFacing = normalMatrix * normal;
        gl_Position = projectionMatrix * place;
        // Before its own solid surface, or that would count as what covers it.
        gl_Position.z = nearerDepth(gl_Position, place, moved.a + 0.0005);
      }`,
    fragmentShader: /* glsl */ `
      uniform vec4 sectionPlane;
      uniform float sectionOn;
      uniform vec3 accent;
      uniform float strength;
      varying vec3 vBody;
      varying vec3 vTowards;
      varying vec3 vFacing;
      void main() {
        if (sectionOn > 0.5 && dot(sectionPlane.xyz, vBody) > sectionPlane.w) discard;
        float rim = 1.0 - clamp(abs(dot(normalize(vFacing), normalize(vTowards))), 0.0, 1.0);
        gl_FragColor = vec4(accent * 1.15, strength + (1.0 - strength) * 0.6 * rim * rim);
        #include <tonemapping_fragment>
        #include <colorspace_fragment>
      }`,
  })
}
