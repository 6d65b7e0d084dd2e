/** What a renderer draws of liquids: plain Float32Arrays that the caller owns, filled on demand. Changes nothing. */
import { LIQUID_COUNT } from './liquids.ts'
import { FLUID_COUNT, type FluidMemory } from './memory.ts'
import { DROP, DROP_ML } from './scale.ts'
import type { Surface } from './surface.ts'
import { particleMl } from './volume.ts'

/** Film thicker than this, in µm, is drawn as fully wet. */
const WET_UM = 150

export type FluidSnapshot = {
  particles: number
  /** x, y, z in metres and radius in metres. */
  readonly ball: Float32Array
  /** Share of blood, water, bile, pus and urine, 0–1. */
  readonly mixture: Float32Array
  /** Per particle of tissue: film 0–1, share of blood in it 0–1, clot 0–1, share of bile and pus 0–1. */
  readonly film: Float32Array
  smoke: number
  /** x, y, z and strength 0–1. */
  readonly puff: Float32Array
}

export function createFluidSnapshot(memory: FluidMemory): FluidSnapshot {
  const { particles, vertices, smoke } = memory.size
  return {
    particles: 0,
    ball: new Float32Array(particles * 4),
    mixture: new Float32Array(particles * LIQUID_COUNT),
    film: new Float32Array(vertices * 4),
    smoke: 0,
    puff: new Float32Array(smoke * 4),
  }
}

/** Fills a snapshot with the state as it is. */
export function drawFluid(memory: FluidMemory, surface: Surface, out: FluidSnapshot): void {
  const n = memory.count[FLUID_COUNT.particles]!
  out.particles = n
  for (let p = 0; p < n; p++) {
    const ml = particleMl(memory, p)
    for (let k = 0; k < 3; k++) out.ball[p * 4 + k] = memory.position[p * 3 + k]!
    // a ball as wide as the spacing for a whole drop, narrower in the square root of its volume
    out.ball[p * 4 + 3] = 0.62 * DROP * Math.sqrt(ml / DROP_ML)
    for (let k = 0; k < LIQUID_COUNT; k++) {
      out.mixture[p * LIQUID_COUNT + k] = ml > 0 ? memory.share[p * LIQUID_COUNT + k]! / ml : 0
    }
  }
  for (let i = 0; i < surface.usedCount; i++) {
    const v = surface.used[i]!
    const f = v * LIQUID_COUNT
    const { film } = memory
    const ml = film[f]! + film[f + 1]! + film[f + 2]! + film[f + 3]! + film[f + 4]!
    const full = WET_UM * surface.area[v]!
    out.film[v * 4] = full > 0 ? Math.min(1, ml / full) : 0
    out.film[v * 4 + 1] = ml > 0 ? film[f]! / ml : 0
    out.film[v * 4 + 2] = full > 0 ? Math.min(1, memory.clot[v]! / full) : 0
    out.film[v * 4 + 3] = ml > 0 ? (film[f + 2]! + film[f + 3]!) / ml : 0
  }
  out.smoke = memory.count[FLUID_COUNT.smoke]!
  out.puff.set(memory.smoke)
}
