/**
 * What contact works on beside the tissue itself, in the kernel's memory behind the tissue's block. Nothing of it is state:
 * what is chosen from it depends on the state alone, and after restoring it is made anew.
 */
import * as table from '../../kernel/contacttable.ts'
import { MARKED } from '../../kernel/facemarks.ts'
import { fillTable as fillLanes, TABLE_BYTES as LANE_BYTES } from '../../kernel/lanes.ts'
import { MOST_EDGES } from '../../kernel/threadedges.ts'
import { EDGE_BYTES } from '../../kernel/threadedgesolve.ts'
import { THREAD_LIST } from '../../kernel/threadlists.ts'
import { type Block, blockSize, createBlock } from '../../state.ts'
import type { TissueMemory, TissueSize } from '../memory.ts'
import { CAPSULE_SLOTS } from '../tools/capsules.ts'

/** Five for each of four tools: a fan of three blades, its shaft and the trocar it goes through. */
const MOST_CAPSULES = 20
/** Capsules that may have all faces near at a time: a hand that leaps sweeps the whole field. */
const SWEEPING = 4
const MOST_PAIRS = 65_536
/** Faces of a point's list, in the mean of all points. */
const LISTED = 32

function planOf({ particles, tets }: TissueSize, vertices: number) {
  const points = (particles + 7) & ~7
  // Work goes by fours, and by eights of eights.
  const faces = Math.ceil(tets / 64) * 256
  return {
    float64: {
      table: Math.ceil(table.TABLE_BYTES / 8),
      rows: MOST_CAPSULES * CAPSULE_SLOTS,
      rooms: MOST_CAPSULES,
      sways: MOST_CAPSULES,
      toolEnds: MOST_CAPSULES * 6,
      toolFars: faces * SWEEPING,
      nearFars: faces * SWEEPING,
      nearEnds: MOST_CAPSULES * 6,
      nearReach: MOST_CAPSULES,
      hit: 6,
      threadSince: vertices,
    },
    float32: {
      toolBase: points * 4,
      base: points * 4,
      balls: faces * 4,
      groups: faces,
      clusters: faces,
      spans: points,
      foundBalls: faces * 4,
      siftedFars: faces + 4,
      fars: points * LISTED,
      farsBefore: points * LISTED,
      threadBase: vertices * 4,
      threadFars: vertices * THREAD_LIST,
    },
    uint32: {
      triangles: (faces + 1) * 3,
      corners: faces,
      cornersBefore: faces,
      faceOf: faces,
      touched: points,
      seen: points,
      found: faces + 4,
      sifted: faces + 4,
      points,
      lists: points + 1,
      listed: points * LISTED,
      pointsBefore: points,
      listsBefore: points + 1,
      listedBefore: points * LISTED,
      pairs: MOST_PAIRS * 2,
      toolPairs: faces * SWEEPING * 2,
      toolPoints: points,
      toolStarts: MOST_CAPSULES + 1,
      nearStarts: MOST_CAPSULES + 1,
      nearFaces: faces * SWEEPING,
      threadFaces: vertices * THREAD_LIST,
      threadListed: vertices,
      threadNearest: vertices,
      threadEdges: (vertices * MOST_EDGES * EDGE_BYTES) / 4,
    },
    uint16: {},
    uint8: { outer: points, bound: points, marks: MARKED, lanes: LANE_BYTES },
  }
}

export type ContactMemory = {
  /** Where the kernel finds its table. */
  readonly table: number
  /** The kernel's table as words. */
  readonly words: Int32Array
  /** The free faces: three particles each, and tetrahedron × 4 + vertex opposite. */
  readonly triangles: Uint32Array
  readonly corners: Uint32Array
  /** Particles around which the surface has changed; how many is in the table. */
  readonly touched: Uint32Array
  /** Capsules of tools. */
  readonly rows: Float64Array
  /** For each particle the number of the tool that holds it, plus one, as the tick began. */
  readonly bound: Uint8Array
  /** Capsule and face of each pair; room of each capsule, m; what touches. */
  readonly toolPairs: Uint32Array
  readonly rooms: Float64Array
  readonly hit: Float64Array
}

/** Bytes needed for these capacities. @param vertices of threads */
export const contactBytes = (size: TissueSize, vertices = 0): number => blockSize(planOf(size, vertices))

