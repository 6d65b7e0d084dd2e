import { BackSide, DataTexture, DoubleSide, FloatType, MeshPhysicalMaterial, NearestFilter, RGBAFormat } from 'three'
import { MATERIALS } from '../../../../core/simulation/tissue/materials.ts'
import { LOOK_TEXELS, type Look, lookOf, tissueLooks, writeLook } from '../../../scene/looks.ts'
import { STATE_TEXELS, StateTable } from '../../../scene/statetable.ts'
import { createTissueMaterial, createTissueUniforms } from '../../../scene/tissuematerial.ts'
import { softenShadows, softShadows } from '../../theatre/stage/softshadow.ts'
import { burnt } from './burnlook.ts'
import { blanchingOf, livelinessOf, looksInside, looksOutside, veilOf } from './looks.ts'

/** How wet living tissue is, beside the atlas's 0.7. */
const WETNESS = 1.5

/** The atlas's tissue, alive: its pattern sticks to the shape at rest, and blood makes it dark, red and glossy. */
export class LivingMaterial extends MeshPhysicalMaterial {
  /** @param detail `plain` leaves out what is finer than about a millimetre: for machines that draw without a graphics card */
  constructor(detail: 'fine' | 'plain') {
    // Thin folds are seen from both sides.
    super({ clearcoat: 0.5, clearcoatRoughness: 0.2, ior: 1.4, side: DoubleSide, shadowSide: BackSide })
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
    const living = MATERIALS.flatMap(({ name }) => [livelinessOf(name, 'outside'), livelinessOf(name, 'inside')])
    const veils = MATERIALS.flatMap(({ name }) => [veilOf(name), 0])
    const blanching = MATERIALS.flatMap(({ name }) => [blanchingOf(name), blanchingOf(name)])
    const atlas = createTissueMaterial(uniforms, 'opaque')
    this.onBeforeCompile = (shader, renderer) => {
      atlas.onBeforeCompile(shader, renderer)
      shader.uniforms.living = { value: living }
      shader.uniforms.veil = { value: veils }
      shader.uniforms.blanching = { value: blanching }
      shader.vertexShader = shader.vertexShader
        .replace('attribute float tendon;', `attribute float tendon;\n${vertexHead}`)
        .replace(
          'vBody = position;',
          'vBody = rest;\nvFilm = film;\nvBurn = burn;\nvSwollen = swollen;\nvPale = pale;\nvRim = rim;\nvSeam = seam;\nvLiving = living[row];\nvVeil = veil[row];\nvBlanching = blanching[row];',
        )
      shader.fragmentShader = shader.fragmentShader
        .replace('varying float vTendon;', `varying float vTendon;\n${fragmentHead}`)
        .replaceAll('normalize(vBodyNormal)', 'seenNormal()')
        .replace('struct Tissue', `${helpers}\nstruct Tissue`)
        .replace(
          'tissueThin = vLookNoise.w;',
          `${perfused}\n${covered}\n${blanched}\n${burnt}\n${bloodied}\ntissueThin = vLookNoise.w;`,
        )
        .replace('#include <clearcoat_normal_fragment_begin>', unevenFilm)
      softShadows(shader)
    }
    if (detail === 'fine') this.defines = { ...this.defines, FINE_TISSUE: '' }
    softenShadows(this, detail === 'fine' ? 'full' : 'light')
    this.customProgramCacheKey = () => `living-tissue-${detail}`
  }
}

const fragmentHead = /* glsl */ `
varying vec4 vFilm;
varying vec2 vBurn;
varying float vSwollen;
varying float vPale;
varying float vRim;
varying float vSeam;
flat varying vec4 vLiving;
flat varying float vVeil;
flat varying float vBlanching;
`

/**
 * The normal on the side that is seen. How much of a line there is where a noise of so many cells a metre is a half, as
 * wide everywhere: a share of its cells.
 */
