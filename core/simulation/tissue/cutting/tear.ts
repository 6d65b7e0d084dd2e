/**
 * Tearing: where a tetrahedron and what lies around it are stretched past what their material bears, tissue splits at one
 * of its particles across the stretch, along faces (Parker and O'Brien 2009, doi:10.1145/1599470.1599492).
 */
import { SCAN_TURNS } from '../../kernel/tetscan.ts'
import { CLIPPED, TOUCHED } from '../contact/toolcontact.ts'
import { carriedShare, MATERIALS } from '../materials.ts'
import { COUNT, NONE, type TissueMemory } from '../memory.ts'
import { starOf } from '../mesh/around.ts'
import { endChange } from '../mesh/mass.ts'
import { type Mesh, type Scan, TALLY } from '../mesh/mesh.ts'
import { labelOpened } from '../mesh/pieces.ts'
import { openFace, separateOpened } from '../mesh/separate.ts'
import { cauchyGreen, directionOf, greatestStretch2, isUnder } from '../mesh/strain.ts'
import { measured, measureTet } from '../mesh/volume.ts'
import { strainAround } from './strainaround.ts'

/** Nothing stays whole that is drawn out further than this, held or not: jaws that are torn away take what they hold along. */
const SEVERED = 2.5
/** Particles that come apart in a tick at most where tissue is drawn out so far. */
const MOST_SEVERED = 6
/**
 * Doubled particles that the tears of a tick have room for: much less than a cut, so what is drawn out still gives way in
 * a field in which nothing can be cut any more.
 */
const SPARE_PARTICLES = 200

/** Greatest stretch by material, then of what is pinched. */
export const LIMITS = Float64Array.of(...MATERIALS.map(({ failureStrain }) => 1 + failureStrain), SEVERED)
const PINCHED = MATERIALS.length

const tensor = new Float64Array(6)
const along = new Float64Array(3)

/**
 * Looks at the tetrahedra whose turn it is and splits tissue at the first that is stretched past what it bears, alone and
 * in the mean of its neighbourhood, and can come apart, and at a few that are drawn out much further: at a particle of a
 * surface or of the tear's front if it has one. What tools press (`bound` by particle) is pinched, not torn, unless it is
 * drawn out so far; what lies in a clip is crushed by it and never torn, what hangs on one is where all around it is drawn
 * out so far. Returns the tetrahedron that tore first, or NONE: nothing tears where there is no room for it.
 */
export function tear(mesh: Mesh, bound: Uint8Array, scan: Scan): number {
  const { memory, tally, changes } = mesh
  const { tetVertex, tetMaterial } = memory
  if (!canTear(memory)) return NONE
  let first = NONE
  let torn = 0
  const before = changes.openedCount
  tally[TALLY.tearAt] = (tally[TALLY.tearAt] + 1) % SCAN_TURNS
  const count = scan.stretched(tally[TALLY.tearAt])
  for (let n = 0; n < count && torn < MOST_SEVERED; n++) {
    const tet = tally[TALLY.tearAt] + scan.found[n] * SCAN_TURNS
    if (tetVertex[tet * 4] === NONE) continue
    const grip = gripOn(tetVertex, tet, bound)
    const clipped = grip === CLIPPED ? inClip(tetVertex, tet, bound) : 0
    if (clipped === 4) continue
    const pinched = torn > 0 || grip > 0
    const row = pinched ? PINCHED : tetMaterial[tet]
    cauchyGreen(memory, tet, tensor)
    if (isUnder(tensor, LIMITS, row)) continue
    const limit = pinched ? SEVERED : bears(memory, tet)
    let stretch2 = greatestStretch2(tensor)
    if (stretch2 <= limit * limit) continue
    // Pulled at, tissue bears by what lies around too; pressed by a tool that goes through, it gives way where it is.
    if (grip < TOUCHED || clipped > 0) {
      strainAround(mesh, tet, tensor)
      stretch2 = greatestStretch2(tensor)
      if (stretch2 <= limit * limit) continue
    }
    directionOf(tensor, stretch2, along)
    const from = changes.openedCount
    splitTet(mesh, tet)
    if (changes.openedCount === from) continue
    separateOpened(mesh, from)
    endChange(mesh)
    if (first === NONE) first = tet
    torn++
  }
  if (torn > 0) labelOpened(mesh, before)
  return first
}

