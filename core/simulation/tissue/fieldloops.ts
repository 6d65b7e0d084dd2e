/**
 * Ligating loops: the instrument is a tube whose tip carries the knot; its pedal draws the tail through the tube, and the
 * loop closes. What it strangles bleeds no more beyond it. The jaw slot lets it go: the tail is cut and the loop stays.
 */

import { TICK_S } from './clock.ts'
import { noteAt } from './events.ts'
import { MOST_TOOLS, type Threads, type TissueField } from './fieldtype.ts'
import { loopMiddle, strangle } from './strangle.ts'
import { aim, grasp, release } from './thread/grasp.ts'
import { DRAWN, loopLength } from './thread/ligature.ts'
import { ROD_COUNT } from './thread/memory.ts'
import { INSTRUMENTS } from './tools/catalogue.ts'
import { CLOSED } from './tools/grasp.ts'
import { TOOL } from './tools/tool.ts'

/** The tube holds the knot by so much, N. */
const HOLDS = 60
/** Thread this near to the tube's mouth is on its way into it, m. */
const MOUTH = 3e-3
const MM = 1000

/** Puts a loop, whose first vertex is its knot, on a tool's tip. */
export function loadLoop(field: TissueField, threads: Threads, t: number, rod: number, knot: number): void {
  const { memory, loop, sliding, drawn } = threads
  const last = memory.first[rod] + memory.segments[rod]
  loop[t] = rod + 1
  sliding[t] = knot
  const tail = last - Math.floor(threads.tracts.place[knot])
  drawn[t] = tail * memory.length[last - 1]
  grasp(memory, field.tissue.memory, memory.first[rod], HOLDS)
  grasp(memory, field.tissue.memory, last, DRAWN)
}

/** Lets a loop off its tool; it stays as it is drawn. */
export function cutLoop({ tissue }: TissueField, { memory, loop }: Threads, t: number): void {
  const rod = loop[t] - 1
  release(memory, tissue.memory, memory.first[rod])
  release(memory, tissue.memory, memory.first[rod] + memory.segments[rod])
  loop[t] = 0
}

/** Begins a tick: tails are drawn, loops let go. */
export function workLoops(field: TissueField, threads: Threads): void {
  const { memory, loop, sliding, drawn, work, tracts } = threads
  work.sheathed.fill(0)
  for (let t = 0; t < MOST_TOOLS; t++) {
    const tool = field.each[t]
    if (loop[t] > 0 && tool[TOOL.jaw] > CLOSED) cutLoop(field, threads, t)
    if (loop[t] === 0) {
      if (tool[TOOL.kind] >= 0 && INSTRUMENTS[tool[TOOL.kind]].draws) sheatheTail(tool, threads)
      continue
    }
    const rod = loop[t] - 1
    const last = memory.first[rod] + memory.segments[rod]
    const { draws } = INSTRUMENTS[tool[TOOL.kind]]
    if (draws && tool[TOOL.pedal] > 0.5 && memory.pull[last] < DRAWN) drawn[t] += draws * TICK_S
    // as far as the tube is wide, and what lies in it
    const mouth = Math.ceil((MOUTH + INSTRUMENTS[tool[TOOL.kind]].shaftRadius) / memory.length[memory.first[rod]])
    work.sheathed.fill(1, Math.floor(tracts.place[sliding[t]]) - mouth, last + 1)
    if (threads.strangled[rod] === 0) strangleIn(field, threads, t)
  }
}

/** The tail of a loop that was let go slides out of its tube as this is withdrawn. */
function sheatheTail(tool: Float64Array, { memory: t, work }: Threads): void {
  const { length, shaftRadius } = INSTRUMENTS[tool[TOOL.kind]]
  for (let s = 0; s < t.counts[ROD_COUNT.slots]; s++) {
    let along = 0
    let d2 = 0
    for (let k = 0; k < 3; k++) {
      const d = t.checked[3 * s + k] - tool[TOOL.ax + k]
      along += (d * (tool[TOOL.bx + k] - tool[TOOL.ax + k])) / length
      d2 += d * d
    }
    if (along < 0 || along > length || d2 - along * along > shaftRadius * shaftRadius) continue
    work.sheathed.fill(1, Math.max(0, s - 1), s + 1)
  }
}

/** Aims what a tube holds: the knot at its tip, the end of the tail within. */
export function aimLoops({ each }: TissueField, { memory, loop, drawn }: Threads): void {
  for (let t = 0; t < MOST_TOOLS; t++) {
    if (loop[t] === 0) continue
    const tool = each[t]
    const rod = loop[t] - 1
    const first = memory.first[rod]
    const share = drawn[t] / INSTRUMENTS[tool[TOOL.kind]].length
    const x = tool[TOOL.bx] - tool[TOOL.ax]
    const y = tool[TOOL.by] - tool[TOOL.ay]
    const z = tool[TOOL.bz] - tool[TOOL.az]
    aim(memory, first, tool[TOOL.ax], tool[TOOL.ay], tool[TOOL.az])
    aim(
      memory,
      first + memory.segments[rod],
      tool[TOOL.ax] + share * x,
      tool[TOOL.ay] + share * y,
      tool[TOOL.az] + share * z,
    )
  }
}

/** Tells when the loop on a tool strangles what is in it. */
function strangleIn(field: TissueField, threads: Threads, t: number): void {
  const { memory, loop, sliding, tracts } = threads
  const rod = loop[t] - 1
  const knot = sliding[t]
  const length = loopLength(memory, tracts, knot)
  if (strangle(field, memory, memory.first[rod], Math.floor(tracts.place[knot]), length) < 0) return
  threads.strangled[rod] = 1
  noteAt(field.events, 'tied', t, length * MM, loopMiddle, 0, Math.abs(tracts.pull[knot]))
}
