/**
 * Sacs of bile, pus or urine: a volume under a pressure, pressure = (volume − slack) / compliance. A hole lets it out until
 * the pressure inside is the pressure outside; squeezing a sac empties it further.
 */
import { type Emission, emit } from './emit.ts'
import { holeFlow, jetSpeed } from './haemodynamics.ts'
import { LIQUID, LIQUID_ROWS, type Liquid } from './liquids.ts'
import { ACCOUNT, type FluidMemory, SAC, SAC_STRIDE, SAC_WORD, SAC_WORDS } from './memory.ts'
import { TICK_S } from './scale.ts'
import { book, bookable } from './volume.ts'

/** A sac at the start: mL, mL up to which it is slack, mL per mmHg. */
export type SacFilling = {
  readonly liquid: Liquid
  readonly volumeMl: number
  readonly slackMl: number
  readonly complianceMlMmHg: number
}

/** A fasting gallbladder, 45 mL at 10 mmHg: the right order of magnitude, no measured source. */
export const GALLBLADDER: SacFilling = { liquid: 'bile', volumeMl: 45, slackMl: 18, complianceMlMmHg: 2.7 }

/** Fills sac `s`. */
export function fillSac(memory: FluidMemory, s: number, filling: SacFilling): void {
  const n = s * SAC_STRIDE
  memory.sac[n + SAC.volumeMl] = bookable(filling.volumeMl)
  memory.sac[n + SAC.slackMl] = filling.slackMl
  memory.sac[n + SAC.complianceMlMmHg] = filling.complianceMlMmHg
  memory.sacWord[s * SAC_WORDS + SAC_WORD.liquid] = LIQUID[filling.liquid]
}

/** Makes a hole of `holeMm` in sac `s` at the face of the tissue particles a, b, c; a larger hole replaces a smaller. */
export function perforateSac(memory: FluidMemory, s: number, holeMm: number, a: number, b: number, c: number): void {
  const n = s * SAC_STRIDE
  if (holeMm <= memory.sac[n + SAC.holeMm]!) return
  memory.sac[n + SAC.holeMm] = holeMm
  memory.sacWord[s * SAC_WORDS + SAC_WORD.a] = a
  memory.sacWord[s * SAC_WORDS + SAC_WORD.b] = b
  memory.sacWord[s * SAC_WORDS + SAC_WORD.c] = c
}

/** Closes the hole of sac `s`. */
export function closeSac(memory: FluidMemory, s: number): void {
  memory.sac[s * SAC_STRIDE + SAC.holeMm] = 0
}

/** Pressure in sac `s` above the pressure of the field, mmHg. */
export function sacMmHg(memory: FluidMemory, s: number): number {
  const n = s * SAC_STRIDE
  const compliance = memory.sac[n + SAC.complianceMlMmHg]!
  if (!(compliance > 0)) return 0
  return (
    Math.max(0, (memory.sac[n + SAC.volumeMl]! - memory.sac[n + SAC.slackMl]!) / compliance) +
    memory.sac[n + SAC.squeezedMmHg]!
  )
}

/** Advances all sacs by a tick and gives the mL that leaked. */
export function stepSacs(memory: FluidMemory, emission: Emission): number {
  const { sac, sacWord, size } = memory
  let leaked = 0
  for (let s = 0; s < size.sacs; s++) {
    const n = s * SAC_STRIDE
    const hole = sac[n + SAC.holeMm]!
    if (hole === 0) continue
    const w = s * SAC_WORDS
    const liquid = sacWord[w + SAC_WORD.liquid]!
    const rate = holeFlow(hole, sacMmHg(memory, s), LIQUID_ROWS[liquid]!.density)
    const tense = Math.max(0, sac[n + SAC.volumeMl]! - sac[n + SAC.slackMl]!)
    const squeezed = sac[n + SAC.squeezedMmHg]! * sac[n + SAC.complianceMlMmHg]!
    const ml = bookable(Math.min(rate * TICK_S, tense + squeezed, sac[n + SAC.volumeMl]!))
    if (ml <= 0) continue
    leaked += ml
    sac[n + SAC.volumeMl] = sac[n + SAC.volumeMl]! - ml
    book(memory, ACCOUNT.entered, liquid, ml)
    emission.a = sacWord[w + SAC_WORD.a]!
    emission.b = sacWord[w + SAC_WORD.b]!
    emission.c = sacWord[w + SAC_WORD.c]!
    emission.weightA = 1 / 3
    emission.weightB = 1 / 3
    emission.axis = 0
    emission.liquid = liquid
    emission.speed = jetSpeed(rate, hole)
    emission.spread = 0.1
    emission.ml = sac[n + SAC.pendingMl]! + ml
    emit(memory, emission)
    sac[n + SAC.pendingMl] = emission.ml
  }
  return leaked
}
