/** Threads of a field as an actor of its tissue: they lie on instruments, and jaws take hold of them. */
import { createBlock } from '../state.ts'
import { note } from './events.ts'
import { MOST_TOOLS, type Threads, type TissueField } from './fieldtype.ts'
import type { Actor } from './solver.ts'
import { aim, grasp, release } from './thread/grasp.ts'
import { createThreadMemory, ROD_COUNT, type ThreadSize } from './thread/memory.ts'
import { solveThreads } from './thread/solve.ts'
import { createTractMemory } from './thread/tract.ts'
import { createWorkspace, PROXY } from './thread/workspace.ts'
import { CAPSULE, CAPSULE_SLOTS } from './tools/capsules.ts'
import { INSTRUMENTS } from './tools/catalogue.ts'
import { CLOSED, letGo } from './tools/grasp.ts'
import { TOOL } from './tools/tool.ts'

/** Points of needle tracts in a field. */
const POINTS = 256
/** Jaws take thread that lies this near to the line between them, m. */
const CATCH = 0.003

export function createThreads(size: ThreadSize): Threads {
  const memory = createThreadMemory(size)
  const block = createBlock({ float64: {}, uint32: { heldBy: MOST_TOOLS }, uint16: {}, uint8: {} })
  return {
    memory,
    tracts: createTractMemory(POINTS),
    work: createWorkspace(memory),
    heldBy: block.uint32.heldBy,
    bytes: block.bytes,
  }
}

export function threadActor(field: TissueField, threads: Threads): Actor {
  const { memory, tracts, work, heldBy } = threads
  const { each: all } = field
  return {
    prepare(): void {
      for (let t = 0; t < MOST_TOOLS; t++) {
        const tool = all[t]
        if (tool[TOOL.kind] < 0) continue
        if (heldBy[t] > 0 && tool[TOOL.jaw] > CLOSED) {
          release(memory, field.tissue.memory, heldBy[t] - 1)
          heldBy[t] = 0
        } else if (heldBy[t] === 0 && tool[TOOL.jaw] <= CLOSED && tool[TOOL.jawBefore] > CLOSED)
          take(field, threads, tool, t)
      }
    },
    solve(h: number): void {
      const { rows, count } = field.capsules
      memory.counts[ROD_COUNT.proxies] = Math.min(count, memory.size.proxies)
      for (let c = 0; c < memory.counts[ROD_COUNT.proxies]; c++) {
        for (let i = 0; i < 6; i++) work.proxies[c * PROXY + i] = rows[c * CAPSULE_SLOTS + i]
        work.proxies[c * PROXY + 6] = rows[c * CAPSULE_SLOTS + CAPSULE.radius]
        work.proxies[c * PROXY + 7] = INSTRUMENTS[all[rows[c * CAPSULE_SLOTS + CAPSULE.tool]][TOOL.kind]].friction
      }
      for (let t = 0; t < MOST_TOOLS; t++)
        if (heldBy[t] > 0) aim(memory, heldBy[t] - 1, all[t][TOOL.ax], all[t][TOOL.ay], all[t][TOOL.az])
      solveThreads(memory, tracts, field.tissue.memory, work, h)
    },
  }
}

/** Takes the vertex nearest to the tip, if one is near enough. */
function take(field: TissueField, { memory, heldBy }: Threads, tool: Float64Array, t: number): void {
  const limit = INSTRUMENTS[tool[TOOL.kind]].gripN
  if (limit === undefined) return
  const { position } = field.tissue.memory
  let nearest = -1
  let least = CATCH * CATCH
  for (let s = 0; s < memory.counts[ROD_COUNT.slots]; s++) {
    if (memory.held[s] === 1) continue
    const p = memory.particle[s] * 4
    const x = position[p] - tool[TOOL.ax]
    const y = position[p + 1] - tool[TOOL.ay]
    const z = position[p + 2] - tool[TOOL.az]
    const d2 = x * x + y * y + z * z
    if (d2 >= least) continue
    least = d2
    nearest = s
  }
  if (nearest < 0) return
  // Who takes a thread off tissue does not mean the tissue.
  letGo(tool, field.grasps[t], field.bound)
  grasp(memory, field.tissue.memory, nearest, limit)
  heldBy[t] = nearest + 1
  note(field.events, 'grasped', t, 1)
}
