import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { kernelWasm } from '../engine/kernel.ts'

const SCENES = 'tests/scenes'

/** Names of the scenes of living tissue. */
export function sceneNames(root: string): string[] {
  return readdirSync(join(root, SCENES))
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length))
    .sort()
}

/** What the page plays living tissue from: the kernel as WebAssembly, and all scenes in one file. */
export function tissueFiles(root: string): Plugin {
  return {
    name: 'tissue-files',
    apply: 'build',
    async generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'tissue/kernel.wasm', source: await kernelWasm(root) })
      const scenes = sceneNames(root).map((name) =>
        JSON.parse(readFileSync(join(root, SCENES, `${name}.json`), 'utf8')),
      )
      this.emitFile({ type: 'asset', fileName: 'tissue/scenes.json', source: JSON.stringify(scenes) })
    },
  }
}
