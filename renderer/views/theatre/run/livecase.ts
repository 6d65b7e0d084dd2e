import { createStore, type StoreApi } from 'zustand/vanilla'
import { AppError, type HostApi, type RequestInput } from '../../../../core/contract/index.ts'
import { fromBase64, toBase64 } from '../../../../core/records/base64.ts'
import type { SessionRecord } from '../../../../core/records/envelope.ts'
import type { RunnerView } from '../../../../core/scenario/runnerview.ts'
import type { SessionSetup } from '../../../../core/session/setup.ts'
import type { SnapshotBuffer } from '../../../../core/simulation/snapshot.ts'
import { type News, Simulation, type SimulationListener } from '../../../simulation/client.ts'
import { loadKernel } from '../../../simulation/kernel.ts'
import type { Act, Happened } from '../../../simulation/protocol.ts'
import type { Samples } from '../../../simulation/runner.ts'
import { ChunkUploader, type UploadState } from '../../../simulation/uploader.ts'

/** How many past happenings panels can look back on. */
const KEPT = 500

export type Saved = { recordId: string; logIndex: number; recordHash: string }

export type CaseState = {
  phase: 'starting' | 'running' | 'paused' | 'ended' | 'saving' | 'saved' | 'void' | 'failed'
  /** Share of committed input run through again when a case is resumed. */
  resumed: number | null
  tick: number
  lastTick: number | null
  view: RunnerView | null
  happened: readonly Happened[]
  slowedMs: number
  stateHash: string
  upload: UploadState
  record: SessionRecord | null
  saved: Saved | null
  fault: { code: string; message: string } | null
}

const start: CaseState = {
  phase: 'starting',
  resumed: null,
  tick: 0,
  lastTick: null,
  view: null,
  happened: [],
  slowedMs: 0,
  stateHash: '',
  upload: { acknowledged: 0, waiting: 0, link: 'up', trouble: null },
  record: null,
  saved: null,
  fault: null,
}

/** Where a case comes from and where its input goes. */
type Origin = { kind: 'scored'; sessionId: string } | { kind: 'rehearsal' } | { kind: 'replay' }

/**
 * One running case as the page knows it: the simulation in its worker, the input on its way to the host, the record at
 * the end. Nothing is called saved before the host has acknowledged it.
 */
export class LiveCase {
  readonly setup: SessionSetup
  readonly origin: Origin
  readonly state: StoreApi<CaseState>
  private readonly simulation: Simulation
  private readonly uploader: ChunkUploader | null
  private readonly host: HostApi

  private constructor(
    host: HostApi,
    origin: Origin,
    setup: SessionSetup,
    chunks: Uint8Array[],
    kernel: WebAssembly.Module,
  ) {
    this.host = host
    this.origin = origin
    this.setup = setup
    this.state = createStore<CaseState>(() => ({
      ...start,
      resumed: origin.kind === 'scored' && chunks.length > 0 ? 0 : null,
    }))
    this.uploader = origin.kind === 'scored' ? this.makeUploader(origin.sessionId, chunks.length) : null
    const listener = this.listen()
    this.simulation =
      origin.kind === 'replay'
        ? Simulation.replay(setup, chunks, kernel, listener)
        : Simulation.live(setup, chunks, kernel, listener)
  }

  /** Begins a scored session. */
  static async begin(host: HostApi, input: RequestInput<'sessions.begin'>): Promise<LiveCase> {
    const { sessionId, setup } = await host.request('sessions.begin', input)
    return new LiveCase(host, { kind: 'scored', sessionId }, setup as unknown as SessionSetup, [], await loadKernel())
  }

  /** Goes on with a session that was cut off. */
  static async resume(host: HostApi, sessionId: string): Promise<LiveCase> {
    const { setup, chunks } = await host.request('sessions.resume', { sessionId })
    const bytes = bytesOf(chunks)
    return new LiveCase(
      host,
      { kind: 'scored', sessionId },
      setup as unknown as SessionSetup,
      bytes,
      await loadKernel(),
    )
  }

  /** A patient to try things on; nothing is kept. */
  static async rehearse(host: HostApi, input: RequestInput<'sessions.rehearse'>): Promise<LiveCase> {
    const setup = await host.request('sessions.rehearse', input)
    return new LiveCase(host, { kind: 'rehearsal' }, setup as unknown as SessionSetup, [], await loadKernel())
  }

