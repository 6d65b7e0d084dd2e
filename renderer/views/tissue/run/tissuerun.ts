import type { Scene } from '../../../../core/simulation/scene/schema.ts'
import { TRIPLE_SLOTS, TripleReader } from '../../../simulation/triple.ts'
import type { FromTissueWorker, Hand, ToTissueWorker } from './protocol.ts'
import { HEAD, type SnapshotSize, snapshotBytes, snapshotIn, type TissueSnapshot } from './snapshot.ts'

export type TissueListener = {
  ready: () => void
  news: (news: FromTissueWorker & { type: 'news' }) => void
  fault: (code: string, message: string) => void
}

/** The page's end of a scene that a worker plays. */
export class TissueRun {
  readonly scene: Scene
  private readonly worker: Worker
  private readonly listener: TissueListener
  private reader: TripleReader | null = null
  private slots: TissueSnapshot[] = []
  private sent: TissueSnapshot | null = null
  private size: SnapshotSize | null = null

  /** @param atTick the moment to go to at once */
  constructor(scene: Scene, kernel: WebAssembly.Module, atTick: number, listener: TissueListener) {
    this.scene = scene
    this.listener = listener
    this.worker = new Worker(new URL('./tissue.worker.ts', import.meta.url), { type: 'module' })
    this.worker.onmessage = ({ data }: MessageEvent<FromTissueWorker>) => this.take(data)
    this.worker.onerror = (event) => listener.fault('simulation/worker', event.message)
    // Shared memory needs the isolation headers; without it snapshots are sent as copies.
    this.send({ type: 'open', scene, kernel, shares: globalThis.crossOriginIsolated === true, atTick })
  }

  /** The newest finished snapshot, null before the first. Valid until the next call. */
  snapshot(): TissueSnapshot | null {
    if (!this.reader) return this.sent
    this.reader.take()
    const snapshot = this.slots[this.reader.slot]
    return snapshot.head[HEAD.topology] > 0 ? snapshot : null
  }

  run(state: 'running' | 'paused', speed: number): void {
    this.send({ type: 'run', state, speed })
  }

  step(): void {
    this.send({ type: 'step' })
  }

  restart(): void {
    this.send({ type: 'restart' })
  }

  /** Takes back the last few seconds. */
  back(): void {
    this.send({ type: 'back' })
  }

  /** Takes a tool into a person's hand; −1 gives all back to the script. */
  takeTool(tool: number): void {
    this.send({ type: 'take', tool })
  }

  /** Puts another instrument of the catalogue into the place of a tool. */
  change(tool: number, kind: number): void {
    this.send({ type: 'change', tool, kind })
  }

  hold(hand: Hand): void {
    this.send({ type: 'hand', hand })
  }

  dispose(): void {
    this.worker.terminate()
  }

  private send(message: ToTissueWorker): void {
    this.worker.postMessage(message)
  }

  private take(message: FromTissueWorker): void {
    switch (message.type) {
      case 'ready': {
        const { size, shared } = message
        this.size = size
        if (shared) {
          const bytes = snapshotBytes(size)
          this.slots = Array.from({ length: TRIPLE_SLOTS }, (_, i) => snapshotIn(shared.slots, i * bytes, size))
          this.reader = new TripleReader(new Int32Array(shared.control))
        }
        this.listener.ready()
        return
      }
      case 'frame':
        if (this.size) this.sent = snapshotIn(message.buffer, 0, this.size)
        return
      case 'news':
        this.listener.news(message)
        return
      case 'fault':
        this.listener.fault(message.code, message.message)
        return
    }
  }
}
