/**
 * The kernel: hot loops over memory of its own. `wasmKernel` runs them four lanes at a time; `twinKernel` runs the same
 * sources one lane at a time in TypeScript, with the same bits.
 */
import * as edges from './edges.ts'
import { bind } from './lanes.ts'
import * as particles from './particles.ts'
import * as tetrahedra from './tetrahedra.ts'
import * as volumes from './volumes.ts'

/** Pointers are byte offsets into `memory`. */
export type Kernel = {
  readonly memory: ArrayBuffer
  readonly predict: typeof particles.predict
  readonly finish: typeof particles.finish
  readonly solveEdges: typeof edges.solveEdges
  readonly solveTetrahedra: typeof tetrahedra.solveTetrahedra
  readonly solveVolumes: typeof volumes.solveVolumes
}

/** Gives a kernel with that many bytes of memory. */
export type KernelFor = (bytes: number) => Kernel

const PAGE = 65536

/** The kernel in WebAssembly. @param module compiled from `assembly/index.ts` @param bytes of memory needed */
export function wasmKernel(module: WebAssembly.Module, bytes: number): Kernel {
  const pages = Math.ceil(bytes / PAGE)
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages })
  const { exports } = new WebAssembly.Instance(module, { env: { memory, abort: () => {} } })
  return { memory: memory.buffer, ...(exports as unknown as Omit<Kernel, 'memory'>) }
}

/** The kernel's twin. */
export function twinKernel(bytes: number): Kernel {
  const memory = new ArrayBuffer(Math.ceil(bytes / PAGE) * PAGE)
  const bound =
    <A extends unknown[]>(work: (...args: A) => void) =>
    (...args: A) => {
      bind(memory)
      work(...args)
    }
  return {
    memory,
    predict: bound(particles.predict),
    finish: bound(particles.finish),
    solveEdges: bound(edges.solveEdges),
    solveTetrahedra: bound(tetrahedra.solveTetrahedra),
    solveVolumes: bound(volumes.solveVolumes),
  }
}
