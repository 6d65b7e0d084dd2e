import { kernelFor } from '../../electron/engine/kernel.ts'
import { sourceRoot } from '../../electron/host/index.ts'

/** Kernels in WebAssembly, as the app has them. */
export const kernel = await kernelFor(sourceRoot)
