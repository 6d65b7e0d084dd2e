/** Smoke of cautery: puffs that rise, spread and fade. It changes nothing, but is state, so that it looks the same again. */
import { relax } from '../../exactmath.ts'
import { nextUnit } from '../../random.ts'
import { FLUID_COUNT, type FluidMemory } from './memory.ts'
import { TICK_S } from './scale.ts'

/** m/s at which warm smoke rises; seconds in which it takes that speed, and in which it fades. */
const RISE = 0.12
const TAKES_S = 0.15
const FADES_S = 1.6
/** Sideways restlessness, m/s a tick. */
const STIR = 0.012
/** Strength below which a puff is gone. */
const GONE = 0.04

/** A puff of `strength` (0–1] at a point. Where all are in use the weakest gives way. */
export function puff(memory: FluidMemory, x: number, y: number, z: number, strength: number): void {
  const { smoke, smokeVelocity, count } = memory
  let n = count[FLUID_COUNT.smoke]!
  if (n < memory.size.smoke) count[FLUID_COUNT.smoke] = n + 1
  else {
    n = 0
    for (let i = 1; i < memory.size.smoke; i++) if (smoke[i * 4 + 3]! < smoke[n * 4 + 3]!) n = i
  }
  smoke[n * 4] = x
  smoke[n * 4 + 1] = y
  smoke[n * 4 + 2] = z
  smoke[n * 4 + 3] = strength
  for (let k = 0; k < 3; k++) smokeVelocity[n * 3 + k] = (nextUnit(memory.generator) - 0.5) * 0.06
}

/** Smoke rises against the acceleration (gx, gy, gz) m/s² for a tick. */
export function stepSmoke(memory: FluidMemory, gx: number, gy: number, gz: number): void {
  const { smoke, smokeVelocity, count } = memory
  const g = Math.sqrt(gx * gx + gy * gy + gz * gz)
  const up = g > 0 ? -RISE / g : 0
  for (let i = count[FLUID_COUNT.smoke]! - 1; i >= 0; i--) {
    for (let k = 0; k < 3; k++) {
      const rising = (k === 0 ? gx : k === 1 ? gy : gz) * up
      const v = relax(smokeVelocity[i * 3 + k]!, rising, TICK_S, TAKES_S) + (nextUnit(memory.generator) - 0.5) * STIR
      smokeVelocity[i * 3 + k] = v
      smoke[i * 4 + k] = smoke[i * 4 + k]! + v * TICK_S
    }
    const strength = relax(smoke[i * 4 + 3]!, 0, TICK_S, FADES_S)
    smoke[i * 4 + 3] = strength
    if (strength < GONE) remove(memory, i)
  }
}

/** Takes the smoke within `reach` metres of a point away. */
export function clearSmoke(memory: FluidMemory, x: number, y: number, z: number, reach: number): void {
  const { smoke, count } = memory
  for (let i = count[FLUID_COUNT.smoke]! - 1; i >= 0; i--) {
    const dx = smoke[i * 4]! - x
    const dy = smoke[i * 4 + 1]! - y
    const dz = smoke[i * 4 + 2]! - z
    if (dx * dx + dy * dy + dz * dz < reach * reach) remove(memory, i)
  }
}

function remove(memory: FluidMemory, i: number): void {
  const { smoke, smokeVelocity, count } = memory
  const last = count[FLUID_COUNT.smoke]! - 1
  count[FLUID_COUNT.smoke] = last
  for (let k = 0; k < 4; k++) {
    smoke[i * 4 + k] = smoke[last * 4 + k]!
    smoke[last * 4 + k] = 0
  }
  for (let k = 0; k < 3; k++) {
    smokeVelocity[i * 3 + k] = smokeVelocity[last * 3 + k]!
    smokeVelocity[last * 3 + k] = 0
  }
}
