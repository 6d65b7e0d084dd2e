import { type Material, Mesh, type Object3D, ShaderChunk } from 'three'

/** Samples of the shadow map for a pixel; where a processor draws, 14 are a third of what a picture of the theatre costs. */
const TAPS = { full: 14, light: 4 } as const

/**
 * Reads the shadow map in a fixed disk. Three turns its few samples by a noise of the pixel, which shows as a pattern of
 * dots on skin; more samples that stand still give an even edge, wide enough to judge how high an instrument hovers.
 */
const evenSamples = ShaderChunk.shadowmap_pars_fragment
  .replace('float phi = interleavedGradientNoise( gl_FragCoord.xy ) * PI2;', 'float phi = 0.7;')
  .replace(
    /shadow = \(\s*texture\( shadowMap[\s\S]*?\) \* 0\.2;/,
    `shadow = 0.0;
				for ( int tap = 0; tap < SHADOW_TAPS; tap ++ )
					shadow += texture( shadowMap, vec3( shadowCoord.xy + vogelDiskSample( tap, SHADOW_TAPS, phi ) * radius, shadowCoord.z ) );
				shadow /= float( SHADOW_TAPS );`,
  )
const softChunk = `#ifndef SHADOW_TAPS
#define SHADOW_TAPS ${TAPS.full}
#endif
${evenSamples}`

/** Gives a material's shader even, soft shadows. */
export function softShadows(shader: { fragmentShader: string }): void {
  shader.fragmentShader = shader.fragmentShader.replace('#include <shadowmap_pars_fragment>', softChunk)
}

/** Says how softly shadows fall on a material that {@link softShadows} was given to. */
export function softenShadows(material: Material, detail: keyof typeof TAPS): void {
  material.defines = { ...material.defines, SHADOW_TAPS: TAPS[detail] }
  material.needsUpdate = true
}

/** {@link softenShadows} for all under `root` that shadows fall on. */
export function softenShadowsIn(root: Object3D, detail: keyof typeof TAPS): void {
  root.traverse((part) => {
    if (part instanceof Mesh && part.receiveShadow) softenShadows(part.material, detail)
  })
}
