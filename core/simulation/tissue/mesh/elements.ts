/** Adding particles and tetrahedra. A capacity that is used up is the error `simulation/tissue-full`. */
import { SimulationError } from '../../contract.ts'
import { COUNT, NONE, OWNER, type TissueMemory } from '../memory.ts'
import { type Mesh, noteMass, noteTet } from './mesh.ts'

/** Throws `simulation/tissue-full` unless so many more particles and tetrahedra fit. */
export function needRoom({ counts, size }: TissueMemory, particles: number, tets: number): void {
  if (counts[COUNT.particles] + particles > size.particles) {
    throw new SimulationError('simulation/tissue-full', 'particles')
  }
  if (counts[COUNT.tets] + tets > size.tets) throw new SimulationError('simulation/tissue-full', 'tets')
}

/**
 * Adds a particle at rest at (x, y, z), metres. It is free: its inverse mass is a placeholder until its tetrahedra are
 * known; one whose inverse mass is set to 0 is held fast and stays so. Returns its number.
 */
export function addParticle(mesh: Mesh, x: number, y: number, z: number, owner: number): number {
  const { memory } = mesh
  needRoom(memory, 1, 0)
  const particle = memory.counts[COUNT.particles]++
  memory.rest[particle * 4] = x
  memory.rest[particle * 4 + 1] = y
  memory.rest[particle * 4 + 2] = z
  memory.position.set(memory.rest.subarray(particle * 4, particle * 4 + 3), particle * 4)
  memory.previous.set(memory.rest.subarray(particle * 4, particle * 4 + 3), particle * 4)
  memory.position[particle * 4 + 3] = 1
  memory.owner[particle] = owner
  return particle
}

/** Adds a tetrahedron, positively oriented at rest, without neighbours: see `adoptMesh`. Returns its number. */
export function addTet(mesh: Mesh, a: number, b: number, c: number, d: number, material: number): number {
  const { memory } = mesh
  needRoom(memory, 0, 1)
  const tet = memory.counts[COUNT.tets]++
  memory.tetVertex[tet * 4] = a
  memory.tetVertex[tet * 4 + 1] = b
  memory.tetVertex[tet * 4 + 2] = c
  memory.tetVertex[tet * 4 + 3] = d
  memory.tetNeighbour.fill(NONE, tet * 4, tet * 4 + 4)
  memory.tetMaterial[tet] = material
  memory.tetSlot[tet] = NONE
  noteTet(mesh, tet)
  return tet
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
