/** Living tissue: what a tick costs, and races against other solvers. */
import { wasmKernel } from '../../core/simulation/kernel/kernel.ts'
import { kernelWasm } from '../engine/kernel.ts'
import { sourceRoot } from '../host/index.ts'
import type { BenchGroup } from './row.ts'
import { energyRows } from './tissue/energy.ts'
import { equalErrorRows } from './tissue/equalerror.ts'
import { raceRows } from './tissue/race.ts'
import { tensionRows } from './tissue/tension.ts'
import { tickRows } from './tissue/ticks.ts'

export const benchTissue: BenchGroup = async () => {
  const module = await WebAssembly.compile(await kernelWasm(sourceRoot))
  const kernelFor = (bytes: number) => wasmKernel(module, bytes)
  return [
    ...(await tickRows(kernelFor)),
    ...energyRows(kernelFor),
    ...tensionRows(kernelFor),
    ...(await raceRows(kernelFor)),
    ...equalErrorRows(kernelFor),
  ]
}
