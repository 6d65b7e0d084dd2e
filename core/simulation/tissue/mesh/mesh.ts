/**
 * The mesh of soft tissue as topology: what lies around what, over the arrays of `TissueMemory`. The state that belongs
 * to it is one block of its own (`bytes`); everything else here is scratch that is rebuilt by whoever uses it.
 *
 * Invariant: the tetrahedra around a particle hang together through faces that they share. So one tetrahedron per
 * particle is enough to walk to all the others, and tissue that is cut comes apart at once.
 */
import { type Block, createBlock, slots } from '../../state.ts'
import { NONE, type TissueMemory, type TissueSize } from '../memory.ts'

/** Counters of the mesh's state. */
export const TALLY = slots(['pieces', 'nextCut', 'tearAt', 'tangleAt'] as const)

/** Limits of the mesh in SI units, set when it is adopted. */
export const LIMIT = slots(['minVolume'] as const)

function planOf(particles: number, tets: number) {
  return {
    float64: { limits: 2 },
    uint32: {
      tally: 4,
      /** A tetrahedron around each particle, NONE where there is none. */
      vertexTet: particles,
      /** The cut on which a particle lies, 0 for none. */
      vertexCut: particles,
      /** Label of the connected piece that a tetrahedron belongs to, from 1 on. */
      tetPiece: tets,
    },
    uint16: {},
    uint8: {},
  }
}

export type MeshBlock = Block<ReturnType<typeof planOf>>

/** What changed since {@link clearChanges}: the solver repacks only this. */
export type Changes = {
  /** Tetrahedra that are new, removed, or have other vertices or another shape at rest, each once. */
  readonly tets: Uint32Array
  tetCount: number
  /** Particles that were doubled: old, new, old, new … */
  readonly copies: Uint32Array
  copyCount: number
  /** Faces that were opened, from both sides: tetrahedron × 4 + vertex opposite. */
  readonly opened: Uint32Array
  openedCount: number
  /** Edges that are new, removed, or have another end, each once. */
  readonly edges: Uint32Array
  edgeCount: number
}

/** Scratch of a mesh: never saved. */
export type Work = {
  /** Stamps compare equal to a stamp of the present walk only. */
  stamp: number
  readonly tetStamp: Uint32Array
  readonly cornerStamp: Uint32Array
  readonly vertexStamp: Uint32Array
  /** Tetrahedra of the last walk around a particle. */
  readonly star: Uint32Array
  /** Tetrahedra around an edge. */
  readonly ring: Uint32Array
  /** The other half of each tetrahedron of a ring that is bisected. */
  readonly half: Uint32Array
  readonly stack: Uint32Array
  /** By label: the piece that has it. */
  readonly pieceOwner: Uint32Array
  readonly dirty: Uint32Array
  dirtyCount: number
  readonly isDirty: Uint8Array
  readonly isChanged: Uint8Array
  readonly isEdgeChanged: Uint8Array
}

/**
 * Finds which tetrahedra of a turn (of `SCAN_TURNS`, see `kernel/tetscan.ts`) to look at closely, and tells how many: those
 * that may be stretched far, or turned inside out. Their numbers within the turn go to `found`.
 */
export type Scan = {
  readonly found: Uint32Array
  readonly stretched: (turn: number) => number
  readonly turned: (turn: number) => number
}

export type Mesh = {
  readonly memory: TissueMemory
  /** The mesh's own state. */
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly limits: Float64Array
  readonly tally: Uint32Array
  readonly vertexTet: Uint32Array
  readonly vertexCut: Uint32Array
  readonly tetPiece: Uint32Array
  readonly work: Work
  readonly changes: Changes
}

/** The mesh of memory that `adoptMesh` is told about next, or whose state is restored next. */
export function createMesh(memory: TissueMemory): Mesh {
  const particles = memory.owner.length
  const tets = memory.tetMaterial.length
  const block: MeshBlock = createBlock(planOf(particles, tets))
  block.uint32.vertexTet.fill(NONE)
  return {
    memory,
    bytes: block.bytes,
    ...block.uint32,
    limits: block.float64.limits,
    work: createWork(particles, tets, memory.edgeSlot.length),
    changes: createChanges(memory.size, tets),
  }
}

function createWork(particles: number, tets: number, edges: number): Work {
  return {
    stamp: 0,
    tetStamp: new Uint32Array(tets),
    cornerStamp: new Uint32Array(tets * 4),
    vertexStamp: new Uint32Array(particles),
    star: new Uint32Array(tets),
    ring: new Uint32Array(tets),
    half: new Uint32Array(tets),
    stack: new Uint32Array(tets),
    pieceOwner: new Uint32Array(tets + 2),
    dirty: new Uint32Array(particles),
    dirtyCount: 0,
    isDirty: new Uint8Array(particles),
    isChanged: new Uint8Array(tets),
    isEdgeChanged: new Uint8Array(edges),
  }
}

function createChanges(size: TissueSize, tets: number): Changes {
  return {
    tets: new Uint32Array(tets),
    tetCount: 0,
    copies: new Uint32Array(size.particles * 2),
    copyCount: 0,
    opened: new Uint32Array(tets * 4),
    openedCount: 0,
    edges: new Uint32Array(size.edges + 4),
    edgeCount: 0,
  }
}

/** A stamp that no array of stamps holds yet. */
export function nextStamp(work: Work): number {
  if (work.stamp === 0xffffffff) {
    work.tetStamp.fill(0)
    work.cornerStamp.fill(0)
    work.vertexStamp.fill(0)
    work.stamp = 0
  }
  return ++work.stamp
}

/** Notes that a tetrahedron must be packed again, and that the masses of its particles may be others now. */
export function noteTet(mesh: Mesh, tet: number): void {
  const { work, changes } = mesh
  if (work.isChanged[tet] === 0) {
    work.isChanged[tet] = 1
    changes.tets[changes.tetCount++] = tet
  }
}

export function noteEdge(mesh: Mesh, edge: number): void {
  const { work, changes } = mesh
  if (work.isEdgeChanged[edge] === 0) {
    work.isEdgeChanged[edge] = 1
    changes.edges[changes.edgeCount++] = edge
  }
}

/** Notes that a particle's mass must be summed again. */
export function noteMass(mesh: Mesh, particle: number): void {
  const { work } = mesh
  if (work.isDirty[particle] === 0) {
    work.isDirty[particle] = 1
    work.dirty[work.dirtyCount++] = particle
  }
}

/** Empties the lists of changes, once the solver has taken them over. */
export function clearChanges(mesh: Mesh): void {
  const { work, changes } = mesh
  for (let i = 0; i < changes.tetCount; i++) work.isChanged[changes.tets[i]] = 0
  for (let i = 0; i < changes.edgeCount; i++) work.isEdgeChanged[changes.edges[i]] = 0
  changes.tetCount = 0
  changes.copyCount = 0
  changes.openedCount = 0
  changes.edgeCount = 0
}
