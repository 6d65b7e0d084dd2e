/** The shape of instruments for contact: capsules that follow each tool's tip, shaft and jaws. */
import { cos, sin } from '../../exactmath.ts'
import { slots } from '../../state.ts'
import { INSTRUMENTS } from './catalogue.ts'
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
    const tool = tools[t]
    const kind = INSTRUMENTS[tool[TOOL.kind]]
    if (!kind) continue
    const jaws = kind.jaws?.length ?? 0
    const hinge = (kind.bore?.length ?? jaws) / kind.length
    // What cuts goes in; the shaft behind it does not.
    shaft(capsules, tool, t, kind.shaftRadius, isSharp(tool) ? (kind.edge ?? 0) / kind.length : hinge)
    if (!kind.jaws) continue
    const angle = kind.jaws.open * tool[TOOL.jaw]
    jaw(capsules, tool, t, kind.jaws.radius, hinge, cos(angle) * jaws, sin(angle) * jaws)
    jaw(capsules, tool, t, kind.jaws.radius, hinge, cos(angle) * jaws, -sin(angle) * jaws)
  }
}

/** Notes where capsules are, before tools move. */
export function markCapsules({ rows, count }: Capsules): void {
  for (let c = 0; c < count; c++)
    for (let i = 0; i < 6; i++) rows[c * CAPSULE_SLOTS + CAPSULE.beforeX + i] = rows[c * CAPSULE_SLOTS + i]
}

function shaft(capsules: Capsules, tool: Float64Array, t: number, radius: number, hinge: number): void {
  const at = capsules.count++ * CAPSULE_SLOTS
  const { rows } = capsules
  for (let i = 0; i < 3; i++) {
    // The rounded end comes no further than the tip.
    rows[at + i] = tool[TOOL.ax + i] + (tool[TOOL.bx + i] - tool[TOOL.ax + i]) * hinge
    rows[at + 3 + i] = tool[TOOL.bx + i]
    rows[at + CAPSULE.lastX + i] = tool[TOOL.gax + i]
    rows[at + CAPSULE.lastX + 3 + i] = tool[TOOL.gbx + i]
  }
  finish(rows, at, t, radius, hinge, 1)
}

function jaw(
  capsules: Capsules,
  tool: Float64Array,
  t: number,
  radius: number,
  hinge: number,
  ahead: number,
  aside: number,
): void {
  const at = capsules.count++ * CAPSULE_SLOTS
  const { rows } = capsules
  const length = INSTRUMENTS[tool[TOOL.kind]].length
  for (let i = 0; i < 3; i++) {
    const axis = (tool[TOOL.ax + i] - tool[TOOL.bx + i]) / length
    const root = tool[TOOL.ax + i] + (tool[TOOL.bx + i] - tool[TOOL.ax + i]) * hinge
    rows[at + i] = root + axis * ahead + tool[TOOL.upX + i] * aside
    rows[at + 3 + i] = root
    rows[at + CAPSULE.lastX + i] = tool[TOOL.gax + i]
    rows[at + CAPSULE.lastX + 3 + i] = tool[TOOL.gax + i]
  }
  finish(rows, at, t, radius, 0, hinge)
}

function finish(rows: Float64Array, at: number, t: number, radius: number, from: number, to: number): void {
  rows[at + CAPSULE.radius] = radius
  rows[at + CAPSULE.tool] = t
  rows[at + CAPSULE.from] = from
  rows[at + CAPSULE.to] = to
}