  /** A recorded session to watch. */
  static async replay(
    host: HostApi,
    setup: SessionSetup,
    chunks: readonly { bytesBase64: string }[],
  ): Promise<LiveCase> {
    const bytes = bytesOf(chunks)
    return new LiveCase(host, { kind: 'replay' }, setup, bytes, await loadKernel())
  }

  snapshot(): SnapshotBuffer {
    return this.simulation.snapshot()
  }

  hold(samples: Samples): void {
    this.simulation.hold(samples)
  }

  act(verb: string, object = '', value?: number, hand: 0 | 1 = 0): void {
    const act: Act = value === undefined ? { hand, verb, object } : { hand, verb, object, value }
    this.simulation.act(act)
  }

  pause(): void {
    this.simulation.run('paused')
    this.state.setState({ phase: 'paused' })
  }

  resume(speed = 1): void {
    this.simulation.run('running', speed)
    this.state.setState({ phase: 'running' })
  }

  seek(tick: number): void {
    this.simulation.seek(tick)
    this.state.setState({ tick })
  }

  /** Leaves the case; a scored one stays as interrupted and can be resumed. */
  dispose(): void {
    this.simulation.dispose()
  }

  private listen(): SimulationListener {
    return {
      ready: (lastTick) => this.state.setState({ phase: 'running', lastTick, resumed: null }),
      progress: (share) => this.state.setState({ resumed: share }),
      news: (news) => this.take(news),
      chunk: (chunk) => this.uploader?.push(chunk),
      record: (record) => void this.save(record),
      fault: (code, message) => this.fail(code, message),
    }
  }

  private take(news: News): void {
    const { happened: before, phase } = this.state.getState()
    const happened = news.happened.length === 0 ? before : [...before, ...news.happened].slice(-KEPT)
    this.state.setState({ ...news, happened })
    if (news.view.ending.kind === 'running' || phase !== 'running') return
    this.state.setState({ phase: 'ended' })
    if (this.origin.kind === 'scored') this.simulation.finish()
  }

  private async save(record: SessionRecord): Promise<void> {
    if (this.origin.kind !== 'scored' || !this.uploader) return
    const { sessionId } = this.origin
    this.state.setState({ phase: 'saving', record })
    try {
      await this.uploader.settled()
      const ending = this.state.getState().view?.ending
      if (ending?.kind === 'void') {
        await this.host.request('sessions.abandon', { sessionId, reason: ending.reason })
        this.state.setState({ phase: 'void' })
        return
      }
      const saved = await this.host.request('sessions.end', {
        sessionId,
        record: record as unknown as Record<string, unknown>,
      })
      this.state.setState({ phase: 'saved', saved })
    } catch (error) {
      this.fail(error instanceof AppError ? error.code : 'host/internal', String(error))
    }
  }

  /** Tries again to save a finished case after the host could not be reached. */
  async saveAgain(): Promise<void> {
    const { record } = this.state.getState()
    if (record) await this.save(record)
  }

  private fail(code: string, message: string): void {
    this.state.setState({ phase: 'failed', fault: { code, message } })
    this.host.request('app.clientError', { code, message, where: 'theatre' }).catch(() => undefined)
  }

  /** What goes on now could never be kept: the case stops where the host has it, rather than run for nothing. */
  private halt(error: unknown): void {
    const { phase } = this.state.getState()
    if (phase !== 'running' && phase !== 'paused') return
    this.simulation.run('paused')
    this.fail(error instanceof AppError ? error.code : 'host/internal', String(error))
  }

  private makeUploader(sessionId: string, acknowledged: number): ChunkUploader {
    return new ChunkUploader({
      send: ({ index, bytes, hash }) =>
        this.host.request('sessions.chunk', { sessionId, index, bytesBase64: toBase64(bytes), hash }),
      changed: (upload) => this.state.setState({ upload }),
      isFinal: (error) => error instanceof AppError && error.code.startsWith('session/'),
      wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      acknowledged,
      broke: (error) => this.halt(error),
    })
  }
}

/** The bytes of chunks as the host sends them; the contract has checked their form. */
function bytesOf(chunks: readonly { bytesBase64: string }[]): Uint8Array[] {
  return chunks.map(({ bytesBase64 }) => fromBase64(bytesBase64) ?? new Uint8Array())
}
