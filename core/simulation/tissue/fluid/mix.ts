/** Liquids mix: neighbouring particles exchange shares, so that blood dilutes in irrigation. Volumes stay exact. */
import type { Flow } from './flow.ts'
import { LIQUID_COUNT } from './liquids.ts'
import { FLUID_COUNT, type FluidMemory } from './memory.ts'
import { prevailing } from './particles.ts'
import { DROP_ML } from './scale.ts'
import { PER_ML } from './volume.ts'

/** One particle of so many exchanges with its neighbours in a tick; share of the difference that changes sides then. */
const TURNS = 16
const RATE = 0.12
/** Smaller differences are left alone. */
const LEAST = DROP_ML * 0.02

export function mixLiquids(memory: FluidMemory, flow: Flow): void {
  const { order, first, near, count, spare } = flow
  const { share, liquid } = memory
  for (let i = memory.count[FLUID_COUNT.tick]! % TURNS; i < count; i += TURNS) {
    const p = order[i]!
    const end = first[i + 1]!
    for (let k = first[i]!; k < end; k++) {
      const j = near[k]!
      if (j === i || j === spare) continue
      const q = order[j]!
      if (liquid[p] === liquid[q] && Math.abs(share[p * LIQUID_COUNT]! - share[q * LIQUID_COUNT]!) < LEAST) continue
      for (let l = 0; l < LIQUID_COUNT; l++) {
        const more = share[p * LIQUID_COUNT + l]! - share[q * LIQUID_COUNT + l]!
        const moved = Math.floor(more * RATE * PER_ML) / PER_ML
        share[p * LIQUID_COUNT + l] = share[p * LIQUID_COUNT + l]! - moved
        share[q * LIQUID_COUNT + l] = share[q * LIQUID_COUNT + l]! + moved
      }
      liquid[p] = prevailing(memory, p)
      liquid[q] = prevailing(memory, q)
    }
  }
}
