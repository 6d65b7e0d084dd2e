import { ShaderChunk } from 'three'

const TAPS = 14

/**
 * Reads the shadow map in a fixed disk. Three turns its few samples by a noise of the pixel, which shows as a pattern of
 * dots on skin; more samples that stand still give an even edge, wide enough to judge how high an instrument hovers.
 */
const softChunk = ShaderChunk.shadowmap_pars_fragment
  .replace('float phi = interleavedGradientNoise( gl_FragCoord.xy ) * PI2;', 'float phi = 0.7;')
  .replace(
    /shadow = \(\s*texture\( shadowMap[\s\S]*?\) \* 0\.2;/,
    `shadow = 0.0;
				for ( int tap = 0; tap < ${TAPS}; tap ++ )
					shadow += texture( shadowMap, vec3( shadowCoord.xy + vogelDiskSample( tap, ${TAPS}, phi ) * radius, shadowCoord.z ) );
				shadow /= ${TAPS}.0;`,
  )

/** Gives a material's shader even, soft shadows. */
export function softShadows(shader: { fragmentShader: string }): void {
  shader.fragmentShader = shader.fragmentShader.replace('#include <shadowmap_pars_fragment>', softChunk)
}
