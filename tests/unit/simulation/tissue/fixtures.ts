import { type Kernel, wasmKernel } from '../../../../core/simulation/kernel/kernel.ts'
import { hold, loadLattice } from '../../../../core/simulation/tissue/load.ts'
import { COUNT, FIRST_PARTICLE } from '../../../../core/simulation/tissue/memory.ts'
import { adoptMesh } from '../../../../core/simulation/tissue/mesh/adopt.ts'
import { createMesh } from '../../../../core/simulation/tissue/mesh/mesh.ts'
import { packAll } from '../../../../core/simulation/tissue/packall.ts'
import { boxLattice } from '../../../../core/simulation/tissue/shapes.ts'
import { createTissue, type Tissue } from '../../../../core/simulation/tissue/solver.ts'
import { kernelWasm } from '../../../../electron/engine/kernel.ts'
import { sourceRoot } from '../../../../electron/host/index.ts'

const module = await WebAssembly.compile(await kernelWasm(sourceRoot))
export const wasm = (bytes: number): Kernel => wasmKernel(module, bytes)

/** A block of tissue that stands on a held floor. */
export function block(
  kernel: (bytes: number) => Kernel,
  cubes: readonly [number, number, number],
  material: number,
  size = 0.004,
): Tissue {
  const tissue = createTissue(kernel, { particles: 4000, tets: 12000, edges: 64 })
  const { memory } = tissue
  loadLattice(memory, boxLattice(cubes, size, [0, 0, 0], material))
  for (let p = FIRST_PARTICLE; p < memory.counts[COUNT.particles]; p++)
    if (memory.rest[p * 4 + 1] < 1e-6) hold(memory, p)
  adoptMesh(createMesh(memory))
  packAll(memory)
  return tissue
}
