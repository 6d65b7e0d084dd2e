import { type Digest, digestBytes } from '../records/digest.ts'
import { type RecordEvent, type RecordResult, type SessionRecord, sealRecord } from '../records/envelope.ts'
import { HAND_CHANNELS } from '../records/inputlog.ts'
import { InputRecorder, type RecorderState } from '../records/recorder.ts'
import { simulationStart } from '../scenario/plan.ts'
import { Runner } from '../scenario/runner.ts'
import type { RunnerEvent } from '../scenario/runnerevents.ts'
import { Scorer } from '../scoring/scorer.ts'
import type { Action, InstrumentSample, SimEvent, SnapshotBuffer, World } from '../simulation/contract.ts'
import type { KernelFor } from '../simulation/kernel/kernel.ts'
import { createWorld } from '../simulation/world.ts'
import { admitActions, admitSample, CHANNEL, type GateRefusal, restFrame } from './gate.ts'
import { keepEvents } from './keptevents.ts'
import { outcomeOf, type SessionResult } from './outcome.ts'
import { headerOf, type SessionSetup } from './setup.ts'
import { StateChain } from './statechain.ts'

/** A second of input, ready to be committed by the host. */
export type SessionChunk = { readonly index: number; readonly bytes: Uint8Array; readonly hash: Digest }

/** What a tick brought. The arrays are reused; copy what is to be kept. */
export type SessionTick = {
  readonly world: readonly SimEvent[]
  readonly runner: readonly RunnerEvent[]
  readonly refused: readonly GateRefusal[]
  readonly chunk: SessionChunk | undefined
}

/** The whole state of a session between two ticks. */
export type SessionState = {
  readonly tick: number
  readonly frame: Int32Array
  readonly world: Uint8Array
  readonly runner: Uint8Array
  readonly score: Uint8Array
  readonly chain: Digest
  readonly recorder: RecorderState
  readonly chunks: readonly Digest[]
  readonly states: readonly Digest[]
  readonly events: readonly RecordEvent[]
}

/**
 * One run of a case: world, case runner and score fed tick by tick through the gate, and the record of it. The same class
 * runs under a person's hands, under an operator's and in replay; equal setups and inputs give equal records.
 */
export class Session {
  readonly setup: SessionSetup
  readonly world: World
  readonly runner: Runner
  readonly scorer: Scorer
  readonly #recorder = new InputRecorder()
  readonly #chain: StateChain
  readonly #frame = restFrame()
  readonly #samples: readonly [HeldSample, HeldSample] = [heldSample(), heldSample()]
  readonly #chunks: Digest[] = []
  readonly #states: Digest[] = []
  #events: RecordEvent[] = []
  #tick = 0

  /** Throws when the patient, the case or the start cannot be read. */
  constructor(setup: SessionSetup, kernelFor: KernelFor) {
    this.setup = setup
    this.runner = new Runner({
      case: setup.case,
      start: setup.start,
      mode: setup.mode,
      side: setup.patient.side,
      history: setup.history,
    })
    const { plan } = this.runner.ledger
    this.world = createWorld(setup.patient, simulationStart(plan.start), setup.seed, kernelFor)
    this.scorer = new Scorer(this.runner.ledger)
    this.#chain = new StateChain(headerOf(setup))
  }

  /** Ticks done. */
  get tick(): number {
    return this.#tick
  }

  /** Whether the case goes on. After it has ended `step` changes nothing. */
  get isRunning(): boolean {
    return this.runner.isRunning
  }

  /** The chained state hash after the last whole chunk. */
  get stateHash(): Digest {
    return this.#chain.hash
  }

