/** Liquids mix: neighbouring particles exchange shares. Volumes stay exact. */
import type { Flow } from './flow.ts'
import { FLUID_COUNT, type FluidMemory } from './memory.ts'

export function mixLiquids({ count: counts, share, liquid }: FluidMemory, flow: Flow): void {
  const { kernel, order, first, near, count, spare } = flow
  kernel.mixDrops(
    order.byteOffset,
    first.byteOffset,
    near.byteOffset,
    count,
    spare,
    counts[FLUID_COUNT.tick]!,
    share.byteOffset,
    liquid.byteOffset,
  )
}
