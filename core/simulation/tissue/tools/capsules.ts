/** The shape of instruments for contact: capsules that follow each tool's tip, shaft, jaws or blades, and its trocar. */
import { cos, sin } from '../../exactmath.ts'
import { slots } from '../../state.ts'
import { INSTRUMENTS } from './catalogue.ts'
import { toolFrame } from './frame.ts'
import { TROCAR } from './port.ts'
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

/** @param rows room for five capsules a tool */
export const createCapsules = (rows: Float64Array): Capsules => ({ rows, count: 0 })

/** Lays out the capsules of all tools as they stand. */
export function layCapsules(capsules: Capsules, tools: readonly Float64Array[]): void {
  capsules.count = 0
  for (let t = 0; t < tools.length; t++) {
    if (tools[t][TOOL.kind] < 0) continue
    const { jaws, fan, taper } = INSTRUMENTS[tools[t][TOOL.kind]]
    layShaft(capsules, tools[t], t)
    if (tools[t][TOOL.pivoted] === 1) layTrocar(capsules, tools[t], t)
    if (jaws) {
      layJaw(capsules, tools[t], t, 1)
      layJaw(capsules, tools[t], t, -1)
    }
    if (fan) for (let n = 0; n < fan.count; n++) layBlade(capsules, tools[t], t, n)
    if (taper) for (let n = 0; n < TAPERED; n++) layTaper(capsules, tools[t], t, n)
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
  const from = (isSharp(tool) ? SHARP_STARTS : STARTS)[tool[TOOL.kind]] / kind.length
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

/** How far behind the tip the shaft of each instrument begins to press, m: a burr ends in a ball. Then that of what is sharp. */
const STARTS = Float64Array.from(
  INSTRUMENTS,
  ({ bore, jaws, fan, taper, removes, shaftRadius }) =>
    bore?.length ?? jaws?.length ?? fan?.length ?? taper?.length ?? (removes ? shaftRadius : 0),
)
const SHARP_STARTS = Float64Array.from(INSTRUMENTS, ({ edge }) => edge ?? 0)

/** The tube that a shaft goes through: it turns with the shaft about the pivot, and slides in the wall. */
function layTrocar(capsules: Capsules, tool: Float64Array, t: number): void {
  const at = capsules.count++ * CAPSULE_SLOTS
  const { rows } = capsules
  let depth2 = 0
  let wanted2 = 0
  for (let i = 0; i < 3; i++) {
    const now = tool[TOOL.ax + i] - tool[TOOL.pivotX + i]
    const then = tool[TOOL.gax + i] - tool[TOOL.pivotX + i]
    depth2 += now * now
    wanted2 += then * then
  }
  const depth = Math.max(1e-6, Math.sqrt(depth2))
  const wanted = Math.max(1e-6, Math.sqrt(wanted2))
  const inside = TROCAR.inside + tool[TOOL.slid]
  const outside = TROCAR.outside - tool[TOOL.slid]
  for (let i = 0; i < 3; i++) {
    const pivot = tool[TOOL.pivotX + i]
    const now = (tool[TOOL.ax + i] - pivot) / depth
    const then = (tool[TOOL.gax + i] - pivot) / wanted
    rows[at + i] = pivot + now * inside
    rows[at + 3 + i] = pivot - now * outside
    rows[at + CAPSULE.lastX + i] = pivot + then * inside
    rows[at + CAPSULE.lastX + 3 + i] = pivot - then * outside
  }
  const { length } = INSTRUMENTS[tool[TOOL.kind]]
  rows[at + CAPSULE.radius] = TROCAR.radius
  rows[at + CAPSULE.tool] = t
  rows[at + CAPSULE.from] = Math.max(0, depth - inside) / length
  rows[at + CAPSULE.to] = (depth + outside) / length
}

const axis = new Float64Array(9)

/** Blade number `n` of a fan, from the one side to the other. */
function layBlade(capsules: Capsules, tool: Float64Array, t: number, n: number): void {
  const { fan, length } = INSTRUMENTS[tool[TOOL.kind]]
  if (!fan) return
  const at = capsules.count++ * CAPSULE_SLOTS
  const { rows } = capsules
  toolFrame(tool, axis)
  const angle = fan.spread * (n - (fan.count - 1) / 2)
  const reach = fan.length - fan.radius
  const ahead = cos(angle) * reach
  const aside = sin(angle) * reach
  for (let i = 0; i < 3; i++) {
    const root = tool[TOOL.ax + i] + axis[i] * fan.length
    rows[at + i] = root - axis[i] * ahead + axis[6 + i] * aside
    rows[at + 3 + i] = root
    rows[at + CAPSULE.lastX + i] = tool[TOOL.gax + i]
    rows[at + CAPSULE.lastX + 3 + i] = tool[TOOL.gax + i]
  }
  rows[at + CAPSULE.radius] = fan.radius
  rows[at + CAPSULE.tool] = t
  rows[at + CAPSULE.from] = 0
  rows[at + CAPSULE.to] = fan.length / length
}

/** Steps in which an end that tapers grows to the thickness of its shaft. */
const TAPERED = 2

/** Step number `n` of a tapered end, from the tip on; its rounded end comes no further than the step before it began. */
function layTaper(capsules: Capsules, tool: Float64Array, t: number, n: number): void {
  const { taper, length, shaftRadius } = INSTRUMENTS[tool[TOOL.kind]]
  if (!taper) return
  const at = capsules.count++ * CAPSULE_SLOTS
  const { rows } = capsules
  const radius = taper.radius + ((shaftRadius - taper.radius) * (n + 0.5)) / TAPERED
  const from = ((taper.length * n) / TAPERED + radius) / length
  const to = Math.max(from, (taper.length * (n + 1)) / TAPERED / length)
  for (let i = 0; i < 3; i++) {
    const shaft = tool[TOOL.bx + i] - tool[TOOL.ax + i]
    rows[at + i] = tool[TOOL.ax + i] + shaft * from
    rows[at + 3 + i] = tool[TOOL.ax + i] + shaft * to
    const wanted = tool[TOOL.gbx + i] - tool[TOOL.gax + i]
    rows[at + CAPSULE.lastX + i] = tool[TOOL.gax + i] + wanted * from
    rows[at + CAPSULE.lastX + 3 + i] = tool[TOOL.gax + i] + wanted * to
  }
  rows[at + CAPSULE.radius] = radius
  rows[at + CAPSULE.tool] = t
  rows[at + CAPSULE.from] = from
  rows[at + CAPSULE.to] = to
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
