/**
 * An instrument in the operative field: where the hand wants it and where it is. A free tool is a bar between its tip
 * and its hand end; a laparoscopic one is a bar through its trocar. The hand pulls it by a spring (virtual coupling:
 * Colgate et al. 1995, doi:10.1109/IROS.1995.525875), so what it touches can hold it back.
 */
import { slots } from '../../state.ts'
import { FASTEST } from '../solver.ts'
import { INSTRUMENTS } from './catalogue.ts'
import { deepest, FIXITY_N, LEAST_DEPTH, slideTube, VALVE_N } from './port.ts'

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

/** Stiffness of the hand's hold on each end, N/m, and the mass that an end weighs. */
export const HOLD_N_M = 900
const END_KG = 0.02

/** Share of the room up to what is nearest that a tool may go in a substep. */
const ADVANCE = 0.8

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

/**
 * Moves a tool by one substep towards the hand, no further than what is near allows, and no faster than tissue may be: a
 * hand that leaps leaves it, and what its jaws hold, behind for a moment. @param share of the tick that is over when the
 * substep ends @param step share of the tick that a substep is @param h s
 */
export function pullTool(tool: Float64Array, share: number, step: number, h: number): void {
  for (let i = 0; i < 6; i++) tool[TOOL.pax + i] = tool[TOOL.ax + i]
  const pull = 1 / (1 + END_KG / (HOLD_N_M * h * h))
  const most = Math.min(ADVANCE * tool[TOOL.room], FASTEST * h)
  if (tool[TOOL.pivoted] === 1) slideTube(tool, pull)
  for (let e = 0; e < 6; e += 3) {
    let moved = 0
    for (let i = e; i < e + 3; i++) {
      const last = tool[TOOL.lax + i]
      const way = tool[TOOL.gax + i] - last
      // It goes with the hand, and what it lags behind is drawn in by the spring.
      const went = tool[TOOL.ax + i] + way * step
      const to = went + (last + way * share - went) * pull
      moved += (to - tool[TOOL.ax + i]) * (to - tool[TOOL.ax + i])
      tool[TOOL.ax + i] = to
    }
    if (e === 0 && tool[TOOL.pivoted] === 1) moved = dragShaft(tool, pull)
    const far = Math.sqrt(moved)
    if (far <= most) continue
    for (let i = e; i < e + 3; i++) {
      const from = tool[TOOL.pax + i]
      tool[TOOL.ax + i] = from + ((tool[TOOL.ax + i] - from) * most) / far
    }
  }
  straighten(tool)
}

/**
 * Lets the valve hold back the tip's way along the shaft in this substep (Coulomb: what its force holds, it holds
 * whole). Returns the square of the way that is left, m². @param pull share of its lag that a tool makes up in a substep
 */
function dragShaft(tool: Float64Array, pull: number): number {
  let length2 = 0
  let along = 0
  for (let i = 0; i < 3; i++) {
    const shaft = tool[TOOL.pivotX + i] - tool[TOOL.pax + i]
    length2 += shaft * shaft
    along += shaft * (tool[TOOL.ax + i] - tool[TOOL.pax + i])
  }
  const length = Math.sqrt(length2)
  const most = (VALVE_N / HOLD_N_M) * pull
  const way = length > 1e-6 ? along / length : 0
  const held = Math.max(-most, Math.min(most, way))
  let moved = 0
  for (let i = 0; i < 3; i++) {
    if (length > 1e-6) tool[TOOL.ax + i] -= (held * (tool[TOOL.pivotX + i] - tool[TOOL.pax + i])) / length
    moved += square(tool[TOOL.ax + i] - tool[TOOL.pax + i])
  }
  return moved
}

/** Keeps the tool's length, and its shaft in the trocar. */
export function straighten(tool: Float64Array): void {
  const pivoted = tool[TOOL.pivoted] === 1
  const to = pivoted ? TOOL.pivotX : TOOL.bx
  let d2 = 0
  for (let i = 0; i < 3; i++) d2 += square(tool[to + i] - tool[TOOL.ax + i])
  const far = pivoted ? limitDepth(tool, Math.sqrt(d2)) : Math.sqrt(d2)
  if (pivoted) limitTilt(tool, far)
  if (!(far > 1e-6)) return
  const share = INSTRUMENTS[tool[TOOL.kind]].length / far
  for (let i = 0; i < 3; i++) tool[TOOL.bx + i] = tool[TOOL.ax + i] + (tool[to + i] - tool[TOOL.ax + i]) * share
}

/** Keeps a tip between its least and its greatest depth on the far side of the trocar; returns its distance, m. */
function limitDepth(tool: Float64Array, far: number): number {
  const most = deepest(tool)
  let out2 = 0
  let depth = 0
  for (let i = 0; i < 3; i++) {
    const out = tool[TOOL.pivotX + i] - tool[TOOL.bx + i]
    out2 += out * out
    depth += out * (tool[TOOL.ax + i] - tool[TOOL.pivotX + i])
  }
  const size = Math.sqrt(out2)
  if (size > 1e-6 && depth < LEAST_DEPTH * size) {
    for (let i = 0; i < 3; i++)
      tool[TOOL.ax + i] = tool[TOOL.pivotX + i] + ((tool[TOOL.pivotX + i] - tool[TOOL.bx + i]) * LEAST_DEPTH) / size
    return LEAST_DEPTH
  }
  if (far <= most) return far
  for (let i = 0; i < 3; i++)
    tool[TOOL.ax + i] = tool[TOOL.pivotX + i] + ((tool[TOOL.ax + i] - tool[TOOL.pivotX + i]) * most) / far
  return most
}

