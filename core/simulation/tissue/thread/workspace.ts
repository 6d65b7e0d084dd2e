/** Scratch of the rod solver in the kernel's memory. Nothing here is state: what follows from it depends on the state alone. */
import type { Kernel } from '../../kernel/kernel.ts'
import { RUN } from '../../kernel/rodlists.ts'
import { MOST_SLEEVES, SLEEVE } from '../../kernel/rodsleeves.ts'
import * as table from '../../kernel/rodtable.ts'
import { type Block, blockSize, createBlock } from '../../state.ts'
import type { TissueMemory } from '../memory.ts'
import type { ThreadMemory, ThreadSize } from './memory.ts'
import type { TractMemory } from './tract.ts'

/** Pairs of segments that may become near each other. */
const LIST_CAPACITY = 65_536
/** Those that are so in one substep: thread that is flung into a ball meets itself everywhere. */
const pairCapacity = ({ slots, proxies }: ThreadSize): number => Math.min(LIST_CAPACITY, slots * (slots + proxies))
/** Numbers of a proxy. */
export const PROXY = 8

function planOf(size: ThreadSize) {
  const { rods, slots, proxies } = size
  const pairs = pairCapacity(size)
  const all = slots + 2 * proxies
  return {
    float64: {
      table: Math.ceil(table.TABLE_BYTES / 8),
      /** Each proxy as the instrument lies now: ends and radius, ax ay az bx by bz r (metres), and friction; the caller's. */
      proxies: PROXY * proxies,
      /** Bores of tools, and the rods in them; the caller's. */
      sleeves: SLEEVE * MOST_SLEEVES,
      /** Positions; proxies' ends after the slots. */
      x: 3 * all,
      /** What surfaces pushed each vertex by in this substep, with the mass that the solver reckons with, m; the caller's. */
      surface: 3 * slots,
      /** Positions to go back to. */
      kept: 3 * slots,
      /** Inverse mass that the solver reckons with, 1/kg. */
      weight: all,
      /** True mass over that mass. */
      lightness: slots,
      /** Bounds of each vertex in this substep. */
      low: 3 * all,
      high: 3 * all,
      /** Box of each segment's way. */
      box: 6 * all,
      /** Box of each run of segments, with the room of lists. */
      run: 6 * Math.ceil(slots / RUN),
      /** How far each vertex goes in this substep, m. */
      way: all,
      /** Length that each segment may have after contact, m. */
      most: slots,
      /** Inverse mass of the tool that holds each vertex as part of a needle, 1/kg, else 0; the caller's. */
      hand: slots + 1,
      /** Push of tissue on the needle of each rod in this substep, x y z, kg·m. */
      react: 3 * rods,
      /** Where stretch wanted the vertices before contact had the last word. */
      wanted: 3 * slots,
      direction: 3 * slots,
      multiplier: slots,
      diagonal: slots,
      right: slots,
      off: slots,
      band: 3 * slots,
      load: 3 * slots,
      /** Least distance of each pair when the substep began, m. */
      pairGap: pairs,
      /** Bounds within which vertices may move before pairs are listed anew. */
      baseLow: 3 * slots,
      baseHigh: 3 * slots,
    },
    uint32: {
      pairs: 2 * pairs,
      /** Pairs that may become near while vertices stay within those bounds, run by run. */
      listed: 2 * LIST_CAPACITY,
      starts: Math.ceil(slots / RUN) + 1,
    },
    uint16: {},
    uint8: {
      /** 1 within an instrument, which does not push it then; the caller's. */
      sheathed: slots,
      /** 1 near a grasp or sheathed: instruments do not push the thread that they hold. */
      grasped: slots,
      /** What each vertex did at its contacts in this substep: see `kernel/rodcontact.ts`. */
      touch: all,
      /** 1 for a slot that held no segment when pairs were listed. */
      baseEnds: slots,
    },
  }
}

type WorkBlock = Block<ReturnType<typeof planOf>>

export type Workspace = Omit<WorkBlock['float64'], 'table'> &
  WorkBlock['uint32'] &
  WorkBlock['uint8'] & {
    readonly kernel: Kernel
    /** Where the kernel finds its table. */
    readonly table: number
  }

/** Bytes needed for these capacities. */
export const workspaceBytes = (size: ThreadSize): number => blockSize(planOf(size))

