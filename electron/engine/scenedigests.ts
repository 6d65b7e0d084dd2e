import { fromBase64 } from '../../core/records/base64.ts'
import { twinKernel, wasmKernel } from '../../core/simulation/kernel/kernel.ts'
import { openScene, playTick } from '../../core/simulation/scene/scene.ts'
import { sceneSchema } from '../../core/simulation/scene/schema.ts'
import { hashField, restoreField, saveField } from '../../core/simulation/tissue/field.ts'

export type SceneTask = {
  /** A scene of living tissue, as read from its file. */
  readonly scene: unknown
  /** The kernel's WebAssembly in base64. */
  readonly wasm: string
  /** Ticks that the kernel's twin plays, from the middle of the scene on: it takes ten times as long. */
  readonly twinTicks: number
}

/** Hashes of the state of a scene. */
export type SceneDigests = {
  /** Ticks of the whole scene. */
  readonly ticks: number
  /** At its end, by the kernel. */
  readonly end: string
  /** `twinTicks` after its middle, or at its end, by the kernel and by its twin. */
  readonly kernel: string
  readonly twin: string
}

/** Plays a scene to its end by the kernel, and some ticks from its middle by the twin: runs in any JavaScript engine. */
export async function sceneDigests({ scene: data, wasm, twinTicks }: SceneTask): Promise<SceneDigests> {
  const module = await WebAssembly.compile(new Uint8Array(fromBase64(wasm) ?? []))
  const scene = sceneSchema.parse(data)
  const ticks = Math.round(scene.seconds * 100)
  const middle = ticks >> 1
  const last = Math.min(ticks, middle + twinTicks)
  const running = openScene(scene, (bytes) => wasmKernel(module, bytes))
  const other = openScene(scene, twinKernel)
  let kernel = ''
  for (let tick = 0; tick < ticks; tick++) {
    if (tick === middle) restoreField(other.field, saveField(running.field))
    playTick(running)
    if (tick === last - 1) kernel = hashField(running.field)
  }
  for (let tick = middle; tick < last; tick++) playTick(other)
  return { ticks, end: hashField(running.field), kernel, twin: hashField(other.field) }
}
