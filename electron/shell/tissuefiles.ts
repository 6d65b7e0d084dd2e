import type { Plugin } from 'vite'
import { kernelWasm } from '../engine/kernel.ts'
import { readScene, sceneNames } from './scenefiles.ts'

/** What the page plays living tissue from: the kernel as WebAssembly, and all scenes in one file. */
export function tissueFiles(root: string): Plugin {
  return {
    name: 'tissue-files',
    apply: 'build',
    async generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'tissue/kernel.wasm', source: await kernelWasm(root) })
      const scenes = sceneNames(root).map((name) => readScene(root, name))
      this.emitFile({ type: 'asset', fileName: 'tissue/scenes.json', source: JSON.stringify(scenes) })
    },
  }
}