/** Lays scratch for rods, their tracts and their tissue out in the kernel's memory, where these lie too, from `start` on, a multiple of 16. */
export function createWorkspace(
  thread: ThreadMemory,
  tracts: TractMemory,
  tissue: TissueMemory,
  kernel: Kernel,
  start: number,
): Workspace {
  const block = createBlock(planOf(thread.size), kernel.memory, start)
  fillTable(thread, tracts, tissue, block)
  const { float64, uint32, uint8 } = block
  return { ...float64, ...uint32, ...uint8, kernel, table: float64.table.byteOffset }
}

function fillTable(
  t: ThreadMemory,
  tracts: TractMemory,
  tissue: TissueMemory,
  { float64, uint32, uint8 }: WorkBlock,
): void {
  const arrays: readonly (readonly [number, { readonly byteOffset: number }])[] = [
    [table.POSITION, tissue.position],
    [table.TET_VERTEX, tissue.tetVertex],
    [table.TISSUE_REST, tissue.rest],
    [table.LENGTH, t.length],
    [table.RADIUS, t.radius],
    [table.FRICTION, t.friction],
    [table.AXIAL, t.axial],
    [table.BENDING, t.bending],
    [table.REST, t.rest],
    [table.FRAME, t.frame],
    [table.CHECKED, t.checked],
    [table.WENT, t.went],
    [table.TENSION, t.tension],
    [table.HOLDING, t.holding],
    [table.BOND, t.bond],
    [table.BOND_LENGTH, t.bondLength],
    [table.JAM, t.jam],
    [table.TAUT, t.taut],
    [table.TARGET, t.target],
    [table.LIMIT, t.limit],
    [table.PACE, t.pace],
    [table.PULL, t.pull],
    [table.COUNTS, t.counts],
    [table.PARTICLE, t.particle],
    [table.FIRST, t.first],
    [table.SEGMENTS, t.segments],
    [table.ROD, t.rod],
    [table.STEEL, t.steel],
    [table.BARE, t.bare],
    [table.STUCK, t.stuck],
    [table.HELD_SLOTS, t.held],
    [table.LEADER, t.leader],
    [table.BARY, tracts.bary],
    [table.PLACE, tracts.place],
    [table.STAY, tracts.stay],
    [table.DRAG, tracts.drag],
    [table.BACK, tracts.back],
    [table.PULLS, tracts.pull],
    [table.SOFT, tracts.soft],
    [table.LOADS, tracts.load],
    [table.TRACT_COUNTS, tracts.counts],
    [table.TET, tracts.tet],
    [table.TRACT_ROD, tracts.rod],
    [table.SLID, tracts.slid],
    [table.ACTIVE, tracts.active],
    [table.KNOT, tracts.knot],
    [table.PROXIES, float64.proxies],
    [table.SLEEVES, float64.sleeves],
    [table.X, float64.x],
    [table.SURFACE, float64.surface],
    [table.KEPT, float64.kept],
    [table.WEIGHT, float64.weight],
    [table.LIGHTNESS, float64.lightness],
    [table.LOW, float64.low],
    [table.HIGH, float64.high],
    [table.BOX, float64.box],
    [table.RUNS, float64.run],
    [table.WAY, float64.way],
    [table.MOST, float64.most],
    [table.HAND, float64.hand],
    [table.REACT, float64.react],
    [table.WANTED, float64.wanted],
    [table.DIRECTION, float64.direction],
    [table.MULTIPLIER, float64.multiplier],
    [table.DIAGONAL, float64.diagonal],
    [table.RIGHT, float64.right],
    [table.OFF, float64.off],
    [table.BAND, float64.band],
    [table.LOAD, float64.load],
    [table.PAIR_GAPS, float64.pairGap],
    [table.BASE_LOW, float64.baseLow],
    [table.BASE_HIGH, float64.baseHigh],
    [table.PAIRS, uint32.pairs],
    [table.LISTED, uint32.listed],
    [table.STARTS, uint32.starts],
    [table.SHEATHED, uint8.sheathed],
    [table.GRASPED, uint8.grasped],
    [table.TOUCH, uint8.touch],
    [table.BASE_ENDS, uint8.baseEnds],
  ]
  const words = new Int32Array(float64.table.buffer, float64.table.byteOffset, table.TABLE_BYTES / 4)
  for (const [slot, { byteOffset }] of arrays) words[slot / 4] = byteOffset
  words[table.SLOT_ROOM / 4] = t.size.slots
  words[table.PAIR_ROOM / 4] = uint32.pairs.length / 2
  words[table.LIST_ROOM / 4] = uint32.listed.length / 2
}
