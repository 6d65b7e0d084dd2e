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

/**
 * Opens the face of a plane that is nearest to a point and has a particle marked in `isOf`, whether it is stretched or
 * not: water that finds no room goes on. Returns the number of faces opened. Throws `simulation/tissue-full`.
 */
export function peelAlong(mesh: Mesh, planes: readonly Plane[], isOf: Uint8Array, at: Float64Array): number {
  const { memory, changes } = mesh
  const { tetVertex, tetNeighbour, tetMaterial, position, counts } = memory
  let nearest = NONE
  let least = Infinity
  for (let corner = 0; corner < counts[COUNT.tets] * 4; corner++) {
    const tet = corner >> 2
    const other = tetNeighbour[corner]
    if (other === NONE || other < tet || tetVertex[tet * 4] === NONE || tetMaterial[other] === tetMaterial[tet])
      continue
    const k = (corner & 3) * 3
    const a = tetVertex[tet * 4 + FACE[k]]
    const b = tetVertex[tet * 4 + FACE[k + 1]]
    const c = tetVertex[tet * 4 + FACE[k + 2]]
    if ((isOf[a] | isOf[b] | isOf[c]) === 0 || !isPlane(planes, tetMaterial[tet], tetMaterial[other])) continue
    let d2 = 0
    for (let axis = 0; axis < 3; axis++) {
      const off = (position[a * 4 + axis] + position[b * 4 + axis] + position[c * 4 + axis]) / 3 - at[axis]
      d2 += off * off
    }
    if (d2 >= least) continue
    least = d2
    nearest = corner
  }
  if (nearest === NONE) return 0
  const from = changes.openedCount
  openFace(mesh, nearest >> 2, nearest & 3)
  separateOpened(mesh, from)
  endChange(mesh)
  labelOpened(mesh, from)
  return 1
}

function isPlane(planes: readonly Plane[], one: number, other: number): boolean {
  for (let n = 0; n < planes.length; n++) {
    const [a, b] = planes[n].materials
    if ((a === one && b === other) || (a === other && b === one)) return true
  }
  return false
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
