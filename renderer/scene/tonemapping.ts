import { CustomToneMapping, ShaderChunk, type ToneMapping } from 'three'

/**
 * AgX with the contrast and colour of a printed plate. Plain AgX is meant to be graded afterwards and looks pale; the
 * grade is Blender's "look": power and saturation in the encoded space (values between its base and its punchy look).
 */
const look = /* glsl */ `
  color = pow(max(color, vec3(0.0)), vec3(1.2));
  float luma = dot(color, vec3(0.2126, 0.7152, 0.0722));
  color = luma + 1.2 * (color - luma);
`

const own = ShaderChunk.tonemapping_pars_fragment
const body = /vec3 AgXToneMapping\( vec3 color \) \{([\s\S]*?)\n\}/.exec(own)?.[1]
if (!body) throw new Error('scene/no-agx')
ShaderChunk.tonemapping_pars_fragment = own.replace(
  'vec3 CustomToneMapping( vec3 color ) { return color; }',
  `vec3 CustomToneMapping( vec3 color ) {${body.replace('color = AgXOutsetMatrix * color;', `${look} color = AgXOutsetMatrix * color;`)}\n}`,
)

/** Tone mapping of every view, so that pictures compare. */
export const plateToneMapping: ToneMapping = CustomToneMapping
/** Exposure of the atlas; fixed. */
export const PLATE_EXPOSURE = 1.17
