import { decodeChunk, FRAME_CHANNELS, HAND_CHANNELS, type InputChunk } from '../records/inputlog.ts'
import type { Action, InstrumentSample } from '../simulation/contract.ts'
import type { KernelFor } from '../simulation/kernel/kernel.ts'
import { CHANNEL } from './gate.ts'
import { createSession, type Session, type SessionTick } from './session.ts'
import type { SessionSetup } from './setup.ts'

/** Feeds a chunk of a log to a session, tick by tick, through the same gate as a person. Stops when the case has ended. */
export function replayChunk(
  session: Pick<Session, 'step' | 'isRunning'>,
  chunk: InputChunk,
  seen?: (tick: SessionTick) => void,
): void {
  let next = 0
  for (let i = 0; i < chunk.ticks && session.isRunning; i++) {
    const actions: Action[] = []
    while (next < chunk.actions.length && chunk.actions[next].tick === chunk.firstTick + i)
      actions.push(chunk.actions[next++])
    const tick = session.step([sampleAt(chunk.frames, i, 0), sampleAt(chunk.frames, i, 1)], actions)
    seen?.(tick)
  }
}

/** A session after all of a log: what an interrupted one resumes from. Throws `log/malformed` on bytes that are no log. */
export function replaySession(setup: SessionSetup, chunks: readonly Uint8Array[], kernelFor: KernelFor): Session {
  const session = createSession(setup, kernelFor)
  for (const bytes of chunks) replayChunk(session, decodeChunk(bytes))
  return session
}

/** The sample of a hand at a tick of a chunk. */
export function sampleAt(frames: Int32Array, tick: number, hand: 0 | 1): InstrumentSample {
  const at = tick * FRAME_CHANNELS + hand * HAND_CHANNELS
  return {
    xUm10: [frames[at], frames[at + 1], frames[at + 2]],
    q: [frames[at + CHANNEL.qx], frames[at + CHANNEL.qy], frames[at + CHANNEL.qz], frames[at + CHANNEL.qw]],
    jaw: frames[at + CHANNEL.jaw],
    buttons: frames[at + CHANNEL.buttons],
  }
}
