import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

const SOURCES = 'core/simulation/kernel'
const ENTRY = 'assembly/index.ts'

/**
 * The kernel's WebAssembly, compiled from its sources, or as kept in `build/` when they are the same.
 * Throws when the compiler refuses the sources, with what it said.
 */
export async function kernelWasm(root: string): Promise<Uint8Array<ArrayBuffer>> {
  const sources = readSources(join(root, SOURCES))
  const digest = createHash('sha256')
    .update(JSON.stringify([...sources]))
    .digest('hex')
    .slice(0, 16)
  const kept = join(root, 'build', `kernel-${digest}.wasm`)
  if (existsSync(kept)) return new Uint8Array(readFileSync(kept))
  const wasm = await compile(sources)
  mkdirSync(dirname(kept), { recursive: true })
  // Several processes may build at once: each writes a file of its own, the last to be renamed stays, and all are equal.
  const own = `${kept}.${process.pid}`
  writeFileSync(own, wasm)
  renameSync(own, kept)
  return wasm
}

/** The kernel's sources by name; those of `assembly/` keep the folder in their name. */
function readSources(folder: string): Map<string, string> {
  const names = [...readdirSync(folder), ...readdirSync(join(folder, 'assembly')).map((name) => `assembly/${name}`)]
  return new Map(
    names
      .filter((name) => name.endsWith('.ts') && name !== 'kernel.ts')
      .sort()
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  )
}

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

async function compile(sources: ReadonlyMap<string, string>): Promise<Uint8Array<ArrayBuffer>> {
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
