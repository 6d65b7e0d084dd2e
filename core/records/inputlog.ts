import { ByteReader, ByteWriter, MalformedBytes } from './varint.ts'

// The input log of a session: what the hands and the menus sent, and nothing else. Sample-and-hold makes idle hands cost
// two bytes a second. Each chunk stands alone, so a crash loses at most the chunk that was not yet committed.

/** Ticks in a whole chunk: one second of 10 ms ticks. Only the last chunk of a log may be shorter. */
export const CHUNK_TICKS = 100

/** Integers a hand sends each tick: x, y, z (0.01 mm), quaternion x, y, z, w (int16), jaw (0–255), buttons (bit mask). */
export const HAND_CHANNELS = 9

/** Integers of one tick: the dominant hand, then the other. */
export const FRAME_CHANNELS = 2 * HAND_CHANNELS

/** A menu or speech act as the log keeps it. */
export type LoggedAction = { tick: number; hand: 0 | 1; verb: string; object: string; value?: number }

/** Up to a second of input, decoded. `frames` holds `ticks` × 18 integers. */
export type InputChunk = {
  index: number
  firstTick: number
  ticks: number
  frames: Int32Array
  actions: LoggedAction[]
}

const FORMAT = 1
const MAX_ACTIONS = 1000
const NO_VALUE = 0
const WHOLE_VALUE = 1
const FLOAT_VALUE = 2

/** The bytes of a chunk. Equal chunks have equal bytes. */
export function encodeChunk(chunk: InputChunk): Uint8Array {
  const out = new ByteWriter()
  out.byte(FORMAT)
  out.unsigned(chunk.index)
  out.unsigned(chunk.firstTick)
  out.unsigned(chunk.ticks)
  writeFrames(out, chunk.frames, chunk.ticks)
  out.unsigned(chunk.actions.length)
  for (const action of chunk.actions) writeAction(out, action, chunk.firstTick)
  return out.take()
}

/** Reads a chunk; throws `MalformedBytes` unless the bytes are exactly what `encodeChunk` would write. */
export function decodeChunk(bytes: Uint8Array): InputChunk {
  const input = new ByteReader(bytes)
  if (input.byte() !== FORMAT) throw new MalformedBytes('unknown format of input chunk')
  const index = input.unsigned()
  const firstTick = input.unsigned()
  const ticks = input.unsigned()
  if (ticks < 1 || ticks > CHUNK_TICKS) throw new MalformedBytes('a chunk holds 1 to 100 ticks')
  const frames = readFrames(input, ticks)
  const count = input.unsigned()
  if (count > MAX_ACTIONS) throw new MalformedBytes('too many actions')
  const actions: LoggedAction[] = []
  for (let i = 0; i < count; i++) actions.push(readAction(input, firstTick, ticks))
  const chunk = { index, firstTick, ticks, frames, actions }
  if (!input.atEnd || !sameBytes(encodeChunk(chunk), bytes)) throw new MalformedBytes('not in canonical form')
  return chunk
}

function writeFrames(out: ByteWriter, frames: Int32Array, ticks: number): void {
  let held = 0
  for (let tick = 0; tick < ticks; tick++) {
    const at = tick * FRAME_CHANNELS
    let changed = 0
    for (let c = 0; c < FRAME_CHANNELS; c++) if (frames[at + c] !== previous(frames, at, c)) changed |= 1 << c
    if (changed === 0) {
      held++
      continue
    }
    out.unsigned(held)
    held = 0
    out.unsigned(changed)
    for (let c = 0; c < FRAME_CHANNELS; c++)
      if (changed & (1 << c)) out.signed(frames[at + c] - previous(frames, at, c))
  }
  if (held > 0) out.unsigned(held)
}

function readFrames(input: ByteReader, ticks: number): Int32Array {
  const frames = new Int32Array(ticks * FRAME_CHANNELS)
  let tick = 0
  while (tick < ticks) {
    const held = input.unsigned()
    if (held > ticks - tick) throw new MalformedBytes('hold runs past the chunk')
    for (let i = 0; i < held; i++, tick++) hold(frames, tick)
    if (tick === ticks) break
    hold(frames, tick)
    const changed = input.unsigned()
    for (let c = 0; c < FRAME_CHANNELS; c++) if (changed & (1 << c)) frames[tick * FRAME_CHANNELS + c] += input.signed()
    tick++
  }
  return frames
}

function previous(frames: Int32Array, at: number, channel: number): number {
  return at === 0 ? 0 : frames[at - FRAME_CHANNELS + channel]
}

function hold(frames: Int32Array, tick: number): void {
  const at = tick * FRAME_CHANNELS
  if (tick > 0) frames.copyWithin(at, at - FRAME_CHANNELS, at)
}

function writeAction(out: ByteWriter, action: LoggedAction, firstTick: number): void {
  out.unsigned(action.tick - firstTick)
  out.byte(action.hand)
  out.ascii(action.verb)
  out.ascii(action.object)
  if (action.value === undefined) {
    out.byte(NO_VALUE)
  } else if (Number.isSafeInteger(action.value) && Math.abs(action.value) < 2147483648) {
    out.byte(WHOLE_VALUE)
    out.signed(action.value)
  } else {
    out.byte(FLOAT_VALUE)
    out.float(action.value)
  }
}

function readAction(input: ByteReader, firstTick: number, ticks: number): LoggedAction {
  const offset = input.unsigned()
  const hand = input.byte()
  if (offset >= ticks || (hand !== 0 && hand !== 1)) throw new MalformedBytes('action out of range')
  const action: LoggedAction = { tick: firstTick + offset, hand, verb: input.ascii(), object: input.ascii() }
  const kind = input.byte()
  if (kind === WHOLE_VALUE) action.value = input.signed()
  else if (kind === FLOAT_VALUE) action.value = input.float()
  else if (kind !== NO_VALUE) throw new MalformedBytes('unknown kind of value')
  return action
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}
