/** Lattices of tetrahedra for tests of meshes and cutting. */
import { SCAN_TURNS } from '../../../../../core/simulation/kernel/tetscan.ts'
import { type LatticeData, loadLattice } from '../../../../../core/simulation/tissue/load.ts'
import { COUNT, createTissueMemory, type TissueSize } from '../../../../../core/simulation/tissue/memory.ts'
import { adoptMesh } from '../../../../../core/simulation/tissue/mesh/adopt.ts'
import { clearChanges, createMesh, type Mesh, type Scan } from '../../../../../core/simulation/tissue/mesh/mesh.ts'
import { boxLattice } from '../../../../../core/simulation/tissue/shapes.ts'

/** Takes data over as a mesh of its own. */
export function meshOf(data: LatticeData, size: TissueSize): Mesh {
  const memory = createTissueMemory(size)
  loadLattice(memory, data)
  const mesh = createMesh(memory)
  adoptMesh(mesh)
  clearChanges(mesh)
  return mesh
}

/** A box of nx × ny × nz cubes with edges of `step` metres from the origin; `materialAt` gives a layer's material. */
export function latticeOf(
  nx: number,
  ny: number,
  nz: number,
  step: number,
  size: TissueSize = { particles: 20_000, tets: 40_000, edges: 64 },
  materialAt: (z: number) => number = () => 0,
): Mesh {
  const { positions, tetrahedra } = boxLattice([nx, ny, nz], step, [0, 0, 0], 0)
  const materials = Array.from({ length: tetrahedra.length / 4 }, (_, t) => {
    const heights = [0, 1, 2, 3].map((k) => positions[tetrahedra[t * 4 + k] * 3 + 2])
    return materialAt(Math.floor((Math.min(...heights) + step / 4) / step))
  })
  return meshOf({ positions, tetrahedra, materials }, size)
}

/** Looks at all tetrahedra of a turn. */
export function scanAll({ memory }: Mesh): Scan {
  const found = Uint32Array.from({ length: memory.tetMaterial.length }, (_, n) => n)
  const all = (turn: number) => Math.ceil((memory.counts[COUNT.tets] - turn) / SCAN_TURNS)
  return { found, stretched: all, turned: all }
}
