import {
  type Camera,
  Color,
  NearestFilter,
  NoToneMapping,
  type Scene,
  type WebGLRenderer,
  WebGLRenderTarget,
} from 'three'
import type { BodyModel } from './bodymodel.ts'
import type { Covered } from './orbit.ts'
import { createIdMaterial } from './tissuematerial.ts'

/** Which structure owns each pixel; row 0 is the top. 0 is nothing. */
export type IdBuffer = {
  readonly width: number
  readonly height: number
  /** Structure id by value, for the values that occur. */
  readonly ids: Readonly<Record<number, string>>
  readonly values: Uint16Array
}

/**
 * Draws the solid structures once more, each in a colour that is its number. Tests read it to know what is on screen
 * and what hides what.
 * @param scale of the picture, 1 for every CSS pixel
 */
export function drawIdBuffer(gl: WebGLRenderer, scene: Scene, camera: Camera, model: BodyModel, scale = 1): IdBuffer {
  const size = gl.domElement.getBoundingClientRect()
  const width = Math.max(1, Math.round(size.width * scale))
  const height = Math.max(1, Math.round(size.height * scale))
  const target = new WebGLRenderTarget(width, height, { minFilter: NearestFilter, magFilter: NearestFilter })
  const material = createIdMaterial(model.uniforms)
  const before = {
    override: scene.overrideMaterial,
    tone: gl.toneMapping,
    environment: scene.environment,
    colour: gl.getClearColor(new Color()),
    alpha: gl.getClearAlpha(),
    shadow: gl.shadowMap.autoUpdate,
  }
  const hidden: { visible: boolean }[] = []
  scene.traverse((object) => {
    const mesh = object as {
      isMesh?: boolean
      isLine?: boolean
      isPoints?: boolean
      isSprite?: boolean
      visible: boolean
    }
    const drawn = mesh.isMesh || mesh.isLine || mesh.isPoints || mesh.isSprite
    if (drawn && object.visible && !model.isSolid(object)) {
      mesh.visible = false
      hidden.push(mesh)
    }
  })
  scene.overrideMaterial = material
  gl.toneMapping = NoToneMapping
  gl.shadowMap.autoUpdate = false
  gl.setClearColor(0x000000, 0)
  gl.setRenderTarget(target)
  gl.clear()
  gl.render(scene, camera)
  const bytes = new Uint8Array(width * height * 4)
  gl.readRenderTargetPixels(target, 0, 0, width, height, bytes)
  gl.setRenderTarget(null)
  scene.overrideMaterial = before.override
  gl.toneMapping = before.tone
  gl.shadowMap.autoUpdate = before.shadow
  gl.setClearColor(before.colour, before.alpha)
  for (const mesh of hidden) mesh.visible = true
  target.dispose()
  material.dispose()
  return decode(bytes, width, height, model)
}

function decode(bytes: Uint8Array, width: number, height: number, model: BodyModel): IdBuffer {
  const values = new Uint16Array(width * height)
  const ids: Record<number, string> = {}
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const from = ((height - 1 - y) * width + x) * 4
      const value = bytes[from] + bytes[from + 1] * 256
      values[y * width + x] = value
      if (value > 0 && !(value in ids)) ids[value] = model.atlas.byRow.get(value - 1)?.id ?? ''
    }
  return { width, height, ids, values }
}

/** How many pixels each structure owns in the part of the picture that panels leave free. */
export function pixelsOf({ width, height, ids, values }: IdBuffer, covered: Covered): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (let y = Math.ceil(covered.top * height); y < (1 - covered.bottom) * height; y++)
    for (let x = Math.ceil(covered.left * width); x < (1 - covered.right) * width; x++) {
      const id = ids[values[y * width + x]]
      if (id) counts.set(id, (counts.get(id) ?? 0) + 1)
    }
  return counts
}
