/** What a machine's graphics can carry. */
export type Quality = {
  readonly lod: 0 | 1
  readonly shadows: 'none' | 'key'
  /** Frames gathered into one picture while the camera rests; 0 for none. */
  readonly stillFrames: number
  readonly maxPixelRatio: number
  /** Edges smoothed by several samples a pixel; on a processor each costs about a whole picture. */
  readonly antialias: 'none' | 'samples'
}
/** `still`: light while things move, gathered into a fine picture at rest. */
export type QualityChoice = 'auto' | 'light' | 'still' | 'full'

const light: Quality = { lod: 1, shadows: 'none', stillFrames: 0, maxPixelRatio: 1, antialias: 'none' }
const still: Quality = { lod: 1, shadows: 'key', stillFrames: 16, maxPixelRatio: 1, antialias: 'samples' }
const full: Quality = { lod: 0, shadows: 'key', stillFrames: 32, maxPixelRatio: 2, antialias: 'samples' }

/** Software renderers draw the light level of detail unless a person asks for more. */
export function qualityFor(choice: QualityChoice, rendererName: string): Quality {
  if (choice === 'full') return full
  if (choice === 'light') return light
  if (choice === 'still') return still
  return /swiftshader|llvmpipe|software|basic render/i.test(rendererName) ? light : full
}

let known: string | undefined

/** Name of this machine's renderer, asked once from a context that is given back at once. */
export function rendererName(): string {
  if (known !== undefined) return known
  const gl = document.createElement('canvas').getContext('webgl2')
  const info = gl?.getExtension('WEBGL_debug_renderer_info')
  known = gl && info ? String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL)) : ''
  gl?.getExtension('WEBGL_lose_context')?.loseContext()
  return known
}