/**
 * Stretch at which a tetrahedron bears the load that its material fails under: what is solved softer than it is gets further
 * under the same load, and by the strain of the real tissue it would tear at a fraction of its strength.
 */
function bears(memory: TissueMemory, tet: number): number {
  const material = memory.tetMaterial[tet]
  measureTet(memory, memory.rest, tet)
  const share = carriedShare(material, measured[0], memory.substepS)
  return Math.min(SEVERED, 1 + MATERIALS[material].failureStrain / share)
}

/** Whether there is room for tears. */
export const canTear = ({ counts, size }: TissueMemory): boolean =>
  counts[COUNT.particles] + SPARE_PARTICLES <= size.particles

/** Whether a tetrahedron is drawn out further than anything bears. */
export function isSevered(memory: TissueMemory, tet: number): boolean {
  cauchyGreen(memory, tet, tensor)
  return greatestStretch2(tensor) > SEVERED * SEVERED
}

/** What holds or touches a tetrahedron, 0 for nothing: at least `TOUCHED` where it is not only jaws. */
const gripOn = (v: Uint32Array, tet: number, bound: Uint8Array): number =>
  bound[v[tet * 4]] | bound[v[tet * 4 + 1]] | bound[v[tet * 4 + 2]] | bound[v[tet * 4 + 3]]

/** How many particles of a tetrahedron clips hold. */
function inClip(v: Uint32Array, tet: number, bound: Uint8Array): number {
  let clipped = 0
  for (let k = tet * 4; k < tet * 4 + 4; k++) if (bound[v[k]] === CLIPPED) clipped++
  return clipped
}

/** Splits tissue at one particle of a tetrahedron, if it can be split there. */
function splitTet(mesh: Mesh, tet: number): void {
  const { tetVertex } = mesh.memory
  const from = mesh.changes.openedCount
  for (let k = 0; k < 8 && mesh.changes.openedCount === from; k++) {
    const particle = tetVertex[tet * 4 + (k & 3)]
    const n = starOf(mesh, particle)
    if (k >= 4 || isAtSurface(mesh, particle, n)) splitStar(mesh, particle, n)
  }
}

/** Whether a face at a particle, whose star is listed, is free. */
function isAtSurface({ memory, work }: Mesh, particle: number, n: number): boolean {
  for (let i = 0; i < n; i++) {
    for (let k = work.star[i] * 4; k < work.star[i] * 4 + 4; k++) {
      if (memory.tetNeighbour[k] === NONE && memory.tetVertex[k] !== particle) return true
    }
  }
  return false
}

/** Opens the faces at a particle between tetrahedra whose middles lie on either side of the plane across `along`. */
function splitStar(mesh: Mesh, particle: number, n: number): void {
  const { tetVertex, tetNeighbour } = mesh.memory
  const { star } = mesh.work
  for (let i = 0; i < n; i++) {
    const tet = star[i]
    for (let k = 0; k < 4; k++) {
      const other = tetNeighbour[tet * 4 + k]
      if (other === NONE || other < tet || tetVertex[tet * 4 + k] === particle) continue
      if (side(mesh, particle, tet) > 0 !== side(mesh, particle, other) > 0) openFace(mesh, tet, k)
    }
  }
}

/** On which side of the plane through `particle` across `along` the middle of a tetrahedron lies at rest. */
function side({ memory }: Mesh, particle: number, tet: number): number {
  const { rest, tetVertex } = memory
  let sum = 0
  for (let k = 0; k < 4; k++) {
    for (let axis = 0; axis < 3; axis++) {
      sum += along[axis] * (rest[tetVertex[tet * 4 + k] * 4 + axis] - rest[particle * 4 + axis])
    }
  }
  return sum
}
