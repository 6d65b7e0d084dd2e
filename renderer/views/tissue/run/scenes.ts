import { z } from 'zod'
import { AppError } from '../../../../core/contract/index.ts'
import { type Scene, sceneSchema } from '../../../../core/simulation/scene/schema.ts'
import { hostUrl } from '../../../host/index.ts'

async function fetched(path: string): Promise<Response> {
  const answer = await fetch(hostUrl(path))
  if (!answer.ok) throw new AppError('host/not-found', { where: path })
  return answer
}

/** All scenes that the page was built with, and the address of the picture of each that has one. */
export async function loadScenes(): Promise<{ scenes: Scene[]; pictures: ReadonlyMap<string, string> }> {
  const [scenes, names] = await Promise.all(
    ['tissue/scenes.json', 'tissue/pictures.json'].map(async (path) => (await fetched(path)).json()),
  )
  const pictures = z.array(z.string()).parse(names)
  return {
    scenes: z.array(sceneSchema).parse(scenes),
    pictures: new Map(pictures.map((name) => [name, hostUrl(`tissue/pictures/${name}.webp`)])),
  }
}

let kernel: Promise<WebAssembly.Module> | null = null

/** The kernel's WebAssembly, compiled once for the page. */
export function loadKernel(): Promise<WebAssembly.Module> {
  kernel ??= fetched('tissue/kernel.wasm')
    .then((answer) => WebAssembly.compileStreaming(answer))
    .catch((error: unknown) => {
      kernel = null
      throw error
    })
  return kernel
}
