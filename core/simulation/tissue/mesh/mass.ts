/** Lumped masses: a quarter of every tetrahedron's mass, and of its inertia, at each of its particles. */
import { inertiaOf, MATERIALS } from '../materials.ts'
import { COUNT } from '../memory.ts'
import { starOf } from './around.ts'
import { parkParticle } from './elements.ts'
import type { Mesh } from './mesh.ts'
import { measured, measureTet } from './volume.ts'

/**
 * Sums the masses of all noted particles again: kg into `rest`, inertia into `velocity`, its inverse into `position`,
 * except where that is 0 (held fast). A particle without tetrahedra is parked. @param most no more than so many of them
 */
export function settleMasses(mesh: Mesh, most = mesh.work.dirtyCount): void {
  const { dirty, dirtyCount, isDirty } = mesh.work
  const from = Math.max(0, dirtyCount - most)
  mesh.work.dirtyCount = from
  for (let i = from; i < dirtyCount; i++) {
    isDirty[dirty[i]] = 0
    settleMass(mesh, dirty[i])
  }
}

/** Mass and inertia of the particle in hand, kg. */
const sums = new Float64Array(2)

function settleMass(mesh: Mesh, particle: number): void {
  const { memory, work } = mesh
  const n = starOf(mesh, particle)
  if (n === 0) {
    parkParticle(mesh, particle)
    return
  }
  sums.fill(0)
  for (let s = 0; s < n; s++) {
    const tet = work.star[s]
    measureTet(memory, memory.rest, tet)
    sums[0] += measured[0] * MATERIALS[memory.tetMaterial[tet]].densityKgM3
    sums[1] += inertiaOf(memory.tetMaterial[tet], measured[0], memory.substepS)
  }
  memory.rest[particle * 4 + 3] = sums[0] / 4
  memory.velocity[particle * 4 + 3] = sums[1] / 4
  if (memory.position[particle * 4 + 3] !== 0) memory.position[particle * 4 + 3] = 4 / sums[1]
}

/** Ends a change of topology: masses, and the count by which others see that something changed. */
export function endChange(mesh: Mesh): void {
  settleMasses(mesh)
  mesh.memory.counts[COUNT.topology]++
}
