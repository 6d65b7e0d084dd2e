/**
 * Sucker, irrigator and sponge. Each moves volumes exactly, in a fixed order: near particles before far ones, by number,
 * then films. They act before a tick of the liquid.
 */

import { PI } from '../../exactmath.ts'
import { removeEmpty } from './films.ts'
import { LIQUID, LIQUID_COUNT } from './liquids.ts'
import { ACCOUNT, FLUID_COUNT, type FluidMemory } from './memory.ts'
import { addParticle } from './particles.ts'
import { DROP_ML, TICK_S } from './scale.ts'
import type { Surface } from './surface.ts'
import { book, bookable, filmMl, particleMl } from './volume.ts'

/** Times its reach over which a sucker draws liquid near. */
const DRAWS = 3

/**
 * Sucks for a tick at `mlS` mL/s with a tip at (x, y, z) that takes what lies within `reach` metres. Gives mL taken.
 * Liquid farther off flows to the tip as to a sink in a half-space: Q / 2πr².
 */
export function suck(
  memory: FluidMemory,
  surface: Surface,
  x: number,
  y: number,
  z: number,
  reach: number,
  mlS: number,
): number {
  const { position, velocity, still } = memory
  const budget = bookable(mlS * TICK_S)
  let left = budget
  for (let near = 1; near <= 2; near++) {
    const r = near === 1 ? reach * 0.5 : reach
    const n = memory.count[FLUID_COUNT.particles]!
    for (let p = 0; p < n && left > 0; p++) {
      const dx = position[p * 3]! - x
      const dy = position[p * 3 + 1]! - y
      const dz = position[p * 3 + 2]! - z
      if (dx * dx + dy * dy + dz * dz < r * r) left -= takeParticle(memory, p, left, ACCOUNT.sucked)
    }
  }
  left -= takeFilms(memory, surface, x, y, z, reach, left, ACCOUNT.sucked)
  const far = reach * DRAWS
  const n = memory.count[FLUID_COUNT.particles]!
  for (let p = 0; p < n; p++) {
    const dx = x - position[p * 3]!
    const dy = y - position[p * 3 + 1]!
    const dz = z - position[p * 3 + 2]!
    const d2 = dx * dx + dy * dy + dz * dz
    if (d2 >= far * far || d2 < 1e-8) continue
    const d = Math.sqrt(d2)
    const speed = Math.min(0.5, (mlS * 1e-6) / (2 * PI * d2))
    const now = (velocity[p * 3]! * dx + velocity[p * 3 + 1]! * dy + velocity[p * 3 + 2]! * dz) / d
    still[p] = 0
    if (now >= speed) continue
    const more = (speed - now) / d
    velocity[p * 3] = velocity[p * 3]! + dx * more
    velocity[p * 3 + 1] = velocity[p * 3 + 1]! + dy * more
    velocity[p * 3 + 2] = velocity[p * 3 + 2]! + dz * more
  }
  removeEmpty(memory)
  return budget - left
}

/**
 * Irrigates for a tick at `mlS` mL/s out of (x, y, z) along the unit vector (ux, uy, uz) at `speed` m/s. Gives mL given;
 * nothing runs where no particle is free.
 */
export function irrigate(
  memory: FluidMemory,
  x: number,
  y: number,
  z: number,
  ux: number,
  uy: number,
  uz: number,
  mlS: number,
  speed: number,
): number {
  const ml = bookable(mlS * TICK_S)
  let pending = memory.irrigation[0]! + ml
  let given = ml
  const step = Math.min(speed * TICK_S, 0.004)
  const drops = Math.floor(pending / DROP_ML)
  for (let d = 0; d < drops; d++) {
    const ahead = step * ((d + 0.5) / drops)
    const p = addParticle(
      memory,
      LIQUID.water,
      x + ux * ahead,
      y + uy * ahead,
      z + uz * ahead,
      ux * speed,
      uy * speed,
      uz * speed,
    )
    if (p < 0) {
      given -= ml
      pending -= ml
      break
    }
    memory.share[p * LIQUID_COUNT + LIQUID.water] = DROP_ML
    pending -= DROP_ML
  }
  book(memory, ACCOUNT.entered, LIQUID.water, given)
  memory.irrigation[0] = pending
  return given
}

/**
 * A sponge of which `roomMl` is still dry soaks for a tick at up to `mlS` mL/s what lies within `reach` metres of
 * (x, y, z). Gives mL soaked, which the caller takes off the sponge's room.
 */
export function soak(
  memory: FluidMemory,
  surface: Surface,
  x: number,
  y: number,
  z: number,
  reach: number,
  mlS: number,
  roomMl: number,
): number {
  const { position } = memory
  const budget = bookable(Math.min(mlS * TICK_S, Math.max(0, roomMl)))
  let left = budget
  const n = memory.count[FLUID_COUNT.particles]!
  for (let p = 0; p < n && left > 0; p++) {
    const dx = position[p * 3]! - x
    const dy = position[p * 3 + 1]! - y
    const dz = position[p * 3 + 2]! - z
    if (dx * dx + dy * dy + dz * dz < reach * reach) left -= takeParticle(memory, p, left, ACCOUNT.soaked)
  }
  left -= takeFilms(memory, surface, x, y, z, reach, left, ACCOUNT.soaked)
  removeEmpty(memory)
  return budget - left
}

/** Takes up to `mostMl` from a particle, all liquids alike. Gives mL taken; an emptied particle stays until swept. */
function takeParticle(memory: FluidMemory, p: number, mostMl: number, account: number): number {
  const { share } = memory
  const ml = particleMl(memory, p)
  if (ml === 0) return 0
  memory.still[p] = 0
  const all = ml <= mostMl
  let taken = 0
  for (let k = 0; k < LIQUID_COUNT; k++) {
    const i = p * LIQUID_COUNT + k
    const part = all ? share[i]! : bookable((share[i]! / ml) * mostMl)
    share[i] = share[i]! - part
    book(memory, account, k, part)
    taken += part
  }
  return taken
}

function takeFilms(
  memory: FluidMemory,
  surface: Surface,
  x: number,
  y: number,
  z: number,
  reach: number,
  mostMl: number,
  account: number,
): number {
  const { film } = memory
  const { used, usedCount } = surface
  const p = surface.tissue.position
  let left = mostMl
  for (let i = 0; i < usedCount && left > 0; i++) {
    const v = used[i]!
    const dx = p[v * 4]! - x
    const dy = p[v * 4 + 1]! - y
    const dz = p[v * 4 + 2]! - z
    if (dx * dx + dy * dy + dz * dz >= reach * reach) continue
    const ml = filmMl(memory, v)
    if (ml === 0) continue
    const all = ml <= left
    const limit = left
    for (let k = 0; k < LIQUID_COUNT; k++) {
      const f = v * LIQUID_COUNT + k
      const part = all ? film[f]! : bookable((film[f]! / ml) * limit)
      film[f] = film[f]! - part
      book(memory, account, k, part)
      left -= part
    }
  }
  return mostMl - left
}
