import {
  Color,
  DoubleSide,
  FrontSide,
  type IUniform,
  type Material,
  Matrix4,
  MeshBasicMaterial,
  MeshDepthMaterial,
  MeshPhysicalMaterial,
  ShaderMaterial,
  type Side,
  type Texture,
  Vector2,
  Vector4,
  type WebGLProgramParametersWithUniforms,
} from 'three'
import type { Look } from './looks.ts'
import {
  nearerDepth,
  tissueFragmentColour,
  tissueFragmentFinish,
  tissueFragmentHead,
  tissueFragmentNormal,
  tissueFragmentOcclusion,
  tissueFragmentRoughness,
  tissueLight,
  tissueVertexCull,
  tissueVertexHead,
  tissueVertexPlace,
} from './tissue.glsl.ts'

/** Values that all materials of one body share; change `.value` and ask for a frame. */
export type TissueUniforms = {
  readonly stateMap: IUniform<Texture>
  readonly lookMap: IUniform<Texture>
  /** Plane in body space (xyz normal, w distance): what lies beyond is cut away. */
  readonly sectionPlane: IUniform<Vector4>
  readonly sectionOn: IUniform<number>
  readonly accent: IUniform<Color>
  readonly tendonColour: IUniform<Color>
  readonly tendonColour2: IUniform<Color>
  /** 0.4 dry (atlas) to 1.6 wet (theatre). */
  readonly wetness: IUniform<number>
  /** Body to field matrix of a window in the body wall that another mesh fills. */
  readonly apertureMatrix: IUniform<Matrix4>
  readonly apertureHalf: IUniform<Vector2>
  readonly apertureOn: IUniform<number>
}

/** `tendon` is the look of the parts of muscles that are tendon. */
export function createTissueUniforms(stateMap: Texture, lookMap: Texture, tendon: Look): TissueUniforms {
  return {
    stateMap: { value: stateMap },
    lookMap: { value: lookMap },
    sectionPlane: { value: new Vector4(0, 0, 1, 0) },
    sectionOn: { value: 0 },
    accent: { value: new Color('#1FA6A0') },
    tendonColour: { value: new Color(tendon.colour) },
    tendonColour2: { value: new Color(tendon.colour2) },
    wetness: { value: 0.7 },
    apertureMatrix: { value: new Matrix4() },
    apertureHalf: { value: new Vector2() },
    apertureOn: { value: 0 },
  }
}

/** Which structures a material draws: solid ones, faded ones, or all that are shown. */
export type TissuePass = 'opaque' | 'faded' | 'shown'
const passNumber: Readonly<Record<TissuePass, number>> = { opaque: 0, faded: 1, shown: 2 }

/** Tissue of the body: MeshPhysicalMaterial whose colour, roughness, normal and light come from look and state. */
export function createTissueMaterial(uniforms: TissueUniforms, pass: 'opaque' | 'faded'): MeshPhysicalMaterial {
  const material = new MeshPhysicalMaterial({ clearcoat: 0.5, clearcoatRoughness: 0.38, ior: 1.4 })
  if (pass === 'faded') {
    material.transparent = true
    material.depthWrite = false
    material.defines = { ...material.defines, TISSUE_FADED: '' }
  }
  material.onBeforeCompile = (shader) => {
    Object.assign(shader.uniforms, uniforms, { pass: { value: passNumber[pass] } })
    placeVertices(shader)
    shader.fragmentShader = shader.fragmentShader
      .replace('#include <common>', `#include <common>\n${tissueFragmentHead}`)
      .replace('#include <lights_physical_pars_fragment>', `#include <lights_physical_pars_fragment>\n${tissueLight}`)
      .replace('#include <color_fragment>', tissueFragmentColour)
      .replace('#include <roughnessmap_fragment>', tissueFragmentRoughness)
      .replace('#include <normal_fragment_maps>', tissueFragmentNormal)
      .replace(
        '#include <lights_physical_fragment>',
        '#include <lights_physical_fragment>\nmaterial.clearcoat = clamp(tissue.clearcoat, 0.0, 1.0);',
      )
      .replace('#include <aomap_fragment>', tissueFragmentOcclusion)
      .replace('#include <opaque_fragment>', `${tissueFragmentFinish}\n#include <opaque_fragment>`)
  }
  material.customProgramCacheKey = () => `tissue-${pass}`
  return material
}

