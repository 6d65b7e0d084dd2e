/** Loading lattices into the memory of soft tissue. */
import { SimulationError } from '../contract.ts'
import { finish, STRETCH, type Steps } from '../steps.ts'
import { inertiaOf, MATERIALS } from './materials.ts'
import { COUNT, NONE, OWNER, type TissueMemory } from './memory.ts'

/** Tetrahedra to load: metres in the operative field; four vertices each, positively oriented; a row of materials each. */
export type LatticeData = {
  readonly positions: ArrayLike<number>
  readonly tetrahedra: ArrayLike<number>
  readonly materials: ArrayLike<number>
}

/**
 * Adds a lattice; returns the number of its first particle. Throws `simulation/tissue-full`. Call `packAll` once all is
 * loaded.
 */
export function loadLattice(tissue: TissueMemory, lattice: LatticeData): number {
  return finish(loadSteps(tissue, lattice))
}

/** What `loadLattice` does, in steps. */
export function* loadSteps(tissue: TissueMemory, lattice: LatticeData): Steps<number> {
  const { counts } = tissue
  const { positions, tetrahedra } = lattice
  const first = counts[COUNT.particles]
  const firstTet = counts[COUNT.tets]
  const added = tetrahedra.length / 4
  if (firstTet + added > tissue.size.tets) throw new SimulationError('simulation/tissue-full', 'tetrahedra')
  for (let i = 0; i < positions.length; i += 3)
    addParticle(tissue, positions[i], positions[i + 1], positions[i + 2], OWNER.tissue)
  yield
  for (let from = 0; from < added; from += STRETCH) {
    for (let t = from; t < Math.min(added, from + STRETCH); t++) addTet(tissue, lattice, t, first, firstTet + t)
    yield
  }
  counts[COUNT.tets] = firstTet + added
  for (let p = first; p < counts[COUNT.particles]; p++) release(tissue, p)
  return first
}

/** Adds tetrahedron `t` of a lattice as `tet`. @param first particle of the lattice */
function addTet(
  tissue: TissueMemory,
  { tetrahedra, materials }: LatticeData,
  t: number,
  first: number,
  tet: number,
): void {
  const { tetVertex, tetMaterial, tetSlot, tetNeighbour, rest, velocity } = tissue
  for (let k = 0; k < 4; k++) {
    tetVertex[tet * 4 + k] = first + tetrahedra[t * 4 + k]
    tetNeighbour[tet * 4 + k] = NONE
  }
  tetMaterial[tet] = materials[t]
  tetSlot[tet] = NONE
  const volume = restVolume(tissue, tet)
  const inertia = inertiaOf(materials[t], volume, tissue.substepS)
  for (let k = 0; k < 4; k++) {
    const p = tetVertex[tet * 4 + k] * 4
    rest[p + 3] += (MATERIALS[materials[t]].densityKgM3 * volume) / 4
    velocity[p + 3] += inertia / 4
  }
}

/** A lattice, and those of its particles that never move. */
export type HeldLattice = { readonly lattice: LatticeData; readonly held: readonly number[] }

/** Adds a lattice and holds what is held of it. Throws `simulation/tissue-full`. */
export function loadHeld(tissue: TissueMemory, { lattice, held }: HeldLattice): void {
  const first = loadLattice(tissue, lattice)
  for (const p of held) hold(tissue, first + p)
}

/** Adds a particle at rest, without mass. Throws `simulation/tissue-full`. */
export function addParticle(tissue: TissueMemory, x: number, y: number, z: number, owner: number): number {
  const { counts, position, previous, rest, size } = tissue
  const p = counts[COUNT.particles]
  if (p >= size.particles) throw new SimulationError('simulation/tissue-full', 'particles')
  counts[COUNT.particles] = p + 1
  for (const array of [position, previous, rest]) {
    array[p * 4] = x
    array[p * 4 + 1] = y
    array[p * 4 + 2] = z
  }
  tissue.owner[p] = owner
  return p
}

/** Holds a particle where it is. */
export function hold({ position, velocity }: TissueMemory, particle: number): void {
  position[particle * 4 + 3] = 0
  velocity.fill(0, particle * 4, particle * 4 + 3)
}

/** Lets a particle move by its inertia. */
export function release({ position, velocity }: TissueMemory, particle: number): void {
  const inertia = velocity[particle * 4 + 3]
  position[particle * 4 + 3] = inertia > 0 ? 1 / inertia : 0
}

/** Volume of a tetrahedron at rest, m³. */
export function restVolume({ tetVertex, rest }: TissueMemory, tet: number): number {
  return volumeIn(rest, tetVertex, tet)
}

/** Volume of a tetrahedron now, m³; negative where it is turned inside out. */
export function volumeNow({ tetVertex, position }: TissueMemory, tet: number): number {
  return volumeIn(position, tetVertex, tet)
}

function volumeIn(p: Float32Array, tetVertex: Uint32Array, tet: number): number {
  const o = tetVertex[tet * 4] * 4
  const a = tetVertex[tet * 4 + 1] * 4
  const b = tetVertex[tet * 4 + 2] * 4
  const c = tetVertex[tet * 4 + 3] * 4
  const ax = p[a] - p[o]
  const ay = p[a + 1] - p[o + 1]
  const az = p[a + 2] - p[o + 2]
  const bx = p[b] - p[o]
  const by = p[b + 1] - p[o + 1]
  const bz = p[b + 2] - p[o + 2]
  const cx = p[c] - p[o]
  const cy = p[c + 1] - p[o + 1]
  const cz = p[c + 2] - p[o + 2]
  return (ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx)) / 6
}