const helpers = /* glsl */ `
vec3 seenNormal() {
  return normalize(vBodyNormal) * (gl_FrontFacing ? 1.0 : -1.0);
}
float line(float value, vec3 place, float frequency, float width) {
  vec2 across = vec2(length(dFdx(place)), length(dFdy(place)));
  float steep = length(vec2(dFdx(value), dFdy(value)) / max(across, vec2(1e-8))) / frequency;
  float away = abs(value - 0.5) / max(0.1, steep);
  // Where the noise is flat a line would be a blot.
  return (1.0 - smoothstep(0.35 * width, width, away)) * smoothstep(0.15, 0.5, steep);
}
`

const vertexHead = /* glsl */ `
attribute vec3 rest;
attribute vec4 film;
attribute vec2 burn;
attribute float swollen;
attribute float pale;
attribute float rim;
attribute float seam;
uniform vec4 living[${MATERIALS.length * 2}];
uniform float veil[${MATERIALS.length * 2}];
uniform float blanching[${MATERIALS.length * 2}];
${fragmentHead}
`

/**
 * What blood and surface add to a tissue that lives: patches that hold more blood or less, small vessels that wind and
 * fork, a relief finer than the pattern's. `vLiving`: share of patches, of vessels, vessels for a metre, relief.
 */
const perfused = /* glsl */ `
vec3 twisted = mat3(0.36, 0.48, -0.8, -0.8, 0.6, 0.0, 0.48, 0.64, 0.6) * bodyPoint;
float patches = noised(twisted * 118.0 + 2.3).x * 0.62 + noised(twisted.yzx * 310.0).x * 0.38 - 0.5;
tissue.colour *= 1.0 + vLiving.x * patches * vec3(0.75, 1.15, 1.1);
if (vLiving.y > 0.0) {
  vec3 at = twisted * vLiving.z;
  vec4 bent = noised(at * 0.45);
  vec3 wound = at + (bent.yzw - 0.1) * 0.26;
  // They fade in and out of sight as they dip: no line closes on itself.
  vec4 dips = noised(at * 0.7 + 9.0);
  float big = line(noised(wound * 0.42 + 3.7).x, bodyPoint, vLiving.z * 0.42, 0.02 + 0.025 * bent.x) * smoothstep(0.34, 0.6, dips.x);
  float small = line(noised(wound * 1.3 + 4.0).x, bodyPoint, vLiving.z * 1.3, 0.045) * smoothstep(0.4, 0.7, bent.x);
#ifdef FINE_TISSUE
  float fine = line(noised(wound * 3.1 + 7.0).x, bodyPoint, vLiving.z * 3.1, 0.055) * smoothstep(0.45, 0.7, dips.x) * survives(at, 3.5);
#else
  float fine = 0.0;
#endif
  float vessels = max(big, max(0.75 * small, 0.5 * fine)) * survives(at, 1.6);
  tissue.colour = mix(tissue.colour, vec3(0.09, 0.008, 0.009) + tissue.colour * 0.28, vessels * vLiving.y);
}
if (vLiving.y < 0.0) {
  // An iris around its pupil: fibres in two rings with a frill between them, dark at either margin.
  float r = length(bodyPoint.xz);
  float turn = atan(bodyPoint.z, bodyPoint.x);
  vec3 round = vec3(cos(turn), sin(turn), 0.0);
  float frill = 0.0052 + 0.00035 * (noised(round * 5.0 + 3.0).x - 0.5);
  float within = 1.0 - smoothstep(frill - 0.0001, frill + 0.0001, r);
  float strands = noised(vec3(round.xy * mix(26.0, 40.0, within), r * 700.0)).x * 0.6 + noised(vec3(round.xy * 75.0, r * 1500.0)).x * 0.4;
  tissue.colour *= 0.5 + 1.15 * smoothstep(0.25, 0.75, strands);
  tissue.colour = mix(tissue.colour, tissue.colour * vec3(1.5, 1.15, 0.75), 0.55 * within);
  tissue.colour *= mix(0.35, 1.0, smoothstep(0.0, 0.0007, abs(r - 0.0058))) * mix(0.3, 1.0, smoothstep(0.00445, 0.00475, r));
  tissue.slope += vec3(round.x, 0.0, round.y).zyx * vec3(-1.0, 0.0, 1.0) * (strands - 0.5) * 0.5;
}
#ifdef FINE_TISSUE
float near = survives(bodyPoint, 900.0);
vec4 relief = noised(bodyPoint * 900.0 + 5.1);
vec4 pores = noised(twisted * 2100.0);
tissue.slope += (relief.yzw * 0.2 + pores.yzw * 0.12 * survives(bodyPoint, 2100.0)) * near * vLiving.w;
tissue.roughness += (relief.x - 0.5) * 0.12 * near * vLiving.w;
#endif
`

