import { BufferGeometry, GreaterDepth, Mesh, ShaderMaterial } from 'three'
import type { LoadedSystem, Range } from './atlas.ts'
import { nearerDepth } from './tissue.glsl.ts'
import type { TissueUniforms } from './tissuematerial.ts'

/** Drawn after solid tissue and before faded tissue. */
const ORDER = 90

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

  /** Takes over which triangles are to glow; null for none. */
  show(system: LoadedSystem | null, range: Range | undefined): void {
    this.mesh.visible = system !== null && range !== undefined
    if (!system || !range) return
    const view = this.views.get(system.id) ?? viewOf(system.geometry)
    this.views.set(system.id, view)
    view.setDrawRange(range.start, range.count)
    this.mesh.geometry = view
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
    uniforms: { stateMap, sectionPlane, sectionOn, accent },
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
      varying vec3 vBody;
      varying vec3 vTowards;
      varying vec3 vFacing;
      void main() {
        if (sectionOn > 0.5 && dot(sectionPlane.xyz, vBody) > sectionPlane.w) discard;
        float rim = 1.0 - clamp(abs(dot(normalize(vFacing), normalize(vTowards))), 0.0, 1.0);
        gl_FragColor = vec4(accent * 1.15, 0.2 + 0.5 * rim * rim);
        #include <tonemapping_fragment>
        #include <colorspace_fragment>
      }`,
  })
}
