/** Sliding a particle along one of its edges in the shape at rest and in the present one alike. */

import { starOf } from './around.ts'
import { blend } from './bisect.ts'
import { followSlide } from './edges.ts'
import { LIMIT, type Mesh, noteMass, noteTet } from './mesh.ts'
import { measured, measureTet } from './volume.ts'

/** No tetrahedron may become flatter than this, unless one around the particle was already. */
const MIN_QUALITY = 0.15

/** Volume that a material may gain or lose, as a share of what lies around the particle. */
const MAX_GAIN = 2e-6

const before = new Float64Array(12)
/** Volume that each material around gained, m³. */
const gained = new Float64Array(256)
/** Lowest quality, and sum of the volumes, of a star. */
const star = new Float64Array(2)

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
  measureStar(mesh, n, -1)
  const least = star[0] < MIN_QUALITY ? star[0] : MIN_QUALITY
  const mostGain = MAX_GAIN * star[1]
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
  measureStar(mesh, n, 1)
  const balanced = isBalanced(mesh, n, mostGain)
  if (balanced && least > 0 && star[0] >= least && countInverted(mesh, n) <= inverted) {
    for (let i = 0; i < n; i++) {
      const tet = mesh.work.star[i]
      noteTet(mesh, tet)
      for (let k = 0; k < 4; k++) noteMass(mesh, memory.tetVertex[tet * 4 + k])
    }
    followSlide(mesh, v, before)
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

/**
 * Measures the first `n` tetrahedra listed in `work.star` at rest and adds (`sign` 1) or takes (−1) their volumes from
 * what their materials gained. The lowest quality is −1 when one is smaller than the limit.
 */
function measureStar({ memory, work, limits }: Mesh, n: number, sign: number): void {
  star[0] = 1
  star[1] = 0
  for (let i = 0; i < n; i++) {
    measureTet(memory, memory.rest, work.star[i])
    star[1] += measured[0]
    gained[memory.tetMaterial[work.star[i]]] += sign * measured[0]
    if (measured[0] < limits[LIMIT.minVolume]) star[0] = -1
    else if (measured[1] < star[0]) star[0] = measured[1]
  }
}

/** Whether no material gained or lost more than `most`, m³; empties the sums. */
function isBalanced({ memory, work }: Mesh, n: number, most: number): boolean {
  let balanced = true
  for (let i = 0; i < n; i++) {
    const material = memory.tetMaterial[work.star[i]]
    if (gained[material] > most || gained[material] < -most) balanced = false
    gained[material] = 0
  }
  return balanced
}

/** Tetrahedra of the star that are inverted now. */
function countInverted({ memory, work }: Mesh, n: number): number {
  let count = 0
  for (let i = 0; i < n; i++) {
    measureTet(memory, memory.position, work.star[i])
    if (measured[0] <= 0) count++
  }
  return count
}
