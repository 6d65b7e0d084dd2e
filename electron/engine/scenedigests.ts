import { fromBase64 } from '../../core/records/base64.ts'
import { type Kernel, twinKernel, wasmKernel } from '../../core/simulation/kernel/kernel.ts'
import { openScene, playTick } from '../../core/simulation/scene/scene.ts'
import { sceneSchema } from '../../core/simulation/scene/schema.ts'
import { hashField } from '../../core/simulation/tissue/field.ts'

export type SceneTask = {
  /** Scenes of living tissue, as read from their files. */
  readonly scenes: readonly unknown[]
  /** The kernel's WebAssembly in base64; without it the twin plays. */
  readonly wasm?: string
  /** Most ticks of a scene. */
  readonly ticks: number
}

/** Plays scenes and answers the hash of the state of each, by name: runs in any JavaScript engine. */
export async function sceneDigests({ scenes, wasm, ticks }: SceneTask): Promise<Record<string, string>> {
  const kernelFor = await kernelOf(wasm)
  const digests: Record<string, string> = {}
  for (const data of scenes) {
    const scene = sceneSchema.parse(data)
    const running = openScene(scene, kernelFor)
    for (let tick = 0; tick < Math.min(ticks, scene.seconds * 100); tick++) playTick(running)
    digests[scene.name] = hashField(running.field)
  }
  return digests
}

async function kernelOf(wasm: string | undefined): Promise<(bytes: number) => Kernel> {
  if (wasm === undefined) return twinKernel
  const module = await WebAssembly.compile(new Uint8Array(fromBase64(wasm) ?? []))
  return (bytes) => wasmKernel(module, bytes)
}
