import { FRAME_CHANNELS, HAND_CHANNELS } from '../records/inputlog.ts'
import type { Action, InstrumentSample } from '../simulation/contract.ts'

// The one door into a session. People, operators and replay all come through it, so none can send what a person cannot.

/** Farthest that a hand can be from the origin of the body frame, 0.01 mm: three metres. */
export const REACH_UM10 = 300_000

/** Most actions taken in one tick; a person's device sends one or two. */
export const ACTIONS_PER_TICK = 8

const BUTTON_MASK = 0xff
const VERB = /^[a-z][a-z-]{0,31}$/
const OBJECT = /^[a-z0-9][a-z0-9.-]{0,63}$/
const VALUE_LIMIT = 1_000_000

/** Where each channel stands within the nine of a hand. */
export const CHANNEL = { x: 0, y: 1, z: 2, qx: 3, qy: 4, qz: 5, qw: 6, jaw: 7, buttons: 8 } as const

/** A frame with both hands at the origin of the body, unturned, open and idle: what is held before the first sample. */
export function restFrame(): Int32Array {
  const frame = new Int32Array(FRAME_CHANNELS)
  frame[CHANNEL.qw] = 32767
  frame[HAND_CHANNELS + CHANNEL.qw] = 32767
  return frame
}

/**
 * Writes a hand's sample into the frame, limited to what a hand can send: whole numbers within reach, int16 quaternion,
 * jaw 0–255. A value that is not a number holds the one before, as does a quaternion without direction.
 */
export function admitSample(sample: InstrumentSample, hand: 0 | 1, frame: Int32Array): void {
  const at = hand * HAND_CHANNELS
  for (let axis = 0; axis < 3; axis++)
    frame[at + axis] = whole(sample.xUm10[axis], -REACH_UM10, REACH_UM10, frame[at + axis])
  const [x, y, z, w] = sample.q
  if (isTurn(x, y, z, w)) {
    for (let i = 0; i < 4; i++) frame[at + CHANNEL.qx + i] = whole(sample.q[i], -32767, 32767, 0)
  }
  frame[at + CHANNEL.jaw] = whole(sample.jaw, 0, 255, frame[at + CHANNEL.jaw])
  frame[at + CHANNEL.buttons] = whole(sample.buttons, 0, BUTTON_MASK, 0) & BUTTON_MASK
}

/** Why an action was turned away. */
export type GateRefusal = { readonly action: Action; readonly reason: 'too-many' | 'malformed' }

/** What of the actions may enter in this tick, stamped with it, and what may not. */
export type Admitted = { readonly actions: readonly Action[]; readonly refused: readonly GateRefusal[] }

const NOTHING: Admitted = Object.freeze({ actions: Object.freeze([]), refused: Object.freeze([]) })

/** Checks the form of actions. Whether a verb means something is for the world and the case to say. */
export function admitActions(actions: readonly Action[], tick: number): Admitted {
  if (actions.length === 0) return NOTHING
  const admitted: Action[] = []
  const refused: GateRefusal[] = []
  for (const action of actions) {
    if (!isWellFormed(action)) refused.push({ action, reason: 'malformed' })
    else if (admitted.length === ACTIONS_PER_TICK) refused.push({ action, reason: 'too-many' })
    else admitted.push(stamped(action, tick))
  }
  return { actions: admitted, refused }
}

function stamped({ hand, verb, object, value }: Action, tick: number): Action {
  return value === undefined
    ? { tick, hand, verb, object }
    : { tick, hand, verb, object, value: value === 0 ? 0 : value }
}

function isWellFormed(action: Action): boolean {
  return (
    (action.hand === 0 || action.hand === 1) &&
    VERB.test(action.verb) &&
    (action.object === '' || OBJECT.test(action.object)) &&
    (action.value === undefined || (Number.isFinite(action.value) && Math.abs(action.value) <= VALUE_LIMIT))
  )
}

function isTurn(x: number, y: number, z: number, w: number): boolean {
  const squares = x * x + y * y + z * z + w * w
  return squares >= 1 && squares < Number.POSITIVE_INFINITY
}

function whole(value: number, low: number, high: number, otherwise: number): number {
  if (!(value >= low)) return value < low ? low : otherwise
  return value > high ? high : Math.floor(value + 0.5)
}
