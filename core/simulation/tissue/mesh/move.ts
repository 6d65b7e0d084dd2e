/** Sliding a particle along one of its edges in the shape at rest and in the present one alike. */

import { restVolume, volumeNow } from '../load.ts'
import { starOf } from './around.ts'
import { blend } from './bisect.ts'
import { LIMIT, type Mesh, noteMass, noteTet } from './mesh.ts'
import { tetQuality } from './volume.ts'

/** No tetrahedron may become flatter than this, unless one around the particle was already. */
const MIN_QUALITY = 0.15

/** Volume that a material may gain or lose, as a share of what lies around the particle. */
const MAX_LOSS = 2e-6

const before = new Float64Array(12)
const gained = new Float64Array(256)

/**
 * Moves particle `v` towards `w` by the share `t` of their distance if it is free, no material's volume changes by that
 * (so particles of a surface only slide within a flat part of it), and all tetrahedra around stay sound. Returns 1 when
 * it was moved, or else 0 with nothing changed.
 */
export function slideParticle(mesh: Mesh, v: number, w: number, t: number): 0 | 1 {
  const { memory } = mesh
  const { position, previous, velocity, rest } = memory
  if (position[v * 4 + 3] === 0) return 0
  const n = starOf(mesh, v)
  const inverted = countInverted(mesh, n)
  const least = Math.min(MIN_QUALITY, lowestQuality(mesh, n))
  if (least < 0) return 0
  const whole = sumVolumes(mesh, n, -1)
  for (let axis = 0; axis < 3; axis++) {
    before[axis] = rest[v * 4 + axis]
    before[3 + axis] = position[v * 4 + axis]
    before[6 + axis] = previous[v * 4 + axis]
    before[9 + axis] = velocity[v * 4 + axis]
  }
  blend(rest, v, v, w, t)
  blend(position, v, v, w, t)
  blend(previous, v, v, w, t)
  blend(velocity, v, v, w, t)
  sumVolumes(mesh, n, 1)
  if (
    settleGains(mesh, n) <= MAX_LOSS * whole &&
    lowestQuality(mesh, n) >= least &&
    countInverted(mesh, n) <= inverted
  ) {
    for (let i = 0; i < n; i++) {
      const tet = mesh.work.star[i]
      noteTet(mesh, tet)
      for (let k = 0; k < 4; k++) noteMass(mesh, memory.tetVertex[tet * 4 + k])
    }
    return 1
  }
  for (let axis = 0; axis < 3; axis++) {
    rest[v * 4 + axis] = before[axis]
    position[v * 4 + axis] = before[3 + axis]
    previous[v * 4 + axis] = before[6 + axis]
    velocity[v * 4 + axis] = before[9 + axis]
  }
  return 0
}

/** Adds (`sign` 1) or takes (−1) the volumes of the star from what its materials gained; returns their sum, m³. */
function sumVolumes({ memory, work }: Mesh, n: number, sign: number): number {
  let sum = 0
  for (let i = 0; i < n; i++) {
    const volume = restVolume(memory, work.star[i])
    gained[memory.tetMaterial[work.star[i]]] += sign * volume
    sum += volume
  }
  return sum
}

/** The greatest gain or loss of a material of the star, m³; empties the sums. */
function settleGains({ memory, work }: Mesh, n: number): number {
  let most = 0
  for (let i = 0; i < n; i++) {
    const material = memory.tetMaterial[work.star[i]]
    most = Math.max(most, Math.abs(gained[material]))
    gained[material] = 0
  }
  return most
}

/** The lowest quality at rest in the star; −1 when one is smaller than the limit. */
function lowestQuality({ memory, work, limits }: Mesh, n: number): number {
  let least = 1
  for (let i = 0; i < n; i++) {
    if (restVolume(memory, work.star[i]) < limits[LIMIT.minVolume]) return -1
    least = Math.min(least, tetQuality(memory, memory.rest, work.star[i]))
  }
  return least
}

/** Tetrahedra of the star that are inverted now. */
function countInverted({ memory, work }: Mesh, n: number): number {
  let count = 0
  for (let i = 0; i < n; i++) if (volumeNow(memory, work.star[i]) <= 0) count++
  return count
}
