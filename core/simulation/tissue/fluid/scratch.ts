/**
 * What the kernel works on for liquids: scratch in memory of its own, written anew in each tick. Particles lie in sorted
 * order, one "place" each.
 */

import { CELL_WORDS, MOST_NEAR } from '../../kernel/droplists.ts'
import { SORT_BUCKETS } from '../../kernel/dropsort.ts'
import { BLOCK } from '../../kernel/faceboxes.ts'
import { MARKED } from '../../kernel/facemarks.ts'
import type { Kernel } from '../../kernel/kernel.ts'
import { fillTable, TABLE_BYTES } from '../../kernel/lanes.ts'
import { type Block, blockSize, createBlock } from '../../state.ts'
import { LIQUID_ROWS } from './liquids.ts'
import type { FluidSize } from './memory.ts'

/** Faces for each vertex that a surface may use: a closed surface has two, handles cost more. */
const FACES = 3
/** Faces listed near drops, for each place. */
const LISTED = 128
/** Numbers of a box. */
const BOX = 6
/** Instruments that liquid meets. */
export const MOST_CAPSULES = 24
/** Offset of a plane that is met by nothing. */
const NOWHERE = -1e9

const upTo = (n: number, multiple: number) => Math.ceil(n / multiple) * multiple

function planOf(size: FluidSize) {
  // Work goes by fours, and one place more is near to nothing.
  const places = upTo(size.particles, 4) + 4
  const faces = upTo(size.vertices * FACES, BLOCK * BLOCK * BLOCK)
  return {
    float64: {
      /** Of each liquid: shares of a gap that adhesion closes, and of the way along a face that a drop loses. */
      traits: LIQUID_ROWS.length * 2,
      /** Of each liquid: share of a difference in velocity that it gives up. */
      smoothing: LIQUID_ROWS.length,
      /** Of each liquid: thickness of its film, density, viscosity; see `kernel/dropfilms.ts`. */
      filming: LIQUID_ROWS.length * 3,
      /** Instruments: both ends and the radius, m. */
      capsule: MOST_CAPSULES * 7,
      /** Area in m² around each vertex of tissue, and the normal there: see `kernel/dropsurface.ts`. */
      area: size.vertices,
      normal: size.vertices * 3,
    },
    float32: {
      /** Four numbers a place: x, y, z and what the kernel keeps beside them (`kernel/pressure.ts`, `dropmotion.ts`). */
      position: places * 4,
      start: places * 4,
      velocity: places * 4,
      shared: places * 4,
      /** Displacement by pressure in the last substep, and now. */
      pressed: places * 4,
      shift: places * 4,
      x: places,
      y: places,
      z: places,
      /** Density in units of the kernel as last summed: 0 alone, 0.22 in a row, 0.46 in a sheet, 0.71 in bulk. */
      crowd: places,
      sums: 16,
      /** Kernel of each pair of `near`. */
      link: places * (MOST_NEAR + 4),
      /** Of the face that a drop lies on: weights of its second and third vertex there. */
      weights: places * 2,
      /** Vertices when a tick ends, when a substep begins and when it ends: x, y, z, a spare number. */
      goal: size.vertices * 4,
      begin: size.vertices * 4,
      now: size.vertices * 4,
      /** Planes of faces and of one more, which is met by nothing; see `kernel/faceplanes.ts`. */
      normals: (faces + 1) * 4,
      seconds: (faces + 1) * 4,
      thirds: (faces + 1) * 4,
      margins: (faces + 1) * 4,
      /** Boxes around faces, blocks of faces, and groups of blocks; see `kernel/faceboxes.ts`. */
      boxes: faces * BOX,
      blocks: (faces / BLOCK) * BOX,
      groups: (faces / BLOCK / BLOCK) * BOX,
    },
    uint32: {
      /** Neighbours of place i, itself among them: `near[first[i]] … near[first[i + 1] − 1]`; see `kernel/droplists.ts`. */
      near: places * (MOST_NEAR + 4),
      first: places + 4,
      key: places,
      /** Particle of each place in sorted order. */
      order: places,
      swapKey: places,
      swapOrder: places,
      buckets: SORT_BUCKETS,
      runs: 20,
      /** See `kernel/droplists.ts`: what is around a cell, cells that hold particles, and their number. */
      around: (places + 16) * 4,
      cells: (places + 1) * CELL_WORDS,
      cellCount: 4,
      /** Faces that place i may meet: `listed[from[i]] … listed[to[i] − 1]`. */
      from: places,
      to: places,
      listed: places * LISTED,
      listedCount: 4,
      hit: faces / BLOCK + faces / BLOCK / BLOCK + 8,
      /** The face that a drop lies on, plus one; 0 for none. */
      touching: places,
      /** Vertices that faces use, each once, in order of first use; the last up to a multiple of four times. */
      used: size.vertices + 4,
      /** Vertices of each face, three by three and in rows. */
      corners: faces * 3,
      a: faces,
      b: faces,
      c: faces,
    },
    uint16: {},
    uint8: {
      /** With which the kernel packs words. */
      table: TABLE_BYTES,
      /** 1: moves; 0: sleeps. */
      awake: places,
      /** 1: a face of this block is near a drop. */
      marks: faces / BLOCK,
      liquid: places,
      /** Bits of a vertex: 1: faces use it; 2: they did before they were bound last. */
      uses: size.vertices,
      /** See `kernel/facemarks.ts`. */
      stirred: MARKED,
    },
  }
}

type ScratchBlock = Block<ReturnType<typeof planOf>>

export type Scratch = ScratchBlock['float64'] &
  ScratchBlock['float32'] &
  ScratchBlock['uint32'] &
  ScratchBlock['uint8'] & {
    readonly kernel: Kernel
    /** The place that is near to nothing. */
    readonly spare: number
    /** Faces that there is room for. */
    readonly faces: number
  }

/** Bytes needed for these capacities. */
export const scratchBytes = (size: FluidSize): number => blockSize(planOf(size))

/** Lays scratch out in a kernel's memory from `start` on. */
export function createScratch(kernel: Kernel, size: FluidSize, start: number): Scratch {
  const { float64, float32, uint32, uint8 } = createBlock(planOf(size), kernel.memory, start)
  fillTable(uint8.table)
  float32.normals[uint32.a.length * 4 + 3] = NOWHERE
  LIQUID_ROWS.forEach((row, i) => {
    float64.smoothing[i] = row.smoothing
    float64.filming.set([row.filmUm, row.density, row.viscosity], i * 3)
    float64.traits[i * 2] = row.pull
    float64.traits[i * 2 + 1] = row.cling
  })
  return { ...float64, ...float32, ...uint32, ...uint8, kernel, spare: upTo(size.particles, 4), faces: uint32.a.length }
}
