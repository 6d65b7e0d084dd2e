/** Rods and tools that take each other in: a wire in a hollow needle keeps to its axis, jaws bed into a thick tube. */
import { MOST_TOOLS, type Threads, type TissueField } from './fieldtype.ts'
import { ROD_COUNT } from './thread/memory.ts'
import { INSTRUMENTS } from './tools/catalogue.ts'
import { placeInJaws, readyJaws } from './tools/frame.ts'
import { TOOL } from './tools/tool.ts'

/** Puts a rod into the tube of a tool: it lies there already. */
export function threadTool({ sleeve }: Threads, t: number, rod: number): void {
  sleeve[t] = rod + 1
}

/** A tool does not push its wire within this of either end of the tube, m. */
const MOUTH = 8e-3

/** Where a vertex lies in a tool's tube: share of the way from the tip to the far end, and off the axis x y z, m. */
const off = new Float64Array(4)

function measure(tool: Float64Array, x: Float64Array, s: number): boolean {
  let dot = 0
  let length2 = 0
  for (let axis = 0; axis < 3; axis++) {
    const d = tool[TOOL.bx + axis] - tool[TOOL.ax + axis]
    dot += d * (x[3 * s + axis] - tool[TOOL.ax + axis])
    length2 += d * d
  }
  off[0] = dot / length2
  for (let axis = 0; axis < 3; axis++)
    off[1 + axis] = x[3 * s + axis] - tool[TOOL.ax + axis] - off[0] * (tool[TOOL.bx + axis] - tool[TOOL.ax + axis])
  return off[0] >= 0 && off[0] <= 1
}

/** Begins a tick: tools do not push the wire that lies in them; one that has left its tube at the tip is free. */
export function sheathe({ each }: TissueField, { memory: t, work, sleeve }: Threads): void {
  for (let n = 0; n < MOST_TOOLS; n++) {
    if (sleeve[n] === 0) continue
    const rod = sleeve[n] - 1
    const first = t.first[rod]
    const last = first + t.segments[rod]
    let inside = 0
    for (let s = first; s <= last; s++) {
      if (!measure(each[n], t.checked, s)) continue
      inside++
      const reach = Math.ceil(MOUTH / t.length[Math.min(s, last - 1)])
      work.sheathed.fill(1, Math.max(first, s - reach), Math.min(last, s + reach) + 1)
    }
    if (inside === 0) sleeve[n] = 0
  }
}

/** Whether a rod is thicker than the blades of jaws: they bed into it and do not squeeze it out. */
export const isTube = (radius: number, blade: number): boolean => radius > blade

const place = new Float64Array(3)

/** Jaws do not push aside the tubes that lie between them. */
export function bedTubes({ each, tissue }: TissueField, { memory: t, work }: Threads): void {
  const { position } = tissue.memory
  for (let n = 0; n < MOST_TOOLS; n++) {
    const { jaws } = each[n][TOOL.kind] < 0 ? NO_TOOL : INSTRUMENTS[each[n][TOOL.kind]]
    if (!jaws) continue
    readyJaws(each[n])
    for (let s = 0; s < t.counts[ROD_COUNT.slots]; s++) {
      if (!isTube(t.radius[s], jaws.radius)) continue
      const p = t.particle[s] * 4
      if (placeInJaws(each[n], position, p, place)) work.sheathed.fill(1, Math.max(0, s - 1), s + 2)
    }
  }
}

const NO_TOOL = { jaws: undefined }

/** Ends a substep: brings what lies in a tube to its axis, where nothing else touches it. */
export function keepInSleeves({ each, tissue }: TissueField, { memory: t, sleeve }: Threads): void {
  const { position } = tissue.memory
  for (let n = 0; n < MOST_TOOLS; n++) {
    if (sleeve[n] === 0) continue
    const rod = sleeve[n] - 1
    for (let s = t.first[rod]; s <= t.first[rod] + t.segments[rod]; s++) {
      if (t.held[s] === 1 || !measure(each[n], t.checked, s)) continue
      for (let axis = 0; axis < 3; axis++) {
        const x = Math.fround(t.checked[3 * s + axis] - off[1 + axis])
        t.went[3 * s + axis] += x - t.checked[3 * s + axis]
        t.checked[3 * s + axis] = x
        position[4 * t.particle[s] + axis] = x
      }
    }
  }
}
