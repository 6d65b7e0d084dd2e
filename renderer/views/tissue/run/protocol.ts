import type { Scene } from '../../../../core/simulation/scene/schema.ts'
import type { SnapshotSize } from './snapshot.ts'

/** Where a person's hand wants a tool: metres in the field. */
export type Hand = {
  readonly tip: readonly [number, number, number]
  readonly end: readonly [number, number, number]
  /** Direction in which jaws open. */
  readonly up: readonly [number, number, number]
  /** 0 closed … 1 open. */
  readonly jaw: number
  readonly pedal: number
}

export type ToTissueWorker =
  | { type: 'open'; scene: Scene; kernel: WebAssembly.Module; shares: boolean; atTick: number }
  | { type: 'run'; state: 'running' | 'paused'; speed: number }
  | { type: 'step' }
  | { type: 'restart' }
  /** Takes back the last few seconds. */
  | { type: 'back' }
  /** Who moves a tool: its number, or −1 when the script moves all. */
  | { type: 'take'; tool: number }
  /** Puts another instrument, a row of the catalogue, into the place of a tool. */
  | { type: 'change'; tool: number; kind: number }
  | { type: 'hand'; hand: Hand }

export type FromTissueWorker =
  /** `control` and `slots`: memory of three snapshots that both sides see; null where they are sent as copies. */
  | { type: 'ready'; size: SnapshotSize; shared: { control: SharedArrayBuffer; slots: SharedArrayBuffer } | null }
  | { type: 'frame'; buffer: ArrayBuffer }
  /** `steps`: how often one can go back. `kinds`: rows of the catalogue of the tools. */
  | { type: 'news'; tick: number; state: 'running' | 'paused'; steps: number; kinds: readonly number[] }
  | { type: 'fault'; code: string; message: string }
