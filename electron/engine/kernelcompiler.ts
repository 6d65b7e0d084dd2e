/** The compiler of the kernel: its sources, written for two languages, into WebAssembly. */
import { basename } from 'node:path'

const ENTRY = 'assembly/index.ts'

/**
 * What is TypeScript in a source and AssemblyScript does not know: `type` in imports, the end of a file's name, and the
 * remark `@inline`, which there is a decorator.
 */
function asAssembly(source: string): string {
  return source
    .replace(/^import (?:type )?\{[^}]*\}/gm, (names) => names.replace(/\btype /g, ''))
    .replace(/(from '[^']+)\.ts'/g, "$1'")
    .replace(/^\/\/ @inline$/gm, '@inline')
}

/**
 * Compiles the kernel: its sources by name, those of `assembly/` with the folder in their name. Throws when the compiler
 * refuses them, with what it said.
 */
export async function compileKernel(sources: ReadonlyMap<string, string>): Promise<Uint8Array<ArrayBuffer>> {
  const { default: asc } = await import('assemblyscript/asc')
  const said: string[] = []
  const note = { write: (text: string | Uint8Array) => said.push(String(text)) > 0 }
  let wasm: Uint8Array<ArrayBuffer> | undefined
  const { error } = await asc.main(
    [
      ENTRY,
      '--outFile=kernel.wasm',
      '--runtime=stub',
      '--enable=simd',
      '--importMemory',
      '--noExportMemory',
      '--optimizeLevel=3',
      '--shrinkLevel=0',
      '--noAssert',
      '--disableWarning=112',
    ],
    {
      stdout: note,
      stderr: note,
      readFile: (name) => {
        // The faces of lanes and scalars are others in WebAssembly.
        const source = sources.get(`assembly/${basename(name)}`) ?? sources.get(name)
        return source === undefined ? null : asAssembly(source)
      },
      writeFile: (_name, contents) => {
        if (typeof contents !== 'string') wasm = new Uint8Array(contents)
      },
      listFiles: () => [],
    },
  )
  if (error || !wasm) throw new Error(`the kernel could not be compiled\n${said.join('')}`)
  return wasm
}
