/**
 * Which tetrahedra ask for a closer look in a tick: the kernel leaves out those that surely do not. Nothing of it is state.
 */
import { fillTable, TABLE_BYTES } from '../kernel/lanes.ts'
import { SCAN_BYTES, SCAN_TURNS } from '../kernel/tetscan.ts'
import { blockSize, createBlock } from '../state.ts'
import { LIMITS } from './cutting/tear.ts'
import { COUNT, type TissueSize } from './memory.ts'
import type { Scan } from './mesh/mesh.ts'
import type { Tissue } from './solver.ts'

/** Share of a bound that rounding to single precision may take, many times over. */
const SURE = 0.98

const planOf = ({ tets }: TissueSize) => ({
  float64: {},
  float32: { limits: (LIMITS.length + 3) & ~3, room: SCAN_BYTES / 4 },
  uint32: { found: Math.ceil(tets / SCAN_TURNS) + 8 },
  uint16: {},
  uint8: { table: TABLE_BYTES },
})

/** Bytes of a kernel's memory that it takes. */
export const scanBytes = (size: TissueSize): number => blockSize(planOf(size))

/** Lays room to scan tissue out in its kernel's memory from `start` on. */
export function createScan({ memory, kernel }: Tissue, start: number): Scan {
  const { float32, uint32, uint8 } = createBlock(planOf(memory.size), memory.buffer, start)
  const { limits, room } = float32
  const { found } = uint32
  const { tetVertex, tetMaterial, position, rest, tension, counts } = memory
  fillTable(uint8.table)
  // What is held may be drawn out as far as the last of them; beyond that nothing bears.
  const severed = LIMITS[LIMITS.length - 1]
  LIMITS.forEach((limit, i) => {
    const most = Math.min(limit, severed)
    limits[i] = SURE * (most * most)
  })
  return {
    found,
    stretched: (turn) =>
      kernel.listStretched(
        tetVertex.byteOffset,
        tetMaterial.byteOffset,
        position.byteOffset,
        rest.byteOffset,
        tension.length > 0 ? tension.byteOffset : 0,
        turn,
        counts[COUNT.tets],
        limits.byteOffset,
        room.byteOffset,
        found.byteOffset,
        uint8.table.byteOffset,
      ),
    turned: (turn) =>
      kernel.listTurned(
        tetVertex.byteOffset,
        position.byteOffset,
        turn,
        counts[COUNT.tets],
        room.byteOffset,
        found.byteOffset,
        uint8.table.byteOffset,
      ),
  }
}
