/** Lattices of tetrahedra for tests of tissue. */
import { createTissueMemory, OWNER, type TissueSize } from '../../../../../core/simulation/tissue/memory.ts'
import { adoptMesh } from '../../../../../core/simulation/tissue/mesh/adopt.ts'
import { addParticle, addTet } from '../../../../../core/simulation/tissue/mesh/elements.ts'
import { clearChanges, createMesh, type Mesh } from '../../../../../core/simulation/tissue/mesh/mesh.ts'

/** The six tetrahedra of a cube that share its diagonal (Kuhn), by paths along the axes. */
const PATHS = [
  [1, 2, 4],
  [2, 4, 1],
  [4, 1, 2],
  [2, 1, 4],
  [1, 4, 2],
  [4, 2, 1],
] as const

/** kg/m³ of the two materials in a lattice. */
export const DENSITY = new Float64Array([1060, 920])

/** A box of nx × ny × nz cubes with edges of `step` metres from the origin, materials in layers along z. */
export function latticeOf(
  nx: number,
  ny: number,
  nz: number,
  step: number,
  size: TissueSize = { particles: 60_000, tets: 200_000, edges: 64 },
  materialOf: (z: number) => number = () => 0,
): Mesh {
  const mesh = createMesh(createTissueMemory(size), DENSITY)
  const at = (x: number, y: number, z: number) => 4 + x + (nx + 1) * (y + (ny + 1) * z)
  for (let z = 0; z <= nz; z++) {
    for (let y = 0; y <= ny; y++) {
      for (let x = 0; x <= nx; x++) addParticle(mesh, x * step, y * step, z * step, OWNER.tissue)
    }
  }
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++) {
        for (const [path, [first, second]] of PATHS.entries()) {
          const corner = (bits: number) => at(x + (bits & 1), y + ((bits >> 1) & 1), z + (bits >> 2))
          const inner = [corner(first), corner(first | second)] as const
          const [b, c] = path < 3 ? inner : [inner[1], inner[0]]
          addTet(mesh, corner(0), b, c, corner(7), materialOf(z))
        }
      }
    }
  }
  adoptMesh(mesh)
  clearChanges(mesh)
  return mesh
}
