import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type KernelFor, wasmKernel } from '../../core/simulation/kernel/kernel.ts'

const SOURCES = 'core/simulation/kernel'
/** Beside the sources only: the compiler is no part of a packaged app. */
const COMPILER = 'electron/engine/kernelcompiler.ts'
/** What a packaged app has in place of the sources: the page's own copy. */
const PACKAGED = 'build/page/tissue/kernel.wasm'

const compiled = new Map<string, Promise<WebAssembly.Module>>()

/** Kernels in WebAssembly for whoever runs a session in Node; compiled once for a root. */
export async function kernelFor(root: string): Promise<KernelFor> {
  const kept = compiled.get(root) ?? kernelWasm(root).then((wasm) => WebAssembly.compile(wasm))
  compiled.set(root, kept)
  const module = await kept
  return (bytes) => wasmKernel(module, bytes)
}

/**
 * The kernel's WebAssembly, compiled from its sources, or as kept in `build/` when they are the same.
 * Throws when the compiler refuses the sources, with what it said.
 */
export async function kernelWasm(root: string): Promise<Uint8Array<ArrayBuffer>> {
  if (!existsSync(join(root, SOURCES))) return new Uint8Array(readFileSync(join(root, PACKAGED)))
  const sources = readSources(join(root, SOURCES))
  const digest = createHash('sha256')
    .update(JSON.stringify([...sources]))
    .digest('hex')
    .slice(0, 16)
  const kept = join(root, 'build', `kernel-${digest}.wasm`)
  if (existsSync(kept)) return new Uint8Array(readFileSync(kept))
  const { compileKernel } = (await import(
    /* @vite-ignore */ pathToFileURL(join(root, COMPILER)).href
  )) as typeof import('./kernelcompiler.ts')
  const wasm = await compileKernel(sources)
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
