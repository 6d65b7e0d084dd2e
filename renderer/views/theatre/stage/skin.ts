import { BufferGeometry, type Color, Mesh, MeshPhysicalMaterial, Vector2, Vector3 } from 'three'
import type { Field } from './field.ts'
import { FieldMask } from './fieldmask.ts'
import { softShadows } from './softshadow.ts'

/** A vertex counts as part of the operative field when it lies this close to its skin, mm. */
const NEAR_MM = 25
/** Points of a triangle that are asked: corners, middles of the edges, centre. */
const SAMPLES = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
  [0.5, 0.5, 0],
  [0, 0.5, 0.5],
  [0.5, 0, 0.5],
  [1 / 3, 1 / 3, 1 / 3],
] as const

/**
 * The body's skin without the part that the operative field draws itself. A triangle goes only when the field covers all
 * of it, so the two overlap by a cell and no gap opens between them.
 *
 * @param source skin of the atlas: `position` in the body frame, metres, indexed
 */
export function skinAround(source: BufferGeometry, field: Field): BufferGeometry {
  const position = source.getAttribute('position')
  const index = source.getIndex()
  if (!index) return source
  const mask = new FieldMask(field)
  const at = new Float32Array(position.count * 3)
  const point = new Vector3()
  for (let i = 0; i < position.count; i++)
    field.locate(point.fromBufferAttribute(position, i), point).toArray(at, i * 3)
  const covered = (a: number, b: number, c: number) =>
    SAMPLES.every(([x, y, z]) => {
      const u = at[a * 3] * x + at[b * 3] * y + at[c * 3] * z
      const v = at[a * 3 + 1] * x + at[b * 3 + 1] * y + at[c * 3 + 1] * z
      const w = at[a * 3 + 2] * x + at[b * 3 + 2] * y + at[c * 3 + 2] * z
      return mask.covers(u, v) && Math.abs(w - field.surfaceMm('skin', u, v)) < NEAR_MM
    })
  const kept: number[] = []
  for (let t = 0; t < index.count; t += 3) {
    const a = index.getX(t)
    const b = index.getX(t + 1)
    const c = index.getX(t + 2)
    if (!covered(a, b, c)) kept.push(a, b, c)
  }
  const geometry = new BufferGeometry()
  for (const [name, attribute] of Object.entries(source.attributes)) geometry.setAttribute(name, attribute)
  geometry.setIndex(kept)
  if (!source.getAttribute('normal')) geometry.computeVertexNormals()
  return geometry
}

/** Skin of the rest of the body, in the same tone and grain as the operative field. */
export function buildSkin(geometry: BufferGeometry, field: Field, tone: Color): Mesh {
  const material = new MeshPhysicalMaterial({ roughness: 0.6, clearcoat: 1, clearcoatRoughness: 0.22 })
  const uniforms = {
    uSkin: { value: new Vector3(tone.r, tone.g, tone.b) },
    uToField: { value: field.toField },
    uSizeMm: { value: new Vector2(field.widthMm, field.heightMm) },
    uPrep: { value: 0 },
  }
  material.userData.uniforms = uniforms
  material.onBeforeCompile = (shader) => {
    Object.assign(shader.uniforms, uniforms)
    softShadows(shader)
    shader.vertexShader = shader.vertexShader
      .replace(
        '#include <common>',
        '#include <common>\nvarying vec3 vField;\nvarying float vDarker;\nvarying float vOpen;\nattribute float darker;\nattribute float openness;\nuniform mat4 uToField;',
      )
      .replace(
        '#include <begin_vertex>',
        '#include <begin_vertex>\nvField = (uToField * vec4(position, 1.0)).xyz;\nvDarker = darker;\nvOpen = openness;',
      )
    shader.fragmentShader = shader.fragmentShader
      .replace('#include <common>', `#include <common>\n${skinNoise}`)
      .replace('#include <color_fragment>', `#include <color_fragment>\n${skinColour}`)
      .replace('#include <roughnessmap_fragment>', 'float roughnessFactor = skinRough;')
      .replace(
        '#include <lights_physical_fragment>',
        '#include <lights_physical_fragment>\n#ifdef USE_CLEARCOAT\nmaterial.clearcoat *= 0.08 + 0.8 * skinWet;\n#endif',
      )
  }
  const mesh = new Mesh(geometry, material)
  mesh.receiveShadow = true
  mesh.castShadow = true
  return mesh
}

const skinNoise = /* glsl */ `
varying vec3 vField;
varying float vDarker;
varying float vOpen;
uniform vec3 uSkin;
uniform vec2 uSizeMm;
uniform float uPrep;
float wHash(vec3 p) { p = fract(p * 0.3183099 + 0.1); p *= 17.0; return fract(p.x * p.y * p.z * (p.x + p.y + p.z)); }
float wNoise(vec3 p) {
  vec3 i = floor(p); vec3 f = fract(p); f = f * f * (3.0 - 2.0 * f);
  return mix(mix(mix(wHash(i), wHash(i + vec3(1,0,0)), f.x), mix(wHash(i + vec3(0,1,0)), wHash(i + vec3(1,1,0)), f.x), f.y),
             mix(mix(wHash(i + vec3(0,0,1)), wHash(i + vec3(1,0,1)), f.x), mix(wHash(i + vec3(0,1,1)), wHash(i + vec3(1,1,1)), f.x), f.y), f.z);
}
`

const skinColour = /* glsl */ `
vec3 at = vField * 1000.0;
float pores = wNoise(vec3(at.xy * 2.4, at.z * 2.4)) * 0.5 + wNoise(vec3(at.xy * 6.1, at.z * 6.1 + 3.0)) * 0.3;
float mottle = wNoise(vec3(at.xy * 0.055, at.z * 0.055 + 9.0)) - 0.5;
vec3 tissue = uSkin * (0.95 + 0.09 * pores) * (1.0 + 0.14 * mottle * vec3(0.6, 1.1, 1.2));
tissue = mix(tissue, tissue * vec3(0.66, 0.46, 0.42), vDarker);
vec2 fromMiddle = (at.xy / uSizeMm - 0.5) * 2.0;
float paint = uPrep * smoothstep(1.75, 1.45, length(fromMiddle * vec2(0.9, 0.86)) + 0.08 * wNoise(vec3(at.xy * 0.12, 4.0)));
tissue = mix(tissue, tissue * vec3(1.0, 0.88, 0.74), paint);
float skinWet = 0.14 * paint;
float skinRough = mix(0.6, 0.42, paint);
diffuseColor.rgb = tissue * mix(vec3(0.62, 0.46, 0.42), vec3(1.0), vOpen);
`