/**
 * Peritoneum over an organ: a thin pale veil, most of it where it is seen aslant; where it goes over from one organ to
 * the next it holds a little fat.
 */
const covered = /* glsl */ `
float aslant = 1.0 - clamp(abs(dot(normalize(normalMatrix * normalize(vBodyNormal)), normalize(vViewPosition))), 0.0, 1.0);
float cloud = noised(twisted * 64.0 + 6.1).x;
tissue.colour = mix(tissue.colour, vec3(0.52, 0.44, 0.38), vVeil * (0.3 * cloud + 0.9 * aslant * aslant));
if (vSeam > 0.02 && vVeil > 0.0) {
  float lobes = noised(bodyPoint * 480.0).x * 0.6 + noised(bodyPoint * 1400.0 + 2.0).x * 0.4;
  float fold = smoothstep(0.3, 0.75, vSeam + (lobes - 0.5) * 0.6 + (cloud - 0.5) * 0.5);
  tissue.colour = mix(tissue.colour, vec3(0.5, 0.34, 0.14) * (0.6 + 0.75 * lobes), 0.75 * fold);
}
`

/**
 * Liquid under the surface presses the blood out: a weal is pale, and its pores are drawn in like an orange's peel. So does
 * what presses or pulls tissue thin, as far as its colour is that of blood in small vessels (amounts are design figures).
 */
const blanched = /* glsl */ `
float weal = smoothstep(0.0003, 0.0014, vSwollen * (0.75 + 0.5 * noised(bodyPoint * 260.0).x));
float pallor = dot(tissue.colour, vec3(0.3, 0.5, 0.2));
tissue.colour = mix(tissue.colour, pallor * vec3(1.3, 1.24, 1.13) + 0.07, weal * 0.8);
float emptied = smoothstep(0.1, 0.5, vPale + (noised(bodyPoint * 190.0 + 4.4).x - 0.5) * 0.12 * step(0.01, vPale));
tissue.colour = mix(tissue.colour, pallor * vec3(1.75, 1.42, 1.25) + 0.02, emptied * 0.65 * vBlanching);
tissue.slope += noised(bodyPoint * 1150.0 + 2.7).yzw * 0.35 * weal * survives(bodyPoint, 1150.0);
`

/** The film of fluid on tissue lies unevenly: it mirrors in broken patches, not as a pane. */
const unevenFilm = /* glsl */ `
vec4 swell = noised(vBody * 150.0 + 3.1);
vec4 ripple = noised(vBody * 470.0);
float calm = 1.0 - 0.6 * smoothstep(0.1, 0.6, vFilm.x);
vec3 lean = swell.yzw * 0.055 + ripple.yzw * 0.05 * calm;
#ifdef FINE_TISSUE
lean += noised(vBody * 1350.0 + 1.7).yzw * 0.03 * survives(vBody, 1350.0) * calm;
#endif
lean *= step(0.1, tissue.clearcoat);
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
tissue.colour = mix(tissue.colour, vec3(0.11, 0.008, 0.01), 0.8 * smoothstep(0.2, 0.95, vRim) * smoothstep(0.15, 0.3, vLiving.x));
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
