/** Changing the instrument in a hand: what the old one held is let go, the new one is another's place and state. */

import { liftEdge } from './cutting/stroke.ts'
import { letGoThread } from './fieldthreads.ts'
import type { TissueField } from './fieldtype.ts'
import { letGo } from './tools/grasp.ts'
import { placeTool, TOOL } from './tools/tool.ts'

/**
 * Takes tool number `t` out, if one is there, and brings in another at `tip` (m, outside of tissue: a tool that is put
 * into it is pushed out again), without a trocar.
 */
export function changeTool(
  field: TissueField,
  t: number,
  kind: number,
  tip: ArrayLike<number>,
  end: ArrayLike<number>,
): void {
  const tool = field.each[t]
  if (tool[TOOL.kind] >= 0) letGo(tool, field.grasps[t], field.bound)
  if (field.threads) letGoThread(field, field.threads, t)
  liftEdge(field.edges.strokes, t)
  placeTool(tool, kind, tip, end)
}
