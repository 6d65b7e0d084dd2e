import { AppError } from '../../core/contract/index.ts'
import { hostUrl } from '../host/index.ts'

const PATH = 'tissue/kernel.wasm'

let kernel: Promise<WebAssembly.Module> | null = null

/** The kernel's WebAssembly, compiled once for the page. */
export function loadKernel(): Promise<WebAssembly.Module> {
  kernel ??= compile().catch((error: unknown) => {
    kernel = null
    throw error
  })
  return kernel
}

async function compile(): Promise<WebAssembly.Module> {
  const answer = await fetch(hostUrl(PATH))
  if (!answer.ok) throw new AppError('host/not-found', { where: PATH })
  return WebAssembly.compileStreaming(answer)
}
