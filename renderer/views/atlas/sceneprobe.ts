import type { Camera, Scene, WebGLRenderer } from 'three'
import type { BodyModel } from '../../scene/bodymodel.ts'
import type { CameraControl } from '../../scene/cameracontrol.ts'
import type { Counters, Meter } from '../../scene/counters.ts'
import { drawIdBuffer, type IdBuffer } from '../../scene/idbuffer.ts'
import type { View } from '../../scene/orbit.ts'
import type { AtlasState, AtlasStore } from './atlasstore.ts'

/** Reading hooks for tests and benchmarks; they change nothing that a person could not. */
export type SceneProbe = {
  counters(): Counters
  /** The structure that owns a pixel (CSS pixels of the page), or null. */
  idAt(x: number, y: number): string | null
  idBuffer(scale?: number): IdBuffer
  view(): View
  setView(view: View): void
  state(): AtlasState
  /** Draws now and returns the milliseconds of script it took. */
  drawNow(): number
}

type Parts = {
  readonly gl: WebGLRenderer
  readonly scene: Scene
  readonly camera: Camera
  readonly invalidate: () => void
  readonly meter: Meter
  readonly model: { readonly current: BodyModel | null }
  readonly control: CameraControl
  readonly store: AtlasStore
}

/** Puts the hooks on `window.__sina`, beside those of other views; returns the function that takes them away. */
export function exposeScene({ gl, scene, camera, invalidate, meter, model, control, store }: Parts): () => void {
  const buffer = (scale = 1): IdBuffer => {
    if (!model.current) return { width: 0, height: 0, ids: {}, values: new Uint16Array(0) }
    const picture = drawIdBuffer(gl, scene, camera, model.current, scale)
    invalidate()
    return picture
  }
  const probe: SceneProbe = {
    counters: () => meter.read(),
    idBuffer: buffer,
    idAt: (x, y) => {
      const box = gl.domElement.getBoundingClientRect()
      const picture = buffer()
      const column = Math.floor(((x - box.left) / box.width) * picture.width)
      const row = Math.floor(((y - box.top) / box.height) * picture.height)
      return picture.ids[picture.values[row * picture.width + column]] ?? null
    },
    view: () => control.view,
    setView: (view) => control.set(view),
    state: () => store.getState(),
    drawNow: () => {
      const begun = meter.begin()
      gl.render(scene, camera)
      meter.end(begun)
      return performance.now() - begun
    },
  }
  const all = window as unknown as { __sina?: object }
  const before = all.__sina
  all.__sina = { ...before, ...probe }
  return () => {
    all.__sina = before
  }
}
