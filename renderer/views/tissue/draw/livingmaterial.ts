import { DataTexture, FloatType, MeshPhysicalMaterial, NearestFilter, RGBAFormat } from 'three'
import { MATERIALS } from '../../../../core/simulation/tissue/materials.ts'
import { LOOK_TEXELS, type Look, lookOf, tissueLooks, writeLook } from '../../../scene/looks.ts'
import { STATE_TEXELS, StateTable } from '../../../scene/statetable.ts'
import { createTissueMaterial, createTissueUniforms } from '../../../scene/tissuematerial.ts'
import { softShadows } from '../../theatre/stage/softshadow.ts'
import { burnt } from './burnlook.ts'
import { looksInside, looksOutside } from './looks.ts'

/** How wet living tissue is, beside the atlas's 0.7. */
const WETNESS = 1.5

/** The atlas's tissue, alive: its pattern sticks to the shape at rest, and blood makes it dark, red and glossy. */
export class LivingMaterial extends MeshPhysicalMaterial {
  constructor() {
    super({ clearcoat: 0.5, clearcoatRoughness: 0.16, ior: 1.4 })
    const rows = MATERIALS.length * 2
    const looks = new Float32Array(rows * LOOK_TEXELS * 4)
    MATERIALS.forEach(({ name }, m) => {
      writeLook(looks, m * 2, lookNamed(looksOutside[name]), { along: [1, 0, 0] }, 0.5)
      writeLook(looks, m * 2 + 1, lookNamed(looksInside[name]), { along: [1, 0, 0] }, 0.5)
    })
    const uniforms = createTissueUniforms(
      table(new StateTable(rows).data, STATE_TEXELS, rows),
      table(looks, LOOK_TEXELS, rows),
      tissueLooks.tendon,
    )
    uniforms.wetness.value = WETNESS
    const atlas = createTissueMaterial(uniforms, 'opaque')
    this.onBeforeCompile = (shader, renderer) => {
      atlas.onBeforeCompile(shader, renderer)
      shader.vertexShader = shader.vertexShader
        .replace(
          'attribute float tendon;',
          'attribute float tendon;\nattribute vec3 rest;\nattribute vec4 film;\nattribute vec2 burn;\nattribute float rim;\nvarying vec4 vFilm;\nvarying vec2 vBurn;\nvarying float vRim;',
        )
        .replace('vBody = position;', 'vBody = rest;\nvFilm = film;\nvBurn = burn;\nvRim = rim;')
      shader.fragmentShader = shader.fragmentShader
        .replace(
          'varying float vTendon;',
          'varying float vTendon;\nvarying vec4 vFilm;\nvarying vec2 vBurn;\nvarying float vRim;',
        )
        .replace('tissueThin = vLookNoise.w;', `${burnt}\n${bloodied}\ntissueThin = vLookNoise.w;`)
        .replace('#include <clearcoat_normal_fragment_begin>', unevenFilm)
      softShadows(shader)
    }
    this.customProgramCacheKey = () => 'living-tissue'
  }
}

/** The film of fluid on tissue lies unevenly: it mirrors in broken patches, not as a pane. */
const unevenFilm = /* glsl */ `
vec4 swell = noised(vBody * 190.0 + 3.1);
vec4 ripple = noised(vBody * 520.0);
vec3 lean = (swell.yzw * 0.075 + ripple.yzw * 0.03) * step(0.1, tissue.clearcoat);
lean -= normalize(vBodyNormal) * dot(lean, normalize(vBodyNormal));
vec3 clearcoatNormal = normalize(normalMatrix * normalize(normalize(vBodyNormal) - lean));
`

/**
 * Blood lies in a film whose rim is broken up by the pattern; it hides what is beneath and shines. The lips of a cut are
 * dark with what wells up, so that a cut whose walls touch is seen.
 */
const bloodied = /* glsl */ `
float grain = noised(bodyPoint * 420.0).x * 0.6 + noised(bodyPoint * 1300.0).x * 0.4;
float broken = (grain - 0.5) * 0.5;
float wetFilm = smoothstep(0.08, 0.5, vFilm.x + broken * step(0.004, vFilm.x));
float redFilm = smoothstep(0.2, 0.7, vFilm.x * vFilm.y * 1.5 + broken * step(0.004, vFilm.x * vFilm.y));
float clot = smoothstep(0.25, 0.6, vFilm.z + broken * step(0.004, vFilm.z));
tissue.colour = mix(tissue.colour, vec3(0.11, 0.008, 0.01), 0.8 * smoothstep(0.2, 0.95, vRim));
tissue.colour = mix(tissue.colour, vec3(0.21, 0.2, 0.03), wetFilm * vFilm.w * 0.7);
tissue.colour = mix(tissue.colour, vec3(0.1, 0.004, 0.005), redFilm * 0.88);
tissue.colour = mix(tissue.colour, vec3(0.06, 0.004, 0.006), clot * 0.9);
tissue.roughness = mix(mix(tissue.roughness, 0.14, wetFilm), 0.42, clot);
tissue.clearcoat = mix(mix(tissue.clearcoat, 1.0, wetFilm), 0.5, clot);
tissue.slope *= 1.0 - 0.7 * max(wetFilm, clot);
`

function lookNamed(look: Look | string | undefined): Look {
  return typeof look === 'object' ? look : lookOf(look ?? 'fascia', {})
}

function table(data: Float32Array, width: number, rows: number): DataTexture {
  const texture = new DataTexture(data as Float32Array<ArrayBuffer>, width, rows, RGBAFormat, FloatType)
  texture.minFilter = texture.magFilter = NearestFilter
  texture.needsUpdate = true
  return texture
}
