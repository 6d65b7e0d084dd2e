/** Adding and taking away what the mesh consists of. A capacity that is used up is the error `simulation/tissue-full`. */
import { SimulationError } from '../../contract.ts'
import { COUNT, NONE, OWNER, type TissueMemory } from '../memory.ts'
import { type Mesh, noteMass } from './mesh.ts'

/** Throws `simulation/tissue-full` unless so many more particles and tetrahedra fit. */
export function needRoom({ counts, size }: TissueMemory, particles: number, tets: number): void {
  if (counts[COUNT.particles] + particles > size.particles) {
    throw new SimulationError('simulation/tissue-full', 'particles')
  }
  if (counts[COUNT.tets] + tets > size.tets) throw new SimulationError('simulation/tissue-full', 'tets')
}

/** Doubles a particle with all that it does (a copy of a held one is held). Returns the new one. */
export function copyParticle(mesh: Mesh, particle: number): number {
  const { memory, changes } = mesh
  needRoom(memory, 1, 0)
  const copy = memory.counts[COUNT.particles]++
  memory.position.copyWithin(copy * 4, particle * 4, particle * 4 + 4)
  memory.previous.copyWithin(copy * 4, particle * 4, particle * 4 + 4)
  memory.velocity.copyWithin(copy * 4, particle * 4, particle * 4 + 4)
  memory.rest.copyWithin(copy * 4, particle * 4, particle * 4 + 4)
  memory.owner[copy] = memory.owner[particle]
  memory.swollen[copy] = memory.swollen[particle]
  mesh.vertexCut[copy] = mesh.vertexCut[particle]
  changes.copies[changes.copyCount++] = particle
  changes.copies[changes.copyCount++] = copy
  noteMass(mesh, particle)
  noteMass(mesh, copy)
  return copy
}

/** Takes a particle that no tetrahedron uses any more out of the dynamics. */
export function parkParticle(mesh: Mesh, particle: number): void {
  const { memory } = mesh
  memory.position[particle * 4 + 3] = 0
  memory.rest[particle * 4 + 3] = 0
  memory.velocity.fill(0, particle * 4, particle * 4 + 4)
  memory.owner[particle] = OWNER.none
  mesh.vertexTet[particle] = NONE
  mesh.vertexCut[particle] = 0
}
