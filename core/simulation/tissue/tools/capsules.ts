/** The shape of instruments for contact: capsules that follow each tool's tip, shaft and jaws. */
import { cos, sin } from '../../exactmath.ts'
import { slots } from '../../state.ts'
import { INSTRUMENTS, type Instrument } from './catalogue.ts'
import { isSharp, TOOL } from './tool.ts'

export const CAPSULE = slots([
  'ax',
  'ay',
  'az',
  'bx',
  'by',
  'bz',
  'beforeX', // both ends when the substep began
  'beforeY',
  'beforeZ',
  'beforeBx',
  'beforeBy',
  'beforeBz',
  'lastX', // both ends where the hand wants them by the end of the tick
  'lastY',
  'lastZ',
  'lastBx',
  'lastBy',
  'lastBz',
  'radius',
  'tool',
  'from', // share of the tool's length at either end
  'to',
] as const)
export const CAPSULE_SLOTS = Object.keys(CAPSULE).length

/** All capsules of a field, made anew from the tools. */
export type Capsules = { readonly rows: Float64Array; count: number }

/** @param rows room for three capsules a tool */
export const createCapsules = (rows: Float64Array): Capsules => ({ rows, count: 0 })

/** Lays out the capsules of all tools as they stand. */
export function layCapsules(capsules: Capsules, tools: readonly Float64Array[]): void {
  capsules.count = 0
  for (let t = 0; t < tools.length; t++) {
    if (tools[t][TOOL.kind] < 0) continue
    layShaft(capsules, tools[t], t)
    if (!INSTRUMENTS[tools[t][TOOL.kind]].jaws) continue
    layJaw(capsules, tools[t], t, 1)
    layJaw(capsules, tools[t], t, -1)
  }
}

/** Notes where capsules are, before tools move. */
export function markCapsules({ rows, count }: Capsules): void {
  for (let c = 0; c < count; c++)
    for (let i = 0; i < 6; i++) rows[c * CAPSULE_SLOTS + CAPSULE.beforeX + i] = rows[c * CAPSULE_SLOTS + i]
}

function layShaft(capsules: Capsules, tool: Float64Array, t: number): void {
  const at = capsules.count++ * CAPSULE_SLOTS
  const { rows } = capsules
  const kind = INSTRUMENTS[tool[TOOL.kind]]
  // What cuts goes in; the shaft behind it does not.
  const from = startOf(tool, kind) / kind.length
  for (let i = 0; i < 3; i++) {
    // The rounded end comes no further than the tip.
    rows[at + i] = tool[TOOL.ax + i] + (tool[TOOL.bx + i] - tool[TOOL.ax + i]) * from
    rows[at + 3 + i] = tool[TOOL.bx + i]
    rows[at + CAPSULE.lastX + i] = tool[TOOL.gax + i]
    rows[at + CAPSULE.lastX + 3 + i] = tool[TOOL.gbx + i]
  }
  rows[at + CAPSULE.radius] = kind.shaftRadius
  rows[at + CAPSULE.tool] = t
  rows[at + CAPSULE.from] = from
  rows[at + CAPSULE.to] = 1
}

/** How far behind the tip the shaft begins to press, m: a burr ends in a ball. */
function startOf(tool: Float64Array, { edge, bore, jaws, removes, shaftRadius }: Instrument): number {
  if (isSharp(tool)) return edge ?? 0
  return bore?.length ?? jaws?.length ?? (removes ? shaftRadius : 0)
}

/** @param side to which it opens */
function layJaw(capsules: Capsules, tool: Float64Array, t: number, side: 1 | -1): void {
  const at = capsules.count++ * CAPSULE_SLOTS
  const { rows } = capsules
  const { jaws, length } = INSTRUMENTS[tool[TOOL.kind]]
  if (!jaws) return
  const hinge = jaws.length / length
  const angle = jaws.open * tool[TOOL.jaw]
  const ahead = cos(angle) * jaws.length
  const aside = side * sin(angle) * jaws.length
  for (let i = 0; i < 3; i++) {
    const axis = (tool[TOOL.ax + i] - tool[TOOL.bx + i]) / length
    const root = tool[TOOL.ax + i] + (tool[TOOL.bx + i] - tool[TOOL.ax + i]) * hinge
    rows[at + i] = root + axis * ahead + tool[TOOL.upX + i] * aside
    rows[at + 3 + i] = root
    rows[at + CAPSULE.lastX + i] = tool[TOOL.gax + i]
    rows[at + CAPSULE.lastX + 3 + i] = tool[TOOL.gax + i]
  }
  rows[at + CAPSULE.radius] = jaws.radius
  rows[at + CAPSULE.tool] = t
  rows[at + CAPSULE.from] = 0
  rows[at + CAPSULE.to] = hinge
}
