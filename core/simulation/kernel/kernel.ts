/**
 * The kernel: hot loops over memory of its own. `wasmKernel` runs them four lanes at a time; `twinKernel` runs the same
 * sources one lane at a time in TypeScript, with the same bits.
 */
import * as digests from './digest.ts'
import * as edges from './edges.ts'
import { bind } from './lanes.ts'
import * as particles from './particles.ts'
import { bindScalars } from './scalars.ts'
import * as strays from './strays.ts'
import * as surfacepairs from './surfacepairs.ts'
import * as surfacesolve from './surfacesolve.ts'
import * as tetrahedra from './tetrahedra.ts'
import * as toolpairs from './toolpairs.ts'
import * as tray from './tray.ts'
import * as volumes from './volumes.ts'

/** Pointers are byte offsets into `memory`. */
export type Kernel = {
  readonly memory: ArrayBuffer
  readonly digest: typeof digests.digest
  readonly predict: typeof particles.predict
  readonly finish: typeof particles.finish
  readonly solveEdges: typeof edges.solveEdges
  readonly solveTetrahedra: typeof tetrahedra.solveTetrahedra
  readonly solveVolumes: typeof volumes.solveVolumes
  readonly solveTray: typeof tray.solveTray
  readonly findStray: typeof strays.findStray
  readonly findSurfacePairs: typeof surfacepairs.findSurfacePairs
  readonly solveSurfacePairs: typeof surfacesolve.solveSurfacePairs
  readonly findToolPairs: typeof toolpairs.findToolPairs
  readonly openTouches: typeof toolpairs.openTouches
  readonly nextTouch: typeof toolpairs.nextTouch
}

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
    <A extends unknown[], R>(work: (...args: A) => R) =>
    (...args: A): R => {
      bind(memory)
      bindScalars(memory)
      return work(...args)
    }
  return {
    memory,
    digest: bound(digests.digest),
    predict: bound(particles.predict),
    finish: bound(particles.finish),
    solveEdges: bound(edges.solveEdges),
    solveTetrahedra: bound(tetrahedra.solveTetrahedra),
    solveVolumes: bound(volumes.solveVolumes),
    solveTray: bound(tray.solveTray),
    findStray: bound(strays.findStray),
    findSurfacePairs: bound(surfacepairs.findSurfacePairs),
    solveSurfacePairs: bound(surfacesolve.solveSurfacePairs),
    findToolPairs: bound(toolpairs.findToolPairs),
    openTouches: bound(toolpairs.openTouches),
    nextTouch: bound(toolpairs.nextTouch),
  }
}
