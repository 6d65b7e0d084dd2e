import type { SessionRecord } from '../../core/records/envelope.ts'
import type { RunnerView } from '../../core/scenario/runnerview.ts'
import type { SessionSetup } from '../../core/session/setup.ts'
import { createSnapshotBuffer, SNAPSHOT_BYTES, type SnapshotBuffer } from '../../core/simulation/snapshot.ts'
import type { Act, FromWorker, Happened, SharedSnapshots, ToWorker } from './protocol.ts'
import type { Samples } from './runner.ts'
import { TRIPLE_SLOTS, TripleReader } from './triple.ts'

export type News = { tick: number; happened: Happened[]; view: RunnerView; slowedMs: number; stateHash: string }

/** What a run tells its owner. */
export type SimulationListener = {
  ready: (lastTick: number | null) => void
  progress: (share: number) => void
  news: (news: News) => void
  chunk: (chunk: { index: number; bytes: Uint8Array; hash: string }) => void
  record: (record: SessionRecord) => void
  fault: (code: string, message: string) => void
}

/** The page's end of a session that runs in a worker. */
export class Simulation {
  private readonly worker: Worker
  private readonly reader: TripleReader | null
  private readonly slots: SnapshotBuffer[]
  private readonly listener: SimulationListener
  private sent: SnapshotBuffer | null = null

  private constructor(listener: SimulationListener, message: (shared: SharedSnapshots | null) => ToWorker) {
    this.listener = listener
    this.worker = new Worker(new URL('./session.worker.ts', import.meta.url), { type: 'module' })
    const shared = shareSnapshots()
    this.reader = shared ? new TripleReader(new Int32Array(shared.control)) : null
    this.slots = shared
      ? Array.from({ length: TRIPLE_SLOTS }, (_, i) => createSnapshotBuffer(shared.slots, i * SNAPSHOT_BYTES))
      : [createSnapshotBuffer()]
    this.worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.take(data)
    this.worker.onerror = (event) => listener.fault('simulation/worker', event.message)
    this.send(message(shared))
  }

  /** Starts a live session; `chunks` are input that the host already holds. */
  static live(
    setup: SessionSetup,
    chunks: Uint8Array[],
    kernel: WebAssembly.Module,
    listener: SimulationListener,
  ): Simulation {
    return new Simulation(listener, (shared) => ({ type: 'live', setup, shared, chunks, kernel }))
  }

  static replay(
    setup: SessionSetup,
    chunks: Uint8Array[],
    kernel: WebAssembly.Module,
    listener: SimulationListener,
  ): Simulation {
    return new Simulation(listener, (shared) => ({ type: 'replay', setup, shared, chunks, kernel }))
  }

  /** The newest finished snapshot. Valid until the next call. */
  snapshot(): SnapshotBuffer {
    if (!this.reader) return this.sent ?? this.slots[0]
    this.reader.take()
    return this.slots[this.reader.slot]
  }

  hold(samples: Samples): void {
    this.send({ type: 'hands', samples })
  }

  act(act: Act): void {
    this.send({ type: 'act', act })
  }

  run(state: 'running' | 'paused', speed = 1): void {
    this.send({ type: 'run', state, speed })
  }

  seek(tick: number): void {
    this.send({ type: 'seek', tick })
  }

  finish(): void {
    this.send({ type: 'finish' })
  }

  dispose(): void {
    this.worker.terminate()
  }

  private send(message: ToWorker): void {
    this.worker.postMessage(message)
  }

  private take(message: FromWorker): void {
    switch (message.type) {
      case 'frame':
        this.sent = createSnapshotBuffer(message.buffer)
        return
      case 'ready':
        this.listener.ready(message.lastTick)
        return
      case 'progress':
        this.listener.progress(message.share)
        return
      case 'news':
        this.listener.news(message)
        return
      case 'chunk':
        this.listener.chunk(message)
        return
      case 'record':
        this.listener.record(message.record)
        return
      case 'fault':
        this.listener.fault(message.code, message.message)
        return
    }
  }
}

/** Shared memory needs the isolation headers; without it snapshots are sent as copies. */
function shareSnapshots(): SharedSnapshots | null {
  if (!globalThis.crossOriginIsolated) return null
  return { control: new SharedArrayBuffer(4), slots: new SharedArrayBuffer(SNAPSHOT_BYTES * TRIPLE_SLOTS) }
}
