/**
 * The memory of soft tissue: every particle and element of an operative field in one block, whose layout the kernel
 * knows too. Metres, seconds, kilograms; positions are relative to the origin of the operative field.
 */

import { type Block, blockSize, createBlock, slots } from '../state.ts'
import { STEP_S } from './clock.ts'

/** "No such element": a free tetrahedron, a face without a neighbour. */
export const NONE = 0xffffffff

/** The first particles are never moved; free lanes of the kernel's blocks work on them. */
export const FIRST_PARTICLE = 4

/** What is in use of each capacity. Numbers of elements only grow; removed ones leave gaps that are marked. */
export const COUNT = slots(['particles', 'tets', 'tetBlocks', 'edges', 'edgeBlocks', 'topology', 'laden'] as const)

/** Capacities: cutting adds particles and tetrahedra, so give room for that. */
export type TissueSize = {
  readonly particles: number
  readonly tets: number
  readonly edges: number
  /** Whether tissue is under tension at rest: see `tension.ts`. */
  readonly isTense?: boolean
  /** Length of the substeps that it is made for, s; that of the engine's tick where none is named. */
  readonly substepS?: number
}

/** Words in a kernel block of four tetrahedra and of four edges. */
export const TET_BLOCK = 48
export const EDGE_BLOCK = 16

function planOf({ particles, tets, edges, isTense }: TissueSize) {
  const blocksFor = (n: number) => Math.ceil(n / 4)
  const p = blocksFor(particles) * 4
  return {
    float64: {},
    float32: {
      /** x, y, z and inverse inertia (0 for what is held fast) of each particle. */
      position: p * 4,
      /** Where it was when the substep began. */
      previous: p * 4,
      /** m/s, and inertia, kg: see `inertiaOf`. */
      velocity: p * 4,
      /** Shape at rest: x, y, z and mass in kg. */
      rest: p * 4,
      /** Four tetrahedra each: four vertices by lane, inverse rest matrix, compliances; written by the solver only. */
      tetBlocks: blocksFor(tets) * 2 * TET_BLOCK,
      edgeBlocks: blocksFor(edges) * 2 * EDGE_BLOCK,
      /** Length at rest, m, and compliance, m/N, of each edge. */
      edgeLength: blocksFor(edges) * 4,
      edgeCompliance: blocksFor(edges) * 4,
      /** How far injected liquid has pushed each particle aside, m: it is bloodless there. */
      swollen: p,
      /** The stretch P from ease that each tetrahedron is under at rest, row by row; empty in a field at ease. */
      tension: isTense ? blocksFor(tets) * 36 : 0,
    },
    uint32: {
      counts: 8,
      /** Four particles each, positively oriented at rest; the first is NONE where the tetrahedron was removed. */
      tetVertex: blocksFor(tets) * 16,
      /** Neighbour across the face opposite to each vertex, or NONE where the face is free. */
      tetNeighbour: blocksFor(tets) * 16,
      /** Block × 4 + lane. */
      tetSlot: blocksFor(tets) * 4,
      /** Two particles each; the first is NONE where the edge was removed. */
      edgeVertex: blocksFor(edges) * 8,
      edgeSlot: blocksFor(edges) * 4,
      /** Particles that tools press: see `lade` in `solver.ts`. */
      laden: p,
    },
    uint16: {},
    uint8: {
      /** Row of the table of materials. */
      tetMaterial: blocksFor(tets) * 4,
      /** What a particle belongs to: see `OWNER`. */
      owner: p,
    },
  }
}

/** What a particle belongs to. */
export const OWNER = { none: 0, tissue: 1, membrane: 2, thread: 3, bone: 4 } as const

export type TissueBlock = Block<ReturnType<typeof planOf>>

/** All arrays of soft tissue, flat. */
export type TissueMemory = TissueBlock['float32'] &
  TissueBlock['uint32'] &
  TissueBlock['uint8'] & {
    readonly size: TissueSize
    /** Length of the substeps that it is made for, s. */
    readonly substepS: number
    /** The whole state. */
    readonly bytes: Uint8Array<ArrayBuffer>
    readonly buffer: ArrayBuffer
  }

/** Bytes needed for these capacities. */
export function tissueBytes(size: TissueSize): number {
  return blockSize(planOf(size))
}

/** Lays tissue out in a kernel's memory, or in memory of its own. */
export function createTissueMemory(size: TissueSize, memory?: ArrayBuffer, start = 0): TissueMemory {
  const block = createBlock(planOf(size), memory, start)
  const buffer = block.bytes.buffer
  const all = {
    ...block.float32,
    ...block.uint32,
    ...block.uint8,
    size,
    substepS: size.substepS ?? STEP_S,
    bytes: block.bytes,
    buffer,
  }
  all.counts[COUNT.particles] = FIRST_PARTICLE
  return all
}