/** Lays contact out in a kernel's memory from `start` on. @param vertices of threads */
export function createContact(tissue: TissueMemory, start: number, vertices = 0): ContactMemory {
  const block = createBlock(planOf(tissue.size, vertices), tissue.buffer, start)
  const { float64, uint32, uint8 } = block
  const words = new Int32Array(tissue.buffer, float64.table.byteOffset, table.TABLE_BYTES / 4)
  fillTable(words, tissue, block)
  fillLanes(uint8.lanes)
  return { ...float64, ...uint32, ...uint8, table: float64.table.byteOffset, words }
}

function fillTable(words: Int32Array, tissue: TissueMemory, block: Block<ReturnType<typeof planOf>>): void {
  const { float64, float32, uint32, uint8 } = block
  const arrays: readonly (readonly [number, { readonly byteOffset: number }])[] = [
    [table.POSITION, tissue.position],
    [table.PREVIOUS, tissue.previous],
    [table.VELOCITY, tissue.velocity],
    [table.REST, tissue.rest],
    [table.OWNER, tissue.owner],
    [table.BOUND, uint8.bound],
    [table.TRIANGLES, uint32.triangles],
    [table.BASE, float32.base],
    [table.BALLS, float32.balls],
    [table.GROUPS, float32.groups],
    [table.CLUSTERS, float32.clusters],
    [table.SPANS, float32.spans],
    [table.SEEN, uint32.seen],
    [table.MARKS, uint8.marks],
    [table.LANE_TABLE, uint8.lanes],
    [table.FOUND, uint32.found],
    [table.FOUND_BALLS, float32.foundBalls],
    [table.SIFTED, uint32.sifted],
    [table.SIFTED_FARS, float32.siftedFars],
    [table.OUTER, uint8.outer],
    [table.POINTS, uint32.points],
    [table.LISTS, uint32.lists],
    [table.LISTED, uint32.listed],
    [table.FARS, float32.fars],
    [table.POINTS_BEFORE, uint32.pointsBefore],
    [table.LISTS_BEFORE, uint32.listsBefore],
    [table.LISTED_BEFORE, uint32.listedBefore],
    [table.FARS_BEFORE, float32.farsBefore],
    [table.CORNERS, uint32.corners],
    [table.CORNERS_BEFORE, uint32.cornersBefore],
    [table.FACE_OF, uint32.faceOf],
    [table.TOUCHED, uint32.touched],
    [table.PAIRS, uint32.pairs],
    [table.ROWS, float64.rows],
    [table.TOOL_PAIRS, uint32.toolPairs],
    [table.TOOL_FARS, float64.toolFars],
    [table.TOOL_STARTS, uint32.toolStarts],
    [table.ROOMS, float64.rooms],
    [table.SWAYS, float64.sways],
    [table.NEAR_STARTS, uint32.nearStarts],
    [table.NEAR_FACES, uint32.nearFaces],
    [table.NEAR_FARS, float64.nearFars],
    [table.NEAR_ENDS, float64.nearEnds],
    [table.NEAR_REACH, float64.nearReach],
    [table.TOOL_ENDS, float64.toolEnds],
    [table.TOOL_BASE, float32.toolBase],
    [table.TOOL_POINTS, uint32.toolPoints],
    [table.HIT, float64.hit],
    [table.THREAD_BASE, float32.threadBase],
    [table.THREAD_FACES, uint32.threadFaces],
    [table.THREAD_FARS, float32.threadFars],
    [table.THREAD_LISTED, uint32.threadListed],
    [table.THREAD_SINCE, float64.threadSince],
    [table.THREAD_NEAREST, uint32.threadNearest],
    [table.THREAD_EDGES, uint32.threadEdges],
  ]
  for (const [slot, { byteOffset }] of arrays) words[slot / 4] = byteOffset
  words[table.TOUCHED_COUNT / 4] = -1
  words[table.PARTICLE_ROOM / 4] = uint8.outer.length
  words[table.FACE_ROOM / 4] = uint32.corners.length
  words[table.LIST_ROOM / 4] = uint32.listed.length
  words[table.PAIR_ROOM / 4] = uint32.pairs.length / 2
  words[table.THREAD_ROOM / 4] = uint32.threadListed.length
  words[table.TOOL_PAIR_ROOM / 4] = uint32.toolPairs.length / 2
}
