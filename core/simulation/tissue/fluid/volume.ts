/**
 * Exact bookkeeping of millilitres. Every volume is a multiple of 2⁻⁴⁰ mL, so that sums below 4,096 mL are exact in double
 * arithmetic, whatever their order, and what entered always equals what is somewhere.
 */
import { LIQUID, LIQUID_COUNT } from './liquids.ts'
import {
  ACCOUNT,
  FLUID_COUNT,
  type FluidMemory,
  SAC,
  SAC_STRIDE,
  SAC_WORD,
  SAC_WORDS,
  SITE,
  SITE_STRIDE,
} from './memory.ts'

export { bookable } from '../../kernel/dropshares.ts'

/** Adds `ml` (bookable) of a liquid to an account. */
export function book(memory: FluidMemory, account: number, liquid: number, ml: number): void {
  const i = account * LIQUID_COUNT + liquid
  memory.account[i] = memory.account[i]! + ml
}

/** mL in an account. */
export function accountMl(memory: FluidMemory, account: number, liquid: number): number {
  return memory.account[account * LIQUID_COUNT + liquid]!
}

/** mL in a particle. */
export function particleMl(memory: FluidMemory, particle: number): number {
  const { share } = memory
  const s = particle * LIQUID_COUNT
  return share[s]! + share[s + 1]! + share[s + 2]! + share[s + 3]! + share[s + 4]!
}

/** mL in the film at a vertex. */
export function filmMl(memory: FluidMemory, vertex: number): number {
  const { film } = memory
  const s = vertex * LIQUID_COUNT
  return film[s]! + film[s + 1]! + film[s + 2]! + film[s + 3]! + film[s + 4]!
}

/** mL of a liquid that lies in the field: particles, films, and drops about to leave a site or a sac. */
export function presentMl(memory: FluidMemory, liquid: number): number {
  let sum = 0
  const n = memory.count[FLUID_COUNT.particles]!
  for (let i = 0; i < n; i++) sum += memory.share[i * LIQUID_COUNT + liquid]!
  for (let v = 0; v < memory.size.vertices; v++) sum += memory.film[v * LIQUID_COUNT + liquid]!
  if (liquid === LIQUID.blood) {
    for (let s = 0; s < memory.size.sites; s++) sum += memory.site[s * SITE_STRIDE + SITE.pendingMl]!
  }
  if (liquid === LIQUID.water) sum += memory.irrigation[0]!
  for (let s = 0; s < memory.size.sacs; s++) {
    if (memory.sacWord[s * SAC_WORDS + SAC_WORD.liquid] === liquid) sum += memory.sac[s * SAC_STRIDE + SAC.pendingMl]!
  }
  return sum
}

/** What entered less what can be found, in mL: always exactly 0. */
export function missingMl(memory: FluidMemory, liquid: number): number {
  return (
    accountMl(memory, ACCOUNT.entered, liquid) -
    presentMl(memory, liquid) -
    accountMl(memory, ACCOUNT.sucked, liquid) -
    accountMl(memory, ACCOUNT.soaked, liquid) -
    accountMl(memory, ACCOUNT.drained, liquid) -
    accountMl(memory, ACCOUNT.clotted, liquid)
  )
}
