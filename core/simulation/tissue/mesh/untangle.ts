/**
 * Untangling: a particle that was driven through its surroundings can stay there, for a tetrahedron turned inside out may
 * be at rest among others that are not. Such a particle is put back to where the particles around it place it, by the
 * affine map that takes their rest shape closest to where they are (as in meshless shape matching, Müller et al. 2005,
 * doi:10.1145/1073204.1073216).
 */
import { SCAN_TURNS } from '../../kernel/tetscan.ts'
import { NONE } from '../memory.ts'
import { placeOf, starOf } from './around.ts'
import { type Mesh, nextStamp, type Scan, TALLY } from './mesh.ts'
import { addMeans, addMoments, fit, MIXED, MOMENTS, readyMoments, solveMoments } from './shapefit.ts'
import { measured, measureTet } from './volume.ts'

/** How badly a star is tangled: tetrahedra turned inside out, and their volume, m³. */
const tangle = new Float64Array(2)
const before = new Float64Array(3)
/** A place at rest against the mean there. */
const off = new Float64Array(3)

/**
 * Puts particles of tetrahedra that are turned inside out back, where that makes it better. Looks at the tetrahedra whose
 * turn it is. What jaws or clips hold and what tools press (`pressed` by particle) stays where they have it: put back, it would
 * leap to and fro, or behind the tip that presses it. Returns how many particles were moved.
 */
export function untangle(mesh: Mesh, pressed: Uint8Array, scan: Scan): number {
  const { memory, tally } = mesh
  const { tetVertex, position } = memory
  tally[TALLY.tangleAt] = (tally[TALLY.tangleAt] + 1) % SCAN_TURNS
  let moved = 0
  const count = scan.turned(tally[TALLY.tangleAt])
  for (let n = 0; n < count; n++) {
    const tet = tally[TALLY.tangleAt] + scan.found[n] * SCAN_TURNS
    if (tetVertex[tet * 4] === NONE) continue
    measureTet(memory, position, tet)
    if (measured[0] > 0) continue
    for (let k = 0; k < 4; k++) {
      const particle = tetVertex[tet * 4 + k]
      if (pressed[particle] !== 0 || !putBack(mesh, particle)) continue
      moved++
      break
    }
  }
  return moved
}

/** Moves a particle to where those around place it, if fewer tetrahedra are turned inside out then, or less of them. */
function putBack(mesh: Mesh, particle: number): boolean {
  const { position, previous, velocity } = mesh.memory
  if (position[particle * 4 + 3] === 0) return false
  const n = starOf(mesh, particle)
  measureTangle(mesh, n)
  const count = tangle[0]
  const volume = tangle[1]
  for (let axis = 0; axis < 3; axis++) before[axis] = position[particle * 4 + axis]
  if (!place(mesh, particle, n)) return false
  measureTangle(mesh, n)
  if (tangle[0] < count || (tangle[0] === count && tangle[1] < 0.9 * volume)) {
    for (let axis = 0; axis < 3; axis++) {
      previous[particle * 4 + axis] = position[particle * 4 + axis]
      velocity[particle * 4 + axis] = 0
    }
    return true
  }
  for (let axis = 0; axis < 3; axis++) position[particle * 4 + axis] = before[axis]
  return false
}

function measureTangle({ memory, work }: Mesh, n: number): void {
  tangle[0] = 0
  tangle[1] = 0
  for (let i = 0; i < n; i++) {
    measureTet(memory, memory.position, work.star[i])
    if (measured[0] > 0) continue
    tangle[0]++
    tangle[1] -= measured[0]
  }
}

/** Places a particle by the particles of its star, if these span space. */
function place(mesh: Mesh, particle: number, n: number): boolean {
  const { rest, position } = mesh.memory
  fit.fill(0)
  const ring = addRing(mesh, particle, n, 0)
  for (let i = 0; i < 6; i++) fit[i] /= ring
  addRing(mesh, particle, n, 1)
  if (!readyMoments(fit, MOMENTS)) return false
  for (let axis = 0; axis < 3; axis++) off[axis] = rest[particle * 4 + axis] - fit[axis]
  solveMoments(off, 0, off, 0)
  for (let axis = 0; axis < 3; axis++) {
    const row = MIXED + axis * 3
    position[particle * 4 + axis] = fit[3 + axis] + fit[row] * off[0] + fit[row + 1] * off[1] + fit[row + 2] * off[2]
  }
  return true
}

/**
 * Adds up the particles of a star and of what lies across its outer faces, but its own: sums (`pass` 0) or moments (1).
 * Returns how many there are.
 */
function addRing(mesh: Mesh, particle: number, n: number, pass: 0 | 1): number {
  const { memory, work } = mesh
  const { tetVertex, tetNeighbour } = memory
  const stamp = nextStamp(work)
  let count = 0
  for (let i = 0; i < n; i++) {
    const tet = work.star[i]
    count += addTet(mesh, particle, tet, stamp, pass)
    const across = tetNeighbour[tet * 4 + placeOf(tetVertex, tet, particle)]
    if (across !== NONE) count += addTet(mesh, particle, across, stamp, pass)
  }
  return count
}

function addTet({ memory, work }: Mesh, particle: number, tet: number, stamp: number, pass: 0 | 1): number {
  const { tetVertex, rest, position } = memory
  let count = 0
  for (let k = 0; k < 4; k++) {
    const p = tetVertex[tet * 4 + k]
    if (p === particle || work.vertexStamp[p] === stamp) continue
    work.vertexStamp[p] = stamp
    count++
    if (pass === 0) addMeans(rest, p * 4, position, p * 4)
    else addMoments(rest, p * 4, position, p * 4)
  }
  return count
}