  /** One tick of 10 ms with what the two hands hold and what was done. */
  step(samples: readonly [InstrumentSample, InstrumentSample], actions: readonly Action[]): SessionTick {
    if (!this.isRunning) return ENDED
    admitSample(samples[0], 0, this.#frame)
    admitSample(samples[1], 1, this.#frame)
    const admitted = admitActions(actions, this.#tick)
    readFrame(this.#frame, this.#samples)
    this.world.step({ samples: this.#samples, actions: admitted.actions })
    this.runner.step(this.#tick, this.world.observed, this.world.events, admitted.actions)
    this.scorer.step(this.#tick, this.#samples, this.world.observed, this.world.events, admitted.actions)
    keepEvents(this.#events, this.#tick, this.world.events, this.runner.events)
    this.#tick++
    const bytes = this.#recorder.push(this.#frame, admitted.actions)
    return {
      world: this.world.events,
      runner: this.runner.events,
      refused: admitted.refused,
      chunk: bytes && this.#close(bytes),
    }
  }

  /** Fills a snapshot for drawing. */
  draw(out: SnapshotBuffer): void {
    this.world.draw(out)
  }

  /** What the session has come to so far. */
  result(): SessionResult {
    return outcomeOf(this.scorer, this.setup.deviceClass)
  }

  /** The last, short chunk and the record. The session may not go on after this. */
  finish(overruns = 0): { readonly chunk: SessionChunk | undefined; readonly record: SessionRecord } {
    const bytes = this.#recorder.flush()
    const chunk = bytes && this.#close(bytes)
    const record = sealRecord({
      header: headerOf(this.setup),
      ticks: this.#tick,
      chunks: [...this.#chunks],
      states: [...this.#states],
      events: this.#events,
      result: this.result() as unknown as RecordResult,
      overruns,
    })
    return { chunk, record }
  }

  /** A copy of the whole state. */
  save(): SessionState {
    return {
      tick: this.#tick,
      frame: this.#frame.slice(),
      world: this.world.save(),
      runner: this.runner.save(),
      score: this.scorer.save(),
      chain: this.#chain.hash,
      recorder: this.#recorder.save(),
      chunks: [...this.#chunks],
      states: [...this.#states],
      events: [...this.#events],
    }
  }

  /** Goes back, or on, to what `save` gave for an equal setup. */
  restore(state: SessionState): void {
    this.world.restore(state.world)
    this.runner.restore(state.runner)
    this.scorer.restore(state.score)
    this.#tick = state.tick
    this.#frame.set(state.frame)
    this.#chain.restore(state.chain)
    this.#recorder.restore(state.recorder)
    this.#chunks.splice(0, this.#chunks.length, ...state.chunks)
    this.#states.splice(0, this.#states.length, ...state.states)
    this.#events = [...state.events]
  }

  #close(bytes: Uint8Array): SessionChunk {
    this.#chain.add(bytes, this.world.hash(), this.runner.save(), this.scorer.save())
    const hash = digestBytes(bytes)
    this.#chunks.push(hash)
    this.#states.push(this.#chain.hash)
    return { index: this.#chunks.length - 1, bytes, hash }
  }
}

/** A session before its first tick. Throws when the patient, the case or the start cannot be read. */
export function createSession(setup: SessionSetup, kernelFor: KernelFor): Session {
  return new Session(setup, kernelFor)
}

const ENDED: SessionTick = Object.freeze({ world: [], runner: [], refused: [], chunk: undefined })

type HeldSample = { xUm10: [number, number, number]; q: [number, number, number, number]; jaw: number; buttons: number }

function heldSample(): HeldSample {
  return { xUm10: [0, 0, 0], q: [0, 0, 0, 32767], jaw: 0, buttons: 0 }
}

/** Both hands of a frame as samples, written into objects that are used again every tick. */
function readFrame(frame: Int32Array, into: readonly [HeldSample, HeldSample]): void {
  for (let hand = 0; hand < 2; hand++) {
    const at = hand * HAND_CHANNELS
    const sample = into[hand]
    for (let i = 0; i < 3; i++) sample.xUm10[i] = frame[at + CHANNEL.x + i]
    for (let i = 0; i < 4; i++) sample.q[i] = frame[at + CHANNEL.qx + i]
    sample.jaw = frame[at + CHANNEL.jaw]
    sample.buttons = frame[at + CHANNEL.buttons]
  }
}
