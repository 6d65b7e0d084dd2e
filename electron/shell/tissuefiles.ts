import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { kernelWasm } from '../engine/kernel.ts'
import { readScene, sceneNames } from './scenefiles.ts'

const PICTURES = 'docs/pictures'

/** What the page plays living tissue from: the kernel as WebAssembly, all scenes in one file, and pictures of them. */
export function tissueFiles(root: string): Plugin {
  return {
    name: 'tissue-files',
    apply: 'build',
    async generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'tissue/kernel.wasm', source: await kernelWasm(root) })
      const names = sceneNames(root)
      const scenes = names.map((name) => readScene(root, name))
      this.emitFile({ type: 'asset', fileName: 'tissue/scenes.json', source: JSON.stringify(scenes) })
      const fileOf = (name: string) => join(root, PICTURES, `tissue-${name}.webp`)
      const pictured = names.filter((name) => existsSync(fileOf(name)))
      this.emitFile({ type: 'asset', fileName: 'tissue/pictures.json', source: JSON.stringify(pictured) })
      for (const name of pictured)
        this.emitFile({ type: 'asset', fileName: `tissue/pictures/${name}.webp`, source: readFileSync(fileOf(name)) })
    },
  }
}
