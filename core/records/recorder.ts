import { CHUNK_TICKS, encodeChunk, FRAME_CHANNELS, type LoggedAction } from './inputlog.ts'

/** The input since the last whole chunk. */
export type RecorderState = { chunks: number; firstTick: number; frames: Int32Array; actions: readonly LoggedAction[] }

/** Gathers the input of each tick and hands out a chunk for every second. */
export class InputRecorder {
  readonly #frames = new Int32Array(CHUNK_TICKS * FRAME_CHANNELS)
  #actions: LoggedAction[] = []
  #ticks = 0
  #index = 0
  #firstTick = 0

  /**
   * Takes the input of the next tick and returns the bytes of a chunk when that tick completes one. Copies the frame, so
   * the caller may use its buffer again.
   */
  push(frame: Int32Array, actions: readonly LoggedAction[]): Uint8Array | undefined {
    this.#frames.set(frame, this.#ticks * FRAME_CHANNELS)
    for (const action of actions) this.#actions.push(action)
    this.#ticks++
    return this.#ticks === CHUNK_TICKS ? this.flush() : undefined
  }

  /** The chunk of the ticks since the last one, or `undefined` when there are none. */
  flush(): Uint8Array | undefined {
    if (this.#ticks === 0) return undefined
    const bytes = encodeChunk({
      index: this.#index,
      firstTick: this.#firstTick,
      ticks: this.#ticks,
      frames: this.#frames,
      actions: this.#actions,
    })
    this.#index++
    this.#firstTick += this.#ticks
    this.#ticks = 0
    this.#actions = []
    return bytes
  }

  save(): RecorderState {
    return {
      chunks: this.#index,
      firstTick: this.#firstTick,
      frames: this.#frames.slice(0, this.#ticks * FRAME_CHANNELS),
      actions: [...this.#actions],
    }
  }

  restore(state: RecorderState): void {
    this.#index = state.chunks
    this.#firstTick = state.firstTick
    this.#ticks = state.frames.length / FRAME_CHANNELS
    this.#frames.set(state.frames)
    this.#actions = [...state.actions]
  }
}
