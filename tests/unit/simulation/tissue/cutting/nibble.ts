/** Takes whole tetrahedra out of a mesh. */
import { removeListed } from '../../../../../core/simulation/tissue/cutting/remove.ts'
import { COUNT, NONE } from '../../../../../core/simulation/tissue/memory.ts'
import { type Capsule, isWithin } from '../../../../../core/simulation/tissue/mesh/capsule.ts'
import type { Mesh } from '../../../../../core/simulation/tissue/mesh/mesh.ts'

/**
 * Removes all tetrahedra of a material (or of any, −1) whose middle lies within the capsule now. Returns the volume
 * removed, m³ at rest.
 */
export function removeWithin(mesh: Mesh, capsule: Capsule, material: number): number {
  const { tetVertex, tetMaterial, position, counts } = mesh.memory
  let count = 0
  for (let tet = 0; tet < counts[COUNT.tets]; tet++) {
    if (tetVertex[tet * 4] === NONE || (material >= 0 && tetMaterial[tet] !== material)) continue
    const [x, y, z] = [0, 1, 2].map((axis) =>
      [0, 1, 2, 3].reduce((sum, k) => sum + position[tetVertex[tet * 4 + k] * 4 + axis] / 4, 0),
    )
    if (isWithin(capsule, x, y, z)) mesh.work.ring[count++] = tet
  }
  return removeListed(mesh, count)
}