/** Writes only depth, of the same structures as `pass`: the nearest faded surface. */
export function createTissueDepth(uniforms: TissueUniforms, pass: TissuePass): MeshBasicMaterial {
  return depthOnly(new MeshBasicMaterial({ colorWrite: false }), uniforms, pass)
}

/** What casts shadows: solid tissue that is not cut away. */
export function createTissueShadow(uniforms: TissueUniforms): MeshDepthMaterial {
  return depthOnly(new MeshDepthMaterial(), uniforms, 'opaque')
}

function depthOnly<M extends Material>(material: M, uniforms: TissueUniforms, pass: TissuePass): M {
  material.onBeforeCompile = (shader) => {
    Object.assign(shader.uniforms, uniforms, { pass: { value: passNumber[pass] } })
    placeVertices(shader)
    discardCut(shader)
  }
  material.customProgramCacheKey = () => `${material.type}-${pass}`
  return material
}

/** Paints the structure's index + 1 as a colour (red low byte, green high byte): who owns a pixel. */
export function createIdMaterial(uniforms: TissueUniforms): ShaderMaterial {
  const { stateMap, sectionPlane, sectionOn } = uniforms
  return new ShaderMaterial({
    uniforms: { stateMap, sectionPlane, sectionOn },
    side: DoubleSide,
    vertexShader: /* glsl */ `
      ${nearerDepth}
      attribute float structure;
      uniform highp sampler2D stateMap;
      uniform float sectionOn;
      flat varying float vRow;
      varying vec3 vBody;
      void main() {
        int row = int(structure + 0.5);
        vRow = structure;
        vBody = position;
        vec4 moved = texelFetch(stateMap, ivec2(2, row), 0);
        vec4 place = modelViewMatrix * vec4(position + moved.rgb, 1.0);
        gl_Position = projectionMatrix * place;
        if (sectionOn < 0.5) gl_Position.z = nearerDepth(gl_Position, place, moved.a);
        if (texelFetch(stateMap, ivec2(0, row), 0).r < 0.999) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
      }`,
    fragmentShader: /* glsl */ `
      flat varying float vRow;
      varying vec3 vBody;
      uniform vec4 sectionPlane;
      uniform float sectionOn;
      void main() {
        if (sectionOn > 0.5 && dot(sectionPlane.xyz, vBody) > sectionPlane.w) discard;
        float id = floor(vRow + 1.5);
        gl_FragColor = vec4(mod(id, 256.0) / 255.0, floor(id / 256.0) / 255.0, 0.0, 1.0);
      }`,
  })
}

/** Which sides to draw: the inner side is the cut face, seen only while a section is on. */
export function sideFor(section: 'whole' | 'cut'): Side {
  return section === 'cut' ? DoubleSide : FrontSide
}

function placeVertices(shader: WebGLProgramParametersWithUniforms): void {
  shader.vertexShader = shader.vertexShader
    .replace('#include <common>', `#include <common>\n${tissueVertexHead}`)
    .replace('#include <begin_vertex>', `#include <begin_vertex>\n${tissueVertexPlace}`)
    .replace('#include <project_vertex>', `#include <project_vertex>\n${tissueVertexCull}`)
}

function discardCut(shader: WebGLProgramParametersWithUniforms): void {
  shader.fragmentShader = shader.fragmentShader
    .replace(
      '#include <common>',
      '#include <common>\nvarying vec3 vBody;\nuniform vec4 sectionPlane;\nuniform float sectionOn;',
    )
    .replace(
      '#include <map_fragment>',
      'if (sectionOn > 0.5 && dot(sectionPlane.xyz, vBody) > sectionPlane.w) discard;',
    )
}
