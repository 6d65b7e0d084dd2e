import {
  CHUNK_TICKS,
  decodeChunk,
  FRAME_CHANNELS,
  HAND_CHANNELS,
  type InputChunk,
} from '../../core/records/inputlog.ts'
import type { RunnerView } from '../../core/scenario/runnerview.ts'
import { viewOf } from '../../core/scenario/runnerview.ts'
import { restFrame } from '../../core/session/gate.ts'
import { Session, type SessionChunk, type SessionState, type SessionTick } from '../../core/session/session.ts'
import type { SessionSetup } from '../../core/session/setup.ts'
import type { Action, InstrumentSample } from '../../core/simulation/contract.ts'
import type { KernelFor } from '../../core/simulation/kernel/kernel.ts'
import type { Act, Happened } from './protocol.ts'

/** Ticks between the states that a replay keeps for seeking: ten seconds. */
const KEYFRAME_TICKS = 1000

export type Samples = readonly [InstrumentSample, InstrumentSample]

/** A session under a person's hands: what they hold now, what they did since the last tick. */
export class LiveRun {
  readonly session: Session
  private samples: Samples = samplesOf(restFrame(), 0)
  private waiting: Act[] = []

  constructor(setup: SessionSetup, kernelFor: KernelFor) {
    this.session = new Session(setup, kernelFor)
  }

  hold(samples: Samples): void {
    this.samples = samples
  }

  act(act: Act): void {
    this.waiting.push(act)
  }

  /** Runs committed input through again; its chunks are already with the host. */
  *resume(chunks: readonly Uint8Array[]): Generator<number> {
    for (let i = 0; i < chunks.length; i++) {
      const chunk = decodeChunk(chunks[i])
      for (let t = 0; t < chunk.ticks; t++) stepChunk(this.session, chunk, t)
      this.samples = samplesOf(chunk.frames, (chunk.ticks - 1) * FRAME_CHANNELS)
      yield (i + 1) / chunks.length
    }
  }

  tick(): SessionTick {
    const actions = this.waiting.map((act) => ({ ...act, tick: this.session.tick }))
    this.waiting = []
    return this.session.step(this.samples, actions)
  }
}

/** A recorded session run again, with seeking. */
export class ReplayRun {
  readonly session: Session
  readonly lastTick: number
  private readonly chunks: InputChunk[]
  private readonly keyframes: SessionState[] = []

  constructor(setup: SessionSetup, chunks: readonly Uint8Array[], kernelFor: KernelFor) {
    this.session = new Session(setup, kernelFor)
    this.chunks = chunks.map((bytes) => decodeChunk(bytes))
    this.lastTick = this.chunks.reduce((sum, chunk) => sum + chunk.ticks, 0)
    this.keyframes.push(this.session.save())
  }

  get atEnd(): boolean {
    return this.session.tick >= this.lastTick || !this.session.isRunning
  }

  tick(): SessionTick {
    const at = this.session.tick
    const chunk = this.chunks[Math.floor(at / CHUNK_TICKS)]
    const done = stepChunk(this.session, chunk, at - chunk.firstTick)
    const key = this.session.tick / KEYFRAME_TICKS
    if (Number.isInteger(key) && this.keyframes.length === key) this.keyframes.push(this.session.save())
    return done
  }

  /** Goes to a tick, forwards or back, from the nearest kept state. */
  seek(tick: number): void {
    const target = Math.max(0, Math.min(this.lastTick, tick))
    const key = Math.min(this.keyframes.length - 1, Math.floor(target / KEYFRAME_TICKS))
    const state = this.keyframes[key]
    if (target < this.session.tick || state.tick > this.session.tick) this.session.restore(state)
    while (this.session.tick < target && !this.atEnd) this.tick()
  }
}

/** Reports of both kinds of run as the page reads them. */
export function happenedIn(tick: number, done: SessionTick, into: Happened[]): void {
  for (const event of done.world) into.push({ tick, from: 'world', event })
  for (const event of done.runner) into.push({ tick, from: 'case', event })
  for (const { action } of done.refused) into.push({ tick, from: 'gate', verb: action.verb, object: action.object })
}

/** What panels show of a session now. */
export function viewOfSession(session: Session): RunnerView {
  return viewOf(session.runner.ledger, session.setup.mode)
}

export type { SessionChunk }

function stepChunk(session: Session, chunk: InputChunk, offset: number): SessionTick {
  const tick = chunk.firstTick + offset
  const actions: Action[] = []
  for (const action of chunk.actions) if (action.tick === tick) actions.push(action)
  return session.step(samplesOf(chunk.frames, offset * FRAME_CHANNELS), actions)
}

function samplesOf(frames: Int32Array, at: number): Samples {
  return [sampleAt(frames, at), sampleAt(frames, at + HAND_CHANNELS)]
}

function sampleAt(f: Int32Array, at: number): InstrumentSample {
  return {
    xUm10: [f[at], f[at + 1], f[at + 2]],
    q: [f[at + 3], f[at + 4], f[at + 5], f[at + 6]],
    jaw: f[at + 7],
    buttons: f[at + 8],
  }
}