/** The wall lets a trocar lean so far from the way it was set: 60° (estimate). */
const MOST_TILT = { cos: 0.5, sin: Math.sqrt(0.75) }
/** Keeps a shaft within a cone around the way its trocar was set. @param far from the tip to the trocar, m */
function limitTilt(tool: Float64Array, far: number): void {
  let along = 0
  for (let i = 0; i < 3; i++) along += (tool[TOOL.pivotX + i] - tool[TOOL.ax + i]) * tool[TOOL.portX + i]
  if (along >= MOST_TILT.cos * far) return
  const aside = Math.sqrt(Math.max(0, far * far - along * along))
  for (let i = 0; i < 3; i++) {
    const port = tool[TOOL.portX + i]
    const across = aside > 1e-9 ? (tool[TOOL.pivotX + i] - tool[TOOL.ax + i] - along * port) / aside : 0
    tool[TOOL.ax + i] = tool[TOOL.pivotX + i] - far * (MOST_TILT.cos * port + MOST_TILT.sin * across)
  }
}

/** A push on a tool that is worked out: in an array, since numbers that functions hand over are boxed. */
export const PUSH = slots([
  'share', // of the way from tip to far end, where it is pushed
  'lever', // how much of the push the tip takes: all at the tip, none at the trocar
  'light', // 1/kg of a push there, of a free or a pivoted tool
  'lambda', // multiplier, kg·m
  'x', // direction
  'y',
  'z',
] as const)
export const push = new Float64Array(7)

/** Finds lever and lightness of a push at a share of the tool's length that is set. */
export function readyPush(tool: Float64Array): void {
  const share = push[PUSH.share]
  const pivoted = tool[TOOL.pivoted] === 1
  let lever = 1 - share
  if (pivoted) {
    let d2 = 0
    for (let i = 0; i < 3; i++) d2 += square(tool[TOOL.pivotX + i] - tool[TOOL.ax + i])
    lever = Math.max(0, 1 - (share * INSTRUMENTS[tool[TOOL.kind]].length) / Math.sqrt(d2))
  }
  push[PUSH.lever] = lever
  push[PUSH.light] = (lever * lever + (pivoted ? 0 : share * share)) / END_KG
}

/** Pushes a tool by the push that was readied, once multiplier and direction are set too. */
export function givePush(tool: Float64Array): void {
  const a = (push[PUSH.lever] * push[PUSH.lambda]) / END_KG
  for (let i = 0; i < 3; i++) tool[TOOL.ax + i] += a * push[PUSH.x + i]
  if (tool[TOOL.pivoted] === 1) return
  const b = (push[PUSH.share] * push[PUSH.lambda]) / END_KG
  for (let i = 0; i < 3; i++) tool[TOOL.bx + i] += b * push[PUSH.x + i]
}

const square = (x: number): number => x * x

/** A handle this near to its trocar lies on it, m. */
const STOPPED = 1e-5

/**
 * Ends a tick: what the hand feels is what its spring holds against what the tool touched; a tool in the air feels
 * nothing, however far it lags, but the valve of its trocar.
 */
export function feelTool(tool: Float64Array): void {
  const { length } = INSTRUMENTS[tool[TOOL.kind]]
  const touched = tool[TOOL.touched] > 0 ? 1 : 0
  const pivoted = tool[TOOL.pivoted] === 1
  let tip2 = 0
  let depth2 = 0
  let along = 0
  for (let i = 0; i < 3; i++) {
    const tip = HOLD_N_M * (tool[TOOL.ax + i] - tool[TOOL.gax + i])
    const end = pivoted ? 0 : HOLD_N_M * (tool[TOOL.bx + i] - tool[TOOL.gbx + i])
    tool[TOOL.forceX + i] = touched * (tip + end)
    tip2 += tip * tip
    depth2 += square(tool[TOOL.pivotX + i] - tool[TOOL.ax + i])
    along += (tip * (tool[TOOL.bx + i] - tool[TOOL.ax + i])) / length
  }
  if (touched === 0 && pivoted) {
    // What its handle presses on is held by the wall.
    const stop = Math.sqrt(depth2) > deepest(tool) - STOPPED ? FIXITY_N : VALVE_N
    const valve = Math.max(-VALVE_N, Math.min(stop, along))
    for (let i = 0; i < 3; i++) tool[TOOL.forceX + i] = (valve * (tool[TOOL.bx + i] - tool[TOOL.ax + i])) / length
  }
  const lever = pivoted ? Math.sqrt(depth2) : length
  tool[TOOL.torque] = touched * lever * Math.sqrt(Math.max(0, tip2 - along * along))
  tool[TOOL.grip] = Math.sqrt(square(tool[TOOL.gripX]) + square(tool[TOOL.gripY]) + square(tool[TOOL.gripZ]))
  tool[TOOL.jawBefore] = tool[TOOL.jaw]
  for (let i = 0; i < 6; i++) tool[TOOL.lax + i] = tool[TOOL.gax + i]
}
