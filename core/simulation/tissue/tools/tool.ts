/**
 * An instrument in the operative field: where the hand wants it and where it is. A free tool is a bar between its tip
 * and its hand end; a laparoscopic one is a bar through its trocar. The hand pulls it by a spring (virtual coupling:
 * Colgate et al. 1995, doi:10.1109/IROS.1995.525875), so what it touches can hold it back.
 */
import { slots } from '../../state.ts'
import { INSTRUMENTS } from './catalogue.ts'

/** Slots of a tool; metres in the field, newtons. */
export const TOOL = slots([
  'kind', // row of INSTRUMENTS, −1 for none
  'ax', // tip
  'ay',
  'az',
  'bx', // far end
  'by',
  'bz',
  'pax', // tip and far end when the substep began
  'pay',
  'paz',
  'pbx',
  'pby',
  'pbz',
  'gax', // where the hand wants them
  'gay',
  'gaz',
  'gbx',
  'gby',
  'gbz',
  'lax', // where it wanted them a tick ago
  'lay',
  'laz',
  'lbx',
  'lby',
  'lbz',
  'upX', // direction in which jaws open
  'upY',
  'upZ',
  'jaw', // 0 closed … 1 open
  'jawBefore',
  'pedal', // 0–1
  'pivoted', // 1 when it goes through a trocar
  'pivotX',
  'pivotY',
  'pivotZ',
  'portX', // which way the trocar pointed out of the body when it was set
  'portY',
  'portZ',
  'room', // distance from its axis to what is nearest, m
  'touched', // contacts and held particles solved in this tick
  'forceX', // of tissue on the tool, N
  'forceY',
  'forceZ',
  'torque', // N·m about its far end or trocar
  'grip', // pull on the grasp, N, mean of the last tick
  'gripX', // sum of this tick
  'gripY',
  'gripZ',
  'held', // particles in the jaws
  'metal', // of what burns, °C above the body
  'burnS', // that the jaws have burned what they hold
  'clips', // left in the magazine
  'barrel', // of what a syringe injects, mL
  'drawn', // aspirated, mL
  'layer', // material at a hollow needle's point, that a burr wears or a probe presses, row plus one; 0 for none
  'found', // what it draws: see ASPIRATED, plus one; 0 while it does not draw
  'left', // of what a burr can wear, between it and what it spares, m
  'depth', // way that a hollow needle lies in tissue, m
  'slid', // how far its trocar's tube has slid into the wall since it was set, m
] as const)
export const TOOL_SLOTS = Object.keys(TOOL).length

/** Stiffness of the hand's hold on each end, N/m. */
export const HOLD_N_M = 900

/** An edge parts what it boils: K above the body. */
const BOILS_K = 63

/** Whether its edge cuts now: steel always, one that burns while its pedal is down and it is hot. */
export function isSharp(tool: Float64Array): boolean {
  const kind = INSTRUMENTS[tool[TOOL.kind]]
  if (kind.edge === undefined) return false
  return kind.energy === undefined || (tool[TOOL.pedal] > 0.5 && tool[TOOL.metal] > BOILS_K)
}

/** Whether it rinses now: a tool that sucks too does so with its pedal no further down than halfway. */
export function isRinsing(tool: Float64Array): boolean {
  const { flow } = INSTRUMENTS[tool[TOOL.kind]]
  return flow === 'irrigation' ? tool[TOOL.pedal] > 0 : flow === 'both' && tool[TOOL.pedal] > 0.5
}

/** Puts a tool into the field. */
export function placeTool(tool: Float64Array, kind: number, tip: ArrayLike<number>, end: ArrayLike<number>): void {
  tool.fill(0)
  tool[TOOL.kind] = kind
  for (const slot of [TOOL.ax, TOOL.pax, TOOL.gax, TOOL.lax])
    for (let i = 0; i < 3; i++) {
      tool[slot + i] = tip[i]
      tool[slot + 3 + i] = end[i]
    }
  tool[TOOL.upY] = 1
  tool[TOOL.jaw] = 1
  tool[TOOL.jawBefore] = 1
  tool[TOOL.room] = Infinity
  tool[TOOL.clips] = INSTRUMENTS[kind].clips ?? 0
  tool[TOOL.barrel] = INSTRUMENTS[kind].bore?.ml ?? 0
}

/** Where the hand wants the tool by the end of this tick. */
export function moveHand(tool: Float64Array, tip: ArrayLike<number>, end: ArrayLike<number>): void {
  for (let i = 0; i < 3; i++) {
    tool[TOOL.gax + i] = tip[i]
    tool[TOOL.gbx + i] = end[i]
  }
}
