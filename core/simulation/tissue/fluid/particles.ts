/** Adding, emptying and removing particles. The last particle takes the place of one that goes. */
import { LIQUID_COUNT } from './liquids.ts'
import { ACCOUNT, FLUID_COUNT, type FluidMemory } from './memory.ts'
import { book } from './volume.ts'

/** A new empty particle at a point with a velocity (m, m/s), or −1 where all are in use. */
export function addParticle(
  memory: FluidMemory,
  liquid: number,
  x: number,
  y: number,
  z: number,
  vx: number,
  vy: number,
  vz: number,
): number {
  const { count, position, velocity, anchor } = memory
  const p = count[FLUID_COUNT.particles]!
  if (p >= memory.size.particles) {
    count[FLUID_COUNT.refused] = count[FLUID_COUNT.refused]! + 1
    return -1
  }
  count[FLUID_COUNT.particles] = p + 1
  position[p * 3] = x
  position[p * 3 + 1] = y
  position[p * 3 + 2] = z
  anchor[p * 3] = x
  anchor[p * 3 + 1] = y
  anchor[p * 3 + 2] = z
  memory.pressed.fill(0, p * 3, p * 3 + 3)
  velocity[p * 3] = vx
  velocity[p * 3 + 1] = vy
  velocity[p * 3 + 2] = vz
  memory.share.fill(0, p * LIQUID_COUNT, (p + 1) * LIQUID_COUNT)
  memory.liquid[p] = liquid
  memory.still[p] = 0
  memory.born[p] = count[FLUID_COUNT.tick]!
  return p
}

/** Removes a particle, whose volume must have been booked or moved. */
export function removeParticle(memory: FluidMemory, p: number): void {
  const { count, position, velocity, anchor, pressed, share } = memory
  const last = count[FLUID_COUNT.particles]! - 1
  count[FLUID_COUNT.particles] = last
  if (p !== last) {
    for (let k = 0; k < 3; k++) {
      position[p * 3 + k] = position[last * 3 + k]!
      velocity[p * 3 + k] = velocity[last * 3 + k]!
      anchor[p * 3 + k] = anchor[last * 3 + k]!
      pressed[p * 3 + k] = pressed[last * 3 + k]!
    }
    for (let k = 0; k < LIQUID_COUNT; k++) share[p * LIQUID_COUNT + k] = share[last * LIQUID_COUNT + k]!
    memory.liquid[p] = memory.liquid[last]!
    memory.still[p] = memory.still[last]!
    memory.born[p] = memory.born[last]!
  }
  for (let k = 0; k < 3; k++) {
    position[last * 3 + k] = 0
    velocity[last * 3 + k] = 0
    anchor[last * 3 + k] = 0
    pressed[last * 3 + k] = 0
  }
  share.fill(0, last * LIQUID_COUNT, (last + 1) * LIQUID_COUNT)
  memory.liquid[last] = 0
  memory.still[last] = 0
  memory.born[last] = 0
}

/** The liquid of which most is there: row `n` of the shares of drops or films; the first of equals. */
export function prevailing(shares: Float64Array, n: number): number {
  const row = n * LIQUID_COUNT
  let best = 0
  for (let k = 1; k < LIQUID_COUNT; k++) if (shares[row + k]! > shares[row + best]!) best = k
  return best
}

/** Books all of a particle to an account and removes it. */
export function bookParticle(memory: FluidMemory, p: number, account: number): void {
  for (let k = 0; k < LIQUID_COUNT; k++) book(memory, account, k, memory.share[p * LIQUID_COUNT + k]!)
  removeParticle(memory, p)
}

/** Drains what has left the field: particles beyond `half` metres from its origin along any axis. */
export function drainStrays(memory: FluidMemory, half: number): void {
  const { position } = memory
  for (let p = memory.count[FLUID_COUNT.particles]! - 1; p >= 0; p--) {
    const x = position[p * 3]!
    const y = position[p * 3 + 1]!
    const z = position[p * 3 + 2]!
    if (!(Math.abs(x) < half && Math.abs(y) < half && Math.abs(z) < half)) bookParticle(memory, p, ACCOUNT.drained)
  }
}
