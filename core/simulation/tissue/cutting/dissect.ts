/**
 * Blunt and hydraulic dissection: tissue comes apart along planes, that is at faces where it is stretched apart near the
 * instrument or the fluid. Nothing is bisected.
 */
import { COUNT, NONE, type TissueMemory } from '../memory.ts'
import { type Capsule, isWithin } from '../mesh/capsule.ts'
import { endChange } from '../mesh/mass.ts'
import type { Mesh } from '../mesh/mesh.ts'
import { labelOpened } from '../mesh/pieces.ts'
import { openFace, separateOpened } from '../mesh/separate.ts'
import { cauchyGreen, stretch2Along } from '../mesh/strain.ts'
import { FACE } from '../mesh/volume.ts'

/** Where tissue parts: between two materials (rows; twice the same: within one), and from which stretch across on. */
export type Plane = { readonly materials: readonly [number, number]; readonly stretch: number }

const tensor = new Float64Array(6)

/**
 * Opens the faces of a plane whose middle lies within the capsule now and that are stretched apart (mean of both sides,
 * 1 unstretched). Returns the number of faces opened. Throws `simulation/tissue-full`.
 */
export function separateAlong(mesh: Mesh, capsule: Capsule, plane: Plane): number {
  const { memory, changes } = mesh
  const { tetVertex, tetNeighbour, tetMaterial, counts } = memory
  const [a, b] = plane.materials
  const from = changes.openedCount
  for (let tet = 0; tet < counts[COUNT.tets]; tet++) {
    const material = tetMaterial[tet]
    if (tetVertex[tet * 4] === NONE || (material !== a && material !== b)) continue
    for (let k = 0; k < 4; k++) {
      const other = tetNeighbour[tet * 4 + k]
      if (other === NONE || other < tet || tetMaterial[other] !== (material === a ? b : a)) continue
      if (!isFaceWithin(memory, capsule, tet, k)) continue
      const across = (stretchAcross(memory, tet, tet, k) + stretchAcross(memory, other, tet, k)) / 2
      if (across >= plane.stretch) openFace(mesh, tet, k)
    }
  }
  const opened = (changes.openedCount - from) / 2
  if (opened === 0) return 0
  separateOpened(mesh, from)
  endChange(mesh)
  labelOpened(mesh, from)
  return opened
}

function isFaceWithin({ tetVertex, position }: TissueMemory, capsule: Capsule, tet: number, place: number): boolean {
  const a = tetVertex[tet * 4 + FACE[place * 3]] * 4
  const b = tetVertex[tet * 4 + FACE[place * 3 + 1]] * 4
  const c = tetVertex[tet * 4 + FACE[place * 3 + 2]] * 4
  return isWithin(
    capsule,
    (position[a] + position[b] + position[c]) / 3,
    (position[a + 1] + position[b + 1] + position[c + 1]) / 3,
    (position[a + 2] + position[b + 2] + position[c + 2]) / 3,
  )
}

/** Stretch of tetrahedron `inside` along what was normal at rest to the face at `place` of `tet`. */
function stretchAcross(memory: TissueMemory, inside: number, tet: number, place: number): number {
  const { tetVertex, rest } = memory
  const a = tetVertex[tet * 4 + FACE[place * 3]] * 4
  const b = tetVertex[tet * 4 + FACE[place * 3 + 1]] * 4
  const c = tetVertex[tet * 4 + FACE[place * 3 + 2]] * 4
  const ux = rest[b] - rest[a]
  const uy = rest[b + 1] - rest[a + 1]
  const uz = rest[b + 2] - rest[a + 2]
  const vx = rest[c] - rest[a]
  const vy = rest[c + 1] - rest[a + 1]
  const vz = rest[c + 2] - rest[a + 2]
  const x = uy * vz - uz * vy
  const y = uz * vx - ux * vz
  const z = ux * vy - uy * vx
  const per = 1 / Math.sqrt(x * x + y * y + z * z)
  cauchyGreen(memory, inside, tensor)
  return Math.sqrt(stretch2Along(tensor, x * per, y * per, z * per))
}
