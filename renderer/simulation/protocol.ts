import type { SessionRecord } from '../../core/records/envelope.ts'
import type { RunnerEvent } from '../../core/scenario/runnerevents.ts'
import type { RunnerView } from '../../core/scenario/runnerview.ts'
import type { SessionSetup } from '../../core/session/setup.ts'
import type { Action, InstrumentSample, SimEvent } from '../../core/simulation/contract.ts'

/** Input of one action; the tick is stamped by the worker when it is taken. */
export type Act = Pick<Action, 'hand' | 'verb' | 'object' | 'value'>

/** Memory for three snapshots and the Int32 that switches them. */
export type SharedSnapshots = { control: SharedArrayBuffer; slots: SharedArrayBuffer }

/** What a run starts from. */
type Opening = {
  setup: SessionSetup
  shared: SharedSnapshots | null
  chunks: Uint8Array[]
  /** Compiled from the kernel's sources. */
  kernel: WebAssembly.Module
}

export type ToWorker =
  /** `chunks`: input committed before, run through at once (resume). */
  | ({ type: 'live' } & Opening)
  | ({ type: 'replay' } & Opening)
  | { type: 'hands'; samples: readonly [InstrumentSample, InstrumentSample] }
  | { type: 'act'; act: Act }
  | { type: 'run'; state: 'running' | 'paused'; speed: number }
  | { type: 'seek'; tick: number }
  | { type: 'finish' }

/** What happened since the last report; ticks are the session's. */
export type Happened =
  | { tick: number; from: 'world'; event: SimEvent }
  | { tick: number; from: 'case'; event: RunnerEvent }
  | { tick: number; from: 'gate'; verb: string; object: string }

export type FromWorker =
  | { type: 'ready'; tick: number; lastTick: number | null }
  | { type: 'progress'; share: number }
  | { type: 'frame'; buffer: ArrayBuffer }
  | { type: 'news'; tick: number; happened: Happened[]; view: RunnerView; slowedMs: number; stateHash: string }
  | { type: 'chunk'; index: number; bytes: Uint8Array; hash: string }
  | { type: 'record'; record: SessionRecord }
  | { type: 'fault'; code: string; message: string }
