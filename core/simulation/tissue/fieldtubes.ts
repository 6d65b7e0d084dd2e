/** Rods that are thicker than the blades of jaws: tubes. */
import { MOST_TOOLS, type Threads, type TissueField } from './fieldtype.ts'
import { ROD_COUNT } from './thread/memory.ts'
import { INSTRUMENTS } from './tools/catalogue.ts'
import { placeInJaws, readyJaws } from './tools/frame.ts'
import { TOOL } from './tools/tool.ts'

/** Whether a rod is thicker than the blades of jaws: they bed into it and do not squeeze it out. */
export const isTube = (radius: number, blade: number): boolean => radius > blade

const place = new Float64Array(3)

/** Jaws do not push aside the tubes that lie between them. */
export function bedTubes({ each, tissue }: TissueField, { memory: t, work }: Threads): void {
  const { position } = tissue.memory
  for (let n = 0; n < MOST_TOOLS; n++) {
    const kind = each[n][TOOL.kind]
    const jaws = kind < 0 ? undefined : INSTRUMENTS[kind].jaws
    if (!jaws) continue
    readyJaws(each[n])
    for (let s = 0; s < t.counts[ROD_COUNT.slots]; s++) {
      if (!isTube(t.radius[s], jaws.radius)) continue
      const p = t.particle[s] * 4
      if (placeInJaws(each[n], position, p, place)) work.sheathed.fill(1, Math.max(0, s - 1), s + 2)
    }
  }
}
