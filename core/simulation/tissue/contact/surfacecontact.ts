/** Contact of points with the free faces: tissue against tissue, and threads that lie on it. */

import { SimulationError } from '../../contract.ts'
import { TOUCHED_COUNT } from '../../kernel/contacttable.ts'
import { TICK_S } from '../clock.ts'
import { COUNT, NONE } from '../memory.ts'
import type { Mesh } from '../mesh/mesh.ts'
import type { Tissue } from '../solver.ts'
import type { ContactMemory } from './memory.ts'
import type { Surface } from './toolcontact.ts'

/** Lists points and faces that may meet in this tick; returns how many pairs there are. Throws `simulation/tissue-full`. */
export function findSurfacePairs({ table }: ContactMemory, { kernel, memory }: Tissue, surface: Surface): number {
  const count = kernel.findSurfacePairs(table, memory.counts[COUNT.particles], surface.count, surface.version, TICK_S)
  if (count < 0) throw new SimulationError('simulation/tissue-full', 'surface pairs')
  return count
}

/** Notes that the whole surface may be another one: after loading and restoring. */
export function touchAll({ words }: ContactMemory): void {
  words[TOUCHED_COUNT / 4] = -1
}

/** Notes around which particles the surface is another one, by what is noted as changed in the mesh. */
export function touchChanged(contact: ContactMemory, { memory, changes }: Mesh): void {
  for (let i = 0; i < changes.tetCount; i++) touchTet(contact, memory.tetVertex, changes.tets[i])
  for (let i = 0; i < changes.openedCount; i++) touchTet(contact, memory.tetVertex, changes.opened[i] >> 2)
}

function touchTet(contact: ContactMemory, tetVertex: Uint32Array, tet: number): void {
  const { words, touched } = contact
  const count = words[TOUCHED_COUNT / 4]
  if (count < 0) return
  // Of what was removed nobody knows any more where it was.
  if (tetVertex[tet * 4] === NONE || count + 4 > touched.length) touchAll(contact)
  else {
    for (let k = 0; k < 4; k++) touched[count + k] = tetVertex[tet * 4 + k]
    words[TOUCHED_COUNT / 4] = count + 4
  }
}
