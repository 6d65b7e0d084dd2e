/**
 * What contact works on beside the tissue itself, in the kernel's memory behind the tissue's block. Nothing of it is state:
 * what is chosen from it depends on the state alone, and after restoring it is made anew.
 */
import * as table from '../../kernel/contacttable.ts'
import { BUCKETS } from '../../kernel/facegrid.ts'
import { type Block, blockSize, createBlock } from '../../state.ts'
import type { TissueMemory, TissueSize } from '../memory.ts'
import { CAPSULE_SLOTS } from '../tools/capsules.ts'

const MOST_CAPSULES = 16
/** Capsules that may have all faces near at a time: a hand that leaps sweeps the whole field. */
const SWEEPING = 4
const MOST_PAIRS = 65_536
/** Faces of a point's list, in the mean of all points; cells of a face. */
const LISTED = 32
const CELLS = 3

function planOf({ particles, tets }: TissueSize) {
  const points = (particles + 7) & ~7
  const faces = Math.ceil(tets / 4) * 16
  return {
    float64: { table: table.TABLE_BYTES / 8, rows: MOST_CAPSULES * CAPSULE_SLOTS, rooms: MOST_CAPSULES, hit: 6 },
    float32: { base: points * 4, balls: faces * 4, groups: faces, fars: points * LISTED },
    uint32: {
      triangles: faces * 3,
      starts: BUCKETS + 1,
      entries: faces * CELLS,
      seen: faces,
      found: faces,
      points,
      lists: points + 1,
      listed: points * LISTED,
      pairs: MOST_PAIRS * 2,
      toolPairs: faces * SWEEPING * 2,
    },
    uint16: {},
    uint8: { outer: points, bound: points },
  }
}

export type ContactMemory = {
  /** Where the kernel finds its table. */
  readonly table: number
  /** The free faces, three particles each. */
  readonly triangles: Uint32Array
  /** Capsules of tools. */
  readonly rows: Float64Array
  /** For each particle the number of the tool that holds it, plus one, as the tick began. */
  readonly bound: Uint8Array
  /** Capsule and face of each pair; room of each capsule, m; what touches. */
  readonly toolPairs: Uint32Array
  readonly rooms: Float64Array
  readonly hit: Float64Array
}

/** Bytes needed for these capacities. */
export const contactBytes = (size: TissueSize): number => blockSize(planOf(size))

/** Lays contact out in a kernel's memory from `start` on. */
export function createContact(tissue: TissueMemory, start: number): ContactMemory {
  const block = createBlock(planOf(tissue.size), tissue.buffer, start)
  fillTable(tissue, block)
  const { float64, uint32, uint8 } = block
  return { ...float64, ...uint32, ...uint8, table: float64.table.byteOffset }
}

function fillTable(tissue: TissueMemory, block: Block<ReturnType<typeof planOf>>): void {
  const { float64, float32, uint32, uint8 } = block
  const words = new Int32Array(tissue.buffer, float64.table.byteOffset, table.TABLE_BYTES / 4)
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
    [table.STARTS, uint32.starts],
    [table.ENTRIES, uint32.entries],
    [table.SEEN, uint32.seen],
    [table.FOUND, uint32.found],
    [table.OUTER, uint8.outer],
    [table.POINTS, uint32.points],
    [table.LISTS, uint32.lists],
    [table.LISTED, uint32.listed],
    [table.FARS, float32.fars],
    [table.PAIRS, uint32.pairs],
    [table.ROWS, float64.rows],
    [table.TOOL_PAIRS, uint32.toolPairs],
    [table.ROOMS, float64.rooms],
    [table.HIT, float64.hit],
  ]
  for (const [slot, { byteOffset }] of arrays) words[slot / 4] = byteOffset
  words[table.PARTICLE_ROOM / 4] = uint8.outer.length
  words[table.FACE_ROOM / 4] = uint32.seen.length
  words[table.ENTRY_ROOM / 4] = uint32.entries.length
  words[table.LIST_ROOM / 4] = uint32.listed.length
  words[table.PAIR_ROOM / 4] = uint32.pairs.length / 2
  words[table.TOOL_PAIR_ROOM / 4] = uint32.toolPairs.length / 2
}
