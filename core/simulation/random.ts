/**
 * Seeded generator sfc32 (Doty-Humphrey, PractRand): 128 bits of state in a Uint32Array that lives in the world's state.
 */

/** Fills the four words of `state` from a 32-bit `seed` and a `stream` number; different streams are independent. */
export function seedRandom(state: Uint32Array, seed: number, stream = 0): void {
  state[0] = seed >>> 0
  state[1] = stream >>> 0
  state[2] = 0x9e3779b9
  state[3] = 1
  for (let i = 0; i < 15; i++) nextUint32(state)
}

/** Next 32 random bits as an unsigned integer. */
export function nextUint32(state: Uint32Array): number {
  const sum = (state[0]! + state[1]! + state[3]!) >>> 0
  state[3] = state[3]! + 1
  state[0] = state[1]! ^ (state[1]! >>> 9)
  state[1] = (state[2]! + (state[2]! << 3)) >>> 0
  state[2] = (((state[2]! << 21) | (state[2]! >>> 11)) + sum) >>> 0
  return sum
}

/** Next uniform number in [0, 1) with 32 bits. */
export function nextUnit(state: Uint32Array): number {
  return nextUint32(state) / 4294967296
}

/** Next roughly normal number (mean 0, sd 1, never beyond ±3.47): Irwin–Hall sum of twelve uniforms halved by scaling. */
export function nextNormal(state: Uint32Array): number {
  let sum = 0
  for (let i = 0; i < 4; i++) sum += nextUnit(state)
  return (sum - 2) * 1.7320508075688772
}
